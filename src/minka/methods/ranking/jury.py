"""Score = level + quality + severity + noise: its likelihood, and draws for given spreads."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.sparse import csr_array

from minka.methods.ranking.reviews import Floats, Places, Reviews


@dataclass(frozen=True, slots=True)
class Ratios:
    """Standard deviations of quality and of severity, in units of that of the noise."""

    quality: float
    severity: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the scores say for given ratios.

    Args:
        evidence: log of the restricted likelihood, the noise integrated out, up to a constant.
        level: the estimated mean of all scores; `information` is its precision × noise variance.
        square: what is left of squares, from which the noise follows with `Jury.freedom`.
        quality, severity: best linear unbiased predictions beside the level, in points.
    """

    ratios: Ratios
    evidence: float
    level: float
    information: float
    square: float
    quality: Floats
    severity: Floats


@dataclass(frozen=True, slots=True)
class _Factor:
    """The equations of the mixed model for given ratios, the larger side eliminated."""

    outer: float  # ratio of the side that is eliminated
    inner: float
    scales: Floats  # of the eliminated side
    cross: csr_array  # shape (inner, outer)
    root: Floats  # lower triangle of what is left for the inner side
    weights: Floats  # of the reviews
    log_volume: float

    def solve(self, outer: Floats, inner: Floats) -> tuple[Floats, Floats]:
        """Solve for both sides; the arguments are sums of weighted values by side."""
        right = self.inner * (inner - self.outer**2 * (self.cross @ (outer / self.scales)))
        core = cho_solve((self.root, True), right, check_finite=False)
        back = self.outer * (outer - self.inner * (self.cross.T @ core))
        return back / self.scales, core

    def draw(self, random: np.random.Generator, count: int) -> tuple[Floats, Floats]:
        """Draw deviations of both sides with the covariance of the equations; (side, count)."""
        chance = random.standard_normal((len(self.root), count))
        core = solve_triangular(self.root, chance, lower=True, trans=1)
        fresh = random.standard_normal((len(self.scales), count))
        told = self.outer * self.inner * (self.cross.T @ core)
        return fresh / np.sqrt(self.scales)[:, None] - told / self.scales[:, None], core


@dataclass(frozen=True)
class Jury:
    """Reviews laid out for the mixed model.

    Quality of items and severity of people are drawn from normal distributions around none, the
    level is fixed with a flat prior, noise is normal and alike for all. People who gave one
    review only are taken as part of its noise, which is the same and keeps the equations few.

    Source: mixed model equations and best linear unbiased prediction, Henderson (1975), "Best
        Linear Unbiased Estimation and Prediction under a Selection Model", Biometrics 31(2);
        restricted likelihood, Patterson & Thompson (1971), Biometrika 58(3).
    """

    reviews: Reviews
    step: float = field(init=False)

    def __post_init__(self) -> None:
        values = np.unique(self.reviews.score)
        gaps = np.diff(values)
        object.__setattr__(self, "step", float(gaps.min()) if len(gaps) else 1.0)

    @cached_property
    def freedom(self) -> int:
        """Degrees of freedom of the noise, its ratios being given."""
        return max(len(self.reviews.score) - 1, 1)

    @cached_property
    def rounding(self) -> float:
        """What rounding alone adds to the squares: that of one score (Sheppard 1898).

        It keeps the noise from being none where all scores are the same.
        """
        return self.step**2 / 12

    @cached_property
    def centre(self) -> float:
        """The plain mean of all scores."""
        return float(self.reviews.score.mean()) if len(self.reviews.score) else 0.0

    @cached_property
    def lone(self) -> NDArray[np.bool_]:
        """True for reviews of people who gave no other one."""
        given = np.bincount(self.reviews.person, minlength=self.reviews.people)
        found: NDArray[np.bool_] = (given == 1)[self.reviews.person]
        return found

    @cached_property
    def people(self) -> Places:
        """The people with several reviews, in ascending order."""
        return np.unique(self.reviews.person[~self.lone])

    @property
    def size(self) -> int:
        """How many unknowns the equations have after elimination."""
        return min(len(self.people), self.reviews.items)

    def fit(self, ratios: Ratios) -> Fitted:
        """Return what follows from the scores for given ratios."""
        factor = self._factor(ratios)
        score, ones = self.reviews.score - self.centre, np.ones(len(self.reviews.score))
        held = factor.weights
        sums = [self._sums(held * values) for values in (score, ones)]
        found = [self._solve(factor, *one) for one in sums]
        information = float(held.sum()) - _inner(sums[1], found[1], ratios)
        cross = float(held @ score) - _inner(sums[1], found[0], ratios)
        square = float(held @ score**2) - _inner(sums[0], found[0], ratios)
        level = cross / information if information > 0 else 0.0
        square = max(square - cross * level, 0.0)
        evidence = -0.5 * (
            factor.log_volume
            + np.log(max(information, 1e-300))
            + self.freedom * np.log(square + self.rounding)
        )
        items, people = (one - level * other for one, other in zip(*found, strict=True))
        return Fitted(
            ratios, float(evidence), self.centre + level, information, square,
            ratios.quality * items, ratios.severity * people,
        )  # fmt: skip

    def draw(
        self, fitted: Fitted, random: np.random.Generator, count: int
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Draw from the joint posterior for given ratios.

        Returns:
            Level and noise (standard deviation), shape (count,); quality beside the level, shape
            (items, count); severity of `people`, shape (people, count).
        """
        ratios = fitted.ratios
        factor = self._factor(ratios)
        square = fitted.square + self.rounding
        noise = np.sqrt(square / random.chisquare(self.freedom, count))
        away = noise * random.standard_normal(count) / np.sqrt(max(fitted.information, 1e-300))
        ones = self._solve(factor, *self._sums(factor.weights))
        items, people = self._turn(*factor.draw(random, count))
        quality = fitted.quality[:, None] + ratios.quality * (
            noise * items - away * ones[0][:, None]
        )
        severity = fitted.severity[:, None] + ratios.severity * (
            noise * people - away * ones[1][:, None]
        )
        return fitted.level + away, noise, quality, severity

    @cached_property
    def _turned(self) -> bool:
        """True where people are eliminated and items are left."""
        return len(self.people) > self.reviews.items

    def _turn(self, outer: Floats, inner: Floats) -> tuple[Floats, Floats]:
        """Return the two sides as items, people, or the other way round."""
        return (inner, outer) if self._turned else (outer, inner)

    def _sums(self, values: Floats) -> tuple[Floats, Floats]:
        items = np.bincount(self.reviews.item, weights=values, minlength=self.reviews.items)
        places = np.searchsorted(self.people, self.reviews.person[~self.lone])
        people = np.bincount(places, weights=values[~self.lone], minlength=len(self.people))
        return items.astype(np.float64), people.astype(np.float64)

    def _solve(self, factor: _Factor, items: Floats, people: Floats) -> tuple[Floats, Floats]:
        return self._turn(*factor.solve(*self._turn(items, people)))

    def _factor(self, ratios: Ratios) -> _Factor:
        weights = np.where(self.lone, 1.0 / (1.0 + ratios.severity**2), 1.0)
        outer_sum, inner_sum = self._turn(*self._sums(weights))
        outer, inner = ratios.quality, ratios.severity
        if self._turned:
            outer, inner = inner, outer
        scales = 1.0 + outer**2 * outer_sum
        told = self._cross @ csr_array(
            (outer**2 / scales, (np.arange(len(scales)), np.arange(len(scales))))
        )
        left = -(inner**2) * (told @ self._cross.T).toarray()
        left[np.diag_indices(len(left))] += 1.0 + inner**2 * inner_sum
        root = cholesky(left, lower=True, overwrite_a=True, check_finite=False)
        volume = float(np.log(scales).sum() + 2 * np.log(np.diag(root)).sum())
        volume -= float(np.log(weights).sum())
        return _Factor(outer, inner, scales, self._cross, root, weights, volume)

    @cached_property
    def _cross(self) -> csr_array:
        """How often people with several reviews met each item; shape (inner, outer)."""
        kept = ~self.lone
        places = np.searchsorted(self.people, self.reviews.person[kept])
        shape = (len(self.people), self.reviews.items)
        table = csr_array((np.ones(kept.sum()), (places, self.reviews.item[kept])), shape=shape)
        return table.T.tocsr() if self._turned else table


def _inner(sums: tuple[Floats, Floats], found: tuple[Floats, Floats], ratios: Ratios) -> float:
    return float(ratios.quality * (sums[0] @ found[0]) + ratios.severity * (sums[1] @ found[1]))
