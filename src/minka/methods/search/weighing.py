"""How much of a question a document says: BM25F over the fields of the document.

Source: Robertson & Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and Beyond",
section 3.6.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minka.methods.search.question import Alternative, Question, Want

SATURATION = 1.2  # k1: how soon another occurrence of a word says nothing new
FIELDS: Mapping[str, tuple[float, float, float]] = {  # weight, b, usual length
    "names": (2.5, 0.15, 8.0),
    "offers": (1.5, 0.15, 12.0),
    "words": (1.0, 0.05, 60.0),
    "places": (0.35, 0.0, 4.0),
}
_ONCE_IN_A_NAME = (2.5 + SATURATION) / 2.5  # makes 1 of a word that a name has
Counts = Callable[[Iterable[str]], Mapping[str, int]]


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
    in_names: dict[str, float] = field(default_factory=dict)  # those weights by its names alone


def rarity(count: int, documents: int) -> float:
    """Return how much it tells, in nats, that a document has a word that `count` have.

    Source: Robertson & Zaragoza (2009), "The Probabilistic Relevance Framework", eq. 3.3, with
    one added so that it never falls below zero.
    """
    some = min(count, documents)
    return math.log(1 + (documents - some + 0.5) / (some + 0.5))


def weigh(fields: Mapping[str, str]) -> dict[str, float]:
    """Return the weighed, length-normalised count of every root of a document."""
    found: dict[str, float] = defaultdict(float)
    for name, (weight, slope, usual) in FIELDS.items():
        said = fields.get(name, "").split()
        scale = weight / (1 - slope + slope * len(said) / usual)
        for root, count in Counter(said).items():
            found[root] += count * scale
    return found


def needles(question: Question) -> list[tuple[str, str, str]]:
    """Return each root that is asked for, as it stands in a text and as it stands there twice."""
    asked = {root for want in question.wants for one in want.alternatives for root in one.roots}
    return [(root, f" {root} ", f" {root} {root} ") for root in sorted(asked)]


def weigh_asked(document: Document, needles: Sequence[tuple[str, str, str]]) -> None:
    """Weigh what is asked for alone, which is quicker than to take the texts apart."""
    found: dict[str, float] = {}
    for name, (weight, slope, usual) in FIELDS.items():
        text = document.fields.get(name, "")
        if text:
            padded, scale = f" {text} ", 0.0
            for root, needle, twice in needles:
                count = padded.count(needle)
                if count:
                    if twice in padded:  # of two that share a space one would not be seen
                        count = text.split().count(root)
                    scale = scale or weight / (1 - slope + slope * len(text.split()) / usual)
                    found[root] = found.get(root, 0.0) + count * scale
        if name == "names":
            document.in_names = dict(found)
    document.weights = found


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to say what is wanted: by single roots, and by several that are all needed."""

    single: Mapping[str, float]
    several: tuple[Alternative, ...]

    @classmethod
    def of(cls, want: Want) -> "Ways":
        single: dict[str, float] = {}
        for one in want.alternatives:
            if len(one.roots) == 1:
                single[one.roots[0]] = max(one.weight, single.get(one.roots[0], 0.0))
        return cls(single, tuple(one for one in want.alternatives if len(one.roots) > 1))


def share_said(
    wants: Sequence[Ways], rarities: Sequence[float], weights: Mapping[str, float]
) -> float:
    score = 0.0
    for want, rare in zip(wants, rarities, strict=True):
        best = 0.0
        for root, count in weights.items():
            if root in want.single:
                best = max(best, want.single[root] * count / (count + SATURATION))
        for one in want.several:
            low = min(weights.get(root, 0.0) for root in one.roots)
            if low:
                best = max(best, one.weight * low / (low + SATURATION))
        score += rare * best * _ONCE_IN_A_NAME
    return score
