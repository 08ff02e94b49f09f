"""What a word of a name is worth: how rare it is in the data at hand, and what it stands for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import log2

from rapidfuzz.distance import OSA

from minka.methods.linkage.names import Name
from minka.methods.linkage.tokens import is_short_for, stem
from minka.methods.linkage.words import COMMON

_PRIOR_NAMES = 500.0  # names that the prior shares stand for, against those of the data
_PRIOR_COMMON = 0.004
_PRIOR_OTHER = 0.00002
FREQUENT = 0.012  # from this share of names a word is a filler here, listed or not
_FIRST_LETTER = 1


@dataclass(slots=True)
class Vocabulary:
    """Shares of words among distinct names; `seen` counts records, to tell slips from words."""

    names: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    bits: dict[str, float] = field(default_factory=dict)
    common: dict[str, str] = field(default_factory=dict)  # filler, or slip of one → its stem
    places: set[str] = field(default_factory=set)  # words that are names of places

    def weight(self, word: str) -> float:
        """Bits: minus the logarithm of the share of names that hold the word."""
        if (known := self.bits.get(word)) is not None:
            return known
        return self._measure(word)

    def concept(self, word: str) -> str:
        """Return the stem of the filler a word stands for, else the word itself."""
        return self.common.get(word, word)

    def is_common(self, word: str) -> bool:
        return word in self.common

    def is_same_filler(self, one: str, other: str) -> bool:
        """Tell whether two words stand for one filler: `construcciones`, `constructora`."""
        return one in self.common and self.common[one] == self.common.get(other)

    def is_established(self, word: str) -> bool:
        """Tell a spelling that several records agree on: hardly a slip."""
        return self.seen[word] >= 2 or word in COMMON

    def are_two_places(self, one: str, other: str) -> bool:
        """Tell two names of places: neither is a slip or an abbreviation of the other."""
        return one in self.places and other in self.places

    def _measure(self, word: str) -> float:
        prior = _PRIOR_COMMON if word in COMMON else _PRIOR_OTHER
        share = (self.counts[word] + _PRIOR_NAMES * prior) / (self.names + _PRIOR_NAMES)
        return -log2(min(share, 1.0))


def learn_vocabulary(names: Iterable[Name], usage: Mapping[Name, int]) -> Vocabulary:
    """Count the words of distinct names, and map slips and abbreviations of fillers to them.

    Args:
        names: distinct names.
        usage: how many records show each.
    """
    found = Vocabulary()
    for name in names:
        found.names += 1
        records = usage.get(name, 1)
        for word in set(name.words):
            found.counts[word] += 1
            found.seen[word] += records
    return weigh_words(found)


def weigh_words(found: Vocabulary) -> Vocabulary:
    """Give words that were counted their weights and meanings; fills in and returns `found`."""
    frequent = {w for w, n in found.counts.items() if n > max(30, FREQUENT * found.names)}
    fillers = COMMON | {word for word in frequent if len(word) > 3}
    found.common = {word: stem(word) for word in fillers}
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in sorted(fillers, key=lambda w: (-found.counts[w], w)):
        by_letter[word[:_FIRST_LETTER]].append(word)
    for word in found.counts:
        if word not in found.common and (meant := _filler_meant(word, by_letter, found)):
            found.common[word] = stem(meant)
            found.bits[word] = found.weight(meant)
    for word in found.counts:
        found.bits.setdefault(word, found.weight(word))
    return found


def _filler_meant(word: str, by_letter: Mapping[str, list[str]], found: Vocabulary) -> str:
    """Return the commonest filler that a rarer word abbreviates or misspells."""
    own = found.counts[word]
    for filler in by_letter.get(word[:_FIRST_LETTER], ()):
        if own * 4 > found.counts[filler] + 4 and own > 1:
            continue
        if len(word) >= 7 and abs(len(word) - len(filler)) <= 1:
            meant = OSA.distance(word, filler, score_cutoff=1) <= 1
        elif len(filler) >= 6 and 3 <= len(word) <= len(filler) - 2:
            meant = filler.startswith(word) or (len(word) <= 5 and _vowelless(word, filler))
        else:
            meant = False
        if meant:
            return filler
    return ""


def _vowelless(short: str, full: str) -> bool:
    """Abbreviations that keep consonants only: `svcs`, `tptes`, `grls`."""
    return sum(letter in "aeiou" for letter in short) <= 1 and is_short_for(short, full)
