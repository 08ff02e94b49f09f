"""Motions on a proposal: put, voted on, counted; what is carried is written as the decision."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.decisions import check_decision, save_decision
from minka.innovation.actions.panel_holding import waiting_item
from minka.innovation.models import (
    AgendaItem,
    Decision,
    Motion,
    PanelRecusal,
    PanelSession,
    PanelVote,
)
from minka.innovation.models.panel_states import Ballot, ItemState, MotionState, PanelState
from minka.innovation.queries.panels import quorum_of, reasons_to_leave, seats_of
from minka.methods.assembly import MajorityRule, Quorum, Result, Tally, result

MOVED_TO = {
    Result.CARRIED: MotionState.CARRIED,
    Result.TIED: MotionState.TIED,
    Result.LOST: MotionState.LOST,
}


@transaction.atomic
def put_motion(  # noqa: PLR0913 -- a decision is its parts
    *, by: User, item: AgendaItem, outcome: str, reason: str, feedback: str, strengths: str = ""
) -> Motion:
    """Put to the vote what is to be decided on a proposal, in the words it will be decided in.

    Whoever has to leave for it leaves now, and is noted.

    Raises:
        NotAllowed: `by` may not run the session, or has to leave for the item.
        WrongState: the session is not open, the item was dealt with or is being voted on, or
            there is no quorum for it.
        InvalidInput: no outcome, or words shorter than 20 characters.
    """
    held, fresh = waiting_item(by=by, item=item)
    if fresh.proposal is None:
        raise WrongState(_("A motion is about a proposal."))
    require(by, "innovation.decision_write", fresh.proposal)
    words = check_decision(outcome=outcome, reason=reason, feedback=feedback, strengths=strengths)
    found = _leave(held, fresh)
    if not found.is_met:
        raise WrongState(
            _("There is no quorum for this proposal: %(present)s of %(entitled)s without an "
              "interest are there, %(needed)s are needed.")
            % {"present": found.present, "entitled": found.entitled, "needed": found.needed}
        )  # fmt: skip
    try:
        with transaction.atomic():
            motion = Motion.objects.create(item=fresh, outcome=outcome, put_by=by, **words)
    except IntegrityError:
        raise WrongState(
            _("A motion on this item is being voted on; close the vote first.")
        ) from None
    record(by=by, verb="innovation.motion_put", obj=held, data={"item": fresh.pk})
    return motion


@transaction.atomic
def cast_vote(*, by: User, motion: Motion, ballot: str) -> PanelVote:
    """Vote in one's own name. The first vote stays; the same one sent twice is one vote.

    Raises:
        NotAllowed: `by` has no vote here, is not there, or has to leave for the item.
        WrongState: it was counted, votes are counted by hand, or `by` voted otherwise before.
        InvalidInput: there is no such vote.
    """
    held = PanelSession.objects.select_for_update().get(pk=motion.item.session_id)
    seat = held.seats.select_related("person").filter(person=by, votes=True).first()
    if seat is None or not seat.is_there or not by.is_active:
        raise NotAllowed
    if ballot not in Ballot.values:
        raise InvalidInput(_("Choose how you vote."))
    item = AgendaItem.objects.select_related("proposal__challenge").get(pk=motion.item_id)
    if reasons_to_leave(items=[item], seats=[seat]):
        raise NotAllowed
    if not held.is_named:
        raise WrongState(_("In this session votes are counted by hand."))
    motion.refresh_from_db()
    if held.state != PanelState.OPEN or motion.state != MotionState.OPEN:
        raise WrongState(_("This vote was closed."))
    vote, is_new = PanelVote.objects.get_or_create(
        motion=motion, seat=seat, defaults={"ballot": ballot}
    )
    if not is_new and vote.ballot != ballot:
        raise WrongState(_("You have voted already; a vote is not changed."))
    if is_new:
        record(by=by, verb="innovation.motion_vote", obj=held, data={"motion": motion.pk})
    return vote


@transaction.atomic
def close_vote(*, by: User, motion: Motion, counted: Tally | None = None) -> Motion:
    """Count the votes; a motion that is carried becomes the decision on the proposal.

    `counted` is what was counted by hand, in sessions that do not keep votes by name.

    Raises:
        NotAllowed: `by` may not run the session, or has to leave for the item.
        WrongState: it was closed before, or there is no quorum any more.
        InvalidInput: nobody voted, or more votes were counted than there are people.
    """
    held, item = waiting_item(by=by, item=motion.item)
    motion = Motion.objects.select_for_update().get(pk=motion.pk)
    if motion.state != MotionState.OPEN:
        raise WrongState(_("This vote was closed."))
    found = _leave(held, item)
    if not found.is_met:
        raise WrongState(_("There is no quorum any more; postpone the item."))
    tally = _tally(held, motion, counted)
    if not 0 < tally.given <= found.present:
        raise InvalidInput(
            fields={"counted": _("Count between 1 and %(most)s votes.") % {"most": found.present}}
        )
    became = result(tally, present=found.present, rule=MajorityRule(held.majority_rule))
    motion.state, motion.closed_at = MOVED_TO[became], timezone.now()
    motion.in_favour, motion.against = tally.in_favour, tally.against
    motion.abstained, motion.present = tally.abstained, found.present
    motion.entitled, motion.needed = found.entitled, found.needed
    motion.save()
    # which way it went is for the release to tell: the ledger has more readers than may know
    record(by=by, verb="innovation.motion_close", obj=held, data={"motion": motion.pk})
    if became == Result.CARRIED:
        _decide(by, item, motion)
    return motion


def _decide(by: User, item: AgendaItem, motion: Motion) -> None:
    if item.proposal is None:
        return
    known = Decision.objects.filter(proposal=item.proposal).values_list("revision", flat=True)
    save_decision(
        by=by, proposal=item.proposal, revision=known.first() or 0, outcome=motion.outcome,
        reason=motion.reason, feedback=motion.feedback, strengths=motion.strengths,
        motion=motion,
    )  # fmt: skip
    item.state, item.ended_at = ItemState.RESOLVED, timezone.now()
    item.save(update_fields=["state", "ended_at"])


def _tally(held: PanelSession, motion: Motion, counted: Tally | None) -> Tally:
    if not held.is_named:
        if counted is None:
            raise InvalidInput(fields={"counted": _("Write how many voted which way.")})
        return counted
    given = list(motion.votes.values_list("ballot", flat=True))
    return Tally(given.count(Ballot.FOR), given.count(Ballot.AGAINST), given.count(Ballot.ABSTAIN))


def _leave(held: PanelSession, item: AgendaItem) -> Quorum:
    """Note who has to leave for an item, strike their votes, and return the quorum of the rest."""
    seats = seats_of(held)
    reasons = reasons_to_leave(items=[item], seats=seats)
    PanelRecusal.objects.bulk_create(
        (
            PanelRecusal(item_id=of, seat_id=seat, why_es=spanish, why_en=english)
            for (of, seat), (spanish, english) in reasons.items()
        ),
        ignore_conflicts=True,
    )
    left = {seat for _item, seat in reasons}
    PanelVote.objects.filter(motion__item=item, motion__state=MotionState.OPEN,
                             seat__in=left).delete()  # fmt: skip
    return quorum_of(held, seats, left)
