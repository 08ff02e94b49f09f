"""What two groups say about being one organisation, thing by thing.

A row leaves most things unsaid, and the mean over rows drowns the few that speak: five namesakes
without a place hide that the sixth is of Puno and the other group of Tacna. So each thing is
averaged over the pairs that say something about it, as if each group were one full record.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minka.methods.linkage.comparisons import COMPARISONS
from minka.methods.linkage.model import Levels, Weights

Ints = NDArray[np.int64]
FindLevels = Callable[[Ints], Levels]
_NAME = ("name", "rarity", "other_names")  # one thing
_ALWAYS = ("name", "differ")  # no difference is a thing said, too
_THINGS = ("", *(c.key for c in COMPARISONS if c.key not in _NAME))
_BEST_NAME = 0.5  # an organisation is known by one of its names: the best counts half


@dataclass(slots=True)
class Profile:
    """Of each thing, the sum of the bits of the pairs that speak of it, and their number."""

    bits: list[float]
    said: list[int]
    best_name: float

    def add(self, other: "Profile") -> None:
        self.bits = [one + more for one, more in zip(self.bits, other.bits, strict=True)]
        self.said = [one + more for one, more in zip(self.said, other.said, strict=True)]
        self.best_name = max(self.best_name, other.best_name)

    def total(self, prior_bits: float) -> float:
        """Return the bits for the two groups being one, each taken as one record."""
        found = prior_bits + _BEST_NAME * (self.best_name - self.bits[0] / self.said[0])
        for bits, said in zip(self.bits, self.said, strict=True):
            if said:
                found += bits / said
        return found


class Profiles:
    """Profiles of single pairs; levels are found when they are first asked for."""

    def __init__(self, weights: Weights, find_levels: FindLevels, pairs: int) -> None:
        self.prior_bits = weights.prior_bits
        self._find = find_levels
        self._levels = np.zeros((pairs, len(COMPARISONS)), dtype=np.int8)
        self._known = np.zeros(pairs, dtype=np.bool_)
        self._read = [
            (
                0 if c.key in _NAME else _THINGS.index(c.key),
                [weights.of(c.key, level.key) for level in c.levels],
                [c.key in _ALWAYS or not level.reference for level in c.levels],
            )
            for c in COMPARISONS
        ]

    def load(self, pairs: Ints) -> None:
        """Find the levels of these pairs, all at once."""
        wanted = pairs[~self._known[pairs]]
        if len(wanted):
            self._levels[wanted] = self._find(wanted)
            self._known[wanted] = True

    def of(self, pair: int) -> Profile:
        """Return the profile of one pair whose levels are loaded."""
        bits, said = [0.0] * len(_THINGS), [0] * len(_THINGS)
        for (at, table, says), level in zip(self._read, self._levels[pair].tolist(), strict=True):
            bits[at] += table[level]
            if says[level]:
                said[at] = 1
        return Profile(bits, said, bits[0])
