"""Problems by the dozen: a workshop in a room, and a sheet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError, NotAllowed
from minka.core.files import store_upload
from minka.core.http import SignedInRequest
from minka.innovation.actions.problem_drafts import (
    add_card,
    discard_card,
    edit_card,
    keep_sheet,
    move_card,
    open_workshop,
    take_sheet,
)
from minka.innovation.forms.workshop import SheetForm, WorkshopForm
from minka.innovation.queries.problem_parts import PART_OF
from minka.innovation.queries.problem_reading import label_of_field
from minka.innovation.queries.workshops import companies_to_state_for, own_sheets, own_workshops
from minka.innovation.sources.problem_rows import read_sheet


@require_http_methods(["GET", "POST"])
def workshops(request: SignedInRequest) -> HttpResponse:
    """Open a session, or go on with one."""
    require(request.user, "innovation.workshop_run")
    form = WorkshopForm(request.POST or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_workshop(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            return redirect("innovation:workshop", made.pk)
    context = {"form": form, "workshops": own_workshops(viewer=request.user)[:20]}
    status = 422 if form.errors else 200
    return render(request, "innovation/workshops/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def workshop(request: SignedInRequest, pk: int) -> HttpResponse:
    """The cards; Enter makes the next."""
    found = get_object_or_404(own_workshops(viewer=request.user), pk=pk)
    error = None
    if request.method == "POST":
        try:
            add_card(by=request.user, workshop=found, title=request.POST.get("title", ""))
        except DomainError as refused:
            error = next(iter(refused.fields.values()), None) or str(refused)
        else:
            if not request.htmx:
                return redirect("innovation:workshop", pk)
    return _cards(request, pk, error=error)


@require_POST
def workshop_card(request: SignedInRequest, pk: int, card_pk: int) -> HttpResponse:
    """Correct a card, move it, or throw it away."""
    found = get_object_or_404(own_workshops(viewer=request.user), pk=pk)
    card = next((one for one in found.cards.all() if one.pk == card_pk), None)
    if card is None:
        raise Http404
    do, error = request.POST.get("do", ""), None
    try:
        if do in {"up", "down"}:
            move_card(by=request.user, card=card, up=do == "up")
        elif do == "discard":
            discard_card(by=request.user, card=card)
        else:
            edit_card(
                by=request.user,
                card=card,
                title=request.POST.get("title", ""),
                what_happens=request.POST.get("what_happens", ""),
                revision=_revision(request),
            )
    except DomainError as refused:
        error = next(iter(refused.fields.values()), None) or str(refused)
    if not request.htmx and error is None:
        return redirect("innovation:workshop", pk)
    return _cards(request, pk, error=error)


@require_http_methods(["GET", "POST"])
def sheet_new(request: SignedInRequest) -> HttpResponse:
    """Upload a sheet of problems."""
    if not companies_to_state_for(viewer=request.user).exists():
        raise NotAllowed(_("Only people of a mining company's user areas can state a problem."))
    form = SheetForm(request.POST or None, request.FILES or None, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            upload, company = form.cleaned_data["upload"], form.cleaned_data["company"]
            stored = store_upload(by=request.user, upload=upload, kinds=("sheet",))
            made = keep_sheet(by=request.user, company=company, stored=stored)
        except DomainError as error:
            form.take(error)
        else:
            return redirect("innovation:problem_sheet", made.pk)
    status = 422 if form.errors else 200
    return render(request, "innovation/workshops/sheet_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the sheet would become, row by row; the button makes the drafts."""
    found = get_object_or_404(own_sheets(viewer=request.user), pk=pk)
    error, read = None, None
    try:
        read = read_sheet(stored=found.file)
        if request.method == "POST":
            contents = [row.content for row in read.rows]
            made = take_sheet(by=request.user, sheet=found, contents=contents)
            words = ngettext("%(count)s draft was made.", "%(count)s drafts were made.", len(made))
            messages.success(request, words % {"count": len(made)})
            return redirect("innovation:problems")
    except DomainError as refused:
        error = next(iter(refused.fields.values()), None) or str(refused)
    columns = [
        (header, label_of_field(column, PART_OF[column]) if column else "")
        for header, column in (read.columns if read else [])
    ]
    context = {"sheet": found, "read": read, "columns": columns, "error": error}
    status = 422 if error else 200
    return render(request, "innovation/workshops/sheet.html", context, status=status)


def _cards(request: SignedInRequest, pk: int, *, error: object = None) -> HttpResponse:
    fresh = get_object_or_404(own_workshops(viewer=request.user), pk=pk)
    typed = request.POST.get("title", "") if error else ""
    context = {"workshop": fresh, "cards": fresh.cards.all(), "error": error, "typed": typed}
    template = "innovation/workshops/workshop.html" + ("#cards" if request.htmx else "")
    return render(request, template, context, status=422 if error else 200)


def _revision(request: SignedInRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isdigit() and len(text) < 10 else -1
