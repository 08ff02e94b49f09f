"""Whole numbers from the relaxation, with a proof that no pair left aside would have helped."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from minka.methods.assignment.relaxation import Mask, Relaxation, Relaxed, Rows, Unsolved
from minka.methods.assignment.task import Floats, Pair

_WHOLE = 1e-6
_TOLERANCE = 1e-6  # in the solver's scale, a billionth of the largest fit
_INFEASIBLE = 2  # status of scipy.optimize.milp
_OUT_OF_TIME = 1
_ROUNDS = 3
_SHORTEST = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs whose sum is the most, and the bound proven on it, both in the solver's scale."""

    pairs: tuple[Pair, ...]
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class Nothing:
    """No whole choice was found; `is_proven` says whether there is none."""

    is_proven: bool


def best_whole(
    relaxation: Relaxation,
    threshold: float | None,
    *,
    share: float = 1.0,
    within: Mask | None = None,
) -> Found | Nothing:
    """Return the choice of pairs that sums to the most, every item at `threshold` or more.

    Only pairs that the relaxation looked at are tried at first. With a choice in hand, whatever
    pair could lift it by its reduced cost is added and the choice made again, so that the proof
    holds for all pairs.

    Args:
        relaxation: of the task.
        threshold: in the solver's scale; None where no item is held to anything.
        share: of the time left that may be taken.
        within: pairs that may be chosen, all allowed ones where none are named.

    Source: reduced-cost fixing, Dantzig, Fulkerson & Johnson (1954), "Solution of a Large-Scale
        Traveling-Salesman Problem"; branch and bound by HiGHS, Huangfu & Hall (2018).
    """
    allowed = relaxation.allowed if within is None else within
    relaxed = relaxation.best_sum(threshold, within=allowed)
    if relaxed is None:
        return Nothing(is_proven=True)
    if (np.abs(relaxed.shares - np.round(relaxed.shares)) <= _WHOLE).all():
        pairs = _pairs(relaxed.rows, relaxed.shares)
        return Found(pairs, relaxed.value, relaxed.value)
    used = relaxation.used & allowed
    reserve = (1.0 - share) * relaxation.left()
    found: Found | Nothing = Nothing(is_proven=False)
    for _round in range(_ROUNDS):
        found = _search(relaxation, relaxed, used, threshold, relaxation.left() - reserve)
        slack = np.inf if isinstance(found, Nothing) else relaxed.value - found.value + _TOLERANCE
        more = allowed & (relaxed.loss <= slack)
        if isinstance(found, Nothing):
            if not found.is_proven or not (allowed & ~used).any():
                return found
            more = _wider(relaxed, used, allowed)
        if not (more & ~used).any():
            return found
        if relaxation.left() <= reserve:
            break
        used = used | more
    return found if isinstance(found, Nothing) else Found(found.pairs, found.value, relaxed.value)


def _wider(relaxed: Relaxed, used: Mask, allowed: Mask) -> Mask:
    """Return the used pairs and about three times as many, those that lose least."""
    left = np.where(allowed & ~used, relaxed.loss, np.inf)
    many = min(3 * int(used.sum()), int((allowed & ~used).sum()))
    edge = np.partition(left, many - 1, axis=None)[many - 1]
    wider: Mask = used | (left <= edge)
    return wider


def _search(
    relaxation: Relaxation, relaxed: Relaxed, used: Mask, threshold: float | None, seconds: float
) -> Found | Nothing:
    rows = relaxation.rows(used, threshold)
    count = len(rows.items)
    values = relaxation.fits[rows.items, rows.people]
    needs = np.array(relaxation.task.needs, dtype=np.float64)
    done = milp(
        -values,
        integrality=np.ones(count),
        bounds=Bounds(relaxation.lower(rows), np.ones(count)),
        constraints=[
            LinearConstraint(rows.equal, needs, needs),
            LinearConstraint(rows.bounded, -np.inf, rows.limits),
        ],
        options={"mip_rel_gap": 0.0, "time_limit": max(seconds, _SHORTEST)},
    )
    if done.x is None:
        if done.status not in (_INFEASIBLE, _OUT_OF_TIME):
            raise Unsolved(done.message)
        return Nothing(is_proven=done.status == _INFEASIBLE)
    bound = min(-float(done.mip_dual_bound), relaxed.value)
    pairs = _pairs(rows, done.x)
    return Found(pairs, -float(done.fun), max(bound, -float(done.fun)))


def _pairs(rows: Rows, shares: Floats) -> tuple[Pair, ...]:
    chosen = shares > 0.5
    return tuple(zip(rows.items[chosen].tolist(), rows.people[chosen].tolist(), strict=True))
