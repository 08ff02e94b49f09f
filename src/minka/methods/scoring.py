"""Summaries of a few evaluators' points. Pure: no Django, no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from statistics import fmean, stdev


@dataclass(frozen=True)
class Summary:
    """What a few weighted means say together, in points of the scale they were given in.

    `spread` is the sample standard deviation between evaluators and `standard_error` that of
    their mean; both are None for fewer than two evaluators, when nothing is known of either.
    """

    count: int
    mean: float | None
    spread: float | None
    standard_error: float | None
    low: float | None
    high: float | None
    criterion_means: tuple[float | None, ...]


def weighted_mean(points: Sequence[float], weights: Sequence[float]) -> float:
    """Return the mean of `points`, each counting as much as its share of `weights`.

    Raises:
        ValueError: lengths disagree or are zero, a weight is negative, or all weights are zero.
    """
    if len(points) != len(weights) or not points:
        raise ValueError(f"{len(points)} points and {len(weights)} weights")
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative, and not all of them zero")
    return sum(p * w for p, w in zip(points, weights, strict=True)) / total


def summarise(evaluations: Sequence[Sequence[float]], weights: Sequence[float]) -> Summary:
    """Summarise complete evaluations of one proposal.

    Args:
        evaluations: one row per evaluator, one number per criterion, all on the same scale.
        weights: one per criterion; only their shares of the sum count.

    Every evaluator counts the same. The standard error is spread / √count (Student 1908): with
    three or four evaluators it is itself only roughly known, and it says nothing of a leaning
    that the evaluators share.

    Raises:
        ValueError: a row and `weights` differ in length, or the weights are unusable.
    Source: Student (1908), "The Probable Error of a Mean", Biometrika 6(1).
    """
    means = [weighted_mean(row, weights) for row in evaluations]
    if not means:
        return Summary(0, None, None, None, None, None, tuple(None for _ in weights))
    spread = stdev(means) if len(means) > 1 else None
    return Summary(
        count=len(means),
        mean=fmean(means),
        spread=spread,
        standard_error=spread / sqrt(len(means)) if spread is not None else None,
        low=min(means),
        high=max(means),
        criterion_means=tuple(fmean(column) for column in zip(*evaluations, strict=True)),
    )


def competition_ranks(means: Sequence[float | None]) -> list[int | None]:
    """Return places as in sport, highest first: equal means share one, the next is skipped.

    A proposal that nobody scored has no place. Means are compared to nine decimals, so that the
    order of additions does not separate equals.
    """
    known = [round(mean, 9) for mean in means if mean is not None]
    return [
        None if mean is None else 1 + sum(other > round(mean, 9) for other in known)
        for mean in means
    ]


def told_apart(one: Summary, other: Summary) -> bool | None:
    """Say whether two means differ by more than twice the standard error of their difference.

    None when one of them has no standard error. Evaluators are taken as independent; where the
    same people scored both proposals this errs towards saying that they cannot be told apart.
    """
    if one.mean is None or other.mean is None:
        return None
    if one.standard_error is None or other.standard_error is None:
        return None
    return abs(one.mean - other.mean) > 2 * hypot(one.standard_error, other.standard_error)
