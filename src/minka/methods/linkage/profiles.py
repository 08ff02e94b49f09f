"""What two groups say about being one organisation, thing by thing.

A row leaves most things unsaid, and the mean over rows drowns the few that speak: five namesakes
without a place hide that the sixth is of Puno and the other group of Tacna. So each thing is
averaged over the pairs that say something about it, as if each group were one full record.
"""

from array import array
from collections.abc import Callable, Sequence
from math import prod
from operator import truediv

import numpy as np
from numpy.typing import NDArray

from minka.methods.linkage.comparisons import COMPARISONS
from minka.methods.linkage.model import Levels, Weights

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
FindLevels = Callable[[Ints], Levels]
# Of each thing the sum of the bits of the pairs that speak of it; then, in the same order, the
# number of those pairs. An array, for there are as many as links and a list takes four times that.
Profile = Sequence[float]
_NAME = ("name", "rarity", "other_names")  # one thing, and the first
_ALWAYS = ("name", "differ")  # no difference is a thing said, too
_THINGS = ("", *(c.key for c in COMPARISONS if c.key not in _NAME))
_HARDLY = 1e-300  # times that an unsaid thing is said: no zero to divide by, and no weight
BEST_NAME = 0.5  # an organisation is known by one of its names: the best counts half
_SIZES = [len(comparison.levels) for comparison in COMPARISONS]
_PLACES = np.array([prod(_SIZES[:at]) for at in range(len(_SIZES))], dtype=np.int64)


def total(profile: Profile, best_name: float, prior_bits: float) -> float:
    """Return the bits for two groups being one, each taken as one record.

    Args:
        profile: the sum over the pairs between the groups.
        best_name: what the name of the pair says that speaks loudest by its name.
        prior_bits: of any two records.
    """
    half = len(profile) // 2
    start = prior_bits + BEST_NAME * (best_name - profile[0] / profile[half])
    return sum(map(truediv, profile[:half], profile[half:]), start)


class Profiles:
    """Profiles of single pairs; levels are found when they are first asked for.

    Pairs have few different sets of levels: each is drawn up once, as a row of a table.
    """

    def __init__(self, weights: Weights, find_levels: FindLevels, pairs: int) -> None:
        self.prior_bits = weights.prior_bits
        self._find = find_levels
        self._row = np.full(pairs, -1, dtype=np.int32)
        self._table: Floats = np.zeros((0, 2 * len(_THINGS)))
        self._drawn: dict[int, Profile] = {}
        self._read = [
            (
                0 if c.key in _NAME else _THINGS.index(c.key),
                np.array([weights.of(c.key, level.key) for level in c.levels]),
                np.array([c.key in _ALWAYS or not level.reference for level in c.levels]),
            )
            for c in COMPARISONS
        ]

    def load(self, pairs: Ints) -> None:
        """Find the levels of these pairs, all at once."""
        wanted = pairs[self._row[pairs] < 0]
        if len(wanted):
            distinct, which = np.unique(self._find(wanted) @ _PLACES, return_inverse=True)
            self._row[wanted] = which.ravel() + len(self._table)
            self._table = np.concatenate([self._table, self._draw(distinct)])

    def of(self, pair: int) -> Profile:
        """Return the profile of one pair whose levels are loaded; the name is its first thing."""
        row = int(self._row[pair])
        if (known := self._drawn.get(row)) is None:
            known = self._drawn[row] = array("d", self._table[row].tobytes())
        return known

    def table(self, pairs: Ints) -> Floats:
        """Return the profiles of many pairs: bits of each thing, then whether each is said."""
        self.load(pairs)
        found: Floats = self._table[self._row[pairs]]
        return found

    def _draw(self, levels: Ints) -> Floats:
        bits = np.zeros((len(levels), len(_THINGS)))
        said = np.full((len(levels), len(_THINGS)), _HARDLY)
        for (at, table, says), size in zip(self._read, _SIZES, strict=True):
            levels, level = np.divmod(levels, size)
            bits[:, at] += table[level]
            said[says[level] | (table[level] != 0), at] = 1.0
        return np.concatenate([bits, said], axis=1)
