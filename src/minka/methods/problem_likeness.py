"""Which problems are likely the same, whoever states them and in whichever of two languages.

Pure: no Django, no database, no clock. Four things speak for a pair: words that mean the same
(roots of Spanish and English, with a bilingual lexicon between them), concepts of a thesaurus,
the place in the value chain, and the spelling of the titles. Each is a share from 0 to 1, and the
likeness is their weighted mean over what both problems say.

Sources: Salton & Buckley (1988), "Term-weighting approaches in automatic text retrieval", for the
weights of words; Dice (1945) for the pieces of titles.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minka.methods.search.analyser import content_words, grams, root
from minka.methods.search.bilingual import translations
from minka.methods.text import search_key

WEIGHTS = {"words": 0.5, "concepts": 0.25, "stage": 0.1, "title": 0.15}
TRANSLATED = 0.6  # what a word counts in the other language, next to 1 in its own
TITLE_TIMES = 2  # how often the words of a title count
LEAST, MOST = 0.15, 60
REASON_WORDS, SHORTEST = 5, 4


@dataclass(frozen=True, slots=True)
class Statement:
    """One problem as it is compared.

    Args:
        owner: who has it; pairs of one owner are kept apart as duplicates.
        stage: where in the value chain; None where it is not told.
        concepts: keys of the thesaurus, chosen or found in the text.
    """

    key: int
    owner: int
    title: str
    text: str
    stage: int | None = None
    concepts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two problems that are alike, and why.

    Args:
        likeness: from 0 to 1.
        shares: what speaks for the pair, by what it is: words, concepts, stage, title.
        words: words that both have, the most telling first, as each of them writes it.
        concepts: keys of the thesaurus that both name.
    """

    left: int
    right: int
    likeness: float
    same_owner: bool
    shares: Mapping[str, float]
    words: tuple[tuple[str, str], ...]
    concepts: tuple[int, ...]


def likely_pairs(
    statements: Sequence[Statement], *, least: float = LEAST, most: int = MOST
) -> list[Pair]:
    """Return the pairs that are alike, the likeliest first.

    Args:
        statements: all that are compared with each other.
        least: likeness below which a pair is not told.
        most: how many pairs are told.
    """
    if len(statements) < 2:
        return []
    seen = [_Seen.of(one) for one in statements]
    weights = _word_weights(seen)
    words = _cosines(seen, weights)
    rarity = _rarity([one.concepts for one in statements])
    found = []
    for i, j in zip(*np.triu_indices(len(statements), k=1), strict=True):
        shares = _shares(seen[i], seen[j], float(words[i, j]), rarity)
        likeness = sum(WEIGHTS[n] * v for n, v in shares.items())
        likeness /= sum(WEIGHTS[n] for n in shares)
        if likeness >= least:
            found.append((likeness, int(i), int(j), shares))
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    return [_pair(seen[i], seen[j], value, s, weights) for value, i, j, s in found[:most]]


@dataclass(frozen=True, slots=True)
class _Seen:
    statement: Statement
    counts: Mapping[str, float]  # roots of both languages, how often
    spelt: Mapping[str, str]  # a root and the word that has it
    grams: frozenset[str]

    @classmethod
    def of(cls, statement: Statement) -> "_Seen":
        counts: Counter[str] = Counter()
        spelt: dict[str, str] = {}
        known = translations()
        for text, times in ((statement.title, TITLE_TIMES), (statement.text, 1)):
            for word in content_words(text):
                if len(word) < SHORTEST and not word.isdigit():
                    continue
                base = root(word)
                for one in (base, *known.get(base, ())):
                    counts[one] += times if one == base else times * TRANSLATED  # type: ignore[assignment]  # a count may be a fraction
                    spelt.setdefault(one, word)
        pieces = frozenset(grams(search_key(statement.title)))
        return cls(statement, counts, spelt, pieces)


def _word_weights(seen: Sequence[_Seen]) -> dict[str, float]:
    """A word that many problems have says little."""
    of = Counter(word for one in seen for word in one.counts)
    return {word: math.log(1 + len(seen) / count) for word, count in of.items()}


def _cosines(seen: Sequence[_Seen], weights: Mapping[str, float]) -> NDArray[np.float32]:
    """Shape (problems, problems): how alike the words are, whatever the length of the texts."""
    place = {word: number for number, word in enumerate(weights)}
    matrix = np.zeros((len(seen), len(place)), dtype=np.float32)
    for row, one in enumerate(seen):
        for word, count in one.counts.items():
            matrix[row, place[word]] = (1 + math.log(max(count, 1))) * weights[word]
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.where(lengths == 0, 1, lengths)
    product: NDArray[np.float32] = matrix @ matrix.T
    return product


def _rarity(sets: Sequence[frozenset[int]]) -> dict[int, float]:
    of = Counter(key for one in sets for key in one)
    return {key: math.log(1 + len(sets) / count) for key, count in of.items()}


def _shares(
    left: _Seen, right: _Seen, words: float, rarity: Mapping[int, float]
) -> dict[str, float]:
    """Return what speaks for a pair; what one of them does not say is left out."""
    a, b = left.statement, right.statement
    shares = {"words": min(max(words, 0.0), 1.0)}
    if a.concepts and b.concepts:
        both = sum(rarity[key] for key in a.concepts & b.concepts)
        shares["concepts"] = both / min(
            sum(rarity[key] for key in a.concepts), sum(rarity[key] for key in b.concepts)
        )
    if a.stage is not None and b.stage is not None:
        shares["stage"] = float(a.stage == b.stage)
    if left.grams and right.grams:
        both_grams = len(left.grams & right.grams)
        shares["title"] = 2 * both_grams / (len(left.grams) + len(right.grams))
    return shares


def _pair(
    left: _Seen,
    right: _Seen,
    likeness: float,
    shares: Mapping[str, float],
    weights: Mapping[str, float],
) -> Pair:
    common = sorted(
        left.counts.keys() & right.counts.keys(),
        key=lambda one: (-weights[one] * min(left.counts[one], right.counts[one]), one),
    )
    told: dict[tuple[str, str], None] = {}
    for one in common:
        told.setdefault((left.spelt[one], right.spelt[one]), None)
    a, b = left.statement, right.statement
    return Pair(
        left=a.key,
        right=b.key,
        likeness=round(likeness, 4),
        same_owner=a.owner == b.owner,
        shares={name: round(value, 4) for name, value in shares.items()},
        words=tuple(told)[:REASON_WORDS],
        concepts=tuple(sorted(a.concepts & b.concepts)),
    )
