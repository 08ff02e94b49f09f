"""In what share of draws within the uncertainty of weights and ratings each item stays in."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from minka.methods.shortlist.solver import Programme
from minka.methods.shortlist.wishes import Wishes

Floats = NDArray[np.float64]
DRAWS = 2_000
WEIGHT_CONCENTRATION = 50.0  # a weight of 25 % is drawn with a standard deviation of 6 points
_CHUNK = 100
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Robustness:
    """How firm a choice is.

    Args:
        stays: shape (items,): the share of draws in whose best set the item is.
        same_set: the share of draws whose best set is the chosen one.
        sets: the sets met most often, with their shares.
        draws: how many were made; the standard error of a share p is √(p (1 - p) / draws).
    """

    stays: tuple[float, ...]
    same_set: float
    sets: tuple[tuple[tuple[int, ...], float], ...]
    draws: int


@dataclass(frozen=True, slots=True)
class Scores:
    """What the values of items are made of, and how surely it is known.

    Args:
        points: shape (items, criteria), in any unit; NaN where missing.
        errors: shape (items, criteria): standard errors in the same unit.
        weights: shape (criteria,), positive; only their ratio counts.
    """

    points: Floats
    errors: Floats
    weights: Floats

    def values(self) -> Floats:
        """Return the weighted mean of each item, shape (items,), over what is not missing."""
        said = ~np.isnan(self.points)
        held = said * self.weights
        means: Floats = (np.where(said, self.points, 0.0) * held).sum(axis=1) / held.sum(axis=1)
        return means


def draw_values(
    scores: Scores,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    concentration: float = WEIGHT_CONCENTRATION,
) -> Floats:
    """Return values of the items as they could be within what is not known for sure.

    Scores are drawn normally around the given ones by their standard errors, weights from a
    Dirichlet distribution around the given ones. A score that is missing leaves its weight to the
    other criteria of the item.

    Args:
        scores: of the items by the criteria.
        draws: how many.
        seed: the same one gives the same draws.
        concentration: of the Dirichlet distribution; infinite to leave the weights as they are.

    Returns:
        Shape (draws, items), in the unit of the scores.
    Source: stochastic multicriteria acceptability analysis, Lahdelma, Hokkanen & Salminen (1998),
        "SMAA", European Journal of Operational Research 106(1).
    """
    random = np.random.default_rng(seed)
    shares = scores.weights / scores.weights.sum()
    if np.isinf(concentration) or len(shares) == 1:
        drawn = np.broadcast_to(shares, (draws, len(shares)))
    else:
        drawn = random.dirichlet(concentration * shares, size=draws)
    said = ~np.isnan(scores.points)
    known, spread = np.where(said, scores.points, 0.0), np.where(said, scores.errors, 0.0)
    found = np.empty((draws, len(known)))
    for number in range(draws):
        moved = known + spread * random.standard_normal(known.shape)
        held = said * drawn[number]
        found[number] = (moved * held).sum(axis=1) / held.sum(axis=1)
    return found


def robustness(
    wishes: Wishes,
    chosen: Sequence[int],
    values: Floats,
    *,
    processes: int = 1,
    progress: Progress = lambda _done: None,
) -> Robustness:
    """Choose anew for each draw and count.

    Args:
        wishes: with at least one allowed set.
        chosen: the set whose firmness is asked for.
        values: shape (draws, items), as from `draw_values`.
        processes: more than one work side by side where the system can fork.
        progress: called with the number of draws that are done.
    """
    counts: Counter[tuple[int, ...]] = Counter()
    chunks = [values[at : at + _CHUNK] for at in range(0, len(values), _CHUNK)]
    done = 0
    for chunk, found in zip(chunks, _each(wishes, chunks, processes), strict=True):
        counts.update(found)
        done += len(chunk)
        progress(done)
    stays = np.zeros(len(wishes.values))
    for one, times in counts.items():
        stays[list(one)] += times
    often = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:5]
    return Robustness(
        stays=tuple((stays / len(values)).tolist()),
        same_set=counts[tuple(sorted(chosen))] / len(values),
        sets=tuple((one, times / len(values)) for one, times in often),
        draws=len(values),
    )


def _each(wishes: Wishes, chunks: list[Floats], processes: int) -> Iterator[list[tuple[int, ...]]]:
    if processes < 2 or not hasattr(os, "fork"):
        yield from (_best_sets(wishes, chunk) for chunk in chunks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        yield from pool.map(_best_sets, [wishes] * len(chunks), chunks)


def _best_sets(wishes: Wishes, values: Floats) -> list[tuple[int, ...]]:
    programme = Programme(wishes)
    found = (programme.solve(values=row) for row in values)
    return [choice.chosen for choice in found if choice is not None]
