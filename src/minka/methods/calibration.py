"""Points of raters of unlike severity, brought to one scale, with how sure each is. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Standard deviation of what one person gives beside what the panel would give, in points of a scale
# from 1 to 5, where too few people rated the same things to tell it.
ASSUMED_NOISE = 0.8
_LEAST_FREEDOM = 2
_RATIOS = np.concatenate([[0.0], np.geomspace(1e-3, 1e4, 141)])
_REFINEMENTS = 40


@dataclass(frozen=True, slots=True)
class Calibration:
    """What things are worth on the scale of the whole panel of raters.

    Args:
        values: shape (things,), in points: what the panel would give on average if all of it had
            rated; NaN where nobody rated.
        errors: shape (things,), in points: the standard error of each value; NaN where unrated.
        by_criterion: shape (things, criteria), in points, the severity of raters taken out.
        severities: shape (raters,), in points beside the mean of the panel, shrunken; negative
            for whoever gives less than the others.
        severity_errors: shape (raters,), in points: the standard error of each severity beside
            the mean of the panel.
        noise: in points: how far one rater's mean of a thing lies from what rater and thing
            explain (standard deviation).
        severity_spread: in points: the standard deviation of severities.
        is_assumed: True where too little was rated twice to tell the noise, and it was assumed.
    """

    values: Floats
    errors: Floats
    by_criterion: Floats
    severities: Floats
    severity_errors: Floats
    noise: float
    severity_spread: float
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    severities: Floats
    covariance: Floats
    noise: float
    spread: float
    is_assumed: bool


def calibrate(points: Floats, weights: Floats) -> Calibration:
    """Return the values of things with the severity of whoever rated them taken out.

    A rater's weighted mean of a thing is the thing's value, plus the rater's severity, plus noise.
    Values are fixed, severities drawn from a common distribution and so shrunken towards none, the
    more the less a rater rated; the two variances are those of restricted maximum likelihood. Only
    raters who used the same criteria on a thing are compared on it. Where everybody rated
    everything, and where no rater is more severe than another, values are the plain means.

    Args:
        points: shape (things, raters, criteria); NaN where not given.
        weights: shape (criteria,), positive; only their ratio counts.

    Raises:
        ValueError: shapes disagree, or a weight is not positive.
    Source: best linear unbiased prediction, Henderson (1975), Biometrics 31(2); restricted maximum
        likelihood of one random factor, Searle, Casella & McCulloch (1992), "Variance
        Components", sections 6.6 and 7.4.
    """
    if points.ndim != 3 or points.shape[2:] != weights.shape:
        raise ValueError(f"shapes disagree: points {points.shape}, weights {weights.shape}")
    if not (np.isfinite(weights) & (weights > 0)).all():
        raise ValueError("weights have to be positive")
    said = ~np.isnan(points)
    fit = _fit(points, said, weights)
    counts = said.sum(axis=1)
    eased = np.where(said, points - fit.severities[None, :, None], 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        by_criterion = eased.sum(axis=1) / counts
        held = np.where(counts > 0, weights, 0.0)
        held /= held.sum(axis=1, keepdims=True)
        values = np.where(counts > 0, by_criterion, 0.0) * held
        # what part of a thing's value is what a rater gave
        parts = np.where(said, (held / counts)[:, None, :], 0.0).sum(axis=2)
    rated = counts.any(axis=1)
    return Calibration(
        values=np.where(rated, values.sum(axis=1), np.nan),
        errors=np.where(rated, _errors(parts, fit), np.nan),
        by_criterion=by_criterion,
        severities=fit.severities,
        severity_errors=_severity_errors(fit.covariance),
        noise=fit.noise,
        severity_spread=fit.spread,
        is_assumed=fit.is_assumed,
    )


def _errors(parts: Floats, fit: _Fit) -> Floats:
    """Return how far values may lie from what the whole panel would give.

    Severity that all raters share is part of the panel's scale and no error.
    """
    raters = parts.shape[1]
    if not raters:
        return np.full(len(parts), np.nan)
    beside = 1.0 / raters - parts
    severity = np.einsum("ij,jk,ik->i", beside, fit.covariance, beside)
    found: Floats = np.sqrt(fit.noise**2 * (parts**2).sum(axis=1) + np.clip(severity, 0.0, None))
    return found


def _severity_errors(covariance: Floats) -> Floats:
    """Return the errors of severities beside their mean, which nobody can tell from the values."""
    beside = covariance - covariance.mean(axis=0, keepdims=True) if len(covariance) else covariance
    beside = beside - beside.mean(axis=1, keepdims=True) if len(covariance) else beside
    found: Floats = np.sqrt(np.clip(np.diag(beside), 0.0, None))
    return found


def _fit(points: Floats, said: NDArray[np.bool_], weights: Floats) -> _Fit:
    """Estimate severities from how raters of the same thing by the same criteria differ."""
    given = said.any(axis=2)
    things, raters = np.nonzero(given)
    held = said[things, raters] * weights
    rows = np.where(said[things, raters], points[things, raters], 0.0)
    means = (rows * held).sum(axis=1) / held.sum(axis=1)
    patterns = said[things, raters] @ (1 << np.arange(len(weights)))
    keys = np.stack([things, patterns], axis=1)
    _cells, cell = np.unique(keys, axis=0, return_inverse=True)
    cell = cell.reshape(-1)
    cells, count = len(_cells), points.shape[1]
    table = np.zeros((cells, count))
    np.add.at(table, (cell, raters), 1.0)
    sizes = table.sum(axis=1)
    sums = np.bincount(cell, weights=means, minlength=cells)
    centred = means - (sums / sizes)[cell]
    cross = np.bincount(raters, weights=centred, minlength=count)
    inner = np.diag(table.sum(axis=0)) - (table.T / sizes) @ table
    roots, axes = np.linalg.eigh(inner)
    roots = np.clip(roots, 0.0, None)
    freedom = len(means) - cells
    if freedom < _LEAST_FREEDOM:
        return _Fit(np.zeros(count), np.zeros((count, count)), ASSUMED_NOISE, 0.0, True)
    turned: Floats = np.asarray(axes.T @ cross, dtype=np.float64)
    square = float((centred**2).sum())
    ratio, noise = _restricted_likelihood(roots, turned, square, freedom)
    shrunk = ratio / (1.0 + ratio * roots)
    severities = axes @ (shrunk * turned)
    covariance = noise**2 * (axes * shrunk) @ axes.T
    return _Fit(severities, covariance, noise, noise * float(np.sqrt(ratio)), False)


def _restricted_likelihood(
    roots: Floats, turned: Floats, square: float, freedom: int
) -> tuple[float, float]:
    """Return the likeliest ratio of the variance of severities to that of noise, and the noise."""
    floor = 1e-12 * max(square, 1.0)

    def noise_of(ratio: float) -> float:
        left = square - float((ratio * turned**2 / (1.0 + ratio * roots)).sum())
        return max(left, floor) / freedom

    def badness(ratio: float) -> float:
        told = float(np.log1p(ratio * roots).sum())
        return freedom * float(np.log(noise_of(ratio))) + told

    if square <= floor:  # everybody gave the same
        return 0.0, 0.0
    best = int(np.argmin([badness(ratio) for ratio in _RATIOS]))
    low, high = _RATIOS[max(best - 1, 0)], _RATIOS[min(best + 1, len(_RATIOS) - 1)]
    for _step in range(_REFINEMENTS):
        third = (high - low) / 3
        if badness(low + third) <= badness(high - third):
            high -= third
        else:
            low += third
    ratio = min((0.0, float(low), float(_RATIOS[best])), key=badness)
    return ratio, float(np.sqrt(noise_of(ratio)))
