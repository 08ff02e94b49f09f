"""Who would evaluate what, solved around what is fixed: seen before anybody is asked."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.remembering import cache
from minka.innovation.models import Assignment, Challenge, Proposal
from minka.innovation.queries.conflicts import Conflicts, conflicts
from minka.innovation.queries.evaluations import competitors
from minka.innovation.queries.evaluators import Evaluator, absent_from, pool
from minka.innovation.queries.problems_themes import label_of
from minka.innovation.queries.proposals import submitted_to
from minka.innovation.states import ASSIGNMENT_OPEN, AssignmentState, EvaluatorKind
from minka.knowledge.models import Theme
from minka.knowledge.queries.themes import vocabulary
from minka.methods.assignment.clash import Clash, clashes
from minka.methods.assignment.relaxation import Unsolved
from minka.methods.assignment.solver import worst_first
from minka.methods.assignment.task import Floats, Kind, Task
from minka.methods.expertise import Expertise, Nearness, Subject, expertise
from minka.methods.theme_matching import find_themes

PER_PROPOSAL, MOST_PER_PROPOSAL = 3, 9
SECONDS = 8.0
KEPT_S, KEPT_LATE_S = 3600, 300  # what came too late may come in time when there is less to do
S = AssignmentState


@dataclass(frozen=True)
class Wishes:
    """What is asked of an assignment.

    Args:
        per_proposal: how many people each proposal needs.
        both_kinds: whether each needs a technical and an operational one.
        keep_asked: whether people who were asked and have declared nothing stay as they are.
    """

    per_proposal: int = PER_PROPOSAL
    both_kinds: bool = True
    keep_asked: bool = True


@dataclass(frozen=True)
class PlannedPair:
    """One evaluator for one proposal with what speaks for it; `assignment` where it stands."""

    evaluator: Evaluator
    nearness: Nearness
    themes: tuple[str, ...]
    language: str
    assignment: Assignment | None = None


@dataclass(frozen=True)
class PlanRow:
    """A proposal with its people, the nearest first."""

    proposal: Proposal
    pairs: list[PlannedPair]

    @property
    def points(self) -> float:
        """What its people bring together; the lowest of all proposals is made as high as can be."""
        return sum(one.nearness.points for one in self.pairs)

    @property
    def fresh(self) -> list[PlannedPair]:
        return [one for one in self.pairs if one.assignment is None]


@dataclass(frozen=True)
class Plan:
    """What was solved; nothing is written yet.

    Args:
        rows: as they would be; empty where it is impossible.
        released: evaluations that would be taken back.
        clashes: why it is impossible.
        items, people: names in the order that the clashes count them.
        is_proven: nothing better is left to be found.
        is_late: no answer was found in time.
        fingerprint: of what would be written.
        digest: of all that it was solved from.
    """

    rows: list[PlanRow] = field(default_factory=list)
    released: list[Assignment] = field(default_factory=list)
    clashes: Sequence[Clash] = ()
    items: Sequence[str] = ()
    people: Sequence[str] = ()
    is_proven: bool = True
    is_late: bool = False
    fingerprint: str = ""
    digest: str = ""

    @property
    def fresh(self) -> list[tuple[int, int]]:
        """The pairs that would be new, as ids of proposal and person."""
        return [
            (row.proposal.pk, one.evaluator.person.pk) for row in self.rows for one in row.fresh
        ]

    @property
    def is_possible(self) -> bool:
        return bool(self.rows)

    @property
    def worst(self) -> PlanRow | None:
        """The proposal that is served worst."""
        return min(self.rows, key=lambda row: row.points, default=None)


def plan_assignment(*, viewer: User, challenge: Challenge, wishes: Wishes) -> Plan:
    """Return who would evaluate what; the worst-served proposal first, then the sum.

    What is confirmed or begun stays; others are only taken back where `wishes` allow it. People
    who have a conflict, dropped out, are away or do not read the language get nothing new. A
    constant number of SQL statements; solved once for the same table.
    """
    table = _Table.of(viewer, challenge, wishes)
    if not table.proposals or not table.people:
        return Plan()
    solved = _solved(table.task)
    names = [str(one) for one in table.proposals], [str(one.person) for one in table.people]
    if solved["is_late"]:
        return Plan(items=names[0], people=names[1], is_late=True, is_proven=False)
    if solved["clashes"]:
        return Plan(clashes=solved["clashes"], items=names[0], people=names[1])
    rows = table.rows(solved["pairs"])
    kept = {one.assignment.pk for row in rows for one in row.pairs if one.assignment}
    released = [one for one in table.movable if one.pk not in kept]
    plan = Plan(rows, released, (), *names, is_proven=solved["is_proven"], digest=table.digest)
    return replace(plan, fingerprint=_fingerprint(plan))


def table_digest(*, viewer: User, challenge: Challenge, wishes: Wishes) -> str:
    """Return what `Plan.digest` would be now, without solving anything."""
    return _Table.of(viewer, challenge, wishes).digest


@dataclass(frozen=True)
class _Table:
    proposals: list[Any]
    people: list[Evaluator]
    near: Expertise
    labels: dict[int, Theme]
    held: dict[tuple[int, int], Assignment]  # by place of proposal and person
    movable: list[Assignment]
    task: Task

    @property
    def digest(self) -> str:
        """Of the task, of whom it is about, and of what could be taken back."""
        parts = [
            [one.pk for one in self.proposals],
            [one.person.pk for one in self.people],
            sorted(one.pk for one in self.movable),
            _digest(self.task),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @classmethod
    def of(cls, viewer: User, challenge: Challenge, wishes: Wishes) -> "_Table":
        proposals = list(submitted_to(viewer=viewer, challenge=challenge))
        people = pool(viewer=viewer).members if proposals else []
        given = list(
            Assignment.objects.filter(proposal__in=proposals)
            .select_related("evaluator", "proposal__lead")
            .order_by("pk")
        )
        words, labels = vocabulary()
        near = _nearness(challenge, proposals, people, words, labels)
        known = conflicts(proposals=proposals, people=[one.person for one in people])
        rows = {one.pk: place for place, one in enumerate(proposals)}
        columns = {one.person.pk: place for place, one in enumerate(people)}
        held, movable, outside = {}, [], Counter[int]()
        for one in given:
            if one.state == S.CONFLICTED or known.standing(one.proposal_id, one.evaluator_id):
                continue
            if one.state == S.ASSIGNED and not wishes.keep_asked:
                movable.append(one)
            elif one.evaluator_id in columns:
                held[rows[one.proposal_id], columns[one.evaluator_id]] = one
            else:
                outside[rows[one.proposal_id]] += 1
        fits = _fits(challenge, proposals, people, near.points, known, given)
        for pair in held:
            fits[pair] = near.points[pair]
        task = _task(fits, people, held, outside, given, wishes) if fits.size else _EMPTY
        return cls(proposals, people, near, labels, held, movable, task)

    def rows(self, pairs: Sequence[tuple[int, int]]) -> list[PlanRow]:
        by_item: dict[int, list[PlannedPair]] = {}
        asked = {(one.proposal_id, one.evaluator_id): one for one in self.movable}
        for item, person in pairs:
            proposal, evaluator = self.proposals[item], self.people[person]
            nearness = self.near.of(item, person)
            stands = self.held.get((item, person)) or asked.get((proposal.pk, evaluator.person.pk))
            themes = tuple(label_of(self.labels[key]) for key in nearness.concepts)
            planned = PlannedPair(evaluator, nearness, themes, proposal.language, stands)
            by_item.setdefault(item, []).append(planned)
        for several in by_item.values():
            several.sort(key=lambda one: (-one.nearness.points, one.evaluator.person.pk))
        return [PlanRow(one, by_item.get(at, [])) for at, one in enumerate(self.proposals)]


_EMPTY = Task(np.zeros((1, 1)), (0,), (0,), (0,))


def _nearness(
    challenge: Challenge,
    proposals: Sequence[Proposal],
    people: Sequence[Evaluator],
    words: Any,
    labels: dict[int, Theme],
) -> Expertise:
    """Compare what proposals say with what people know, in either language."""
    of_challenge = frozenset(theme.pk for theme in challenge.themes.all())

    def named(text: str) -> frozenset[int]:
        return frozenset(match.key for match in find_themes(text, words))

    wanted = []
    for one in proposals:
        text = f"{one.title}\n{one.summary}\n{one.approach}\n{one.evidence}"
        wanted.append(Subject(text, of_challenge | named(text)))
    known = []
    for person in people:
        themes = [f"{one.label_es} {one.label_en}" for one in person.themes]
        concepts = frozenset(one.pk for one in person.themes) | named(person.expertise)
        known.append(Subject("\n".join((person.expertise, *themes)), concepts))
    kin: dict[int, set[int]] = {}
    for theme in labels.values():
        if theme.broader_id is not None:
            kin.setdefault(theme.pk, set()).add(theme.broader_id)
            kin.setdefault(theme.broader_id, set()).add(theme.pk)
    return expertise(wanted, known, {key: frozenset(several) for key, several in kin.items()})


def _fits(  # noqa: PLR0913, PLR0917 -- each rules pairs out
    challenge: Challenge,
    proposals: Sequence[Proposal],
    people: Sequence[Evaluator],
    points: Floats,
    known: Conflicts,
    given: Sequence[Assignment],
) -> Floats:
    """Return the points, with NaN where a person gets nothing new."""
    fits = points.copy()
    out = competitors(challenge=challenge) | set(absent_from(challenge=challenge))
    since = timezone.localdate()
    until = max(challenge.call.evaluation_until or since, since)
    aside = {(a.proposal_id, a.evaluator_id) for a in given if a.state == S.CONFLICTED}
    for column, person in enumerate(people):
        pk = person.person.pk
        if pk in out or not person.is_there(since, until):
            fits[:, column] = np.nan
        for row, proposal in enumerate(proposals):
            barred = known.standing(proposal.pk, pk) or (proposal.pk, pk) in aside
            if barred or proposal.language not in person.languages:
                fits[row, column] = np.nan
    return fits


def _task(  # noqa: PLR0913, PLR0917 -- what a task is made of
    fits: Floats,
    people: Sequence[Evaluator],
    held: dict[tuple[int, int], Assignment],
    outside: Counter[int],
    given: Sequence[Assignment],
    wishes: Wishes,
) -> Task:
    got, load = Counter(item for item, _p in held), Counter(person for _i, person in held)
    here = Counter(one.evaluator_id for one in given if one.state in ASSIGNMENT_OPEN)
    kinds = _kinds(people) if wishes.both_kinds else ()
    needs = []
    for item in range(len(fits)):
        own = {person for at, person in held if at == item}
        lacking = sum(not own & kind.people for kind in kinds)
        needs.append(max(wishes.per_proposal - outside[item], got[item] + lacking))
    most = []
    for place, one in enumerate(people):
        room = one.max_load - (one.load - here[one.person.pk])
        most.append(max(room, load[place]))
    least = (0,) * len(people)
    return Task(fits, tuple(needs), tuple(most), least, kinds, frozenset(held))


def _kinds(people: Sequence[Evaluator]) -> tuple[Kind, ...]:
    names = {EvaluatorKind.TECHNICAL: _("technical"), EvaluatorKind.OPERATIONAL: _("operational")}
    return tuple(
        Kind(name, frozenset(at for at, one in enumerate(people) if one.kind == kind))
        for kind, name in names.items()
    )


def _solved(task: Task) -> dict[str, Any]:
    """Solve once for the same table; also that there was no time is kept, for a little while."""
    key = f"assignment-plan:{_digest(task)}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _solve(task)
        cache.set(key, found, KEPT_LATE_S if found["is_late"] else KEPT_S)
    return found


def _solve(task: Task) -> dict[str, Any]:
    """Solve, or say what clashes, within the seconds that a page may take."""
    until = monotonic() + SECONDS

    def left() -> float:
        return until - monotonic()

    try:
        answer = worst_first(task, left=left)
        clashing = clashes(task, left=left) if answer is None else []
    except Unsolved:
        return {"is_late": True}
    if answer is None:
        return {"is_late": False, "clashes": clashing}
    return {
        "is_late": False, "clashes": [], "pairs": answer.pairs, "is_proven": answer.is_proven,
    }  # fmt: skip


def _digest(task: Task) -> str:
    kinds = [[k.name, *sorted(k.people)] for k in task.kinds]
    parts = [task.needs, task.most, sorted(task.fixed), kinds]
    return hashlib.sha256(task.fits.tobytes() + json.dumps(parts).encode()).hexdigest()


def _fingerprint(plan: Plan) -> str:
    told = json.dumps([sorted(plan.fresh), sorted(one.pk for one in plan.released)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
