"""How far a jury agrees: intraclass correlation and Krippendorff's alpha."""

from dataclasses import dataclass

import numpy as np

from minka.methods.ranking.posterior import Posterior
from minka.methods.ranking.reviews import Floats, Reviews
from minka.methods.ranking.standing import INTERVAL


@dataclass(frozen=True, slots=True)
class Share:
    """An estimate with its interval of 90 %; NaN where the scores do not tell."""

    value: float
    low: float
    high: float


def intraclass(known: Posterior, *, reviews_each: float = 1.0) -> Share:
    """Return what share of the variance of a mean of so many reviews is that of quality.

    Absolute agreement: severity counts as disagreement; ICC(A,1) for one review.

    Raises:
        ValueError: `reviews_each` is not positive.
    Source: McGraw & Wong (1996), "Forming Inferences About Some Intraclass Correlation
        Coefficients", Psychological Methods 1(1); intervals from draws of the spreads.
    """
    if not reviews_each > 0:
        raise ValueError("a mean is of something")
    quality = known.spread**2
    other = (known.harshness**2 + known.noise**2) / reviews_each
    drawn = quality / (quality + other)
    edge = (1 - INTERVAL) / 2
    low, high = np.quantile(drawn, [edge, 1 - edge])
    return Share(float(drawn.mean()), float(low), float(high))


def krippendorff_alpha(reviews: Reviews, *, draws: int = 1_000, seed: int = 1) -> Share:
    """Return Krippendorff's alpha for interval data: 1 in full agreement, 0 as by chance.

    Items with one review say nothing of agreement and are left out. The interval is that of
    drawing items anew. NaN where no two people scored one item, or all scores are the same.

    Source: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; bootstrap of units
        after Efron (1979), Annals of Statistics 7(1).
    """
    kept = reviews.counts[reviews.item] >= 2
    items, score = reviews.item[kept], reviews.score[kept]
    _names, items = np.unique(items, return_inverse=True)
    count = np.bincount(items).astype(np.float64)
    if not len(count):
        return Share(np.nan, np.nan, np.nan)
    score = score - score.mean()
    sums, squares = np.bincount(items, weights=score), np.bincount(items, weights=score**2)
    # mean squared differences of pairs within an item, each item by how many reviews it has
    within = 2 * (count * squares - sums**2) / (count - 1)
    parts = np.stack([count, sums, squares, within])
    value = _alpha(parts.sum(axis=1)[:, None])[0]
    random = np.random.default_rng(seed)
    chosen = random.multinomial(len(count), np.full(len(count), 1 / len(count)), size=draws)
    drawn = _alpha(parts @ chosen.T)
    drawn = drawn[~np.isnan(drawn)]
    edge = (1 - INTERVAL) / 2
    low, high = np.quantile(drawn, [edge, 1 - edge]) if len(drawn) else (np.nan, np.nan)
    return Share(float(value), float(low), float(high))


def _alpha(parts: Floats) -> Floats:
    count, sums, squares, within = parts
    overall = 2 * (count * squares - sums**2) / (count * (count - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(overall > 1e-12, 1 - (within / count) / overall, np.nan)
