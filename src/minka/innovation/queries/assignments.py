"""The table in which the team assigns evaluators, and what became of each assignment."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from minka.core.models import User
from minka.innovation.models import Assignment, Challenge, Proposal
from minka.innovation.queries.evaluations import competitors, evaluator_pool
from minka.innovation.queries.proposals import competed_challenges, submitted_to
from minka.innovation.states import AssignmentState, ChallengeState, ProposalState
from minka.knowledge.models import Membership
from minka.knowledge.states import MembershipState


@dataclass(frozen=True)
class EvaluatorRow:
    """One evaluator: where they come from, what they have to do, what they were asked here."""

    person: User
    organisations: list[str]
    load: int
    competes: bool
    cells: list[tuple[Proposal, Assignment | None]]


@dataclass(frozen=True)
class AssignmentTable:
    """Proposals by evaluators. Empty for whoever may not assign, and before the call closes.

    `to_follow` holds the evaluations that wait for a declaration or were declined.
    """

    proposals: list[Proposal] = field(default_factory=list)
    rows: list[EvaluatorRow] = field(default_factory=list)
    to_follow: list[Assignment] = field(default_factory=list)
    is_settled: bool = False


def assignment_table(*, viewer: User, challenge: Challenge) -> AssignmentTable:
    """Return the table of one challenge; a constant number of SQL statements."""
    proposals = list(submitted_to(viewer=viewer, challenge=challenge))
    settled = challenge.state == ChallengeState.DECIDED
    if not proposals:
        return AssignmentTable(is_settled=settled)
    for number, proposal in enumerate(proposals, start=1):
        proposal.number = number  # type: ignore[attr-defined]
    given = list(
        Assignment.objects.filter(proposal__in=proposals)
        .select_related("evaluator", "proposal__lead")
        .order_by("proposal", "pk")
    )
    for proposal in proposals:
        own = [a for a in given if a.proposal_id == proposal.pk]
        proposal.asked = [  # type: ignore[attr-defined]
            a for a in own if a.state != AssignmentState.CONFLICTED
        ]
    by_cell = {(a.proposal_id, a.evaluator_id): a for a in given}
    competing = competitors(challenge=challenge)
    rows = [
        EvaluatorRow(
            person=person,
            organisations=[m.actor.name for m in person.active_memberships],
            load=person.load,
            competes=person.pk in competing,
            cells=[(p, by_cell.get((p.pk, person.pk))) for p in proposals],
        )
        for person in _pool(viewer, challenge)
    ]
    waiting = {AssignmentState.ASSIGNED, AssignmentState.CONFLICTED}
    return AssignmentTable(proposals, rows, [a for a in given if a.state in waiting], settled)


def team_assignments(*, viewer: User) -> QuerySet[Assignment]:
    """Return the assignments that `viewer` of the team may manage."""
    if not viewer.is_staff:
        return Assignment.objects.none()
    return (
        Assignment.objects.filter(proposal__state=ProposalState.SUBMITTED)
        .exclude(proposal__challenge__in=competed_challenges(viewer=viewer))
        .select_related("proposal__challenge", "evaluator")
    )


def _pool(viewer: User, challenge: Challenge) -> QuerySet[Any]:
    active = Membership.objects.filter(state=MembershipState.ACTIVE).select_related("actor")
    return evaluator_pool(viewer=viewer, challenge=challenge).prefetch_related(
        Prefetch("memberships", active, to_attr="active_memberships")
    )
