"""The best set under wishes, proven: a small integer programme solved by HiGHS."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array, csr_array, vstack

from minka.methods.shortlist.wishes import (
    Budget,
    Constraint,
    MustHave,
    NeverTogether,
    Share,
    Wishes,
)

Floats = NDArray[np.float64]
_SCALE = 1e4  # largest value handed to the solver, whose tolerances are absolute
_WHOLE = 1e-7
_INFEASIBLE = 2  # status of scipy.optimize.milp


class Unsolved(RuntimeError):
    """The solver gave up without an answer: neither a best set nor a proof that there is none."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen items in ascending order, their value, and the gap left to the proven bound."""

    chosen: tuple[int, ...]
    value: float
    gap: float


@dataclass(slots=True)
class _Row:
    """One row of the programme: low ≤ Σ weight · variable ≤ high."""

    weights: dict[int, float]
    low: float
    high: float


@dataclass(slots=True)
class Programme:
    """Wishes laid out for the solver once, to be solved for many values and variations.

    Variables are one per item and one per bonus; what is varied is handed to `solve`.
    """

    wishes: Wishes
    _table: csr_array = field(init=False)
    _low: Floats = field(init=False)
    _high: Floats = field(init=False)

    def __post_init__(self) -> None:
        items = len(self.wishes.values)
        fewest = self.wishes.size if self.wishes.fewest is None else self.wishes.fewest
        rows = [_Row(dict.fromkeys(range(items), 1.0), fewest, self.wishes.size)]
        rows += [_row(constraint) for constraint in self.wishes.constraints]
        for place, bonus in enumerate(self.wishes.bonuses, start=items):
            both = (bonus.one, bonus.other)
            if bonus.value > 0:  # counted only when both are in
                rows += [_Row({place: 1.0, item: -1.0}, -np.inf, 0.0) for item in both]
            else:  # counted as soon as both are in
                rows.append(_Row({place: -1.0, both[0]: 1.0, both[1]: 1.0}, -np.inf, 1.0))
        self._table = _matrix(rows, items + len(self.wishes.bonuses))
        self._low = np.array([row.low for row in rows], dtype=np.float64)
        self._high = np.array([row.high for row in rows], dtype=np.float64)

    def solve(
        self,
        *,
        values: Floats | None = None,
        inside: Iterable[int] = (),
        outside: Iterable[int] = (),
        unlike: Sequence[Sequence[int]] = (),
    ) -> Choice | None:
        """Return the best set, or None where no set is allowed.

        Args:
            values: shape (items,), instead of those of the wishes.
            inside: items that have to be in.
            outside: items that may not be in.
            unlike: sets of items that may not be the answer again.

        Raises:
            Unsolved: the solver found neither.
        """
        own = np.asarray(self.wishes.values if values is None else values, dtype=np.float64)
        gains = np.concatenate([own, [bonus.value for bonus in self.wishes.bonuses]])
        bounds = self._bounds(inside, outside)
        if bounds is None:
            return None
        limits = self._limits(unlike)
        largest = float(np.abs(gains).max(initial=0.0)) or 1.0
        costs = -gains * (_SCALE / largest)
        found = _solve(costs, bounds, limits, whole=False)
        if found.x is not None and not _is_whole(found.x[: len(own)]):
            found = _solve(costs, bounds, limits, whole=True)
        if found.x is None:
            if found.status == _INFEASIBLE:
                return None
            raise Unsolved(found.message)
        chosen = tuple(int(item) for item in np.flatnonzero(found.x[: len(own)] > 0.5))
        value = self._value(own, chosen)
        return Choice(chosen, value, float(getattr(found, "mip_gap", None) or 0.0))

    def _value(self, own: Floats, chosen: tuple[int, ...]) -> float:
        held = set(chosen)
        bonuses = (b.value for b in self.wishes.bonuses if b.one in held and b.other in held)
        return float(sum(own[list(chosen)].tolist()) + sum(bonuses))

    def _bounds(self, inside: Iterable[int], outside: Iterable[int]) -> Bounds | None:
        size = self._table.shape[1]
        low, high = np.zeros(size), np.ones(size)
        low[list(inside)] = 1.0
        high[list(outside)] = 0.0
        return Bounds(low, high) if (low <= high).all() else None

    def _limits(self, unlike: Sequence[Sequence[int]]) -> LinearConstraint:
        if not unlike:
            return LinearConstraint(self._table, self._low, self._high)
        rows = [self._cut(one) for one in unlike]
        more = _matrix(rows, self._table.shape[1])
        low = np.concatenate([self._low, [row.low for row in rows]])
        high = np.concatenate([self._high, [row.high for row in rows]])
        return LinearConstraint(vstack([self._table, more], format="csr"), low, high)

    def _cut(self, one: Sequence[int]) -> _Row:
        """Keep one set from being the answer; where sizes differ, that set and no other."""
        if self.wishes.fewest is None:
            return _Row(dict.fromkeys(one, 1.0), -np.inf, len(one) - 1.0)
        held = frozenset(one)
        signs = {item: 1.0 if item in held else -1.0 for item in range(len(self.wishes.values))}
        return _Row(signs, -np.inf, len(held) - 1.0)


def choose(wishes: Wishes) -> Choice | None:
    """Return the best set of exactly `size` items, or None where no set fulfils the wishes.

    The answer is proven: no allowed set has more value. The same wishes give the same set.

    Raises:
        Unsolved: the solver found neither a set nor a proof that there is none.
    Source: 0-1 programming, Dantzig (1957), "Discrete-Variable Extremum Problems"; solved by
        HiGHS, Huangfu & Hall (2018), "Parallelizing the dual revised simplex method".
    """
    return Programme(wishes).solve()


def _solve(
    costs: Floats, bounds: Bounds, limits: LinearConstraint, *, whole: bool
) -> OptimizeResult:
    """Minimise; first without asking for whole numbers, for the answer is whole most often."""
    return milp(
        costs,
        integrality=np.full(len(costs), int(whole)),
        bounds=bounds,
        constraints=limits,
        options={"mip_rel_gap": 0.0},
    )


def _is_whole(found: Floats) -> bool:
    return bool((np.abs(found - np.round(found)) <= _WHOLE).all())


def _row(constraint: Constraint) -> _Row:
    if isinstance(constraint, Share):
        most = np.inf if constraint.at_most is None else constraint.at_most
        return _Row(dict.fromkeys(sorted(constraint.members), 1.0), constraint.at_least, most)
    if isinstance(constraint, Budget):
        scale = max(map(abs, (*constraint.costs, constraint.at_most))) or 1.0
        costs = {item: cost / scale for item, cost in enumerate(constraint.costs) if cost}
        return _Row(costs, -np.inf, constraint.at_most / scale)
    if isinstance(constraint, NeverTogether):
        return _Row(dict.fromkeys(sorted(constraint.items), 1.0), -np.inf, 1.0)
    times = 1.0 if isinstance(constraint, MustHave) else 0.0
    return _Row({constraint.item: 1.0}, times, times)


def _matrix(rows: Sequence[_Row], columns: int) -> csr_array:
    across = [(place, item, w) for place, row in enumerate(rows) for item, w in row.weights.items()]
    at, items, weights = zip(*across, strict=True) if across else ((), (), ())
    shape = (len(rows), columns)
    return coo_array((np.array(weights, dtype=np.float64), (at, items)), shape=shape).tocsr()
