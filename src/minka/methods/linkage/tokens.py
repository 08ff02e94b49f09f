"""How two words of two names stand to each other: the same, cut short, misspelt, or different."""

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from minka.methods.linkage.phonetics import sound_key


class Relation(IntEnum):
    """The larger, the nearer."""

    OTHER = 0
    SLIP = 1  # one letter wrong, missing, doubled or swapped; two in a long word
    STEM = 2  # plural, gender, the trade and those who exercise it
    SHORT = 3  # an abbreviation of the other
    SOUND = 4
    SAME = 5


_ENDINGS = (
    "amientos", "amiento", "aciones", "iciones", "uctores", "uctoras", "uctora", "uctor",
    "ucciones", "uccion", "adores", "adoras", "adora", "ador", "acion", "icion", "istas", "ista",
    "erias", "eria", "eros", "eras", "ero", "era", "icas", "icos", "ica", "ico", "iones", "ion",
    "ales", "al", "ias", "ios", "ia", "io", "es", "as", "os", "a", "o", "s", "e",
)  # fmt: skip


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Cut the commonest endings of trades: `construcciones`, `constructora` → `constr`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def is_short_for(short: str, full: str) -> bool:
    """Tell abbreviations: a beginning (`constr`), or first, some and last letters (`tptes`)."""
    if len(short) < 2 or len(full) < len(short) + 2 or short[0] != full[0]:
        return False
    if full.startswith(short):
        return len(short) >= 3
    if len(short) > 6 or len(short) < 3 or (short[-1] != full[-1] and len(short) < 4):
        return False
    letters = iter(full)
    return all(letter in letters for letter in short)


@lru_cache(maxsize=1_000_000)
def relate(one: str, other: str) -> Relation:
    """Relate two words; symmetric."""
    if one == other:
        return Relation.SAME
    short, full = (one, other) if len(one) <= len(other) else (other, one)
    if one.isdigit() or other.isdigit():
        found = Relation.OTHER
    elif sound_key(one) == sound_key(other) and len(short) >= 3:
        found = Relation.SOUND
    elif len(short) >= 5 and stem(one) == stem(other):
        found = Relation.STEM
    elif is_short_for(short, full):
        found = Relation.SHORT
    else:
        found = Relation.SLIP if _is_slip(short, full) else Relation.OTHER
    return found


def _is_slip(short: str, full: str) -> bool:
    allowed = 0 if len(short) < 4 else 1 if len(full) < 9 else 2
    return allowed > 0 and OSA.distance(short, full, score_cutoff=allowed) <= allowed
