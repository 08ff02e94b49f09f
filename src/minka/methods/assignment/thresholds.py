"""What totals an item can have, and which pairs an item could not reach a threshold with."""

from itertools import combinations
from math import comb

import numpy as np

from minka.methods.assignment.relaxation import Mask, Relaxation
from minka.methods.assignment.task import Floats

_FEW_SETS = 250_000  # up to so many sets of people, all totals there can be are listed
_SAME = 1e-6  # in the solver's scale


class Thresholds:
    """The totals that the worst-served item may have, in the solver's scale."""

    def __init__(self, relaxation: Relaxation) -> None:
        task = relaxation.task
        self._allowed = relaxation.allowed
        self._fits = np.where(relaxation.allowed, relaxation.fits, -np.inf)
        self._needs = np.array(task.needs)
        ranked = -np.sort(-self._fits, axis=1)
        sums = np.cumsum(np.where(np.isfinite(ranked), ranked, -1e12), axis=1)
        sums = np.hstack([np.zeros((len(sums), 1)), sums])
        at = np.arange(len(sums))
        self._asked = self._needs > 0
        self._best = sums[at, self._needs]
        self._rest = sums[at, np.maximum(self._needs - 1, 0)]
        self._last = ranked[at, np.maximum(self._needs - 1, 0)]
        self._totals = self._listed()

    @property
    def own_best(self) -> float:
        """What the item with the lowest total could have, were all people its own."""
        return float(self._best[self._asked].min(initial=np.inf))

    def mask(self, threshold: float) -> Mask:
        """Return the pairs with which, and its best others, an item reaches the threshold."""
        with_pair = np.where(
            self._fits >= self._last[:, None], self._best[:, None], self._rest[:, None] + self._fits
        )
        reaches = (with_pair >= threshold) | ~self._asked[:, None]
        found: Mask = self._allowed & reaches
        return found

    def down(self, threshold: float) -> float:
        """Return the highest total there can be that is not above a threshold."""
        if self._totals is None:
            return threshold
        place = int(np.searchsorted(self._totals, threshold + _SAME, side="right"))
        return float(self._totals[place - 1]) if place else -np.inf

    def below(self, threshold: float) -> float:
        """Return the highest total there can be below a threshold."""
        return self.down(threshold - 2 * _SAME)

    def between(self, low: float, high: float) -> float:
        """Return a total above `low` that halves what is left up to `high`."""
        if self._totals is None:
            return (low + high) / 2
        first = int(np.searchsorted(self._totals, low + _SAME, side="right"))
        last = int(np.searchsorted(self._totals, high + _SAME, side="right"))
        return float(self._totals[(first + last) // 2]) if last > first else high

    def _listed(self) -> Floats | None:
        counts = self._allowed.sum(axis=1)
        asked = np.flatnonzero(self._asked)
        needs = self._needs[asked].tolist()
        sets = sum(map(comb, counts[asked].tolist(), needs))
        if sets > _FEW_SETS:
            return None
        found = [np.zeros(0)]
        for item, need in zip(asked, needs, strict=True):
            own = self._fits[item][self._allowed[item]]
            chosen = np.array(list(combinations(range(len(own)), need)), dtype=np.intp)
            found.append(own[chosen].sum(axis=1) if len(chosen) else np.zeros(0))
        totals: Floats = np.unique(np.concatenate(found))
        return totals
