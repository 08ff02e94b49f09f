"""What happens in a session: attendance, interests, motions, votes, what ends how."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.panel_holding import (
    declare_interest,
    note_attendance,
    postpone_item,
    resolve_item,
)
from minka.innovation.actions.panel_votes import cast_vote, close_vote, put_motion
from minka.innovation.forms.panels import CountForm, MotionForm
from minka.innovation.models import AgendaItem, Motion, PanelSeat, PanelSession
from minka.innovation.queries.panels import closed_items, visible_panels
from minka.innovation.web.expiry import keeps_words
from minka.innovation.web.panels import panel_page


@require_POST
def attendance(request: SignedInRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Note where a member is."""
    found = _session(request, pk)
    seat = get_object_or_404(PanelSeat, pk=seat_pk, session=found)
    try:
        note_attendance(by=request.user, seat=seat, attendance=request.POST.get("attendance", ""))
    except DomainError as error:
        return panel_page(request, found, error=error)
    return redirect("innovation:panel", pk)


@keeps_words
@require_POST
def interest(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Leave for an item, and say why."""
    found, item = _item(request, pk, item_pk)
    try:
        declare_interest(by=request.user, item=item, why=request.POST.get("why", ""))
    except DomainError as error:
        return panel_page(request, found, error=error)
    messages.success(request, _("It is noted, and the item is closed to you from now on."))
    return redirect("innovation:panel", pk)


@keeps_words
@require_POST
def motion(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Put a motion to the vote."""
    found, item = _item(request, pk, item_pk)
    form = MotionForm(request.POST, auto_id=f"id_{item.pk}_%s")
    form.is_valid()
    try:
        put_motion(by=request.user, item=item, **{
            name: form.cleaned_data.get(name) or "" for name in form.fields
        })  # fmt: skip
    except NotAllowed:
        raise
    except DomainError as error:
        form.take(error)
        return panel_page(
            request, found, motion_form=form, motion_item=item.pk, status=error.status
        )
    return _back(pk, item)


@require_POST
def vote(request: SignedInRequest, pk: int, motion_pk: int) -> HttpResponse:
    """Vote in my own name."""
    found, moved = _motion(request, pk, motion_pk)
    try:
        cast_vote(by=request.user, motion=moved, ballot=request.POST.get("ballot", ""))
    except DomainError as error:
        return panel_page(request, found, error=error)
    messages.success(request, _("Your vote is kept."))
    return _back(pk, moved.item)


@require_POST
def count(request: SignedInRequest, pk: int, motion_pk: int) -> HttpResponse:
    """Close a vote and count it."""
    found, moved = _motion(request, pk, motion_pk)
    counted = None
    if not found.is_named:
        form = CountForm(request.POST)
        counted = form.tally() if form.is_valid() else None
    try:
        close_vote(by=request.user, motion=moved, counted=counted)
    except DomainError as error:
        return panel_page(request, found, error=error)
    return _back(pk, moved.item)


@keeps_words
@require_POST
def postpone(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Leave an item for another day."""
    found, item = _item(request, pk, item_pk)
    try:
        postpone_item(by=request.user, item=item, reason=request.POST.get("reason", ""))
    except DomainError as error:
        return panel_page(request, found, error=error)
    return _back(pk, item)


@keeps_words
@require_POST
def resolve(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Write what came of a free item."""
    found, item = _item(request, pk, item_pk)
    try:
        resolve_item(by=request.user, item=item, said=request.POST.get("said", ""))
    except DomainError as error:
        return panel_page(request, found, error=error)
    return _back(pk, item)


def _session(request: SignedInRequest, pk: int) -> PanelSession:
    return get_object_or_404(visible_panels(viewer=request.user), pk=pk)


def _item(request: SignedInRequest, pk: int, item_pk: int) -> tuple[PanelSession, AgendaItem]:
    """Return an item that the person may read: of others, not even its title shows in an error."""
    found = _session(request, pk)
    item = get_object_or_404(
        AgendaItem.objects.select_related("session", "proposal__challenge", "proposal__lead"),
        pk=item_pk, session=found,
    )  # fmt: skip
    if closed_items(viewer=request.user, items=[item]):
        raise NotAllowed
    return found, item


def _motion(request: SignedInRequest, pk: int, motion_pk: int) -> tuple[PanelSession, Motion]:
    found = _session(request, pk)
    moved = get_object_or_404(
        Motion.objects.select_related("item__session", "item__proposal__challenge"),
        pk=motion_pk, item__session=found,
    )  # fmt: skip
    if closed_items(viewer=request.user, items=[moved.item]):
        raise NotAllowed
    return found, moved


def _back(pk: int, item: AgendaItem) -> HttpResponse:
    answer = redirect("innovation:panel", pk)
    answer["Location"] += f"#item-{item.pk}"
    return answer
