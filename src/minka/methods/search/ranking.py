"""Order documents by how well they answer: BM25F over fields, and how alike the names are.

Everything is counted over the documents at hand with statistics that are handed in, so that the
order is the same whichever database found the documents.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from minka.methods.search.acronyms import fit
from minka.methods.search.analyser import grams, roots
from minka.methods.search.likeness import NAMED, Candidate, liken, telling_roots

SATURATION = 1.2  # k1: how soon another occurrence of a word says nothing new
FIELDS: Mapping[str, tuple[float, float, float]] = {  # weight, b, usual length
    "names": (2.5, 0.15, 8.0),
    "offers": (1.5, 0.15, 12.0),
    "words": (1.0, 0.05, 60.0),
    "places": (0.35, 0.0, 4.0),
}
WHOLE_NAME, ALIKE, ACRONYM = 0.2, 0.5, 0.5  # next to 1 for a document that has all the words
ALONE = 1.2  # an acronym that is all that is asked
_ONCE_IN_A_NAME = (2.5 + SATURATION) / 2.5  # makes 1 of a word that a name has
SURE = 0.6
LONGEST_NAME = 15  # wants of a question that may still be a name
NEARLY = 0.75  # a name that is asked for says such a share of what the best document says
TITLES = 8  # names of one document that are looked at closely
FEEDBACK, EXPERIENCE = 0.7, 0.05
FEEDBACK_DOCUMENTS, FEEDBACK_WORDS, FEEDBACK_FROM = 20, 80, 3
Counts = Callable[[Iterable[str]], Mapping[str, int]]


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
    """What is known of an answer: roots by field, and its names as keys.

    Args:
        entries: of how many things its words tell.
    """

    key: int
    fields: Mapping[str, str]
    titles: Sequence[str] = ()
    may_be_short: bool = True
    entries: int = 1
    weights: dict[str, float] = field(default_factory=dict)


def rarity(count: int, documents: int) -> float:
    """Return how much it tells, in nats, that a document has a word that `count` have.

    Source: Robertson & Zaragoza (2009), "The Probabilistic Relevance Framework", eq. 3.3, with
    one added so that it never falls below zero.
    """
    some = min(count, documents)
    return math.log(1 + (documents - some + 0.5) / (some + 0.5))


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
    asked_roots = {
        root for want in question.wants for one in want.alternatives for root in one.roots
    }
    for one in documents:
        one.weights = _weigh_some(one.fields, asked_roots)
    rarities = [one.importance * rarity(one.count, total) for one in question.wants]
    whole = sum(rarities) or 1.0
    said = {one.key: _said(question.wants, rarities, one.weights) / whole for one in documents}
    counts_of = counts_of or partial(_count, documents)
    is_name = _is_name(question, documents, said, rarities)
    learns = not is_name and len(question.wants) >= FEEDBACK_FROM
    words = _learn(said, documents, total, counts_of) if learns else said
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
    rarities: Sequence[float],
) -> bool:
    """Return whether a name is asked for: some name says nearly as much of it as any document."""
    if len(question.wants) > LONGEST_NAME:
        return False
    if question.letters and len(question.wants) == 1:
        return True
    first = sorted(documents, key=lambda one: (-said[one.key], one.key))[:NAMED]
    asked = {root for want in question.wants for one in want.alternatives for root in one.roots}
    whole = sum(rarities) or 1.0
    named = (
        _said(question.wants, rarities, _weigh_some({"names": one.fields["names"]}, asked)) / whole
        for one in first
    )
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


def _learn(
    said: Mapping[int, float], documents: Sequence[Document], total: int, counts_of: Counts
) -> dict[int, float]:
    """Let what the best answers have in common count for the others, too.

    Who tells more of what was done is the likelier to have done this. The share of the words is
    squared, so that what is learnt decides among those that say little of what is asked.
    """
    for one in documents:
        one.weights = _weigh(one.fields)
    best = max(said.values(), default=0.0) or 1.0
    prior = {one.key: EXPERIENCE * math.log1p(one.entries) for one in documents}
    words = {key: share / best + prior[key] for key, share in said.items()}
    most = max(words.values(), default=0.0) or 1.0
    words = {key: (share / most) ** 2 for key, share in words.items()}
    first = sorted(documents, key=lambda one: (-words[one.key], one.key))[:FEEDBACK_DOCUMENTS]
    counts = counts_of({root for one in first for root in one.weights})
    common: dict[str, float] = defaultdict(float)
    for one in first:
        for root, count in one.weights.items():
            rare = rarity(counts.get(root, 0), total)
            common[root] += words[one.key] * rare * count / (count + SATURATION)
    telling = sorted(common.items(), key=lambda pair: (-pair[1], pair[0]))[:FEEDBACK_WORDS]
    profile = {root: share * rarity(counts.get(root, 0), total) for root, share in telling}
    likeness = {
        one.key: sum(
            profile[root] * one.weights[root] / (one.weights[root] + SATURATION)
            for root in profile.keys() & one.weights.keys()
        )
        for one in documents
    }
    top = max(likeness.values(), default=0.0) or 1.0
    return {key: words[key] + FEEDBACK * share / top for key, share in likeness.items()}


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
