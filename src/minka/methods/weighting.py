"""Weighted means of points given by several people, some of whom left some out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite, sqrt


@dataclass(frozen=True)
class Standing:
    """Where one thing stands after rating.

    Args:
        mean: in points, from the lowest to the highest point given; None when nobody rated it.
        spread: in points; how much the raters differ; None with fewer than two of them.
        raters: how many people gave at least one point.
        by_criterion: in points, one mean per criterion in the order given; None where unrated.
    """

    mean: float | None
    spread: float | None
    raters: int
    by_criterion: tuple[float | None, ...]


def standing(points: Sequence[Sequence[float | None]], weights: Sequence[float]) -> Standing:
    """Return the weighted mean of `points`, with the spread across raters.

    The mean of each criterion is taken over whoever rated it, then the criteria are averaged by
    weight; a criterion that nobody rated leaves its weight to the others. So the result is always
    what the means of the criteria show. The spread is the sample standard deviation (n - 1) of the
    raters' own weighted means, each over the criteria that this rater used.

    Args:
        points: shape (raters, criteria), in points; None where a rater left a criterion out.
        weights: shape (criteria,), positive, in any unit: only their ratio counts.

    Raises:
        ValueError: a row has another length than `weights`, or a weight is not positive.
    Source: weighted arithmetic mean and Bessel-corrected standard deviation, as in ISO 3534-1
        (2006), 1.15 and 1.17; means over available cases, Little & Rubin (2019), section 3.4.
    """
    if any(not isfinite(weight) or weight <= 0 for weight in weights):
        raise ValueError(f"weights have to be positive: {list(weights)}")
    if any(len(row) != len(weights) for row in points):
        raise ValueError(f"every rater needs {len(weights)} places, one per criterion")
    columns = [[row[place] for row in points] for place in range(len(weights))]
    by_criterion = tuple(_mean([p for p in column if p is not None]) for column in columns)
    own = [mean for row in points if (mean := _weighted(row, weights)) is not None]
    return Standing(
        mean=_weighted(by_criterion, weights),
        spread=_deviation(own),
        raters=len(own),
        by_criterion=by_criterion,
    )


def _mean(values: Sequence[float]) -> float | None:
    return fsum(values) / len(values) if values else None


def _weighted(row: Sequence[float | None], weights: Sequence[float]) -> float | None:
    given = [
        (point, weight) for point, weight in zip(row, weights, strict=True) if point is not None
    ]
    if not given:
        return None
    return fsum(p * w for p, w in given) / fsum(w for _point, w in given)


def _deviation(values: Sequence[float]) -> float | None:
    if len(values) < 2:
        return None
    centre = fsum(values) / len(values)
    return sqrt(fsum((value - centre) ** 2 for value in values) / (len(values) - 1))
