"""A panel session: prepared, called, opened, closed; who sits, and what is dealt with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.models import AgendaItem, Challenge, PanelSeat, PanelSession
from minka.innovation.models.panel_states import (
    PANEL_BEFORE,
    PANEL_REACHED_FROM,
    Office,
    PanelState,
)
from minka.innovation.notices.panels import tell_called, tell_cancelled
from minka.innovation.queries.evaluations import competitors
from minka.innovation.queries.panels import undealt_proposals
from minka.innovation.queries.positions import Position, positions

FREE_ITEMS = 40
SEATS = 40


@dataclass(frozen=True)
class PanelDetails:
    """What is said of a session before it is held."""

    title: str
    starts_at: datetime
    place: str = ""
    link: str = ""
    quorum_rule: str = "more_than_half"
    majority_rule: str = "simple"
    is_named: bool = True


@transaction.atomic
def prepare_panel(
    *, by: User, challenges: Collection[Challenge], details: PanelDetails
) -> PanelSession:
    """Begin a session for challenges of one edition whose calls have closed.

    The proposals come onto its agenda at once, in the order of their bands.

    Raises:
        NotAllowed: `by` is not of the team, or competes in one of the challenges.
        InvalidInput: there is none, they are of several editions, or there is no place nor link.
        WrongState: one is still open, has its decisions released, or is dealt with elsewhere.
    """
    if not challenges:
        raise InvalidInput(fields={"challenges": _("Choose at least one challenge.")})
    if len({one.edition_id for one in challenges}) > 1:
        raise InvalidInput(fields={"challenges": _("Choose challenges of one edition.")})
    for challenge in challenges:
        require(by, "innovation.panel_deal", challenge)
        _to_be_decided(challenge)
    _check(details)
    session = PanelSession.objects.create(
        edition=next(iter(challenges)).edition, created_by=by, **vars(details)
    )
    session.challenges.set(challenges)
    record(
        by=by, verb="innovation.panel_prepare", obj=session,
        data={"challenges": sorted(one.slug for one in challenges)},
    )  # fmt: skip
    fill_agenda(by=by, session=session)
    return session


@transaction.atomic
def change_panel(
    *, by: User, session: PanelSession, revision: int, details: PanelDetails
) -> PanelSession:
    """Change what is said of a session that has not begun; who was called is called anew.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: it was begun or cancelled.
        Conflict: a colleague changed it since `revision`.
        InvalidInput: there is no title, place nor link.
    """
    held = locked_panel(session, by=by, states=PANEL_BEFORE)
    _check(details)
    changed = PanelSession.objects.filter(pk=held.pk, revision=revision).update(
        **vars(details), revision=F("revision") + 1
    )
    if not changed:
        raise Conflict(_("A colleague changed this session before you."))
    session.refresh_from_db()
    record(by=by, verb="innovation.panel_change", obj=session,
           data={"starts_at": session.starts_at.isoformat()})  # fmt: skip
    if session.state == PanelState.CALLED:
        tell_called(session=session)
    return session


@transaction.atomic
def fill_agenda(*, by: User, session: PanelSession) -> int:
    """Put the proposals that are on no item yet onto the agenda, best band first.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: it was closed or cancelled.
    """
    held = locked_panel(session, by=by, states={*PANEL_BEFORE, PanelState.OPEN})
    found = list(undealt_proposals(session=held).select_related("challenge"))
    known: dict[int, Position] = {}
    for challenge in held.challenges.all():
        known |= positions(challenge=challenge)
    far = len(found) + 1
    found.sort(key=lambda one: (
        one.challenge_id, known[one.pk].order if one.pk in known else far, one.pk
    ))  # fmt: skip
    start = held.items.count()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            session=held, position=start + at, proposal=one,
            standing=known[one.pk].told() if one.pk in known else {},
        )
        for at, one in enumerate(found, start=1)
    )  # fmt: skip
    return len(found)


@transaction.atomic
def add_item(*, by: User, session: PanelSession, title: str) -> AgendaItem:
    """Add a free item at the end of the agenda.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: it was closed or cancelled.
        InvalidInput: there is no title, or there are too many items.
    """
    held = locked_panel(session, by=by, states={*PANEL_BEFORE, PanelState.OPEN})
    words = title.strip()[:200]
    if not words:
        raise InvalidInput(fields={"item": _("Write what is to be dealt with.")})
    if held.items.filter(proposal__isnull=True).count() >= FREE_ITEMS:
        raise InvalidInput(fields={"item": _("There are too many items.")})
    if (same := held.items.filter(title=words, proposal__isnull=True).first()) is not None:
        return same
    item = AgendaItem.objects.create(session=held, position=held.items.count() + 1, title=words)
    record(by=by, verb="innovation.panel_item", obj=held, data={"item": item.pk})
    return item


@transaction.atomic
def seat_person(
    *, by: User, session: PanelSession, person: User, office: str, votes: bool
) -> PanelSeat:
    """Give somebody a seat, or change what they do there; before the session begins.

    Raises:
        NotAllowed: `by` may not run it, or the person competes in one of its challenges.
        WrongState: it was begun or cancelled.
        InvalidInput: no such office, a second chair, or too many people.
    """
    held = locked_panel(session, by=by, states=PANEL_BEFORE)
    if office not in Office.values:
        raise InvalidInput(fields={"office": _("Choose what they do at the table.")})
    for challenge in held.challenges.all():
        if person.pk in competitors(challenge=challenge):
            raise NotAllowed(_("Belongs to an organisation that answers the same challenge."))
    if held.seats.count() >= SEATS:
        raise InvalidInput(fields={"person": _("There are too many people at the table.")})
    votes = votes and office != Office.GUEST
    try:
        with transaction.atomic():
            seat, _is_new = PanelSeat.objects.update_or_create(
                session=held, person=person, defaults={"office": office, "votes": votes}
            )
    except IntegrityError:
        raise InvalidInput(fields={"office": _("There is one chair.")}) from None
    record(by=by, verb="innovation.panel_seat", obj=held,
           data={"person": person.pk, "office": office, "votes": votes})  # fmt: skip
    if held.state == PanelState.CALLED:
        tell_called(session=held)
    return seat


@transaction.atomic
def unseat(*, by: User, seat: PanelSeat) -> None:
    """Take a seat away again, before the session begins.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: it was begun or cancelled.
    """
    held = locked_panel(seat.session, by=by, states=PANEL_BEFORE)
    record(by=by, verb="innovation.panel_unseat", obj=held, data={"person": seat.person_id})
    seat.delete()


@transaction.atomic
def call_panel(*, by: User, session: PanelSession) -> PanelSession:
    """Call the members: each is told when, where and what is dealt with.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: it was called already.
        InvalidInput: nobody has a vote, or nothing is to be dealt with.
    """
    held = locked_panel(session, by=by)
    if not held.seats.filter(votes=True).exists():
        raise InvalidInput(_("Nobody at the table has a vote yet."))
    if not held.items.exists():
        raise InvalidInput(_("The agenda is empty."))
    move_panel(held, PanelState.CALLED, called_at=timezone.now())
    record(by=by, verb="innovation.panel_call", obj=held,
           data={"starts_at": held.starts_at.isoformat()})  # fmt: skip
    tell_called(session=held)
    return held


@transaction.atomic
def cancel_panel(*, by: User, session: PanelSession) -> PanelSession:
    """Call a session off that was not begun; its members are told.

    Raises:
        NotAllowed: `by` may not run it.
        WrongState: it was begun or cancelled already.
    """
    held = locked_panel(session, by=by)
    was_called = held.state == PanelState.CALLED
    move_panel(held, PanelState.CANCELLED)
    record(by=by, verb="innovation.panel_cancel", obj=held)
    if was_called:
        tell_cancelled(session=held)
    return held


def locked_panel(
    session: PanelSession, *, by: User, states: Collection[PanelState] = ()
) -> PanelSession:
    """Return the session as the database has it, locked, if `by` may run it and it is so far.

    Raises:
        NotAllowed: `by` is not of the team, or competes in one of its challenges.
        WrongState: it is in none of `states`.
    """
    require(by, "innovation.panel_run")
    held = PanelSession.objects.select_for_update().get(pk=session.pk)
    for challenge in held.challenges.all():
        require(by, "innovation.panel_deal", challenge)
    if states and held.state not in states:
        raise WrongState(_("This session has moved on; reload the page."))
    return held


def move_panel(held: PanelSession, target: PanelState, **fields: object) -> None:
    """Compare and swap the state of a locked session.

    No person: who may is for the caller.
    """
    movable = PanelSession.objects.filter(pk=held.pk, state__in=PANEL_REACHED_FROM[target])
    if not movable.update(state=target, revision=F("revision") + 1, **fields):
        raise WrongState(_("This session has moved on; reload the page."))
    held.refresh_from_db()


def _to_be_decided(challenge: Challenge) -> None:
    closed_call(challenge.pk)
    others = PanelSession.objects.filter(challenges=challenge).exclude(state=PanelState.CANCELLED)
    if others.exclude(state=PanelState.CLOSED).exists():
        raise WrongState(_("Another session that has not ended deals with this challenge."))


def _check(details: PanelDetails) -> None:
    wrong = {}
    if not details.title.strip():
        wrong["title"] = _("Write what the session is called.")
    if not details.place.strip() and not details.link.strip():
        wrong["place"] = _("Write a place, or a link by which to take part.")
    if wrong:
        raise InvalidInput(fields=wrong)
