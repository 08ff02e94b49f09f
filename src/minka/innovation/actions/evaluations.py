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
from minka.innovation.actions.private_notes import forget_notes, save_note
from minka.innovation.models import (
    Assignment,
    CheckAnswer,
    Criterion,
    EvaluationCheck,
    RedactedCopy,
    Score,
)
from minka.innovation.notices.evaluations import tell_conflict
from minka.innovation.queries.conflicts import conflict_between
from minka.innovation.queries.evaluation_modes import mode_of
from minka.innovation.queries.gates import answers_checks, criteria_for, is_gated
from minka.innovation.states import (
    ASSIGNMENT_REACHED_FROM,
    AssignmentState,
    BlindMode,
    Confidence,
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
class CheckInput:
    """Whether a check is passed (None while undecided) and why."""

    is_met: bool | None = None
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
    check_evaluator(by=by, assignment=assignment)
    if mode_of(assignment.proposal.challenge) == BlindMode.DOUBLE and not _is_redacted(assignment):
        raise WrongState(_("The redacted copy of this proposal is still being prepared."))
    _move(assignment, AssignmentState.CLEARED, declared_at=timezone.now())
    record(by=by, verb="innovation.interest_declare_none", obj=assignment)
    return assignment


@transaction.atomic
def declare_conflict(*, by: User, assignment: Assignment, conflict: str) -> Assignment:
    """Declare a conflict of interest; the proposal stays closed to `by`, and the team is told.

    What they noted for themselves is deleted.

    Raises:
        NotAllowed: it is somebody else's evaluation.
        InvalidInput: it is not said what the conflict is.
        WrongState: scores were handed in, or the proposal is no longer evaluated.
    """
    check_evaluator(by=by, assignment=assignment)
    reason = conflict.strip()
    if not reason:
        raise InvalidInput(fields={"conflict": _("Say in a few words what the conflict is.")})
    _move(
        assignment, AssignmentState.CONFLICTED, declared_at=timezone.now(), conflict=reason[:2000]
    )
    forget_notes(assignment)
    record(by=by, verb="innovation.interest_declare_conflict", obj=assignment)
    tell_conflict(assignment=assignment)
    return assignment


@transaction.atomic
def save_scores(  # noqa: PLR0913 -- an evaluation is its parts
    *,
    by: User,
    assignment: Assignment,
    revision: int,
    scores: Mapping[int, ScoreInput],
    remark: str | None = None,
    checks: Mapping[int, CheckInput] | None = None,
    confidence: int | None = None,
    note: str | None = None,
) -> Saved:
    """Keep unfinished scores by criterion id; what is invalid is named and the rest is saved.

    Criteria and checks of the other gate are left alone. Saving what is already there succeeds
    whatever the revision. Not an act for the ledger.

    `checks` are answers by id of the check; of remark, confidence and private note None leaves
    what there is.

    Raises:
        NotAllowed: it is somebody else's evaluation.
        WrongState: no declaration was made, or the scores are final.
        Conflict: another window saved other scores since `revision`.
    """
    check_evaluator(by=by, assignment=assignment)
    current = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if current.state != AssignmentState.CLEARED:
        raise WrongState(_("These scores can no longer be changed."))
    bad = {f"points_{pk}": _("Points go from 1 to 5.") for pk in scores if _off(scores[pk])}
    good, answers = _fresh_scores(current, scores), _fresh_answers(current, checks or {})
    columns = _fresh_columns(current, remark, confidence)
    now = timezone.now()
    if good or answers or columns or _notes_something(current, note):
        if current.revision != revision:
            raise Conflict(
                _("These scores were saved in another window before. Both versions are kept.")
            )
        _write(current, good, answers, now)
        if note is not None:
            save_note(by=by, assignment=current, words=note)
        Assignment.objects.filter(pk=current.pk).update(revision=F("revision") + 1, **columns)
    assignment.refresh_from_db(fields=["revision", "remark", "confidence", "state"])
    return Saved(assignment.revision, now, bad)


@transaction.atomic
def submit_scores(*, by: User, assignment: Assignment, revision: int) -> Assignment:
    """Hand the evaluation in for good; from now on the others' evaluations can be read.

    Raises:
        NotAllowed: it is somebody else's evaluation.
        WrongState: it was handed in already, or the proposal is no longer evaluated.
        Conflict: another window saved other scores since `revision`.
        InvalidInput: a criterion lacks its points or its reason, a check its answer, or it is not
            said how sure the evaluator is; `fields` says which.
    """
    check_evaluator(by=by, assignment=assignment)
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


def check_evaluator(*, by: User, assignment: Assignment) -> None:
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


def _is_redacted(assignment: Assignment) -> bool:
    done = RedactedCopy.objects.filter(proposal=assignment.proposal_id, confirmed_at__isnull=False)
    return done.exists()


def _fresh_scores(current: Assignment, scores: Mapping[int, ScoreInput]) -> dict[int, ScoreInput]:
    """Return what is valid, of this evaluator's criteria, and not saved yet."""
    criteria = {one.pk for one in _own_criteria(current)}
    known = {score.criterion_id: score for score in current.scores.all()}
    return {
        pk: given
        for pk, given in scores.items()
        if pk in criteria and not _off(given) and _differs(known.get(pk), given)
    }


def _fresh_answers(current: Assignment, checks: Mapping[int, CheckInput]) -> dict[int, CheckInput]:
    if not checks or not answers_checks(current):
        return {}
    asked = EvaluationCheck.objects.filter(challenge=current.proposal.challenge_id, pk__in=checks)
    known = {
        one.question_id: CheckInput(one.is_met, one.reason) for one in current.check_answers.all()
    }
    told = {
        pk: CheckInput(checks[pk].is_met, checks[pk].reason.strip()[:LONGEST_REASON])
        for pk in asked.values_list("pk", flat=True)
    }
    return {pk: given for pk, given in told.items() if known.get(pk, CheckInput()) != given}


def _fresh_columns(
    current: Assignment, remark: str | None, confidence: int | None
) -> dict[str, object]:
    columns: dict[str, object] = {}
    if remark is not None and (words := remark.strip()[:LONGEST_REASON]) != current.remark:
        columns["remark"] = words
    if confidence in Confidence.values and confidence != current.confidence:
        columns["confidence"] = confidence
    return columns


def _notes_something(current: Assignment, note: str | None) -> bool:
    if note is None:
        return False
    known = getattr(current, "private_note", None)
    return note.strip() != (known.words if known else "")


def _write(
    current: Assignment,
    scores: Mapping[int, ScoreInput],
    answers: Mapping[int, CheckInput],
    now: datetime,
) -> None:
    rows = [
        Score(
            assignment=current, criterion_id=pk, points=given.points,
            reason=given.reason.strip()[:LONGEST_REASON], saved_at=now,
        )
        for pk, given in scores.items()
    ]  # fmt: skip
    Score.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["assignment", "criterion"],
        update_fields=["points", "reason", "saved_at"],
    )  # fmt: skip
    told = [
        CheckAnswer(
            assignment=current, question_id=pk, is_met=answer.is_met, reason=answer.reason,
            saved_at=now,
        )
        for pk, answer in answers.items()
    ]  # fmt: skip
    CheckAnswer.objects.bulk_create(
        told, update_conflicts=True, unique_fields=["assignment", "question"],
        update_fields=["is_met", "reason", "saved_at"],
    )  # fmt: skip


def _own_criteria(assignment: Assignment) -> list[Criterion]:
    every = Criterion.objects.filter(challenge=assignment.proposal.challenge_id)
    return criteria_for(assignment, list(every.order_by("position")))


def _lacking(assignment: Assignment) -> dict[str, str]:
    lacking: dict[str, str] = {}
    given = {score.criterion_id: score for score in assignment.scores.all()}
    every = Criterion.objects.filter(challenge=assignment.proposal.challenge_id)
    for criterion in _own_criteria(assignment):
        score = given.get(criterion.pk)
        if score is None or score.points is None:
            lacking[f"points_{criterion.pk}"] = _("Give points.")
        if score is None or not score.reason:
            lacking[f"reason_{criterion.pk}"] = _("Give the reason for the points.")
    if is_gated(list(every)) and assignment.confidence is None:
        lacking["confidence"] = _("Say how sure you are.")
    return lacking | _lacking_checks(assignment)


def _lacking_checks(assignment: Assignment) -> dict[str, str]:
    if not answers_checks(assignment):
        return {}
    lacking: dict[str, str] = {}
    given = {one.question_id: one for one in assignment.check_answers.all()}
    for check in EvaluationCheck.objects.filter(challenge=assignment.proposal.challenge_id):
        answer = given.get(check.pk)
        if answer is None or answer.is_met is None:
            lacking[f"check_{check.pk}"] = _("Answer with yes or no.")
        if answer is None or not answer.reason:
            lacking[f"why_{check.pk}"] = _("Say why.")
    return lacking
