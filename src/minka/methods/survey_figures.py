"""Figures of answers to a survey: the mean of numbers with its interval."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev

from scipy.special import stdtrit


@dataclass(frozen=True, slots=True)
class Mean:
    """The middle of some numbers; `low` and `high` are None where one number says nothing of it."""

    n: int
    value: float
    middle: float
    low: float | None
    high: float | None


def mean_of(numbers: Iterable[float], *, confidence: float = 0.95) -> Mean | None:
    """Return mean, median and the interval of the mean; None without numbers.

    The interval takes the numbers as a simple random sample: mean ± t · s / √n, with n − 1 degrees
    of freedom.

    Source: "Student" (1908), "The Probable Error of a Mean", Biometrika 6(1).
    """
    values = list(numbers)
    if not values:
        return None
    mean, middle = fmean(values), float(median(values))
    if len(values) == 1:
        return Mean(1, mean, middle, None, None)
    reach = float(stdtrit(len(values) - 1, (1 + confidence) / 2))
    reach *= stdev(values) / sqrt(len(values))
    return Mean(len(values), mean, middle, mean - reach, mean + reach)
