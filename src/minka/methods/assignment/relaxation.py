"""The linear relaxation of an assignment, on few pairs at a time and yet true for all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, eye_array, hstack, vstack

from minka.methods.assignment.task import Floats, Task

Mask = NDArray[np.bool_]
SCALE = 1e3  # largest fit handed to the solver, whose tolerances are absolute
_ALL_PAIRS = 20_000  # up to so many pairs are taken at once
_FEW_PAIRS = 5_000
_FIRST = 12  # best people taken per item at first, where there are more pairs
_PRICE = 1e-7
_SHORT = 1e-6
_NO_LIMIT = 1e30
_SHORTEST = 0.1  # seconds
_OUT_OF_TIME = 1
_INFEASIBLE = 2  # status of scipy.optimize.linprog


Left = Callable[[], float]  # how many seconds there are left; the caller holds the clock


def endless() -> float:
    """Return so many seconds that the answer is waited for."""
    return 1e6


class Unsolved(RuntimeError):
    """The solver gave up: there is neither a best choice nor a proof that there is none."""


class OutOfTime(Unsolved):
    """The time that was given is over."""


class Aim(Enum):
    """What the relaxation is solved for."""

    SUM = "the most of all fits"
    SHORTFALL = "the least by which the limits are missed"
    THRESHOLD = "the most of the worst-served item"


@dataclass(frozen=True, slots=True)
class _More:
    """Variables beside the pairs."""

    costs: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Rows:
    """The limits on some pairs: `equal` · x = needs, `bounded` · x ≤ limits."""

    items: NDArray[np.intp]
    people: NDArray[np.intp]
    equal: csr_array
    bounded: csr_array
    limits: Floats


@dataclass(frozen=True, slots=True)
class Relaxed:
    """An optimum of the relaxation over all allowed pairs.

    Args:
        rows: of the pairs that were looked at.
        shares: shape (pairs,): how much of each of them is chosen, 0 to 1.
        value: what is maximised, in the solver's scale; for `shortfall` what is missing.
        loss: shape (items, people): what the value falls by per unit of a pair, at least; negative
            for pairs chosen whole. It holds for pairs that were not looked at, too.
        item_prices, load_prices, least_prices: how much each limit counts.
        kind_prices: shape (kinds, items): the same of the kinds each item has to get.
    """

    rows: Rows
    shares: Floats
    value: float
    loss: Floats
    item_prices: Floats
    load_prices: Floats
    least_prices: Floats
    kind_prices: Floats


@dataclass(slots=True)
class Relaxation:
    """A task laid out for the solver; `used` are the pairs looked at so far.

    Source: transportation problem, Hitchcock (1941), whose corners are whole (Hoffman & Kruskal
        1956, "Integral Boundary Points of Convex Polyhedra"); column generation, Dantzig & Wolfe
        (1960), "Decomposition Principle for Linear Programs", Operations Research 8(1).
    """

    task: Task
    left: Left = endless
    scale: float = field(init=False)
    fits: Floats = field(init=False)
    allowed: Mask = field(init=False)
    used: Mask = field(init=False)

    def __post_init__(self) -> None:
        self.allowed = self.task.allowed
        largest = float(np.nanmax(np.abs(self.task.fits))) if self.allowed.any() else 0.0
        self.scale = SCALE / (largest or 1.0)
        self.fits = np.where(self.allowed, self.task.fits * self.scale, 0.0)
        self.used = self.allowed if self.allowed.sum() <= _ALL_PAIRS else self._best_pairs()

    def best_sum(self, threshold: float | None, *, within: Mask | None = None) -> Relaxed | None:
        """Maximise the sum with every item at `threshold` (scaled) or more; None if impossible.

        Args:
            threshold: None where no item is held to anything.
            within: pairs that may be chosen, all allowed ones where none are named.
        """
        allowed = self.allowed if within is None else within
        if (self.task.fixed_table.sum(axis=1) > self.task.needs).any():
            return None
        found = self._generate(allowed, threshold, Aim.SUM)
        if found is None and self.shortfall(threshold, within=allowed).value <= _SHORT:
            found = self._generate(allowed, threshold, Aim.SUM)
        return found

    def shortfall(self, threshold: float | None, *, within: Mask | None = None) -> Relaxed:
        """Return by how much the limits cannot be met together, at the least."""
        allowed = self.allowed if within is None else within
        found = self._generate(allowed, threshold, Aim.SHORTFALL)
        if found is None:
            raise Unsolved("the solver found no way to miss the limits")
        return found

    def highest_threshold(self) -> float:
        """Return what no assignment serves its worst item better than, in the solver's scale.

        Wants limits that can be met together.
        """
        found = self._generate(self.allowed, 0.0, Aim.THRESHOLD)
        return np.inf if found is None else found.value

    def rows(self, used: Mask, threshold: float | None) -> Rows:
        """Return the limits on the pairs of a mask."""
        task = self.task
        items, people = np.nonzero(used)
        count, at = len(items), np.arange(len(items))
        ones = np.ones(count)
        size, crowd = used.shape

        def across(values: Floats, lines: NDArray[np.intp], height: int) -> csr_array:
            return coo_array((values, (lines, at)), shape=(height, count)).tocsr()

        equal = across(ones, items, size)
        load = across(ones, people, crowd)
        blocks, limits = [load, -load], [np.array(task.most), -np.array(task.least)]
        asked = np.array(task.needs) > 0
        for kind in task.kinds:
            inside = np.isin(people, list(kind.people)).astype(np.float64)
            blocks.append(across(-inside, items, size))
            limits.append(-np.where(asked, kind.at_least, 0))
        if threshold is not None:
            blocks.append(across(-self.fits[items, people], items, size))
            limits.append(np.where(asked, -threshold, _NO_LIMIT))
        return Rows(
            items, people, equal, vstack(blocks, format="csr"),
            np.concatenate(limits).astype(np.float64),
        )  # fmt: skip

    def lower(self, rows: Rows) -> Floats:
        """Return 1 for pairs that are fixed, else 0."""
        return self.task.fixed_table[rows.items, rows.people].astype(np.float64)

    def _generate(self, allowed: Mask, threshold: float | None, aim: Aim) -> Relaxed | None:
        """Solve on the used pairs, and add those that would improve it until there are none."""
        while True:
            found = self._solve(allowed, threshold, aim)
            if found is None:
                return None
            fresh = allowed & ~self.used & (found.loss < -_PRICE)
            if not fresh.any():
                return found
            self.used = self.used | fresh

    def _solve(self, allowed: Mask, threshold: float | None, aim: Aim) -> Relaxed | None:
        used = self.used & allowed
        if not used.any():  # the solver wants something to choose, be it nothing
            used[0, 0] = True
        rows = self.rows(used, threshold)
        count, (size, crowd) = len(rows.items), allowed.shape
        costs = -self.fits[rows.items, rows.people] if aim is Aim.SUM else np.zeros(count)
        equal, bounded, more = self._columns(rows, aim)
        costs, low = np.append(costs, more.costs), np.append(self.lower(rows), more.low)
        kept = rows.limits < _NO_LIMIT
        seconds = max(self.left(), _SHORTEST)
        done = linprog(
            costs, A_ub=bounded[kept], b_ub=rows.limits[kept], A_eq=equal,
            b_eq=np.array(self.task.needs, dtype=np.float64),
            bounds=np.stack([low, np.append(allowed[rows.items, rows.people], more.high)], axis=1),
            # of many pairs, corners are hard to walk along and quickly come upon from inside
            method="highs-ipm" if count > _FEW_PAIRS else "highs",
            options={"time_limit": seconds},
        )  # fmt: skip
        if done.x is None:
            if done.status == _INFEASIBLE:
                return None
            if done.status == _OUT_OF_TIME:
                raise OutOfTime(done.message)
            raise Unsolved(done.message)
        prices = np.zeros(len(rows.limits))
        prices[kept] = done.ineqlin.marginals
        base = -self.fits if aim is Aim.SUM else np.zeros(allowed.shape)
        loss = self._loss(base, done.eqlin.marginals, prices, held=threshold is not None)
        value = float(done.fun) if aim is Aim.SHORTFALL else -float(done.fun)
        return Relaxed(
            rows, done.x[:count], value, np.where(allowed, loss, np.inf),
            done.eqlin.marginals, prices[:crowd], prices[crowd : 2 * crowd],
            prices[2 * crowd :][: size * len(self.task.kinds)].reshape(-1, size),
        )  # fmt: skip

    def _columns(self, rows: Rows, aim: Aim) -> tuple[csr_array, csr_array, _More]:
        """Return the limits with what else may be chosen: ways to miss them, or the threshold."""
        size, lines = rows.equal.shape[0], rows.bounded.shape[0]
        if aim is Aim.SHORTFALL:  # every limit may be missed, at the price of one per unit
            equal = hstack([rows.equal, eye_array(size), csr_array((size, lines))], format="csr")
            bounded = hstack(
                [rows.bounded, csr_array((lines, size)), -eye_array(lines)], format="csr"
            )
            many = size + lines
            return equal, bounded, _More(np.ones(many), np.zeros(many), np.full(many, np.inf))
        if aim is Aim.THRESHOLD:  # what every item has to reach is itself raised
            column = np.zeros((lines, 1))
            column[lines - size :] = 1.0
            equal = hstack([rows.equal, csr_array((size, 1))], format="csr")
            bounded = hstack([rows.bounded, csr_array(column)], format="csr")
            return equal, bounded, _More(-np.ones(1), np.full(1, -np.inf), np.full(1, np.inf))
        nothing = np.zeros(0)
        return rows.equal, rows.bounded, _More(nothing, nothing, nothing)

    def _loss(self, base: Floats, equal: Floats, bounded: Floats, *, held: bool) -> Floats:
        """Return the reduced cost of every pair from the prices of the limits."""
        size, crowd = self.fits.shape
        loss: Floats = (
            base - equal[:, None] - bounded[None, :crowd] + bounded[None, crowd : 2 * crowd]
        )
        at = 2 * crowd
        for kind in self.task.kinds:
            people = sorted(kind.people)
            loss[:, people] += bounded[at : at + size, None]
            at += size
        if held:
            loss += self.fits * bounded[at : at + size, None]
        return loss

    def _best_pairs(self) -> Mask:
        """Return the best people of each item, the best items of each person, and fixed pairs."""
        ranked = np.where(self.allowed, self.fits, -np.inf)
        size, crowd = ranked.shape
        many = min(crowd, max(_FIRST, 2 * max(self.task.needs, default=0)))
        used = np.zeros_like(self.allowed)
        best = np.argpartition(-ranked, many - 1, axis=1)[:, :many]
        np.put_along_axis(used, best, values=True, axis=1)
        share = min(size, int(np.ceil(many * size / crowd)))
        best = np.argpartition(-ranked, share - 1, axis=0)[:share]
        np.put_along_axis(used, best, values=True, axis=0)
        return (used | (self.task.fixed_table > 0)) & self.allowed
