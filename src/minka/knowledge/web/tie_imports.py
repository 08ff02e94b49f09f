"""Sheets of ties: hand one in, see row by row whom it means, take it, take it back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.components import Tab
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.tie_imports import choose_end, look_again, take_ties, undo_ties
from minka.knowledge.forms.ties import TieSheetForm
from minka.knowledge.models import TieImport, TieRow
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.tie_imports import (
    candidates_of,
    row_counts,
    tie_imports_of,
    tie_rows_of,
)
from minka.knowledge.queries.tie_recognition import recognise
from minka.knowledge.sources.tie_intake import map_ties, upload_ties
from minka.knowledge.sources.tie_words import ROLES
from minka.knowledge.states import RelationKind, TieRowState
from minka.knowledge.web.tie_import_labels import ROLE_LABELS, drawn_rows

PER_PAGE = 50
ORDER = (
    TieRowState.AMBIGUOUS, TieRowState.UNKNOWN, TieRowState.FAULTY, TieRowState.READY,
    TieRowState.TAKEN, TieRowState.KNOWN,
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def tie_imports(request: SignedInRequest) -> HttpResponse:
    """The sheets so far, and a form for the next."""
    require(request.user, "knowledge.ties_import")
    form = TieSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = upload_ties(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            return redirect("knowledge:tie_import", found.pk)
    context = {"form": form, "imports": tie_imports_of(viewer=request.user)}
    status = 422 if form.errors else 200
    return render(request, "knowledge/network/tie_imports.html", context, status=status)


@require_GET
def tie_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """One sheet, row by row: what was recognised, what is ambiguous, what is unknown."""
    found = _found(request, pk)
    counts = row_counts(viewer=request.user, tie_import=found)
    chosen = request.GET.get("state", "")
    if chosen not in TieRowState.values:
        chosen = next((state for state in ORDER if counts.get(state)), TieRowState.READY)
    rows = tie_rows_of(viewer=request.user, tie_import=found).filter(state=chosen)
    page: Any = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    kept = list(page.object_list)
    page.object_list = drawn_rows(kept, candidates_of(viewer=request.user, rows=kept))
    context = {
        "found": found,
        "counts": counts,
        "ready": counts.get(TieRowState.READY, 0),
        "open": counts.get(TieRowState.AMBIGUOUS, 0) + counts.get(TieRowState.UNKNOWN, 0),
        "rows": sum(counts.values()),
        "tabs": _tabs(counts, chosen),
        "chosen": chosen,
        "page": page,
        "roles": _roles(found),
        "kinds": RelationKind.choices,
        "lacks": [role for role in ("tail", "head") if not _has(found, role)],
    }
    return render(request, "knowledge/network/tie_import.html", context)


@require_POST
def tie_import_map(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what the columns are."""
    found = _found(request, pk)
    mapping = {
        role: int(place)
        for role in ROLES
        if (place := request.POST.get(role, "")).isdecimal() and int(place) < len(found.headers)
    }
    kind = request.POST.get("default_kind", "")
    kind = kind if kind in RelationKind.values else ""
    return _then(request, found, lambda: map_ties(
        by=request.user, tie_import=found, mapping=mapping, default_kind=kind
    ), lambda _done: _("The rows were read anew."))  # fmt: skip


@require_POST
def tie_import_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the ties of what was recognised."""
    found = _found(request, pk)

    def said(made: int) -> str:
        text = ngettext("%(count)s new tie.", "%(count)s new ties.", made) % {"count": made}
        return text if made else _("The sheet said nothing new.")

    return _then(request, found, lambda: take_ties(by=request.user, tie_import=found), said)


@require_POST
def tie_import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a sheet back."""
    found = _found(request, pk)

    def said(gone: int) -> str:
        return ngettext(
            "%(count)s tie was withdrawn; the rows are kept.",
            "%(count)s ties were withdrawn; the rows are kept.",
            gone,
        ) % {"count": gone}

    return _then(request, found, lambda: undo_ties(by=request.user, tie_import=found), said)


@require_POST
def tie_import_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look for the organisations of the open rows once more."""
    found = _found(request, pk)

    def said(count: int) -> str:
        text = ngettext(
            "%(count)s row is recognised now.", "%(count)s rows are recognised now.", count
        )
        return text % {"count": count} if count else _("No other row is recognised yet.")

    return _then(request, found, lambda: look_again(by=request.user, tie_import=found), said)


@require_POST
def tie_row_choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whom a row means."""
    require(request.user, "knowledge.ties_import")
    row = get_object_or_404(TieRow.objects.select_related("tie_import", "tail", "head"), pk=pk)
    said = [(request.POST.get(end, "").strip()[:250], "") for end in ("tail", "head")]
    meant = [one.actor for one in recognise(viewer=request.user, said=said)]
    actors = visible_actors(viewer=request.user).in_bulk([pk for pk in meant if pk])
    tail, head = (actors.get(pk or 0) for pk in meant)
    return _then(
        request,
        row.tie_import,
        lambda: choose_end(by=request.user, row=row, tail=tail, head=head),
        lambda _row: _("Noted whom the row means."),
        state=request.POST.get("state", ""),
    )


def _then(
    request: SignedInRequest, found: TieImport, act: Any, said: Any, *, state: str = ""
) -> HttpResponse:
    try:
        done = act()
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, said(done))
    response = redirect("knowledge:tie_import", found.pk)
    if state in TieRowState.values:
        response["Location"] += f"?state={state}"
    return response


def _found(request: SignedInRequest, pk: int) -> TieImport:
    require(request.user, "knowledge.ties_import")
    return get_object_or_404(tie_imports_of(viewer=request.user), pk=pk)


def _tabs(counts: dict[str, int], chosen: str) -> list[Tab]:
    return [
        Tab(str(state.label), f"?state={state}", state == chosen, counts[state])
        for state in ORDER
        if counts.get(state)
    ]


def _roles(found: TieImport) -> list[dict[str, Any]]:
    return [
        {"name": role, "label": ROLE_LABELS[role], "place": found.mapping.get(role)}
        for role in ROLES
    ]


def _has(found: TieImport, end: str) -> bool:
    return end in found.mapping or f"{end}_id" in found.mapping
