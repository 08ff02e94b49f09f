"""The words of many names as columns, and which of two by two are related, by the thousand."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from minka.methods.linkage.evidence import role_of
from minka.methods.linkage.phonetics import sound_key
from minka.methods.linkage.tokens import is_short_for, stem
from minka.methods.linkage.vocabulary import Vocabulary

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_LETTERS = 64  # bits of a mask of the letters that a word has
_MOST_SLIPS = 2


class WordTable:
    """Of each word what it weighs and whether there is more to it, in the order given."""

    def __init__(self, words: Sequence[str], vocabulary: Vocabulary) -> None:
        self.words = words
        self.weight: Floats = np.array([vocabulary.weight(word) for word in words])
        self.common: Flags = np.array([vocabulary.is_common(word) for word in words], np.bool_)
        self.role: Flags = np.array([bool(role_of(word, vocabulary)) for word in words], np.bool_)
        self.place: Flags = np.array([word in vocabulary.places for word in words], np.bool_)
        self.size: Ints = np.array([len(word) for word in words], np.int64)
        self._filler = _numbered([vocabulary.common.get(word, "") for word in words])
        self._sound = _numbered([sound_key(word) for word in words])
        self._stem = _numbered([stem(word) for word in words])
        self._first = _numbered([word[:1] for word in words])
        self._letters: Ints = np.array([_mask(word) for word in words], np.int64)

    def related(self, one: Ints, other: Ints) -> Flags:
        """Tell of pairs of different words which `tokens.relate` might find related.

        Two fillers that mean the same are, too. Some that it does not relate are told as well:
        numbers that sound alike, two places one letter apart.
        """
        size = len(self.words)
        distinct, which = np.unique(
            np.minimum(one, other) * size + np.maximum(one, other), return_inverse=True
        )
        a, b = distinct // size, distinct % size
        shorter = np.minimum(self.size[a], self.size[b])
        longer = np.maximum(self.size[a], self.size[b])
        found: Flags = (self._filler[a] == self._filler[b]) & (self._filler[a] > 0)
        found |= self._sound[a] == self._sound[b]
        found |= (self._stem[a] == self._stem[b]) & (shorter >= 5)
        short = (self._first[a] == self._first[b]) & (shorter >= 3) & (longer >= shorter + 2)
        self._set(found, short, a, b, self._are_short)
        apart = np.bitwise_count(self._letters[a] ^ self._letters[b])
        slips = (shorter >= 4) & (longer - shorter <= _MOST_SLIPS) & (apart <= 2 * _MOST_SLIPS)
        self._set(found, slips, a, b, self._are_slips)
        result: Flags = found[which.ravel()]
        return result

    def _set(
        self, found: Flags, among: Flags, a: Ints, b: Ints, tell: Callable[[Ints, Ints], Flags]
    ) -> None:
        at = np.flatnonzero(among & ~found)
        found[at] = tell(a[at], b[at])

    def _are_short(self, a: Ints, b: Ints) -> Flags:
        pairs = zip(self._spelled(a), self._spelled(b), strict=True)
        return np.array(
            [is_short_for(*sorted(pair, key=len)) for pair in pairs], np.bool_
        )  # fmt: skip

    def _are_slips(self, a: Ints, b: Ints) -> Flags:
        if not len(a):
            return np.zeros(0, np.bool_)
        apart = cpdist(
            self._spelled(a), self._spelled(b), scorer=OSA.distance, score_cutoff=_MOST_SLIPS
        )
        found: Flags = apart <= _MOST_SLIPS
        return found

    def _spelled(self, numbers: Ints) -> list[str]:
        return [self.words[number] for number in numbers.tolist()]


def _mask(word: str) -> int:
    found = 0
    for letter in word:
        found |= 1 << ord(letter) % _LETTERS
    return found if found < 1 << 63 else found - (1 << 64)


def _numbered(texts: Iterable[str]) -> Ints:
    known = {"": 0}
    return np.array([known.setdefault(text, len(known)) for text in texts], np.int64)
