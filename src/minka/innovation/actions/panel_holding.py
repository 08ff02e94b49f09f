"""A session while it is held: who is there, who leaves for what, what ends how."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.audit import record
from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.minutes import draft_minutes
from minka.innovation.actions.panels import locked_panel, move_panel
from minka.innovation.models import AgendaItem, Interest, PanelRecusal, PanelSeat, PanelSession
from minka.innovation.models.panel_states import (
    THERE,
    Attendance,
    ItemState,
    MotionState,
    PanelState,
)
from minka.innovation.queries.panels import (
    closed_items,
    quorum_of,
    reasons_to_leave,
    seats_of,
)

SHORTEST = 20  # characters: less explains nothing
LONGEST = 10_000
HELD = {PanelState.CALLED, PanelState.OPEN}


@transaction.atomic
def open_session(*, by: User, session: PanelSession) -> PanelSession:
    """Begin, once there is a quorum.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: it was not called, was begun already, or there is no quorum.
    """
    held = locked_panel(session, by=by, states={PanelState.CALLED})
    _quorate(held)
    move_panel(held, PanelState.OPEN, opened_at=timezone.now())
    there = [one.person_id for one in held.seats.all() if one.is_there]
    record(by=by, verb="innovation.panel_open", obj=held, data={"present": there})
    return held


@transaction.atomic
def note_attendance(*, by: User, seat: PanelSeat, attendance: str) -> PanelSeat:
    """Note where a member is: there, by link, absent, or gone.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: the session is not called nor open.
        InvalidInput: there is no such thing to note, or somebody goes who was not there.
    """
    held = locked_panel(seat.session, by=by, states=HELD)
    seat = PanelSeat.objects.select_for_update().get(pk=seat.pk)
    if attendance not in Attendance.values:
        raise InvalidInput(_("Choose where they are."))
    if attendance == seat.attendance:
        return seat
    if attendance == Attendance.LEFT and not seat.is_there:
        raise InvalidInput(_("Only who is there can leave."))
    now = timezone.now()
    seat.attendance = attendance
    if attendance in THERE:
        seat.attended_at = seat.attended_at or now
        seat.left_at = None
    elif attendance == Attendance.LEFT:
        seat.left_at = now
    seat.save(update_fields=["attendance", "attended_at", "left_at"])
    record(by=by, verb="innovation.panel_attend", obj=held,
           data={"person": seat.person_id, "attendance": attendance})  # fmt: skip
    return seat


@transaction.atomic
def declare_interest(*, by: User, item: AgendaItem, why: str) -> PanelRecusal:
    """Leave for one proposal; from now on the item, and the proposal, are closed to `by`.

    Raises:
        NotAllowed: `by` has no seat at the session.
        InvalidInput: the reason is too short, or the item is not about a proposal.
        WrongState: the session is not called nor open, or the item was dealt with.
    """
    held = PanelSession.objects.select_for_update().get(pk=item.session_id)
    seat = held.seats.filter(person=by).first()
    if seat is None:
        raise NotAllowed
    words = _words(why, "why")
    if item.proposal is None:
        raise InvalidInput(_("An interest is declared about a proposal."))
    if held.state not in HELD or item.state != ItemState.WAITING:
        raise WrongState(_("This item was dealt with; reload the page."))
    if item.motions.filter(state=MotionState.OPEN, votes__seat=seat).exists():
        raise WrongState(_("You have voted on this item already."))
    noted, is_new = PanelRecusal.objects.get_or_create(
        item=item, seat=seat, defaults={"why_es": words, "why_en": words, "is_declared": True}
    )
    if is_new:
        _note_interest(by, item, words)
        record(by=by, verb="innovation.panel_recuse", obj=held, data={"item": item.pk})
    return noted


@transaction.atomic
def postpone_item(*, by: User, item: AgendaItem, reason: str) -> AgendaItem:
    """Leave an item for another day, with a reason.

    Raises:
        NotAllowed: `by` may not run the session, or has to leave for the item.
        WrongState: it was dealt with, or is being voted on.
        InvalidInput: the reason is too short.
    """
    return _end(by, item, ItemState.POSTPONED, reason=_words(reason, "reason"))


@transaction.atomic
def resolve_item(*, by: User, item: AgendaItem, said: str) -> AgendaItem:
    """Write what was said and resolved on a free item.

    Raises:
        NotAllowed: `by` may not run the session.
        WrongState: it was dealt with; a proposal is resolved by a motion that is carried.
        InvalidInput: the words are too short.
    """
    if item.proposal_id:
        raise WrongState(_("A proposal is resolved by a motion that is carried."))
    return _end(by, item, ItemState.RESOLVED, said=_words(said, "said"))


@transaction.atomic
def close_session(*, by: User, session: PanelSession) -> PanelSession:
    """End the session, with a quorum and nothing left open; the minutes are drafted at once.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: it is not open, there is no quorum, or an item waits.
    """
    held = locked_panel(session, by=by, states={PanelState.OPEN})
    _quorate(held)
    if waiting := held.items.filter(state=ItemState.WAITING).count():
        raise WrongState(
            ngettext(
                "%(count)s item is neither resolved nor postponed.",
                "%(count)s items are neither resolved nor postponed.",
                waiting,
            )
            % {"count": waiting}
        )
    _note_who_left(held)
    move_panel(held, PanelState.CLOSED, closed_at=timezone.now())
    record(by=by, verb="innovation.panel_close", obj=held)
    draft_minutes(by=by, session=held)
    return held


def waiting_item(*, by: User, item: AgendaItem) -> tuple[PanelSession, AgendaItem]:
    """Return session and item, locked, if `by` may deal with it now.

    Raises:
        NotAllowed: `by` may not run the session, or has to leave for the item.
        WrongState: the session is not open, or the item was dealt with.
    """
    held = locked_panel(item.session, by=by, states={PanelState.OPEN})
    fresh = AgendaItem.objects.select_for_update(of=("self",)).select_related(
        "proposal__challenge"
    ).get(pk=item.pk)  # fmt: skip
    if fresh.pk in closed_items(viewer=by, items=[fresh]):
        raise NotAllowed
    if fresh.state != ItemState.WAITING:
        raise WrongState(_("This item was dealt with; reload the page."))
    return held, fresh


def _end(by: User, item: AgendaItem, target: ItemState, **words: str) -> AgendaItem:
    held, fresh = waiting_item(by=by, item=item)
    if fresh.motions.filter(state=MotionState.OPEN).exists():
        raise WrongState(_("A motion on this item is being voted on; close the vote first."))
    fresh.state, fresh.ended_at = target, timezone.now()
    for name, text in words.items():
        setattr(fresh, name, text)
    fresh.save(update_fields=["state", "ended_at", *words])
    record(by=by, verb=f"innovation.panel_{target.value}", obj=held, data={"item": fresh.pk})
    return fresh


def _quorate(held: PanelSession) -> None:
    found = quorum_of(held, seats_of(held), set())
    if not found.is_met:
        raise WrongState(
            _("There is no quorum: %(present)s of %(entitled)s with a vote are there, %(needed)s "
              "are needed.")
            % {"present": found.present, "entitled": found.entitled, "needed": found.needed}
        )  # fmt: skip


def _note_who_left(held: PanelSession) -> None:
    """Keep who had to leave for what, as it is known when the session ends."""
    items = list(held.items.select_related("proposal__challenge"))
    found = reasons_to_leave(items=items, seats=seats_of(held))
    PanelRecusal.objects.bulk_create(
        (
            PanelRecusal(item_id=item, seat_id=seat, why_es=spanish, why_en=english)
            for (item, seat), (spanish, english) in found.items()
        ),
        ignore_conflicts=True,
    )


def _note_interest(by: User, item: AgendaItem, words: str) -> None:
    if item.proposal is None:
        return
    try:
        with transaction.atomic():
            Interest.objects.create(person=by, actor=item.proposal.lead, reason=words, stated_by=by)
    except IntegrityError:
        return  # it is declared already


def _words(text: str, name: str) -> str:
    words = text.strip()[:LONGEST]
    if len(words) < SHORTEST:
        least = {"least": SHORTEST}
        raise InvalidInput(fields={name: _("Write at least %(least)s characters.") % least})
    return words
