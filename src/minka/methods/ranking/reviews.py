"""Scores by criterion made into one score per review, however incomplete. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Reviews:
    """One score of one item by one person per place; shape (reviews,) each.

    Args:
        item: from 0 up to `items`.
        person: from 0 up to `people`.
        score: in points.
        items: how many there are, also those that nobody scored.
        people: how many there are.

    Raises:
        ValueError: shapes disagree, a place does not exist, a score is not finite, or somebody
            scored an item twice.
    """

    item: Places
    person: Places
    score: Floats
    items: int
    people: int

    def __post_init__(self) -> None:
        if not self.item.shape == self.person.shape == self.score.shape:
            raise ValueError("one item, one person and one score per review are wanted")
        if not np.isfinite(self.score).all():
            raise ValueError("scores have to be finite")
        for places, count in ((self.item, self.items), (self.person, self.people)):
            if len(places) and not 0 <= places.min() <= places.max() < count:
                raise ValueError("a place does not exist")
        if len(np.unique(self.item * max(self.people, 1) + self.person)) < len(self.item):
            raise ValueError("somebody scored an item twice")

    @property
    def counts(self) -> Places:
        """How many scored each item, shape (items,)."""
        return np.bincount(self.item, minlength=self.items)

    @property
    def means(self) -> Floats:
        """The plain mean of each item, shape (items,); NaN where nobody scored it."""
        sums = np.bincount(self.item, weights=self.score, minlength=self.items)
        with np.errstate(invalid="ignore"):
            found: Floats = sums / self.counts
        return found


def combine(points: Floats, weights: Floats) -> Floats:
    """Return one score per review: the weighted mean of its criteria.

    Where a criterion is missing the others stand for it, each criterion being brought to the
    level of the others first: how much higher people score by it is estimated by least squares
    from all reviews (a level per review, a level per criterion). Complete reviews have their
    plain weighted mean.

    Args:
        points: shape (reviews, criteria); NaN where not given.
        weights: shape (criteria,), positive; only their ratio counts.

    Returns:
        Shape (reviews,); NaN for a review without any points.

    Raises:
        ValueError: shapes disagree, or a weight is not positive.
    Source: two-way layout with missing cells, Yates (1934), JASA 29(185).
    """
    if points.ndim != 2 or points.shape[1:] != weights.shape:
        raise ValueError(f"shapes disagree: points {points.shape}, weights {weights.shape}")
    if not (np.isfinite(weights) & (weights > 0)).all():
        raise ValueError("weights have to be positive")
    said = ~np.isnan(points)
    shares = weights / weights.sum()
    levels = _levels(points, said)
    eased = np.where(said, points - levels, 0.0)
    held = np.where(said, shares, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = (eased * held).sum(axis=1) / held.sum(axis=1)
    return found + float(levels @ shares)


def _levels(points: Floats, said: NDArray[np.bool_]) -> Floats:
    """Return how much higher each criterion is scored than all of them in the same review."""
    held = said[said.any(axis=1)].astype(np.float64)
    if not len(held):
        return np.zeros(points.shape[1])
    known = np.where(said, points, 0.0)[said.any(axis=1)]
    counts = held.sum(axis=1, keepdims=True)
    inner = np.diag(held.sum(axis=0)) - held.T @ (held / counts)
    cross = (known - held * (known.sum(axis=1, keepdims=True) / counts)).sum(axis=0)
    found: Floats = np.linalg.pinv(inner, hermitian=True) @ cross
    return found
