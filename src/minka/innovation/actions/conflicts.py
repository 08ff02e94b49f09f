"""Conflicts of interest that the team lifts by name, or finds late."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.actions.evaluation_checks import check_impartial, reason_of
from minka.innovation.actions.private_notes import forget_notes
from minka.innovation.models import Assignment, ConflictWaiver, Interest, Proposal
from minka.innovation.notices.evaluations import tell_conflict
from minka.innovation.queries.conflicts import conflict_between
from minka.innovation.states import SET_ASIDE_FROM, WAIVABLE, AssignmentState

SHORTEST = 20  # characters: less explains nothing


@transaction.atomic
def waive_conflict(*, by: User, proposal: Proposal, evaluator: User, reason: str) -> ConflictWaiver:
    """Lift what keeps one evaluator from one proposal, as far as it is known now.

    What appears later is not covered. To belong to the organisation, or to a partner of its
    consortium, and what was declared, are never lifted.

    Raises:
        NotAllowed: `by` is not of the impartial team, is the evaluator, or has a conflict too.
        InvalidInput: the reason is too short.
        WrongState: there is nothing to lift, or it cannot be lifted, or it was before.
    """
    require(by, "innovation.conflict_waive", proposal.challenge)
    check_impartial(by=by, proposals=[proposal])
    closed_call(proposal.challenge_id)
    if by.pk == evaluator.pk:
        raise NotAllowed(_("Nobody lifts their own conflict of interest."))
    words = reason_of(reason, least=SHORTEST)
    grounds = conflict_between(proposal=proposal, person=evaluator)
    if not grounds:
        raise WrongState(_("There is no conflict of interest to lift."))
    if any(one.ground not in WAIVABLE for one in grounds):
        raise WrongState(_("This conflict of interest cannot be lifted."))
    keys = sorted({one.key for one in grounds})
    waiver, _made = ConflictWaiver.objects.update_or_create(
        proposal=proposal,
        evaluator=evaluator,
        defaults={
            "grounds": keys, "reason": words, "waived_by": by, "waived_at": timezone.now(),
        },
    )  # fmt: skip
    record(
        by=by, verb="innovation.conflict_waive", obj=proposal,
        data={"evaluator": evaluator.pk, "grounds": keys, "reason": words},
    )  # fmt: skip
    return waiver


@transaction.atomic
def end_waiver(*, by: User, waiver: ConflictWaiver) -> None:
    """Take the lifting back: the conflict holds again, also for what was begun.

    Raises:
        NotAllowed: `by` is not of the impartial team, or is the evaluator.
        WrongState: the decisions are released.
    """
    proposal = waiver.proposal
    require(by, "innovation.conflict_waive", proposal.challenge)
    check_impartial(by=by, proposals=[proposal])
    closed_call(proposal.challenge_id)
    if by.pk == waiver.evaluator_id:
        raise NotAllowed
    person = waiver.evaluator_id
    waiver.delete()
    record(by=by, verb="innovation.conflict_waive_end", obj=proposal, data={"evaluator": person})


@transaction.atomic
def set_aside(*, by: User, assignment: Assignment, reason: str) -> Assignment:
    """Take an evaluator off a proposal for a conflict found by the team, at whatever stage.

    Scores that were handed in stop counting. The interest is noted for the organisation, so that
    other proposals of it are closed to that person, too.

    Raises:
        NotAllowed: `by` is not of the impartial team, is the evaluator, or has a conflict too.
        InvalidInput: the reason is too short.
        WrongState: it was set aside already, or the decisions are released.
    """
    proposal = assignment.proposal
    require(by, "innovation.evaluator_assign", proposal.challenge)
    check_impartial(by=by, proposals=[proposal])
    closed_call(proposal.challenge_id)
    if by.pk == assignment.evaluator_id:
        raise NotAllowed(_("Declare your own conflict on the page of your evaluation."))
    words = reason_of(reason, least=SHORTEST)
    now = timezone.now()
    movable = Assignment.objects.filter(pk=assignment.pk, state__in=SET_ASIDE_FROM)
    if not movable.update(
        state=AssignmentState.CONFLICTED, declared_at=now, scored_at=None, conflict=words,
        revision=F("revision") + 1,
    ):  # fmt: skip
        raise WrongState(_("This evaluation has moved on; reload the page."))
    assignment.refresh_from_db(fields=["state", "declared_at", "scored_at", "conflict", "revision"])
    forget_notes(assignment)
    _note_interest(by, assignment, words)
    record(
        by=by, verb="innovation.conflict_record", obj=proposal,
        data={"evaluator": assignment.evaluator_id},
    )  # fmt: skip
    tell_conflict(assignment=assignment)
    return assignment


def _note_interest(by: User, assignment: Assignment, words: str) -> None:
    try:
        with transaction.atomic():
            Interest.objects.create(
                person=assignment.evaluator, actor=assignment.proposal.lead, reason=words,
                stated_by=by,
            )  # fmt: skip
    except IntegrityError:
        return  # it is declared already
