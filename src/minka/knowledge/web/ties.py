"""The ties of one organisation: on its page, and stated, changed and withdrawn by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError, InvalidInput
from minka.core.http import SignedInRequest
from minka.knowledge.actions.ties import change_tie, state_tie, withdraw_tie
from minka.knowledge.forms.ties import TieFactsForm, TieForm
from minka.knowledge.models import Actor
from minka.knowledge.queries.actors import is_held
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.standings import meetings, standing_of
from minka.knowledge.queries.tie_recognition import recognise
from minka.knowledge.queries.ties import ties
from minka.knowledge.states import RELATION_BOTH_WAYS, RELATION_INWARD, RelationKind
from minka.knowledge.web.address import find_actor
from minka.knowledge.web.tie_labels import drawn_ties, grouped_for

SHOWN = 200


def ties_context(request: HttpRequest, actor: Actor, *, members: bool) -> dict[str, Any]:
    """Return what the page of an organisation shows of its ties.

    Nothing where it has no ties, else two SQL statements, and four for its members and the team.
    """
    if not (is_held(actor, "ties_out") or is_held(actor, "ties_in")):
        return {"tie_groups": [], "standing": None, "meetings": []}
    found = ties(viewer=request.user, actor=actor).select_related("tail", "head", "source")
    groups = grouped_for(actor, found.order_by("pk")[:SHOWN])
    standing = standing_of(viewer=request.user, actor=actor) if groups else None
    pairs = []
    if standing is not None and members:
        pairs = meetings(viewer=request.user, run=standing.run, actor=actor)
    return {"tie_groups": groups, "standing": standing, "meetings": pairs}


@require_http_methods(["GET", "POST"])
def actor_ties(request: SignedInRequest, public_id: str) -> HttpResponse:
    """All ties of an organisation, for those who keep its profile, and a form for one more."""
    actor = find_actor(request, public_id)
    require(request.user, "knowledge.actor_change", actor)
    form = TieForm(request.POST or None, kinds=_kinds())
    candidates: list[Actor] = []
    if request.method == "POST" and form.is_valid():
        kind, outward = _split(form.cleaned_data["direction_kind"])
        try:
            other, candidates = _other(request, form.cleaned_data["other"])
            state_tie(
                by=request.user,
                tail=actor if outward else other,
                head=other if outward else actor,
                kind=kind,
                facts=form.facts(),
            )
        except _SeveralError as error:
            candidates = error.candidates
            form.take(error)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The tie is stated."))
            return redirect("knowledge:actor_ties", public_id)
    found = ties(viewer=request.user, actor=actor).select_related("tail", "head", "source")
    context = {
        "actor": actor,
        "form": form,
        "candidates": candidates,
        "ties": drawn_ties(found.order_by("kind", "pk")),
    }
    status = 422 if form.errors else 200
    return render(request, "knowledge/network/actor_ties.html", context, status=status)


@require_http_methods(["GET", "POST"])
def tie_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Dates, confidence, note and visibility of one tie."""
    visible = ties(viewer=request.user).select_related("tail", "head", "source")
    tie = get_object_or_404(visible, pk=pk)
    require(request.user, "knowledge.tie_change", tie)
    form = TieFactsForm(request.POST or None, initial=TieFactsForm.of(tie))
    if request.method == "POST" and form.is_valid():
        try:
            change_tie(by=request.user, tie=tie, facts=form.facts())
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The tie is changed."))
            return redirect("knowledge:actor_ties", tie.tail.public_id)
    context = {"tie": drawn_ties([tie])[0], "form": form}
    status = 422 if form.errors else 200
    return render(request, "knowledge/network/tie.html", context, status=status)


@require_POST
def tie_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a tie does not hold."""
    tie = get_object_or_404(ties(viewer=request.user).select_related("tail", "head"), pk=pk)
    try:
        withdraw_tie(by=request.user, tie=tie)
    except DomainError as error:
        return render(request, "core/_problem.html", {"error": error}, status=error.status)
    messages.success(request, _("The tie is withdrawn; it is not shown any more."))
    return redirect("knowledge:actor", tie.tail.public_id)


class _SeveralError(InvalidInput):
    """A name that several bear, or that is only like others."""

    def __init__(self, candidates: list[Actor]) -> None:
        self.candidates = candidates
        said = _("Several could be meant: choose one below.")
        nobody = _("Nobody on this map is called so. Register it first, or check the spelling.")
        super().__init__(fields={"other": said if candidates else nobody})


def _other(request: SignedInRequest, text: str) -> tuple[Actor, list[Actor]]:
    """Return whom a text means.

    Raises:
        _SeveralError: it means several, or nobody.
    """
    meant = recognise(viewer=request.user, said=[(text.strip(), "")])[0]
    shown = visible_actors(viewer=request.user).select_related("region")
    if meant.actor is None:
        raise _SeveralError(list(shown.filter(pk__in=meant.candidates).order_by("name_key")))
    return shown.get(pk=meant.actor), []


def _kinds() -> list[tuple[str, str]]:
    """Return the kinds as they are said of the organisation of the page, from both ends."""
    choices = []
    for kind in RelationKind:
        choices.append((f"{kind}>", str(kind.label)))
        if kind not in RELATION_BOTH_WAYS:
            choices.append((f"{kind}<", str(RELATION_INWARD[kind])))
    return choices


def _split(value: str) -> tuple[str, bool]:
    return value[:-1], value.endswith(">")
