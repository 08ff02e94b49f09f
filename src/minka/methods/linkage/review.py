"""Which questions to put to a person, so that few answers settle much."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from minka.methods.linkage.clustering import Merge, Outcome
from minka.methods.linkage.groups import Groups, join_same_tax
from minka.methods.linkage.model import probability
from minka.methods.linkage.settling import Settling

_LEAST_GAIN = 0.02  # in pairs: below, a question is not worth the asking
_KNOWN_ROW = 0.15  # what a row costs that was shown before, against a fresh one


@dataclass(frozen=True, slots=True)
class Question:
    """Are these two records one organisation? `gain` is how many pairs the answer may set right."""

    left: int
    right: int
    probability: float
    gain: float


def questions(outcome: Outcome) -> list[Question]:
    """Order what is open or was joined on thin evidence by what an answer is expected to change.

    An open link of groups of m and n records hides m·n pairs with its probability; a doubtful
    merge has m·n pairs wrong with the complement.
    """
    found = []
    for links, joined in ((outcome.open_links, False), (outcome.merges, True)):
        found += [_question(link, joined=joined, rows=(link.left, link.right)) for link in links]
    return sorted(found, key=_most_telling)


def _question(link: Merge, *, joined: bool, rows: tuple[int, int]) -> Question:
    pairs = link.left_size * link.right_size
    likely = float(probability(np.array([link.link_bits]))[0])
    return Question(*rows, likely, (1 - likely if joined else likely) * pairs)


def _most_telling(question: Question) -> tuple[float, int, int]:
    return -question.gain, question.left, question.right


@dataclass(slots=True)
class Answers:
    """What people said: pairs that are one organisation, and pairs that are not."""

    same: list[tuple[int, int]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)

    def holds(self, left: int, right: int) -> bool:
        return (left, right) in self.same or (left, right) in self.apart

    def rows(self) -> set[int]:
        """Return the rows that people were shown."""
        return {row for pair in (*self.same, *self.apart) for row in pair}


def apply_answers(groups: Groups, answers: Answers) -> None:
    """Answers come before all evidence but a trusted tax id."""
    for one, other in answers.same:
        groups.join(one, other)
    for one, other in answers.apart:
        if groups.find(one) != groups.find(other):
            groups.keep_apart(one, other)


def known_groups(tax: Sequence[str], answers: Answers) -> Groups:
    """Return what is certain before any evidence is weighed: tax ids and answers."""
    groups = Groups(tax)
    join_same_tax(groups, tax)
    apply_answers(groups, answers)
    return groups


def next_questions(
    known: Groups, outcome: Outcome, answers: Answers, *, rows: int, most: int
) -> list[Question]:
    """Choose what to ask next: the most gain for each row that has to be looked at.

    An answer about one row of a group holds for the group. So rows that were shown before stand
    for their groups again: whoever answers knows them, and they cost less than fresh ones.

    Args:
        known: what was certain before the resolution (`known_groups`); it is changed.
        outcome: of the resolution.
        answers: given so far; nothing that follows from them is asked.
        rows: how many fresh rows may still be shown.
        most: how many questions at once, no two about one group.
    """
    seen = answers.rows()
    rated = []
    for question in _with_familiar_rows(known, outcome, seen):
        if question.gain > _LEAST_GAIN and not answers.holds(question.left, question.right):
            fresh = len({question.left, question.right} - seen)
            cost = fresh + (2 - fresh) * _KNOWN_ROW
            rated.append((question.gain / cost, fresh, question))
    rated.sort(key=lambda one: (-one[0], *_most_telling(one[2])))
    chosen: list[Question] = []
    touched: set[int] = set()
    for _worth, fresh, question in rated:
        pair = {known.find(question.left), known.find(question.right)}
        if pair & touched or fresh > rows:
            continue
        chosen.append(question)
        touched |= pair
        rows -= fresh
        if len(chosen) == most:
            break
    return chosen


def _with_familiar_rows(known: Groups, outcome: Outcome, seen: set[int]) -> list[Question]:
    """Put shown rows in the place of others of their group, as the groups were at each merge."""
    shown: dict[int, int] = {}
    for row in sorted(seen):
        shown.setdefault(known.find(row), row)
    found = []
    for links, joined in ((outcome.merges, True), (outcome.open_links, False)):
        for link in links:
            one, other = known.find(link.left), known.find(link.right)
            left, right = sorted((shown.get(one, link.left), shown.get(other, link.right)))
            found.append(_question(link, joined=joined, rows=(left, right)))
            if joined:
                known.join(one, other)
                if one in shown or other in shown:
                    shown[known.find(one)] = shown[one if one in shown else other]
    return found


@dataclass(frozen=True, slots=True)
class Trial:
    """How a review is simulated: so many rows shown, so many questions between two resolutions."""

    rows: int
    batch: int = 10


def simulate(
    tax: Sequence[str], settling: Settling, is_same: Callable[[int, int], bool], trial: Trial
) -> tuple[Groups, Answers]:
    """Put the best questions to a reviewer, a few at a time, and resolve again after each batch.

    Returns:
        The groups at the end, and what was answered.
    """
    answers = Answers()
    while True:
        groups = known_groups(tax, answers)
        outcome = settling.settle(groups)
        chosen = next_questions(
            known_groups(tax, answers),
            settling.appraise(known_groups(tax, answers), outcome),
            answers,
            rows=trial.rows - len(answers.rows()),
            most=trial.batch,
        )
        if not chosen:
            return groups, answers
        for question in chosen:
            said = answers.same if is_same(question.left, question.right) else answers.apart
            said.append((question.left, question.right))
