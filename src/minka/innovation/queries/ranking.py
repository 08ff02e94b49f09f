"""The ranking of one challenge: what the evaluators gave, summed up with its uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.db.models import Prefetch, QuerySet

from minka.core.errors import NotAllowed
from minka.core.models import User
from minka.innovation.models import (
    Assignment,
    Challenge,
    Criterion,
    Decision,
    Discussion,
    Proposal,
    Score,
)
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.proposals import submitted_to
from minka.innovation.states import AssignmentState, ChallengeState
from minka.methods.scoring import Summary, competition_ranks, summarise, told_apart, weighted_mean

SCALE_LOW, SCALE_HIGH = 1, 5


@dataclass(frozen=True)
class CriterionMean:
    """The mean points of one proposal by one criterion; None when nobody scored it."""

    criterion: Criterion
    mean: float | None


@dataclass
class RankedProposal:
    """One row of the ranking; without means and place until the discussion is open."""

    proposal: Proposal
    summary: Summary
    means: list[CriterionMean]
    assigned: int
    pending: list[Assignment] = field(default_factory=list)
    conflicted: int = 0
    decision: Decision | None = None
    place: int | None = None
    close_to_next: bool = False
    assignments: list[Assignment] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """How many evaluations there should be: of all who were asked and declared no conflict."""
        return self.assigned - self.conflicted

    @property
    def complete(self) -> bool:
        """True when everybody who was asked, and declared no conflict, has scored."""
        return self.summary.count > 0 and not self.pending


@dataclass(frozen=True)
class NamedEvaluation:
    """One evaluation as the team sees it: who, the weighted mean, points and reasons."""

    assignment: Assignment
    mean: float
    scores: list[Score]


def ranking(*, viewer: User, challenge: Challenge) -> list[RankedProposal]:
    """Return the proposals of a challenge, best mean first, unscored last.

    Until the evaluations are released to discussion nothing is told but who has handed in. A
    constant number of SQL statements for any number of proposals.

    Raises:
        NotAllowed: `viewer` is not of the team, competes, or has not given their own scores yet.
    """
    if not viewer.has_perm("innovation.ranking_view", challenge):
        raise NotAllowed
    rows = rows_of(
        proposals=submitted_to(viewer=viewer, challenge=challenge),
        criteria=criteria_of(challenge_id=challenge.pk),
    )
    if not averages_shown(challenge=challenge):
        return [_veiled(row) for row in rows]
    places = competition_ranks([row.summary.mean for row in rows])
    for row, place in zip(rows, places, strict=True):
        row.place = place
    rows.sort(key=lambda row: (row.place is None, row.place or 0, row.proposal.pk))
    for row, following in pairwise(rows):
        row.close_to_next = told_apart(row.summary, following.summary) is False
    return rows


def rows_of(
    *, proposals: QuerySet[Proposal], criteria: Sequence[Criterion]
) -> list[RankedProposal]:
    """Return a row with all its figures for each proposal; who may see them is for the caller."""
    loaded = proposals.select_related("lead", "decision").prefetch_related(
        Prefetch("assignments", _assignments(), to_attr="loaded_assignments")
    )
    return [_row(proposal, criteria) for proposal in loaded]


def averages_shown(*, challenge: Challenge) -> bool:
    """Return whether the team may see averages: they are under discussion, or all is decided."""
    return (
        challenge.state == ChallengeState.DECIDED
        or Discussion.objects.filter(challenge=challenge).exists()
    )


def evaluations_of(*, viewer: User, proposal: Proposal) -> list[NamedEvaluation]:
    """Return the handed-in evaluations of one proposal with names, for the team.

    None until the evaluations are released to discussion.

    Raises:
        NotAllowed: as for `ranking`.
    """
    if not viewer.has_perm("innovation.decision_write", proposal):
        raise NotAllowed
    if not averages_shown(challenge=proposal.challenge):
        return []
    criteria = criteria_of(challenge_id=proposal.challenge_id)
    weights = [criterion.weight for criterion in criteria]
    given = _assignments().filter(proposal=proposal, state=AssignmentState.SCORED)
    found = []
    for assignment in given:
        if points := points_of(assignment, criteria):
            mean = weighted_mean(points, weights)
            found.append(NamedEvaluation(assignment, mean, _in_order(assignment)))
    return found


def criterion_means(*, proposal: Proposal, criteria: Sequence[Criterion]) -> list[CriterionMean]:
    """Return the mean points by criterion over the evaluations that were handed in."""
    given = _assignments().filter(proposal=proposal, state=AssignmentState.SCORED)
    summary = _summary(list(given), criteria)
    return [
        CriterionMean(criterion, mean)
        for criterion, mean in zip(criteria, summary.criterion_means, strict=True)
    ]


def _row(proposal: Proposal, criteria: Sequence[Criterion]) -> RankedProposal:
    assignments: list[Assignment] = proposal.loaded_assignments  # type: ignore[attr-defined]
    summary = _summary(assignments, criteria)
    return RankedProposal(
        proposal=proposal,
        summary=summary,
        means=[
            CriterionMean(criterion, mean)
            for criterion, mean in zip(criteria, summary.criterion_means, strict=True)
        ],
        assigned=len(assignments),
        pending=[
            a
            for a in assignments
            if a.state != AssignmentState.CONFLICTED and points_of(a, criteria) is None
        ],
        assignments=assignments,
        conflicted=sum(a.state == AssignmentState.CONFLICTED for a in assignments),
        decision=getattr(proposal, "decision", None),
    )


def _summary(assignments: Sequence[Assignment], criteria: Sequence[Criterion]) -> Summary:
    given = [points_of(assignment, criteria) for assignment in assignments]
    weights = [criterion.weight for criterion in criteria]
    return summarise([points for points in given if points is not None], weights)


def points_of(assignment: Assignment, criteria: Sequence[Criterion]) -> list[int] | None:
    """Return the points in the order of the criteria; None unless handed in and complete."""
    if assignment.state != AssignmentState.SCORED:
        return None
    by_criterion = {score.criterion_id: score.points for score in assignment.scores.all()}
    points = [by_criterion.get(criterion.pk) for criterion in criteria]
    return [p for p in points if p is not None] if None not in points else None


def _veiled(row: RankedProposal) -> RankedProposal:
    """Return the row with how many evaluations there are, and nothing of what they say."""
    summary = Summary(row.summary.count, None, None, None, None, None, ())
    means = [CriterionMean(one.criterion, None) for one in row.means]
    return replace(row, summary=summary, means=means, assignments=[])


def _in_order(assignment: Assignment) -> list[Score]:
    return sorted(assignment.scores.all(), key=lambda score: score.criterion.position)


def _assignments() -> QuerySet[Assignment]:
    scores = Score.objects.select_related("criterion")
    return (
        Assignment.objects.select_related("evaluator")
        .prefetch_related(Prefetch("scores", scores))
        .order_by("pk")
    )
