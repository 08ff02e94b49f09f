"""Panel sessions: the list, preparing one, and its page for the team and for whoever sits."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.core.models import User
from minka.innovation.actions.panel_holding import close_session, open_session
from minka.innovation.actions.panels import (
    add_item,
    call_panel,
    cancel_panel,
    change_panel,
    fill_agenda,
    prepare_panel,
    seat_person,
    unseat,
)
from minka.innovation.forms.panels import (
    CountForm,
    MotionForm,
    NewPanelForm,
    PanelForm,
    SeatForm,
    motion_start,
)
from minka.innovation.models import PanelSeat, PanelSession
from minka.innovation.models.panel_states import (
    PANEL_BEFORE,
    Attendance,
    Ballot,
    ItemState,
    PanelState,
)
from minka.innovation.queries.panels import (
    agenda_for,
    challenges_to_bring,
    own_seat,
    people_to_seat,
    quorum_of,
    seats_of,
    visible_panels,
)

ACTS = {
    "convocar": (call_panel, gettext_lazy("The members are called.")),
    "cancelar": (cancel_panel, gettext_lazy("The session is cancelled.")),
    "abrir": (open_session, gettext_lazy("The session is open.")),
    "cerrar": (close_session, gettext_lazy("The session is closed, and its minutes are drafted.")),
}


@require_GET
def panels(request: SignedInRequest) -> HttpResponse:
    """The sessions that I prepare or sit in."""
    context = {
        "panels": visible_panels(viewer=request.user).prefetch_related("challenges"),
        "may_run": request.user.has_perm("innovation.panel_run"),
    }
    return render(request, "innovation/panels/list.html", context)


@require_http_methods(["GET", "POST"])
def panel_new(request: SignedInRequest) -> HttpResponse:
    """Begin a session for challenges whose calls have closed."""
    if not request.user.has_perm("innovation.panel_run"):
        raise NotAllowed
    able = challenges_to_bring(viewer=request.user)
    asked = request.GET.getlist("desafio")
    initial = {"challenges": [one.pk for one in able if one.slug in asked]}
    form = NewPanelForm(request.POST or None, challenges=able, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                session = prepare_panel(
                    by=request.user,
                    challenges=list(form.cleaned_data["challenges"]),
                    details=form.details(),
                )
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                return redirect("innovation:panel", session.pk)
    context = {"form": form, "able": able}
    return render(request, "innovation/panels/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def panel_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """When, where and by which rules."""
    found = _mine(request, pk)
    form = PanelForm(request.POST or None, initial=PanelForm.of(found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_panel(
                    by=request.user, session=found, details=form.details(),
                    revision=form.cleaned_data["revision"] or 0,
                )  # fmt: skip
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _("The session is changed."))
                return redirect("innovation:panel", pk)
    context = {"form": form, "panel": found}
    return render(request, "innovation/panels/edit.html", context, status=status)


@require_GET
def panel(request: SignedInRequest, pk: int) -> HttpResponse:
    """One session: who sits, the agenda as I may read it, what is being voted on."""
    found = get_object_or_404(visible_panels(viewer=request.user), pk=pk)
    return panel_page(request, found)


@require_POST
def panel_act(request: SignedInRequest, pk: int, act: str) -> HttpResponse:
    """Call, cancel, open or close."""
    found = _mine(request, pk)
    do, told = ACTS[act]
    try:
        do(by=request.user, session=found)
    except DomainError as error:
        return panel_page(request, found, error=error)
    messages.success(request, str(told))
    if act == "cerrar":
        return redirect("innovation:minutes", pk)
    return redirect("innovation:panel", pk)


@require_POST
def panel_fill(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put on the agenda what came since; or one free item."""
    found = _mine(request, pk)
    try:
        if "item" in request.POST:
            add_item(by=request.user, session=found, title=request.POST["item"])
        else:
            fill_agenda(by=request.user, session=found)
    except DomainError as error:
        return panel_page(request, found, error=error)
    return redirect("innovation:panel", pk)


@require_POST
def panel_seat(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give somebody a seat."""
    found = _mine(request, pk)
    form = SeatForm(request.POST, people=people_to_seat(viewer=request.user))
    if not form.is_valid():
        return panel_page(request, found, seat_form=form, status=422)
    try:
        seat_person(by=request.user, session=found, **form.cleaned_data)
    except DomainError as error:
        form.take(error)
        return panel_page(request, found, seat_form=form, status=error.status)
    return redirect("innovation:panel", pk)


@require_POST
def panel_unseat(request: SignedInRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Take a seat away."""
    found = _mine(request, pk)
    seat = get_object_or_404(PanelSeat, pk=seat_pk, session=found)
    try:
        unseat(by=request.user, seat=seat)
    except DomainError as error:
        return panel_page(request, found, error=error)
    return redirect("innovation:panel", pk)


def panel_page(  # noqa: PLR0913 -- which form was refused
    request: SignedInRequest,
    found: PanelSession,
    *,
    error: DomainError | None = None,
    seat_form: SeatForm | None = None,
    motion_form: MotionForm | None = None,
    motion_item: int = 0,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a session; what was refused shows where it was written."""
    found.refresh_from_db()
    seats = seats_of(found)
    views = agenda_for(viewer=request.user, session=found)
    runs = _runs(request.user, found)
    is_open = found.state == PanelState.OPEN
    for view in views:
        waits = is_open and not view.is_closed and view.item.state == ItemState.WAITING
        view.form = (  # type: ignore[attr-defined]  # what the page reads of it
            motion_form
            if motion_form and motion_item == view.item.pk
            else MotionForm(initial=motion_start(view), auto_id=f"id_{view.item.pk}_%s")
            if waits and runs and view.item.proposal_id
            else None
        )
    context: dict[str, Any] = {
        "panel": found,
        "seats": seats,
        "views": views,
        "runs": runs,
        "is_open": is_open,
        "may_prepare": runs and found.state in PANEL_BEFORE,
        "may_note": runs and found.state in {PanelState.CALLED, PanelState.OPEN},
        "quorum": quorum_of(found, seats, set()),
        "own": own_seat(viewer=request.user, session=found),
        "attendances": [one for one in Attendance if one != Attendance.EXPECTED],
        "ballots": Ballot.choices,
        "count_form": CountForm(),
        "seat_form": seat_form or SeatForm(people=people_to_seat(viewer=request.user)),
        "waiting": sum(view.item.state == ItemState.WAITING for view in views),
        "minutes": getattr(found, "minutes", None),
        "error": error,
    }
    return render(
        request, "innovation/panels/panel.html", context, status=error.status if error else status
    )


def _mine(request: SignedInRequest, pk: int) -> PanelSession:
    found = get_object_or_404(visible_panels(viewer=request.user), pk=pk)
    if not _runs(request.user, found):
        raise NotAllowed
    return found


def _runs(user: User, found: PanelSession) -> bool:
    return bool(user.has_perm("innovation.panel_run")) and all(
        user.has_perm("innovation.panel_deal", one) for one in found.challenges.all()
    )
