"""Order documents by how well they answer: the words they say, and how alike the names are.

Everything is counted over the documents at hand with statistics that are handed in, so that the
order is the same whichever database found the documents.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from minka.methods.search.acronyms import fit
from minka.methods.search.analyser import grams, roots
from minka.methods.search.feedback import learn
from minka.methods.search.likeness import NAMED, Candidate, liken, telling_roots
from minka.methods.search.question import Question
from minka.methods.search.weighing import (
    Counts,
    Document,
    Ways,
    needles,
    rarity,
    share_said,
    weigh_asked,
)

WHOLE_NAME, ALIKE, ACRONYM = 0.2, 0.5, 0.5  # next to 1 for a document that has all the words
ALONE = 1.2  # an acronym that is all that is asked
SURE = 0.6
LONGEST_NAME = 15  # wants of a question that may still be a name
NEARLY = 0.75  # a name that is asked for says such a share of what the best document says
TITLES = 8  # names of one document that are looked at closely
LEARNS_FROM = 3  # wants of a question that learns from its first answers


@dataclass(frozen=True, slots=True)
class _Title:
    """A name of an organisation in pieces of three letters and in roots."""

    pieces: frozenset[str]
    roots: tuple[str, ...]
    letters: int


def order(
    question: Question, documents: Sequence[Document], total: int, counts_of: Counts | None = None
) -> list[tuple[float, int]]:
    """Return (score, key) of the documents, the best first, ties by key.

    Args:
        question: what is asked.
        documents: those that may answer it.
        total: how many documents there are altogether.
        counts_of: in how many documents roots are; without it those at hand are counted.
    Source: Robertson & Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond",
        section 3.6 (BM25F); Lavrenko & Croft (2001), "Relevance-Based Language Models", for what
        long questions learn from their first answers.
    """
    asked_for = needles(question)
    for one in documents:
        weigh_asked(one, asked_for)
    rarities = [one.importance * rarity(one.count, total) for one in question.wants]
    whole = sum(rarities) or 1.0
    ways = [Ways.of(want) for want in question.wants]
    said = {one.key: share_said(ways, rarities, one.weights) / whole for one in documents}
    counts_of = counts_of or partial(_count, documents)
    is_name = _is_name(question, documents, said, ways, rarities)
    learns = not is_name and len(question.wants) >= LEARNS_FROM
    words = learn(said, documents, total, counts_of) if learns else said
    asked, sure = grams(question.text), _sure(question)
    named = partial(_named, question, asked, sure) if is_name else _nothing
    scored = [(round(words[one.key] + named(one), 6), one.key) for one in documents]
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
    if not is_name:
        return ranked
    return _by_name(
        question, ranked, documents=documents, said=said, total=total, counts_of=counts_of
    )


def _nothing(_document: Document) -> float:
    """Return what a name counts where none is asked for."""
    return 0.0


def _is_name(
    question: Question,
    documents: Sequence[Document],
    said: Mapping[int, float],
    ways: Sequence[Ways],
    rarities: Sequence[float],
) -> bool:
    """Return whether a name is asked for: some name says nearly as much of it as any document."""
    if len(question.wants) > LONGEST_NAME:
        return False
    if question.letters and len(question.wants) == 1:
        return True
    first = sorted(documents, key=lambda one: (-said[one.key], one.key))[:NAMED]
    whole = sum(rarities) or 1.0
    named = (share_said(ways, rarities, one.in_names) / whole for one in first)
    return max(named, default=0.0) >= NEARLY * max(said.values(), default=0.0)


def _by_name(  # noqa: PLR0913 -- all that is known by now
    question: Question,
    ranked: list[tuple[float, int]],
    *,
    documents: Sequence[Document],
    said: Mapping[int, float],
    total: int,
    counts_of: Counts,
) -> list[tuple[float, int]]:
    """Give the first places to those whose name is asked for; the scores stay in their places."""
    known = {one.key: one for one in documents}
    some = [
        Candidate(
            key, known[key].titles[:TITLES], known[key].fields.get("places", "").split(),
            may_be_short=known[key].may_be_short, before=score, said=said[key],
        )
        for score, key in ranked[:NAMED]
    ]  # fmt: skip
    roots = telling_roots(question.text, some)
    counts = counts_of(roots)
    rarities = {root: rarity(counts.get(root, 0), total) for root in roots}
    best = liken(
        question.text, ways=_ways(question), letters=question.letters, candidates=some,
        rarities=rarities,
    )  # fmt: skip
    scores = [score for score, _key in ranked]
    return list(zip(scores, [*best, *(key for _score, key in ranked[NAMED:])], strict=True))


def _ways(question: Question) -> dict[str, dict[str, float]]:
    """Return for every root asked for the single roots that say it."""
    found: dict[str, dict[str, float]] = {}
    for want in question.wants:
        own = want.alternatives[0].roots
        if want.importance == 1 and len(own) == 1:
            found[own[0]] = {
                one.roots[0]: one.weight for one in want.alternatives if len(one.roots) == 1
            }
    return found


def _count(documents: Sequence[Document], roots: Iterable[str]) -> dict[str, int]:
    held: Counter[str] = Counter()
    for one in documents:
        held.update({root for text in one.fields.values() for root in text.split()})
    return {root: held[root] for root in roots}


def _sure(question: Question) -> frozenset[str]:
    """Return the roots that are asked for, or mean the same."""
    return frozenset(
        root
        for want in question.wants
        for one in want.alternatives
        if one.weight > SURE and want.importance == 1
        for root in one.roots
    )


def _named(question: Question, asked: set[str], sure: frozenset[str], document: Document) -> float:
    """Return how much one of the names is what was asked for."""
    best = 0.0
    letters = question.letters if document.may_be_short else ()
    is_alone = bool(question.letters) and len(question.wants) == 1
    for title in document.titles:
        known = _title(title)
        alike = 0.0
        if asked and known.pieces:
            both = len(asked & known.pieces)
            alike = both / math.sqrt(len(asked) * len(known.pieces))
        short = max((fit(one, title) for one in letters), default=0.0)
        if is_alone:
            best = max(best, ALIKE / 2 * alike + ALONE * short)
            continue
        met = sum([len(one) for one in known.roots if one in sure]) / known.letters
        best = max(best, ALIKE * alike + ACRONYM * short + WHOLE_NAME * met)
    return best


@lru_cache(maxsize=4096)
def _title(title: str) -> _Title:
    said = tuple(roots(title))
    return _Title(frozenset(grams(title)), said, sum(map(len, said)) or 1)
