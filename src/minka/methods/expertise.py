"""How near what somebody knows is to what a proposal speaks of, in points with their reasons.

Pure: no Django, no database, no clock. Two things speak for a pair: concepts of a thesaurus, and
words that mean the same in Spanish and English. A hint for whoever assigns, and no measurement.

Sources: Salton & Buckley (1988), "Term-weighting approaches in automatic text retrieval", for the
weights of words; the shares of concepts and words are a choice.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minka.methods.search.analyser import content_words, root
from minka.methods.search.bilingual import translations

MOST = 100.0
CONCEPTS, WORDS = 60.0, 40.0  # points that each can bring
KIN = 0.5  # what a broader or narrower concept counts, next to 1 for the same
TRANSLATED = 0.6  # what a word counts in the other language, next to 1 in its own
NEAR = 0.25  # cosine of a short note with a long proposal from which the words bring all points
SHORTEST, SHOWN = 4, 4


@dataclass(frozen=True, slots=True)
class Subject:
    """A proposal or an evaluator: what is said in words, and the concepts that it is about."""

    text: str
    concepts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a person is to a proposal.

    Args:
        points: from 0 to 100.
        concepts: that both have, the rarest among the proposals first.
        words: of the proposal that the person's own words share, the most telling first.
    """

    points: float
    concepts: tuple[int, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expertise:
    """Nearness of all to all; `points` has shape (proposals, people)."""

    points: NDArray[np.float64]
    _proposals: tuple["_Seen", ...]
    _people: tuple["_Seen", ...]
    _rarity: Mapping[int, float]
    _weights: Mapping[str, float]

    def of(self, proposal: int, person: int) -> Nearness:
        """Return the points of one pair with their reasons."""
        left, right = self._proposals[proposal], self._people[person]
        concepts = left.subject.concepts & right.subject.concepts
        common = sorted(
            left.counts.keys() & right.counts.keys(),
            key=lambda one: (-self._weights[one] * left.counts[one], one),
        )
        return Nearness(
            float(self.points[proposal, person]),
            tuple(sorted(concepts, key=lambda one: (-self._rarity[one], one)))[:SHOWN],
            tuple(dict.fromkeys(left.spelt[one] for one in common))[:SHOWN],
        )


def expertise(
    proposals: Sequence[Subject], people: Sequence[Subject], kin: Mapping[int, frozenset[int]]
) -> Expertise:
    """Compare every person with every proposal.

    Concepts bring up to 60 points: the share of the proposal's concepts that the person has,
    each weighing by how few proposals have it, kin concepts half. Words bring up to 40 points by
    the cosine of their weights. A person who says nothing has none.

    Args:
        proposals: what is to be judged.
        people: what each knows.
        kin: of each concept, its broader and its narrower ones.
    """
    left, right = tuple(map(_seen, proposals)), tuple(map(_seen, people))
    held = Counter(word for one in (*left, *right) for word in one.counts)
    total = len(left) + len(right)
    weights = {word: math.log(1 + total / count) for word, count in held.items()}
    cosines = _matrix(left, weights) @ _matrix(right, weights).T
    named = Counter(key for one in proposals for key in one.concepts)
    rarity = {key: math.log(1 + len(proposals) / count) for key, count in named.items()}
    shares = np.array(
        [[_share(one.concepts, other.concepts, rarity, kin) for other in people]
         for one in proposals]
    ).reshape(len(left), len(right))  # fmt: skip
    points = CONCEPTS * shares + WORDS * np.clip(cosines / NEAR, 0.0, 1.0)
    return Expertise(np.round(points, 2), left, right, rarity, weights)


@dataclass(frozen=True, slots=True)
class _Seen:
    subject: Subject
    counts: Mapping[str, float]  # roots of both languages, how often
    spelt: Mapping[str, str]  # a root and the word that has it


def _seen(subject: Subject) -> _Seen:
    counts: dict[str, float] = {}
    spelt: dict[str, str] = {}
    known = translations()
    for word in content_words(subject.text):
        if len(word) < SHORTEST:
            continue
        base = root(word)
        for one in (base, *known.get(base, ())):
            counts[one] = counts.get(one, 0.0) + (1.0 if one == base else TRANSLATED)
            spelt.setdefault(one, word)
    return _Seen(subject, counts, spelt)


def _matrix(seen: Sequence[_Seen], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Shape (texts, words), each row of length 1 unless it is empty."""
    place = {word: number for number, word in enumerate(weights)}
    matrix = np.zeros((len(seen), len(place)))
    for row, one in enumerate(seen):
        for word, count in one.counts.items():
            matrix[row, place[word]] = (1 + math.log(max(count, 1.0))) * weights[word]
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    found: NDArray[np.float64] = matrix / np.where(lengths == 0, 1, lengths)
    return found


def _share(
    wanted: frozenset[int],
    known: frozenset[int],
    rarity: Mapping[int, float],
    kin: Mapping[int, frozenset[int]],
) -> float:
    if not wanted or not known:
        return 0.0
    held = sum(
        rarity[key] * (1.0 if key in known else KIN if kin.get(key, frozenset()) & known else 0.0)
        for key in wanted
    )
    return held / sum(rarity[key] for key in wanted)
