"""The table in which the team assigns evaluators, and what became of each assignment."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from minka.core.models import User
from minka.innovation.models import Absence, Assignment, Challenge, ConflictWaiver, Proposal
from minka.innovation.queries.conflict_words import all_words
from minka.innovation.queries.conflicts import Conflicts, closed_to, conflicts
from minka.innovation.queries.evaluations import competitors
from minka.innovation.queries.evaluators import Evaluator, absent_from, pool
from minka.innovation.queries.proposals import competed_challenges, submitted_to
from minka.innovation.states import (
    ASSIGNMENT_OPEN,
    WAIVABLE,
    AssignmentState,
    ChallengeState,
    ProposalState,
)


@dataclass(frozen=True)
class Cell:
    """One evaluator and one proposal: what was asked, or what keeps them apart."""

    proposal: Any
    assignment: Assignment | None = None
    conflict: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvaluatorRow:
    """One evaluator: where they come from, what they have to do, what they were asked here."""

    evaluator: Evaluator
    competes: bool
    absence: Absence | None
    cells: list[Cell]

    @property
    def person(self) -> User:
        return self.evaluator.person

    @property
    def unstarted(self) -> int:
        """How many evaluations here could be given to somebody else."""
        return sum(
            cell.assignment is not None and cell.assignment.state in ASSIGNMENT_OPEN
            for cell in self.cells
        )


@dataclass(frozen=True)
class FoundConflict:
    """A conflict that was computed or declared, in words; `assignment` where it was found late."""

    person: User
    proposal: Any
    words: tuple[str, ...]
    may_be_lifted: bool
    assignment: Assignment | None = None


@dataclass(frozen=True)
class AssignmentTable:
    """Proposals by evaluators. Empty for whoever may not assign, and before the call closes.

    `to_follow` holds the evaluations that wait for a declaration or were declined; `late` those
    whose conflict appeared after the evaluator was asked.
    """

    proposals: list[Proposal] = field(default_factory=list)
    rows: list[EvaluatorRow] = field(default_factory=list)
    to_follow: list[Assignment] = field(default_factory=list)
    late: list[FoundConflict] = field(default_factory=list)
    found: list[FoundConflict] = field(default_factory=list)
    waivers: list[ConflictWaiver] = field(default_factory=list)
    is_settled: bool = False

    @property
    def barred(self) -> set[tuple[int, int]]:
        """Ids of proposal and person that a conflict keeps apart."""
        return {
            (cell.proposal.pk, row.person.pk)
            for row in self.rows
            for cell in row.cells
            if cell.conflict and cell.assignment is None
        }


def assignment_table(*, viewer: User, challenge: Challenge) -> AssignmentTable:
    """Return the table of one challenge; a constant number of SQL statements."""
    proposals: list[Any] = list(submitted_to(viewer=viewer, challenge=challenge))
    settled = challenge.state == ChallengeState.DECIDED
    if not proposals:
        return AssignmentTable(is_settled=settled)
    given = list(
        Assignment.objects.filter(proposal__in=proposals)
        .select_related("evaluator", "proposal__lead")
        .order_by("proposal", "pk")
    )
    for number, proposal in enumerate(proposals, start=1):
        proposal.number = number
        proposal.asked = [
            a
            for a in given
            if a.proposal_id == proposal.pk and a.state != AssignmentState.CONFLICTED
        ]
    evaluators = pool(viewer=viewer).members
    people = {one.person.pk: one.person for one in evaluators}
    people |= {one.evaluator_id: one.evaluator for one in given}
    known = conflicts(proposals=proposals, people=people.values())
    competing, absent = competitors(challenge=challenge), absent_from(challenge=challenge)
    by_cell = {(a.proposal_id, a.evaluator_id): a for a in given}
    rows = [
        EvaluatorRow(
            evaluator=one,
            competes=one.person.pk in competing,
            absence=absent.get(one.person.pk),
            cells=[_cell(p, one.person, by_cell, known) for p in proposals],
        )
        for one in evaluators
    ]
    waiting = {AssignmentState.ASSIGNED, AssignmentState.CONFLICTED}
    late, found = _found(proposals, people, by_cell, known, competing)
    waivers = ConflictWaiver.objects.filter(proposal__in=proposals).select_related(
        "evaluator", "waived_by", "proposal"
    )
    return AssignmentTable(
        proposals, rows, [a for a in given if a.state in waiting], late, found, list(waivers),
        settled,
    )  # fmt: skip


def team_assignments(*, viewer: User) -> QuerySet[Assignment]:
    """Return the assignments that `viewer` of the team may manage."""
    if not viewer.is_staff:
        return Assignment.objects.none()
    return (
        Assignment.objects.filter(proposal__state=ProposalState.SUBMITTED)
        .exclude(proposal__challenge__in=competed_challenges(viewer=viewer))
        .exclude(proposal__in=closed_to(viewer=viewer))
        .select_related("proposal__challenge", "proposal__lead", "evaluator")
    )


def team_waivers(*, viewer: User) -> QuerySet[ConflictWaiver]:
    """Return the lifted conflicts that `viewer` of the team may take back."""
    if not viewer.is_staff:
        return ConflictWaiver.objects.none()
    return (
        ConflictWaiver.objects.exclude(proposal__challenge__in=competed_challenges(viewer=viewer))
        .exclude(proposal__in=closed_to(viewer=viewer))
        .exclude(evaluator=viewer)
        .select_related("proposal__challenge", "evaluator")
    )


def _cell(
    proposal: Proposal,
    person: User,
    by_cell: dict[tuple[int, int], Assignment],
    known: Conflicts,
) -> Cell:
    pair = (proposal.pk, person.pk)
    return Cell(proposal, by_cell.get(pair), tuple(all_words(known.standing(*pair), known.names)))


def _found(
    proposals: list[Any],
    people: dict[int, User],
    by_cell: dict[tuple[int, int], Assignment],
    known: Conflicts,
    competing: set[int],
) -> tuple[list[FoundConflict], list[FoundConflict]]:
    """Return the conflicts of who was asked before they appeared, and all others."""
    late, rest = [], []
    for proposal in proposals:
        for pk, person in people.items():
            grounds = known.standing(proposal.pk, pk)
            assignment = by_cell.get((proposal.pk, pk))
            if not grounds or (assignment and assignment.state == AssignmentState.CONFLICTED):
                continue
            may = pk not in competing and all(one.ground in WAIVABLE for one in grounds)
            told = tuple(all_words(grounds, known.names))
            found = FoundConflict(person, proposal, told, may, assignment)
            if assignment is not None:
                late.append(found)
            elif pk not in competing:
                rest.append(found)
    return late, rest
