"""How the words of two names stand to each other, one by one and then as a whole."""

from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from minka.methods.linkage.names import Name
from minka.methods.linkage.tokens import Relation, relate
from minka.methods.linkage.vocabulary import Vocabulary

_OTHER = Relation.OTHER


class Kind(IntEnum):
    """How the words of two names stand to each other."""

    DIFFERENT = 0
    PARTIAL = 1  # they share a telling word, and each has another of its own
    LESS = 2  # one has a telling word more
    OTHER_TRADE = 3  # the same telling words in another trade
    LESS_TRADE = 4  # one only lacks fillers
    TWIN_SLIP = 5  # one letter apart, but both spellings are in use
    SLIP = 6
    NEAR = 7  # abbreviated, plural, by sound
    CUT = 8  # the same as far as the shorter cell goes
    ORDER = 9  # the same words, in another order or written together
    EXACT = 10


@dataclass(slots=True)
class _Alignment:
    """What became of the words: what is left over, and how well the others fit."""

    left: list[str]
    right: list[str]
    worst: Relation = Relation.SAME
    twin: bool = False  # both spellings are in use
    cut: bool = False
    telling: int = 0  # words that tell, and that both have
    shared: float = 0.0

    def kind(self, vocabulary: Vocabulary) -> Kind:
        if not self.left and not self.right:
            return self._kind_of_whole()
        left_tells = any(not vocabulary.is_common(word) for word in self.left)
        right_tells = any(not vocabulary.is_common(word) for word in self.right)
        both = bool(self.left and self.right)
        if not self.telling:  # fillers only: at best one has more of them
            return Kind.DIFFERENT if left_tells or right_tells or both else Kind.LESS
        if left_tells or right_tells:
            return Kind.PARTIAL if both else Kind.LESS
        if both:
            return Kind.OTHER_TRADE
        return Kind.TWIN_SLIP if self.twin else Kind.LESS_TRADE

    def _kind_of_whole(self) -> Kind:
        if self.twin:
            return Kind.TWIN_SLIP
        if self.worst is Relation.SLIP:
            return Kind.SLIP
        if self.cut:
            return Kind.CUT
        return Kind.ORDER if self.worst is Relation.SAME else Kind.NEAR


Aligned = tuple[Kind, float, list[str], list[str]]


def compare_words(one: Name, other: Name, vocabulary: Vocabulary) -> tuple[Kind, float]:
    """Return how two names stand to each other, and the bits of what they share."""
    return align_words(one, other, vocabulary)[:2]


def align_words(one: Name, other: Name, vocabulary: Vocabulary) -> Aligned:
    """Align the words of two names: kind, shared bits, and the words left over on each side."""
    if one.words == other.words:
        return Kind.EXACT, sum(map(vocabulary.weight, one.words)), [], []
    if one.glued == other.glued or (
        len(one.words) == len(other.words) and sorted(one.words) == sorted(other.words)
    ):
        longer = max(one, other, key=lambda name: len(name.words))
        return Kind.ORDER, sum(map(vocabulary.weight, longer.words)), [], []
    found = _Alignment(list(one.words), list(other.words))
    for word in one.words:
        if word in found.right:
            found.left.remove(word)
            found.right.remove(word)
            found.shared += vocabulary.weight(word)
            found.telling += not vocabulary.is_common(word)
    if found.left and found.right:
        _relate_rest(found, vocabulary)
    if found.left or found.right:
        found.cut = _excuse_cut(one, found.left, found.right) or _excuse_cut(
            other, found.right, found.left
        )
    return found.kind(vocabulary), found.shared, found.left, found.right


def _relate_rest(found: _Alignment, vocabulary: Vocabulary) -> None:
    """Pair words that are not the same, then what is left over run together."""
    left, right = found.left, found.right
    for relation, a, b in _align(left, right, vocabulary):
        left.remove(a)
        right.remove(b)
        found.worst = min(found.worst, relation)
        found.shared += min(vocabulary.weight(a), vocabulary.weight(b))
        found.telling += not (vocabulary.is_common(a) or vocabulary.is_common(b))
        if relation is Relation.SLIP and not vocabulary.is_common(a):
            found.twin |= vocabulary.is_established(a) and vocabulary.is_established(b)
    one, other = "".join(left), "".join(right)
    if left and right and are_joined_alike(one, other):
        found.shared += max(sum(map(vocabulary.weight, words)) for words in (left, right))
        found.telling += 1
        found.worst = min(found.worst, Relation.SOUND if one == other else Relation.SLIP)
        left.clear()
        right.clear()


def _align(
    left: list[str], right: list[str], vocabulary: Vocabulary
) -> list[tuple[Relation, str, str]]:
    """Pair the remaining words, the nearest first."""
    related = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            relation = relate(a, b)
            if relation is _OTHER:  # as most are
                if not vocabulary.is_same_filler(a, b):
                    continue
                relation = Relation.STEM
            if relation >= Relation.SOUND or not vocabulary.are_two_places(a, b):
                related.append((-relation, i, j))
    if not related:
        return []
    related.sort()
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    chosen = []
    for negative, i, j in related:
        if i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            chosen.append((Relation(-negative), left[i], right[j]))
    return chosen


def are_joined_alike(one: str, other: str) -> bool:
    """Words run together or apart, perhaps with a slip: `auto motriz`, `automotriz`."""
    if one == other:
        return True
    size = min(len(one), len(other))
    return size >= 8 and OSA.distance(one, other, score_cutoff=1) <= 1


def _excuse_cut(short: Name, left: list[str], right: list[str]) -> bool:
    """Drop from `right` what the short cell had no room for; tell whether that explains it."""
    if not short.cut or len(left) > 1 or not right:
        return False
    if left:
        last = left[0]
        if last != short.words[-1] or not any(word.startswith(last) for word in right):
            return False
    elif len(short.glued) < 18:
        return False
    left.clear()
    right.clear()
    return True
