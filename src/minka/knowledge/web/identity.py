"""Joining organisations, taking rows out of one, and who says what of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.identity import merge_actors, split_actor, undo_resolution
from minka.knowledge.models import Actor, Place, Record
from minka.knowledge.queries.actors import actor_for_page, is_held
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.directory import DirectoryFilter, directory
from minka.knowledge.queries.identity import in_order_of_standing, resolution_steps, steps_of
from minka.knowledge.queries.survivorship import FIELDS, Told, places_of, told_of
from minka.knowledge.states import ActorKind, Origin, SizeBand

FOUND = 12
STEPS_SHOWN = 10
CONTACTS = frozenset({"email", "phone", "address"})
LABELS: dict[str, str | Promise] = {
    "name": gettext_lazy("Legal name"),
    "kind": gettext_lazy("Type of organisation"),
    "activity": gettext_lazy("Activity"),
    "description": gettext_lazy("What it does"),
    "website": gettext_lazy("Website"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "address": gettext_lazy("Address"),
    "founded_year": gettext_lazy("Founded in"),
    "size_band": gettext_lazy("Size"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region or place"),
    "position": gettext_lazy("Position"),
}


@dataclass(frozen=True, slots=True)
class Saying:
    """One field as the page shows it: what holds, who says so, since when."""

    label: str
    value: str
    who: str
    since: datetime


def resolution_of(
    request: HttpRequest, actor: Actor, *, contacts: bool, people: bool
) -> dict[str, Any]:
    """Return what the page of an actor tells of its fields, rows and former selves."""
    may = request.user.has_perm("knowledge.actor_resolve")
    stepped = may and (is_held(actor, "steps") or is_held(actor, "steps_as_other"))
    former = request.GET.get("de", "")[:12]
    return {
        "sayings": sayings(actor, contacts=contacts, people=people),
        "may_resolve": may,
        "steps": steps_of(viewer=request.user, actor=actor)[:STEPS_SHOWN] if stepped else [],
        "former": actor.former_selves.filter(public_id=former).first() if former else None,
    }


def sayings(actor: Actor, *, contacts: bool, people: bool) -> list[Saying]:
    """Return the fields of an actor with who says so.

    Contacts, and the names of people, only for those who may see them.
    """
    told = told_of([actor.pk])[actor.pk]
    places = {one.pk: one for one in (actor.place, actor.region) if one is not None}
    if "region" in told and told["region"].value not in places:
        places = places_of([told])
    return [
        Saying(str(LABELS[field]), text, _who(told[field], people=people), told[field].since)
        for field in FIELDS
        if field in told
        and (contacts or field not in CONTACTS)
        and (text := _shown(field, told[field], places))
    ]


def _who(told: Told, *, people: bool) -> str:
    return told.who if people or told.origin == Origin.SOURCE else str(told.origin.label)


def _shown(field: str, told: Told, places: dict[int, Place]) -> str:
    if field == "kind":
        return str(dict(ActorKind.choices).get(told.value, told.value))
    if field == "size_band":
        return str(dict(SizeBand.choices).get(told.value, told.value))
    if field == "region":
        place = places.get(told.value)
        return place.name if place else _("taken out")
    if field == "position":
        return "{:.4f}, {:.4f}".format(*told.value)
    if field == "country" and told.value:
        return country_name(code=told.value)
    text = str(told.value if told.value is not None else "")
    return (text if len(text) <= 120 else f"{text[:117]}…") or _("taken out")


@require_http_methods(["GET", "POST"])
def actor_merge(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Find the organisation that is the same, and join the two."""
    actor = _found(request, public_id)
    require(request.user, "knowledge.actor_resolve", actor)
    status, problem = 200, ""
    if request.method == "POST":
        other = _found(request, request.POST.get("other", ""))
        keep, gone = _standing(actor, other)
        try:
            merge_actors(
                by=request.user, keep=keep, gone=gone, reason=request.POST.get("reason", "")
            )
        except DomainError as error:
            status, problem = error.status, str(error)
        else:
            messages.success(
                request,
                _("%(gone)s is now part of %(keep)s. You can undo it below.")
                % {"gone": gone.name, "keep": keep.name},
            )
            return redirect("knowledge:actor", keep.public_id)
    words = request.GET.get("q", actor.name if request.method == "GET" else "")
    wanted = DirectoryFilter(words=words)
    found = directory(viewer=request.user, wanted=wanted).exclude(pk=actor.pk)
    context = {
        "actor": actor,
        "q": words,
        "found": found.select_related("region").prefetch_related("identifiers")[:FOUND],
        "problem": problem,
    }
    return render(request, "knowledge/actor_merge.html", context, status=status)


@require_POST
def actor_split(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take the chosen rows out of an organisation."""
    actor = _found(request, public_id)
    keys = [int(key) for key in request.POST.getlist("records") if key.isdigit()]
    try:
        step = split_actor(
            by=request.user, actor=actor, records=list(Record.objects.filter(pk__in=keys))
        )
    except DomainError as error:
        if error.status == 403:
            raise
        messages.error(request, str(error))
        return redirect("knowledge:actor", actor.public_id)
    messages.success(
        request,
        _("The rows are now %(name)s; the two will not be joined again by themselves.")
        % {"name": step.other.name},
    )
    return redirect("knowledge:actor", step.other.public_id)


@require_POST
def step_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Undo a merge or a split."""
    step = get_object_or_404(resolution_steps(viewer=request.user), pk=pk)
    try:
        undo_resolution(by=request.user, step=step)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Undone."))
    return redirect("knowledge:actor", step.actor.public_id)


def _found(request: HttpRequest, public_id: str) -> Actor:
    actor = actor_for_page(viewer=request.user, public_id=public_id)
    if actor is None:
        raise Http404
    return actor


def _standing(one: Actor, other: Actor) -> tuple[Actor, Actor]:
    first = next(iter(in_order_of_standing(actors=[one.pk, other.pk])), one.pk)
    return (one, other) if first == one.pk else (other, one)
