"""Classes of a choropleth map.

Quantiles put about as many places into each class, which readers judge most surely: Brewer and
Pickle, "Evaluation of methods for classifying epidemiological data on choropleth maps in series",
*Annals of the Association of American Geographers* 92 (2002), 662-681. Equal values are never in
two classes, so that there may be fewer classes than asked for. Zero is a class of its own, apart.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """A class: the least and the greatest value that is in it."""

    least: int
    most: int


def quantile_classes(values: Iterable[int], *, classes: int = 5) -> list[Interval]:
    """Return at most `classes` intervals, lowest first, that hold all values above zero."""
    ordered = sorted(value for value in values if value > 0)
    if not ordered:
        return []
    uppers: list[int] = []
    for number in range(1, classes + 1):
        upper = ordered[-(-len(ordered) * number // classes) - 1]
        if not uppers or upper > uppers[-1]:
            uppers.append(upper)
    intervals, start = [], 0
    for upper in uppers:
        end = bisect_left(ordered, upper + 1)
        intervals.append(Interval(ordered[start], upper))
        start = end
    return intervals


def class_of(value: int, intervals: Iterable[Interval]) -> int | None:
    """Return the position of the class that holds a value; None for what is in none."""
    return next((at for at, one in enumerate(intervals) if one.least <= value <= one.most), None)
