"""Regional analysis of activities: quotients, shares, growth, concentration, specialisation.

Pure: arrays in and out. A missing figure is NaN and stays so; it is never taken for zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

Z_95 = 1.959963984540054  # the standard normal at 97.5 %
RULE_OF_THREE = 3.0  # upper 95 % limit of a count of which nothing was seen
FEW = 30  # under this count a quotient says little


@dataclass(frozen=True)
class Totals:
    """Sums of a table of activities × regions.

    Args:
        rows: of each activity, over all regions.
        columns: of each region, over all activities.
        whole: of everything.
        is_partial: whether figures that went into them were missing; they are lower bounds then.
    """

    rows: Floats
    columns: Floats
    whole: float
    is_partial: bool


def totals(
    values: Floats,
    *,
    told_rows: Floats | None = None,
    told_columns: Floats | None = None,
    told_whole: float | None = None,
) -> Totals:
    """Return the sums of a table; those that the source tells itself (not NaN) stand.

    Args:
        values: shape (activities, regions), not negative, NaN where missing.
        told_rows: shape (activities,), NaN where the source tells none.
        told_columns: shape (regions,), NaN where the source tells none.
        told_whole: of everything, None or NaN where the source tells none.

    Raises:
        ValueError: shapes disagree or a figure is negative.
    """
    _check(values)
    rows, rows_open = _sum(values, 1, told_rows)
    columns, columns_open = _sum(values, 0, told_columns)
    is_partial = rows_open or columns_open
    if told_whole is not None and not np.isnan(told_whole):
        return Totals(rows, columns, float(told_whole), is_partial)
    known = told_columns is not None and not np.isnan(told_columns).any()
    told = told_rows is not None and not np.isnan(told_rows).any()
    whole = float(rows.sum()) if told and not known else float(columns.sum())
    return Totals(rows, columns, whole, is_partial)


@dataclass(frozen=True)
class Quotients:
    """Location quotients with the limits between which they lie at 95 %.

    Args:
        value, low, high: shape (activities, regions); NaN where not defined, the limits also
            where figures are not counts.
        is_few: where the count, or the count that an average region would have, is under `FEW`.
    """

    value: Floats
    low: Floats
    high: Floats
    is_few: Flags


def location_quotients(values: Floats, sums: Totals, *, are_counts: bool) -> Quotients:
    """Return how much larger each activity's share of a region is than its share of the whole.

    (x_ir ÷ x_r) ÷ (x_i ÷ x): 1 is the share of the whole, 2 twice it.

    The limits come from the delta method on the logarithm, with the region a part of the whole:
    with x in the region of n and y in the rest of m,
    Var(log LQ) = (1/x − 1/(x+y))² x(1 − x/n) + y(1 − y/m)/(x+y)². They take every unit counted as
    a draw of its own; people work in companies, so that for employment the truth is wider.

    Args:
        values: shape (activities, regions), NaN where missing.
        sums: of the same table.
        are_counts: whether figures count units; money does not, and has no limits.

    Sources: Florence (1929), The Statistical Method in Economics and Political Science; Isard
    (1960), Methods of Regional Analysis, chapter 7; limits after Moineddin, Beyene and Boyle
    (2003), "On the Location Quotient Confidence Interval", Geographical Analysis 35(3); zero
    counts by Hanley and Lippman-Hand (1983), "If Nothing Goes Wrong, Is Everything All Right?",
    JAMA 249(13).
    """
    _check(values)
    whole_share = _divide(sums.rows, np.full_like(sums.rows, sums.whole))[:, None]
    value = _divide(_divide(values, sums.columns[None, :]), whole_share)
    expected = sums.columns[None, :] * whole_share
    is_few = (values < FEW) | (expected < FEW)
    if not are_counts:
        nothing = np.full_like(value, np.nan)
        return Quotients(value, nothing, nothing.copy(), np.zeros_like(is_few))
    low, high = _limits(values, sums, value, whole_share)
    return Quotients(value, low, high, is_few)


def _limits(
    values: Floats, sums: Totals, value: Floats, whole_share: Floats
) -> tuple[Floats, Floats]:
    inside, all_inside = values, np.broadcast_to(sums.columns[None, :], values.shape)
    outside = sums.rows[:, None] - inside
    all_outside = sums.whole - all_inside
    both = np.broadcast_to(sums.rows[:, None], values.shape)
    variance = (_divide(np.ones_like(inside), inside) - _divide(np.ones_like(both), both)) ** 2 * (
        inside * (1 - _divide(inside, all_inside))
    ) + np.nan_to_num(
        _divide(outside * (1 - _divide(outside, all_outside)), both**2)
    )  # with no rest of the whole, the rest says nothing
    spread = Z_95 * np.sqrt(np.maximum(variance, 0))
    low, high = value * np.exp(-spread), value * np.exp(spread)
    none = values == 0
    top = _divide(_divide(np.full_like(values, RULE_OF_THREE), all_inside), whole_share)
    return np.where(none, 0.0, low), np.where(none, top, high)


def shares(values: Floats) -> Floats:
    """Return each figure as a share of the sum of the known ones; NaN where that is zero."""
    _check(values)
    known = values[~np.isnan(values)]
    return _divide(values, np.full_like(values, known.sum() if known.size else np.nan))


def yearly_growth(first: Floats, last: Floats, years: int) -> Floats:
    """Return the compound annual growth rate: (last ÷ first)^(1 ÷ years) − 1.

    NaN where a figure is missing or the first is zero: from nothing there is no rate.

    Raises:
        ValueError: there is no year between the two.
    """
    if years < 1:
        raise ValueError(f"growth needs at least one year, not {years}")
    with np.errstate(invalid="ignore"):
        rate: Floats = np.power(_divide(last, first), 1 / years) - 1
    return rate


@dataclass(frozen=True)
class Concentration:
    """How unequally something is spread over `n` known parts.

    Args:
        hhi: sum of squared shares, from 1/n (all alike) to 1 (all in one).
        normalised: the same from 0 to 1 for any n; NaN with a single part.
        equal_parts: 1 ÷ HHI, the number of equal parts with the same index.
        top: share of the largest.
        top_three: share of the three largest.
    """

    n: int
    hhi: float
    normalised: float
    equal_parts: float
    top: float
    top_three: float


def concentration(values: Floats) -> Concentration | None:
    """Return how concentrated the known figures are; None where they are none or all zero.

    Sources: Hirschman (1964), "The Paternity of an Index", American Economic Review 54(5);
    Herfindahl (1950), Concentration in the Steel Industry.
    """
    _check(values)
    known = np.sort(values[~np.isnan(values)].ravel())[::-1]
    if not known.size or known.sum() <= 0:
        return None
    part = known / known.sum()
    hhi = float((part**2).sum())
    n = int(known.size)
    return Concentration(
        n=n,
        hhi=hhi,
        normalised=(hhi - 1 / n) / (1 - 1 / n) if n > 1 else float("nan"),
        equal_parts=1 / hhi,
        top=float(part[0]),
        top_three=float(part[:3].sum()),
    )


def specialisation(values: Floats, sums: Totals) -> Floats:
    """Return the coefficient of specialisation of each region, from 0 to 1.

    Half the sum of the absolute differences between the activities' shares of the region and of
    the whole: the part of the region that would have to change its activity to be like the whole.
    Activities of which a figure is missing in a region are left out of its sum.

    Sources: Florence (1948), Investment, Location, and Size of Plant; Isard (1960), Methods of
    Regional Analysis, chapter 7.
    """
    _check(values)
    whole = _divide(sums.rows, np.full_like(sums.rows, sums.whole))[:, None]
    difference = np.abs(_divide(values, sums.columns[None, :]) - whole)
    result: Floats = np.nansum(difference, axis=0) / 2
    result[np.isnan(difference).all(axis=0)] = np.nan
    return result


def known_share(values: Floats) -> float:
    """Return the share of figures that are not missing; NaN for an empty table."""
    return float((~np.isnan(values)).mean()) if values.size else float("nan")


def growth_between(series: Sequence[tuple[int, float | None]]) -> tuple[int, int, float] | None:
    """Return first year, last year and yearly growth of a series, over its known ends."""
    known = [(year, value) for year, value in series if value is not None and not np.isnan(value)]
    if len(known) < 2 or known[0][1] <= 0:
        return None
    (first, start), (last, end) = known[0], known[-1]
    rate = yearly_growth(np.array([start]), np.array([end]), last - first)
    return first, last, float(rate[0])


def _sum(values: Floats, axis: int, told: Floats | None) -> tuple[Floats, bool]:
    missing = np.isnan(values)
    sums: Floats = np.where(missing, 0.0, values).sum(axis=axis)
    sums[missing.all(axis=axis)] = np.nan
    is_open = missing.any(axis=axis)
    if told is None:
        return sums, bool(is_open.any())
    if told.shape != sums.shape:
        raise ValueError(f"told sums have shape {told.shape}, not {sums.shape}")
    stands = ~np.isnan(told)
    return np.where(stands, told, sums), bool((is_open & ~stands).any())


def _divide(one: Floats, other: Floats) -> Floats:
    """Divide; what is divided by zero is not defined."""
    other = np.broadcast_to(other, np.broadcast_shapes(one.shape, other.shape))
    out = np.full(other.shape, np.nan)
    np.divide(one, other, out=out, where=(other != 0) & ~np.isnan(other))
    return out


def _check(values: Floats) -> None:
    if bool((values < 0).any()):
        raise ValueError("figures are not negative")
