"""Order documents by how well they answer: BM25F over fields, and how alike the names are.

Everything is counted over the documents at hand with statistics that are handed in, so that the
order is the same whichever database found the documents.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minka.methods.search.acronyms import fit
from minka.methods.search.analyser import grams, roots

SATURATION = 1.2  # k1: how soon another occurrence of a word says nothing new
FIELDS: Mapping[str, tuple[float, float, float]] = {  # weight, b, usual length
    "names": (2.5, 0.15, 8.0),
    "offers": (1.5, 0.15, 12.0),
    "words": (1.0, 0.15, 60.0),
    "places": (0.35, 0.0, 4.0),
}
WHOLE_NAME, ALIKE, ACRONYM = 0.2, 0.5, 0.5  # next to 1 for a document that has all the words
ALONE = 1.2  # an acronym that is all that is asked
_ONCE_IN_A_NAME = (2.5 + SATURATION) / 2.5  # makes 1 of a word that a name has
SURE = 0.6
A_NAME = 7  # so many words may still be a name
FEEDBACK = 0.5
FEEDBACK_DOCUMENTS, FEEDBACK_WORDS, FEEDBACK_FROM = 10, 60, 6


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a document may say what is wanted: all these roots."""

    roots: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that is asked for, with all the ways to say it.

    Args:
        count: in how many documents it is said.
        importance: 1 for what is asked, less for what only explains it.
    """

    alternatives: tuple[Alternative, ...]
    count: int
    importance: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: the wants, the words as they stand, and those that may be acronyms."""

    wants: tuple[Want, ...]
    text: str
    letters: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """What is known of an answer: roots by field, and its names as keys."""

    key: int
    fields: Mapping[str, str]
    titles: Sequence[str] = ()
    may_be_short: bool = True
    weights: dict[str, float] = field(default_factory=dict)


def rarity(count: int, documents: int) -> float:
    """Return how much it tells, in nats, that a document has a word that `count` have.

    Source: Robertson & Zaragoza (2009), "The Probabilistic Relevance Framework", eq. 3.3, with
    one added so that it never falls below zero.
    """
    some = min(count, documents)
    return math.log(1 + (documents - some + 0.5) / (some + 0.5))


def order(question: Question, documents: Sequence[Document], total: int) -> list[tuple[float, int]]:
    """Return (score, key) of the documents, the best first, ties by key.

    Args:
        question: what is asked.
        documents: those that may answer it.
        total: how many documents there are altogether.
    Source: Robertson & Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond",
        section 3.6 (BM25F); Lavrenko & Croft (2001), "Relevance-Based Language Models", for what
        long questions learn from their first answers.
    """
    learns = len(question.wants) >= FEEDBACK_FROM
    asked_roots = {
        root for want in question.wants for one in want.alternatives for root in one.roots
    }
    for one in documents:
        one.weights = _weigh(one.fields) if learns else _weigh_some(one.fields, asked_roots)
    rarities = [one.importance * rarity(one.count, total) for one in question.wants]
    whole = sum(rarities) or 1.0
    words = {one.key: _said(question.wants, rarities, one.weights) / whole for one in documents}
    if learns:
        _learn(words, documents, total)
    asked, sure = grams(question.text), _sure(question)
    named = min(1.0, (A_NAME / max(1, len(question.wants))) ** 2)  # a description is nobody's name
    scored = [
        (round(words[one.key] + named * _named(question, asked, sure, one), 6), one.key)
        for one in documents
    ]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))


def _weigh(fields: Mapping[str, str]) -> dict[str, float]:
    """Return the weighed, length-normalised count of every root of a document."""
    found: dict[str, float] = defaultdict(float)
    for name, (weight, slope, usual) in FIELDS.items():
        said = fields.get(name, "").split()
        scale = weight / (1 - slope + slope * len(said) / usual)
        for root, count in Counter(said).items():
            found[root] += count * scale
    return found


def _weigh_some(fields: Mapping[str, str], roots: Iterable[str]) -> dict[str, float]:
    """Do the same for some roots alone, which is quicker than to take the texts apart."""
    found: dict[str, float] = {}
    for name, (weight, slope, usual) in FIELDS.items():
        text = fields.get(name, "")
        if not text:
            continue
        scale = 0.0
        padded = f" {text.replace(' ', '  ')} "
        for root in roots:
            if f" {root} " in padded:
                scale = scale or weight / (1 - slope + slope * len(text.split()) / usual)
                found[root] = found.get(root, 0.0) + padded.count(f" {root} ") * scale
    return found


def _said(wants: Sequence[Want], rarities: Sequence[float], weights: Mapping[str, float]) -> float:
    score = 0.0
    for want, rare in zip(wants, rarities, strict=True):
        best = 0.0
        for one in want.alternatives:
            counts = [weights.get(root, 0.0) for root in one.roots]
            low = min(counts)
            if low:
                best = max(best, one.weight * low / (low + SATURATION))
        score += rare * best * _ONCE_IN_A_NAME
    return score


def _learn(words: dict[int, float], documents: Sequence[Document], total: int) -> None:
    """Let what the best answers have in common count for the others, too."""
    ranked = sorted(documents, key=lambda one: (-words[one.key], one.key))
    first = ranked[:FEEDBACK_DOCUMENTS]
    held: Counter[str] = Counter()
    for one in documents:
        held.update(one.weights.keys())
    scale = max(1.0, total / max(1, len(documents)))
    common: dict[str, float] = defaultdict(float)
    for one in first:
        for root, count in one.weights.items():
            rare = rarity(int(held[root] * scale) if scale < 2 else held[root], total)
            common[root] += words[one.key] * rare * count / (count + SATURATION)
    telling = sorted(common.items(), key=lambda pair: (-pair[1], pair[0]))[:FEEDBACK_WORDS]
    if not telling or not telling[0][1]:
        return
    profile = {root: share / telling[0][1] for root, share in telling}
    rarities = {root: rarity(held[root], total) for root in profile}
    likeness = {
        one.key: sum(
            share * rarities[root] * one.weights[root] / (one.weights[root] + SATURATION)
            for root, share in profile.items()
            if root in one.weights
        )
        for one in documents
    }
    most, best = max(likeness.values(), default=0) or 1.0, max(words.values(), default=0) or 1.0
    for key, score in likeness.items():
        words[key] += FEEDBACK * best * score / most


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
        pieces = grams(title)
        alike = (
            len(asked & pieces) / math.sqrt(len(asked) * len(pieces)) if asked and pieces else 0.0
        )
        short = max((fit(one, title) for one in letters), default=0.0)
        if is_alone:
            best = max(best, ALIKE / 2 * alike + ALONE * short)
            continue
        said = roots(title)
        whole = sum(len(one) for one in said) or 1
        met = sum(len(one) for one in said if one in sure) / whole
        best = max(best, ALIKE * alike + ACRONYM * short + WHOLE_NAME * met)
    return best
