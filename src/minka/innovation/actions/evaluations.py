"""What an evaluator does: declare first, read after, score last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.models import Assignment, Criterion, Score
from minka.innovation.notices.evaluations import tell_conflict
from minka.innovation.queries.conflicts import conflict_between
from minka.innovation.states import (
    ASSIGNMENT_REACHED_FROM,
    AssignmentState,
    ProposalState,
)

LONGEST_REASON = 5_000  # characters
SCALE = range(1, 6)


@dataclass(frozen=True)
class ScoreInput:
    """Points (None while undecided) and reason by one criterion."""

    points: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Saved:
    """An evaluation after saving; `fields` says which score could not be kept, and why."""

    revision: int
    saved_at: datetime
    fields: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def declare_no_conflict(*, by: User, assignment: Assignment) -> Assignment:
    """Declare that there is no conflict of interest, which opens the proposal to `by`.

    Raises:
        NotAllowed: it is somebody else's evaluation.
        WrongState: it was declared already, or the proposal is no longer evaluated.
    """
    _check(by, assignment)
    _move(assignment, AssignmentState.CLEARED, declared_at=timezone.now())
    record(by=by, verb="innovation.interest_declare_none", obj=assignment)
    return assignment


@transaction.atomic
def declare_conflict(*, by: User, assignment: Assignment, conflict: str) -> Assignment:
    """Declare a conflict of interest; the proposal stays closed to `by`, and the team is told.

    Raises:
        NotAllowed: it is somebody else's evaluation.
        InvalidInput: it is not said what the conflict is.
        WrongState: scores were handed in, or the proposal is no longer evaluated.
    """
    _check(by, assignment)
    reason = conflict.strip()
    if not reason:
        raise InvalidInput(fields={"conflict": _("Say in a few words what the conflict is.")})
    _move(
        assignment, AssignmentState.CONFLICTED, declared_at=timezone.now(), conflict=reason[:2000]
    )
    record(by=by, verb="innovation.interest_declare_conflict", obj=assignment)
    tell_conflict(assignment=assignment)
    return assignment


@transaction.atomic
def save_scores(
    *,
    by: User,
    assignment: Assignment,
    revision: int,
    scores: Mapping[int, ScoreInput],
    remark: str | None = None,
) -> Saved:
    """Keep unfinished scores by criterion id; what is invalid is named and the rest is saved.

    Saving what is already there succeeds whatever the revision. Not an act for the ledger.

    Raises:
        NotAllowed: it is somebody else's evaluation.
        WrongState: no declaration was made, or the scores are final.
        Conflict: another window saved other scores since `revision`.
    """
    _check(by, assignment)
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if current.state != AssignmentState.CLEARED:
        raise WrongState(_("These scores can no longer be changed."))
    criteria = set(
        Criterion.objects.filter(challenge=assignment.proposal.challenge_id).values_list(
            "pk", flat=True
        )
    )
    known = {score.criterion_id: score for score in current.scores.all()}
    bad = {f"points_{pk}": _("Points go from 1 to 5.") for pk in scores if _off(scores[pk])}
    good = {
        pk: given
        for pk, given in scores.items()
        if pk in criteria and not _off(given) and _differs(known.get(pk), given)
    }
    new_remark = current.remark if remark is None else remark.strip()[:LONGEST_REASON]
    now = timezone.now()
    if good or new_remark != current.remark:
        if current.revision != revision:
            raise Conflict(
                _("These scores were saved in another window before. Both versions are kept.")
            )
        for pk, given in good.items():
            Score.objects.update_or_create(
                assignment=current,
                criterion_id=pk,
                defaults={
                    "points": given.points,
                    "reason": given.reason.strip()[:LONGEST_REASON],
                    "saved_at": now,
                },
            )
        Assignment.objects.filter(pk=current.pk).update(
            revision=F("revision") + 1, remark=new_remark
        )
    assignment.refresh_from_db(fields=["revision", "remark", "state"])
    return Saved(assignment.revision, now, bad)


@transaction.atomic
def submit_scores(*, by: User, assignment: Assignment, revision: int) -> Assignment:
    """Hand the evaluation in for good; from now on the others' evaluations can be read.

    Raises:
        NotAllowed: it is somebody else's evaluation.
        WrongState: it was handed in already, or the proposal is no longer evaluated.
        Conflict: another window saved other scores since `revision`.
        InvalidInput: a criterion lacks its points or its reason; `fields` says which.
    """
    _check(by, assignment)
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if current.state == AssignmentState.CLEARED and current.revision != revision:
        raise Conflict(
            _("These scores were saved in another window before. Please read them again.")
        )
    if current.state == AssignmentState.CLEARED and (lacking := _lacking(current)):
        raise InvalidInput(_("The evaluation is not complete yet."), fields=lacking)
    _move(assignment, AssignmentState.SCORED, scored_at=timezone.now())
    record(by=by, verb="innovation.evaluation_submit", obj=assignment)
    return assignment


def _check(by: User, assignment: Assignment) -> None:
    """Pass the evaluator alone, without a conflict, while nothing is withdrawn or released."""
    require(by, "innovation.evaluation_write", assignment)
    proposal = assignment.proposal
    if conflict_between(proposal=proposal, person=by):
        raise NotAllowed
    closed_call(proposal.challenge_id)
    proposal.refresh_from_db(fields=["state", "ineligible_at"])
    if proposal.state != ProposalState.SUBMITTED:
        raise WrongState(_("This proposal was withdrawn; there is nothing more to evaluate."))
    if proposal.ineligible_at:
        raise WrongState(_("This proposal was found not eligible; it is not evaluated."))


def _move(assignment: Assignment, target: AssignmentState, **fields: object) -> None:
    """Compare-and-swap the state: of two clicks at once, one gets WrongState."""
    movable = Assignment.objects.filter(pk=assignment.pk, state__in=ASSIGNMENT_REACHED_FROM[target])
    if not movable.update(state=target, revision=F("revision") + 1, **fields):
        raise WrongState(_("This evaluation has moved on; reload the page."))
    assignment.refresh_from_db(fields=["state", "revision", *fields])


def _off(given: ScoreInput) -> bool:
    return given.points is not None and given.points not in SCALE


def _differs(known: Score | None, given: ScoreInput) -> bool:
    if known is None:
        return given.points is not None or bool(given.reason.strip())
    return (known.points, known.reason) != (given.points, given.reason.strip()[:LONGEST_REASON])


def _lacking(assignment: Assignment) -> dict[str, str]:
    lacking: dict[str, str] = {}
    given = {score.criterion_id: score for score in assignment.scores.all()}
    criteria = Criterion.objects.filter(challenge=assignment.proposal.challenge_id)
    for criterion in criteria.order_by("position"):
        score = given.get(criterion.pk)
        if score is None or score.points is None:
            lacking[f"points_{criterion.pk}"] = _("Give points.")
        if score is None or not score.reason:
            lacking[f"reason_{criterion.pk}"] = _("Give the reason for the points.")
    return lacking
