"""What two sets of names say about being one organisation, as a short code.

The code of a pair travels through Splink as a number (see `model.py`); every digit is a level
that a person can read.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

from minka.methods.linkage.acronyms import acronym_bits
from minka.methods.linkage.alignment import Kind, align_words, compare_words
from minka.methods.linkage.names import Name
from minka.methods.linkage.tokens import stem
from minka.methods.linkage.vocabulary import Vocabulary
from minka.methods.linkage.words import EXCLUSIVE, LEGAL_KIN


class Cross(IntEnum):
    """What trade names, former names and acronyms add."""

    NONE = 0  # neither has another name
    APART = 1  # there are other names, and they agree with nothing
    TOUCH = 2  # they share a telling word
    ACRONYM = 3
    NEAR = 4
    EXACT = 5


class Legal(IntEnum):
    MISSING = 0
    CONFLICT = 1
    KIN = 2
    SAME = 3


class Differ(IntEnum):
    """Marks that tell sister organisations apart."""

    NOTHING = 0
    ROLE = 1  # parent and subsidiary, province and district: only one of them says so
    RANK_ONE_SIDED = 2  # "X" and "X II"
    EXCLUSIVE = 3  # each says another: provincial and distrital, of Huacho and of Huánuco
    RANK = 4  # "X II" and "X III", "X A" and "X B"


@dataclass(frozen=True, slots=True)
class NameEvidence:
    kind: Kind
    rarity: int  # shared bits: 0 below 8, 1 below 13, 2 below 19, 3 above
    legal: Legal
    differ: Differ
    cross: Cross

    @property
    def code(self) -> int:
        """Decimal digits: cross, differ, legal, rarity, two for kind."""
        return (
            self.kind
            + 100 * self.rarity
            + 1_000 * self.legal
            + 10_000 * self.differ
            + 100_000 * self.cross
        )

    @classmethod
    def of_code(cls, code: int) -> "NameEvidence":
        return cls(
            Kind(code % 100),
            code // 100 % 10,
            Legal(code // 1_000 % 10),
            Differ(code // 10_000 % 10),
            Cross(code // 100_000 % 10),
        )


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one record: the main one, and the trade, former and short names beside it."""

    main: Name
    others: tuple[Name, ...] = ()


_MEANT = {stem(word): word for word in EXCLUSIVE}
_SHORTEST_TELLING = 4  # letters: shorter words beside a name are initials, however made
RARITY_BITS = (8.0, 13.0, 19.0)


def compare_names(one: Names, other: Names, vocabulary: Vocabulary) -> NameEvidence:
    """Compare two records by their names; symmetric."""
    kind, shared, mine, yours = align_words(one.main, other.main, vocabulary)
    cross, cross_shared = cross_names(one, other, vocabulary)
    bits = max(shared, cross_shared if cross >= Cross.ACRONYM else 0.0)
    differ = _differ(one.main, other.main, mine, yours, vocabulary)
    if differ is Differ.RANK:  # the number is a word of its own that tells
        kind = min(kind, Kind.PARTIAL)
    return NameEvidence(
        kind,
        rarity_of(bits),
        compare_legal(one.main.legal, other.main.legal),
        differ,
        cross,
    )


def rarity_of(bits: float) -> int:
    """Return the class of the bits that are shared."""
    return sum(bits >= limit for limit in RARITY_BITS)


def with_cross(code: int, one: Names, other: Names, vocabulary: Vocabulary) -> int:
    """Add to the code of two main names what the other names say."""
    cross, shared = cross_names(one, other, vocabulary)
    if cross >= Cross.ACRONYM:
        rarity = code // 100 % 10
        code += 100 * (max(rarity, rarity_of(shared)) - rarity)
    return code + 100_000 * cross


def compare_legal(one: str, other: str) -> Legal:
    """Compare two legal forms by their short names."""
    if not one or not other:
        return Legal.MISSING
    if one == other:
        return Legal.SAME
    return Legal.KIN if frozenset((one, other)) in LEGAL_KIN else Legal.CONFLICT


def _differ(
    one: Name, other: Name, left: list[str], right: list[str], vocabulary: Vocabulary
) -> Differ:
    if one.ranks != other.ranks and not (one.cut or other.cut):
        return Differ.RANK if one.ranks and other.ranks else Differ.RANK_ONE_SIDED
    if one.letter and other.letter and one.letter != other.letter:
        return Differ.RANK
    if not left and not right:
        return Differ.NOTHING
    mine, yours = _roles(left, vocabulary), _roles(right, vocabulary)
    if any(kind in yours and yours[kind] != word for kind, word in mine.items()):
        return Differ.EXCLUSIVE
    if _elsewhere(one, other, left, right, vocabulary):
        return Differ.EXCLUSIVE
    return Differ.ROLE if mine or yours else Differ.NOTHING


def _elsewhere(
    one: Name, other: Name, left: list[str], right: list[str], vocabulary: Vocabulary
) -> bool:
    """Tell names that are of two places: "Beneficencia de Huacho", "Beneficencia - Huánuco"."""
    named = one.place and other.place and one.place != other.place
    if named and {*one.place, *other.place} & {*left, *right}:
        return True
    here, there = (vocabulary.places.intersection(words) for words in (left, right))
    if here and there:
        return here.isdisjoint(there)
    branch = other.branch if here else one.branch
    return bool(here or there) and branch in vocabulary.places and branch not in here | there


def _roles(words: list[str], vocabulary: Vocabulary) -> dict[str, str]:
    """Return what the words left over say of tier, country, compass point and role."""
    found = {}
    for word in words:
        if meant := role_of(word, vocabulary):
            found[EXCLUSIVE[meant]] = meant
    return found


def role_of(word: str, vocabulary: Vocabulary) -> str:
    """Return the word of tier, country, compass point or role that a word stands for, or empty."""
    return word if word in EXCLUSIVE else _MEANT.get(vocabulary.common.get(word, ""), "")


def _one_word_of_two(one: Name, other: Name) -> bool:
    """Tell whether one name could be an acronym of the other, which is most often not so."""
    return (len(one.words) == 1) != (len(other.words) == 1)


def _beside_initials(one: Names, other: Names, vocabulary: Vocabulary) -> list[Name]:
    """Return the other names of a record without its initials, unless they are all the other says.

    Two municipalities of one letter have the same initials. Where both names are spelt out, those
    are compared, and initials add nothing.
    """
    if len(one.main.words) < 2 or len(other.main.words) < 2:
        return list(one.others)
    return [name for name in one.others if not _is_initials(name, one.main, vocabulary)]


def _is_initials(short: Name, full: Name, vocabulary: Vocabulary) -> bool:
    """Tell `UGEL-S`, `M.D.C.` and `INPE - DRAP`: letters of the name, in however many pieces."""
    if len(short.words) > 1:
        telling = [word for word in short.words if not vocabulary.is_common(word)]
        if telling and all(len(word) == 1 for word in telling):
            return True
        if not all(len(word) <= _SHORTEST_TELLING for word in short.words):
            return False
        short = replace(short, words=(short.glued,))
    return len(short.words[0]) <= _SHORTEST_TELLING or acronym_bits(short, full) > 0


def cross_names(one: Names, other: Names, vocabulary: Vocabulary) -> tuple[Cross, float]:
    """Compare every other name of a record with every name of the other record."""
    best, best_shared = Cross.NONE, 0.0
    if not (one.others or other.others) and not _one_word_of_two(one.main, other.main):
        return best, best_shared
    mine = _beside_initials(one, other, vocabulary)
    yours = _beside_initials(other, one, vocabulary)
    pairs = [(a, b) for a in mine for b in (other.main, *yours)]
    pairs += [(one.main, b) for b in yours]
    for a, b in pairs:
        kind, shared = compare_words(a, b, vocabulary)
        if kind in (Kind.EXACT, Kind.ORDER):
            cross = Cross.EXACT
        elif kind in (Kind.SLIP, Kind.NEAR, Kind.CUT, Kind.LESS_TRADE):
            cross = Cross.NEAR
        elif kind in (Kind.OTHER_TRADE, Kind.LESS, Kind.PARTIAL):
            cross = Cross.TOUCH
        else:
            cross = Cross.APART
        best, best_shared = max((best, best_shared), (cross, shared))
    if best < Cross.ACRONYM:
        for a, b in [(one.main, other.main), *pairs]:
            bits = max(acronym_bits(a, b), acronym_bits(b, a))
            if bits:
                best, best_shared = Cross.ACRONYM, max(best_shared, bits)
    return best, best_shared
