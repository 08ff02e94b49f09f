"""Reads of evaluations: an evaluator sees their own, and the others' only after giving theirs."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from minka.core.models import RoleGrant, User
from minka.core.states import Role
from minka.innovation.models import (
    Assignment,
    Challenge,
    CheckAnswer,
    Criterion,
    EvaluationCheck,
    PrivateNote,
    Proposal,
    Score,
)
from minka.innovation.queries.conflicts import closed_to, partners_of
from minka.innovation.queries.evaluation_modes import COPY, TERMS, mode_of
from minka.innovation.queries.gates import answers_checks, criteria_for
from minka.innovation.states import AssignmentState, BlindMode, ProposalState
from minka.knowledge.models import Membership
from minka.knowledge.states import MemberRole, MembershipState


@dataclass(frozen=True)
class GivenScore:
    """Points and reason by one criterion, and what they were before the discussion."""

    criterion: Criterion
    points: int
    reason: str
    before: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class OtherEvaluation:
    """What another evaluator gave: a number, and in the open mode a name."""

    number: int
    remark: str
    scores: list[GivenScore]
    gate: str = ""
    name: str = ""
    checks: tuple[CheckAnswer, ...] = ()


def own_assignments(*, viewer: User) -> QuerySet[Assignment]:
    """Return the viewer's own evaluations of proposals that still stand.

    One whose conflict was computed since is gone until the team sets it aside or lifts it.
    """
    return (
        Assignment.objects.exclude(
            ~Q(state=AssignmentState.CONFLICTED), proposal__in=closed_to(viewer=viewer)
        )
        .filter(
            evaluator=viewer,
            proposal__state=ProposalState.SUBMITTED,
            proposal__ineligible_at__isnull=True,
            proposal__challenge__call__closes_at__lte=timezone.now(),
        )
        .select_related("proposal__lead", "proposal__challenge__call", "evaluator", TERMS, COPY)
        .annotate(criteria_scored=Count("scores", filter=Q(scores__points__isnull=False)))
        .order_by("proposal__challenge", "pk")
    )


def criteria_of(*, challenge_id: int) -> list[Criterion]:
    """Return the criteria of a challenge in their order."""
    return list(Criterion.objects.filter(challenge=challenge_id).order_by("position"))


def own_criteria(*, assignment: Assignment) -> list[Criterion]:
    """Return the criteria by which this evaluator scores."""
    return criteria_for(assignment, criteria_of(challenge_id=assignment.proposal.challenge_id))


def own_checks(*, assignment: Assignment) -> list[EvaluationCheck]:
    """Return the checks that this evaluator answers: safety and procurement are operational."""
    if not answers_checks(assignment):
        return []
    return list(EvaluationCheck.objects.filter(challenge=assignment.proposal.challenge_id))


def own_answers(*, viewer: User, assignment: Assignment) -> dict[int, CheckAnswer]:
    """Return the viewer's own answers by check; nothing of anybody else's."""
    if assignment.evaluator_id != viewer.pk:
        return {}
    answers = assignment.check_answers.select_related("question")
    return {one.question_id: one for one in answers}


def own_note(*, viewer: User, assignment: Assignment) -> str:
    """Return what the viewer noted for themselves; nothing of anybody else's."""
    if assignment.evaluator_id != viewer.pk:
        return ""
    note = PrivateNote.objects.filter(assignment=assignment).first()
    return note.words if note else ""


def own_scores(*, viewer: User, assignment: Assignment) -> dict[int, Score]:
    """Return the viewer's own scores by criterion id; nothing of anybody else's."""
    if assignment.evaluator_id != viewer.pk:
        return {}
    scores = assignment.scores.prefetch_related("changes")
    return {score.criterion_id: score for score in scores}


def others_evaluations(*, viewer: User, assignment: Assignment) -> list[OtherEvaluation]:
    """Return what the others gave the same proposal, with names in the open mode alone.

    Nothing until the viewer's own evaluation is handed in, and only those that are handed in.
    """
    own = Assignment.objects.filter(
        pk=assignment.pk, evaluator=viewer, state=AssignmentState.SCORED
    )
    if not own.exists():
        return []
    given = (
        Assignment.objects.filter(proposal=assignment.proposal_id, state=AssignmentState.SCORED)
        .exclude(pk=assignment.pk)
        .select_related("evaluator")
        .prefetch_related("scores__criterion", "scores__changes", "check_answers__question")
        .order_by("pk")
    )
    is_open = mode_of(assignment.proposal.challenge) == BlindMode.OPEN
    return [
        OtherEvaluation(
            number=number,
            remark=other.remark,
            scores=given_scores(other),
            gate=other.get_gate_display() if other.gate else "",
            name=str(other.evaluator) if is_open else "",
            checks=tuple(other.check_answers.all()),
        )
        for number, other in enumerate(given, start=1)
    ]


def given_scores(assignment: Assignment) -> list[GivenScore]:
    """Return the scores of an evaluation whose `scores__criterion` are loaded, by criterion."""
    found = [
        GivenScore(
            score.criterion,
            score.points,
            score.reason,
            tuple((one.points_before, one.why) for one in score.changes.all()),
        )
        for score in assignment.scores.all()
        if score.points is not None
    ]
    return sorted(found, key=lambda score: score.criterion.position)


def candidates() -> QuerySet[User]:
    """No person: return everybody who belongs to the pool of evaluators, by name."""
    area = Membership.objects.filter(
        user=OuterRef("pk"), state=MembershipState.ACTIVE, role=MemberRole.USER_AREA
    )
    granted = RoleGrant.objects.filter(user=OuterRef("pk"), role=Role.EVALUATOR)
    return User.objects.filter(Exists(area) | Exists(granted), is_active=True).order_by(
        "full_name", "pk"
    )


def competitors(*, challenge: Challenge) -> set[int]:
    """Return the ids of people who belong to an organisation that answers, as lead or partner."""
    answers = Proposal.objects.filter(challenge=challenge).exclude(state=ProposalState.WITHDRAWN)
    sides = partners_of(proposals=list(answers.only("pk", "lead_id")))
    return set(
        Membership.objects.filter(state=MembershipState.ACTIVE, actor__in=sides).values_list(
            "user_id", flat=True
        )
    )
