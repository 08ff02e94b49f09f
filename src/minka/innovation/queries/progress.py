"""How far the evaluation of a challenge has come: who has what, what is late, and since when."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from minka.core.models import User
from minka.innovation.models import Assignment, Challenge
from minka.innovation.queries.evaluation_modes import due_at, due_on
from minka.innovation.queries.proposals import submitted_to
from minka.innovation.states import ASSIGNMENT_OPEN, AssignmentState, Gate

S = AssignmentState


@dataclass(frozen=True)
class Duty:
    """One evaluation as the team follows it; nothing of what was given."""

    assignment: Assignment
    last_at: datetime
    is_overdue: bool
    is_owed: bool


@dataclass(frozen=True)
class PersonRow:
    """What one evaluator has to do in a challenge."""

    person: User
    duties: list[Duty]

    @property
    def owed(self) -> int:
        return sum(one.is_owed for one in self.duties)

    @property
    def done(self) -> int:
        return sum(one.assignment.state == S.SCORED for one in self.duties)

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in self.duties)

    @property
    def last_at(self) -> datetime:
        """When they last did something here, or were asked."""
        return max(one.last_at for one in self.duties)

    @property
    def reminded_at(self) -> datetime | None:
        """When they were last reminded, by hand or by itself."""
        marks = [m for one in self.duties
                 for m in (one.assignment.reminded_at, one.assignment.warned_at) if m]  # fmt: skip
        return max(marks, default=None)


@dataclass(frozen=True)
class ProposalRow:
    """How many evaluations of one proposal there are at each gate: handed in, and asked for."""

    proposal: Any
    gates: list[tuple[Gate, int, int]]


@dataclass(frozen=True)
class Progress:
    """The board of one challenge."""

    people: list[PersonRow]
    proposals: list[ProposalRow]
    due_on: date | None
    is_over: bool

    @property
    def asked(self) -> int:
        """How many evaluations were asked for and not declined."""
        return sum(one.owed + one.done for one in self.people)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.people)

    @property
    def overdue(self) -> int:
        return sum(one.overdue for one in self.people)


def progress_of(*, viewer: User, challenge: Challenge) -> Progress:
    """Return the board to the impartial team; a constant number of SQL statements.

    Proposals with which `viewer` has a conflict are left out, and with them their evaluators.
    """
    proposals = list(submitted_to(viewer=viewer, challenge=challenge))
    until = due_at(challenge)
    is_over = until is not None and timezone.now() >= until
    given = list(_assignments(proposals))
    by_person: dict[int, list[Duty]] = {}
    for one in given:
        owed = one.state in ASSIGNMENT_OPEN
        times = (one.assigned_at, one.declared_at, one.scored_at, one.saved_at)
        last = max(at for at in times if at is not None)
        duty = Duty(one, last, is_overdue=owed and is_over, is_owed=owed)
        by_person.setdefault(one.evaluator_id, []).append(duty)
    people = [PersonRow(duties[0].assignment.evaluator, duties) for duties in by_person.values()]
    people.sort(key=lambda row: (-row.overdue, -row.owed, str(row.person)))
    rows = [_of_proposal(one, given) for one in proposals]
    return Progress(people, rows, due_on(challenge), is_over)


def _assignments(proposals: list[Any]) -> QuerySet[Any]:
    return (
        Assignment.objects.filter(proposal__in=proposals)
        .select_related("evaluator", "proposal__lead")
        .annotate(saved_at=Max("scores__saved_at"))
        .order_by("proposal", "pk")
    )


def _of_proposal(proposal: Any, given: list[Any]) -> ProposalRow:
    asked, done = Counter[str](), Counter[str]()
    for one in given:
        if one.proposal_id == proposal.pk and one.state != S.CONFLICTED:
            for gate in Gate.values if not one.gate else [one.gate]:
                asked[gate] += 1
                done[gate] += one.state == S.SCORED
    return ProposalRow(proposal, [(gate, done[gate], asked[gate]) for gate in Gate])
