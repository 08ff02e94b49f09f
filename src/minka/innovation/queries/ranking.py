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
from minka.innovation.queries.gates import GatePart, criteria_for, gate_parts
from minka.innovation.queries.proposals import submitted_to
from minka.innovation.states import AssignmentState, ChallengeState
from minka.methods.scoring import (
    Summary,
    competition_ranks,
    join,
    summarise,
    told_apart,
    weighted_mean,
)

SCALE_LOW, SCALE_HIGH = 1, 5
CONTESTED = 0.75  # points of spread from which a proposal is discussed first


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


def ranking(*, viewer: User, challenge: Challenge, gate: str = "") -> list[RankedProposal]:
    """Return the proposals of a challenge, best mean first, unscored last.

    With a gate, only its criteria and its evaluators count; without, the gates are joined: the
    mean of each counts as much as its criteria weigh, and a proposal that one of them has not
    scored has no mean. Until the evaluations are released to discussion nothing is told but who
    has handed in. A constant number of SQL statements for any number of proposals.

    Raises:
        NotAllowed: `viewer` is not of the team, competes, or has not given their own scores yet.
    """
    if not viewer.has_perm("innovation.ranking_view", challenge):
        raise NotAllowed
    rows = rows_of(
        proposals=submitted_to(viewer=viewer, challenge=challenge),
        criteria=criteria_in(criteria_of(challenge_id=challenge.pk), gate),
        gate=gate,
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


def criteria_in(criteria: Sequence[Criterion], gate: str) -> list[Criterion]:
    """Return the criteria of one gate, or all where none is named."""
    return [one for one in criteria if not gate or one.gate == gate]


def contested(rows: Sequence[RankedProposal]) -> list[RankedProposal]:
    """Return the proposals on which evaluators differ much, the most first."""
    apart = [row for row in rows if (row.summary.spread or 0) >= CONTESTED]
    return sorted(apart, key=lambda row: (-(row.summary.spread or 0), row.proposal.pk))


def rows_of(
    *, proposals: QuerySet[Proposal], criteria: Sequence[Criterion], gate: str = ""
) -> list[RankedProposal]:
    """Return a row with all its figures for each proposal; who may see them is for the caller."""
    loaded = proposals.select_related("lead", "decision").prefetch_related(
        Prefetch("assignments", _assignments(), to_attr="loaded_assignments")
    )
    return [_row(proposal, criteria, gate) for proposal in loaded]


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
    given = _assignments().filter(proposal=proposal, state=AssignmentState.SCORED)
    found = []
    for assignment in given:
        own = criteria_for(assignment, criteria)
        if points := points_of(assignment, own):
            mean = weighted_mean(points, [criterion.weight for criterion in own])
            found.append(NamedEvaluation(assignment, mean, _in_order(assignment)))
    return found


def criterion_means(*, proposal: Proposal, criteria: Sequence[Criterion]) -> list[CriterionMean]:
    """Return the mean points by criterion over the evaluations that were handed in."""
    given = _assignments().filter(proposal=proposal, state=AssignmentState.SCORED)
    return _means(_summary(list(given), criteria), criteria)


def _row(proposal: Proposal, criteria: Sequence[Criterion], gate: str) -> RankedProposal:
    assignments: list[Assignment] = [
        one for one in proposal.loaded_assignments  # type: ignore[attr-defined]  # prefetched by the query
        if not gate or one.gate in {"", gate}
    ]  # fmt: skip
    summary = _summary(assignments, criteria)
    return RankedProposal(
        proposal=proposal,
        summary=summary,
        means=_means(summary, criteria),
        assigned=len(assignments),
        pending=[
            a
            for a in assignments
            if a.state != AssignmentState.CONFLICTED
            and points_of(a, criteria_for(a, criteria)) is None
        ],
        assignments=assignments,
        conflicted=sum(a.state == AssignmentState.CONFLICTED for a in assignments),
        decision=getattr(proposal, "decision", None),
    )


def _means(summary: Summary, criteria: Sequence[Criterion]) -> list[CriterionMean]:
    """Return the means in the order of the criteria; a summary has them gate by gate."""
    in_gates = [one.pk for part in gate_parts(criteria) for one in part.criteria]
    by_pk = dict(zip(in_gates, summary.criterion_means, strict=True))
    return [CriterionMean(one, by_pk[one.pk]) for one in criteria]


def _summary(assignments: Sequence[Assignment], criteria: Sequence[Criterion]) -> Summary:
    parts = gate_parts(criteria)
    if not parts:
        return summarise([], [])
    return join([_of_gate(assignments, one) for one in parts], [one.share for one in parts])


def _of_gate(assignments: Sequence[Assignment], part: GatePart) -> Summary:
    given = [points_of(assignment, part.criteria) for assignment in assignments]
    return summarise([points for points in given if points is not None], part.weights)


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
    scores = Score.objects.select_related("criterion").prefetch_related("changes")
    return (
        Assignment.objects.select_related("evaluator")
        .prefetch_related(Prefetch("scores", scores), "check_answers__question")
        .order_by("pk")
    )
