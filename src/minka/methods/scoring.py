"""Summaries of a few evaluators' points. Pure: no Django, no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, hypot, sqrt
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


def join(summaries: Sequence[Summary], shares: Sequence[float]) -> Summary:
    """Join what several groups of evaluators, each with criteria of its own, say of one proposal.

    The mean is that of the groups' means, each counting its share; errors add up as those of
    independent groups do. Without any evaluation in one group there is no mean: the others do not
    stand for it. `spread` is the largest of the groups: people are compared within theirs.

    Args:
        summaries: one per group, in the order of their criteria.
        shares: how much each counts; they sum to one.

    Raises:
        ValueError: there are not as many shares as summaries, or none.
    """
    if len(summaries) != len(shares) or not summaries:
        raise ValueError(f"{len(summaries)} summaries and {len(shares)} shares")
    if len(summaries) == 1:
        return summaries[0]
    means = tuple(mean for one in summaries for mean in one.criterion_means)
    count = sum(one.count for one in summaries)
    known = [(one, share) for one, share in zip(summaries, shares, strict=True) if one.count]
    if len(known) < len(summaries):
        return Summary(count, None, None, None, None, None, means)

    def total(name: str) -> float:
        return fsum(share * getattr(one, name) for one, share in known)

    errors = [(one.standard_error, share) for one, share in known]
    spreads = [one.spread for one, _share in known if one.spread is not None]
    known_errors = [error * share for error, share in errors if error is not None]
    return Summary(
        count=count,
        mean=total("mean"),
        spread=max(spreads, default=None),
        standard_error=hypot(*known_errors) if len(known_errors) == len(known) else None,
        low=total("low"),
        high=total("high"),
        criterion_means=means,
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
