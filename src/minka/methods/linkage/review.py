"""Which questions to put to a person, so that few answers settle much."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minka.methods.linkage.clustering import Groups, Lines, Outcome, agglomerate, join_same_tax
from minka.methods.linkage.model import Scored, probability
from minka.methods.linkage.records import Prepared

_LEAST_GAIN = 0.02  # in pairs: below, a question is not worth the asking


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
        if not links:
            continue
        chances = probability(np.array([link.link_bits for link in links]))
        for link, chance in zip(links, chances.tolist(), strict=True):
            doubt = 1 - chance if joined else chance
            gain = doubt * link.left_size * link.right_size
            found.append(Question(link.left, link.right, chance, gain))
    return sorted(found, key=lambda q: (-q.gain, q.left, q.right))


@dataclass(slots=True)
class Answers:
    """What people said: pairs that are one organisation, and pairs that are not."""

    same: list[tuple[int, int]]
    apart: list[tuple[int, int]]

    def holds(self, left: int, right: int) -> bool:
        return (left, right) in self.same or (left, right) in self.apart


def apply_answers(groups: Groups, answers: Answers) -> None:
    """Answers come before all evidence but a trusted tax id."""
    for one, other in answers.same:
        groups.join(one, other)
    for one, other in answers.apart:
        if groups.find(one) != groups.find(other):
            groups.keep_apart(one, other)


@dataclass(frozen=True, slots=True)
class Trial:
    """How a review is simulated: so many questions, so many between two resolutions."""

    budget: int
    lines: Lines
    batch: int = 10


def simulate(
    prepared: Prepared, pairs: Scored, is_same: Callable[[int, int], bool], trial: Trial
) -> tuple[Groups, int]:
    """Put the best questions to a reviewer, a few at a time, and resolve again after each batch.

    Returns:
        The groups at the end, and how many questions were asked.
    """
    answers = Answers([], [])
    asked: set[tuple[int, int]] = set()
    while True:
        groups = Groups(prepared.tax)
        join_same_tax(groups, prepared.tax)
        apply_answers(groups, answers)
        outcome = agglomerate(groups, pairs, trial.lines, ranks=prepared.ranks)
        fresh = [q for q in questions(outcome) if (q.left, q.right) not in asked]
        left_over = min(trial.batch, trial.budget - len(asked))
        chosen = [question for question in fresh[:left_over] if question.gain > _LEAST_GAIN]
        if not chosen:
            return groups, len(asked)
        for question in chosen:
            asked.add((question.left, question.right))
            said = answers.same if is_same(question.left, question.right) else answers.apart
            said.append((question.left, question.right))
