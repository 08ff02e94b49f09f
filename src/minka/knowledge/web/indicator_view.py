"""Indicators of one table as a page and as a sheet show them."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

import numpy as np
from django.utils.translation import gettext as _

from minka.core.components import Figure
from minka.core.templatetags.formats import number
from minka.knowledge.queries.activities import activity_label
from minka.knowledge.queries.indicators import Cube
from minka.knowledge.web.lines import LineChart, chart_top, line_chart
from minka.methods.regional import (
    Concentration,
    concentration,
    growth_between,
    location_quotients,
    shares,
    specialisation,
)

SCALE = 3.0  # quotients are drawn from 1/8 to 8, two to this power
SERIES = 4


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One activity of a region, or one region of an activity. None is missing.

    Share and growth are in percent.
    """

    key: str
    label: str
    value: float | None
    share: float | None
    quotient: float | None
    low: float | None
    high: float | None
    is_few: bool
    growth: float | None
    growth_years: str
    url: str
    x: float | None = None
    x_low: float = 0.0
    x_high: float = 0.0
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks of a cube."""

    by_activity: bool
    region: int  # places in the cube
    activity: int
    year: int
    since: int


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows of a cube."""

    rows: list[IndicatorRow]
    spread: Concentration | None
    series: list[tuple[str, list[float | None]]]
    chart: LineChart | None
    specialised: list[tuple[str, float | None]]
    is_partial: bool
    missing: int


def view_of(cube: Cube, chosen: Chosen) -> View:
    """Return rows by quotient, the lines of the largest, concentration and specialisation."""
    now, sums = cube.of_year(chosen.year), cube.year_totals(chosen.year)
    found = location_quotients(now, sums, are_counts=cube.are_counts)
    span = slice(cube.years.index(chosen.since), cube.years.index(chosen.year) + 1)
    years = cube.years[span]
    if chosen.by_activity:
        labels = [(str(pk), name) for pk, name in cube.regions]
        pick: Any = (chosen.activity, slice(None))
        whole = sums.rows[chosen.activity]
    else:
        labels = [(code, activity_label(code)) for code in cube.activities]
        pick = (slice(None), chosen.region)
        whole = sums.columns[chosen.region]
    past = cube.values[span][(slice(None), *pick)]  # years, then what is listed
    rows = [
        _row(
            chosen,
            _Told(
                key, label, float(now[pick][at]), float(whole),
                (found.value[pick][at], found.low[pick][at], found.high[pick][at]),
                bool(found.is_few[pick][at]),
                list(zip(years, past[:, at].tolist(), strict=True)),
            ),
        )
        for at, (key, label) in enumerate(labels)
    ]  # fmt: skip
    rows.sort(key=lambda one: (one.quotient is None, -(one.quotient or 0), one.label))
    largest = [at for at in np.argsort(-np.nan_to_num(now[pick]))[:SERIES] if now[pick][at] > 0]
    series = [
        (labels[at][1] if chosen.by_activity else f"{labels[at][0]} · {labels[at][1]}",
         [_plain(value) for value in past[:, at]])
        for at in largest
    ]  # fmt: skip
    short = [
        (name.partition(" · ")[0] if not chosen.by_activity else name, v) for name, v in series
    ]
    top = chart_top(short)
    coefficients = specialisation(now, sums)
    return View(
        rows,
        concentration(now[pick]),
        series,
        line_chart([str(year) for year in years], short, words=["0", _short(top / 2), _short(top)]),
        sorted(
            ((name, _plain(coefficients[at])) for at, (_pk, name) in enumerate(cube.regions)),
            key=lambda pair: (pair[1] is None, -(pair[1] or 0)),
        ),
        sums.is_partial,
        int(np.isnan(now[pick]).sum()),
    )


class _Told(NamedTuple):
    """What is known of one row; `past` has the figure of each year, NaN where it is missing."""

    key: str
    label: str
    value: float
    whole: float
    quotient: tuple[float, float, float]
    is_few: bool
    past: list[tuple[int, float]]


def _row(chosen: Chosen, told: _Told) -> IndicatorRow:
    key, label, value, whole, quotient, is_few, past = told
    lq, low, high = map(_plain, quotient)
    grown = growth_between([(year, _plain(one)) for year, one in past])
    url = urlencode(
        {"ver": "actividad", "actividad": key} if not chosen.by_activity else {"region": key}
    )
    return IndicatorRow(
        key=key,
        label=label,
        value=_plain(value),
        share=_plain(100 * value / whole) if whole else None,
        quotient=lq,
        low=low,
        high=high,
        is_few=is_few and lq is not None,
        growth=100 * grown[2] if grown else None,
        growth_years=f"{grown[0]}–{grown[1]}" if grown else "",
        url=url,
        x=None if lq is None else _drawn(lq),
        x_low=_drawn(low if low is not None else lq or 0),
        x_high=_drawn(high if high is not None else lq or 0),
        reading=_reading(lq, low, high, is_few=is_few),
    )


def _reading(lq: float | None, low: float | None, high: float | None, *, is_few: bool) -> str:
    if lq is None:
        return _("missing")
    if is_few:
        return _("too few to say")
    if low is not None and high is not None and low <= 1 <= high:
        return _("like the whole")
    return _("more than in the whole") if lq > 1 else _("less than in the whole")


def _drawn(quotient: float) -> float:
    """Return where a quotient stands from 0 to 100 on a scale of doublings, 1 in the middle."""
    if quotient <= 0:
        return 0.0
    return round(50 + 50 * max(-SCALE, min(SCALE, math.log2(quotient))) / SCALE, 1)


def _plain(value: Any) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _short(value: float) -> str:
    if value >= 1_000_000:
        return f"{number(value / 1_000_000, 1)} M"
    return number(value, 0 if value >= 10 else 1)


def figures_of(cube: Cube, chosen: Chosen, view: View) -> list[Figure]:
    """Return the three figures above the table, each with its sentence."""
    table, spread = cube.table, view.spread
    period = str(chosen.year)
    source = str(table.source)
    listed = [one for one in view.rows if one.quotient is not None and not one.is_few]
    found = []
    if listed and listed[0].quotient is not None:
        first = listed[0]
        times = number(first.quotient, 1)
        words = {"label": first.label, "times": times,
                 "region": cube.regions[chosen.region][1],
                 "activity": activity_label(cube.activities[chosen.activity])}  # fmt: skip
        sentence = (
            _("%(label)s: the share of %(activity)s is %(times)s times that of the whole table.")
            if chosen.by_activity
            else _("%(label)s weighs %(times)s times as much in %(region)s as in the whole table.")
        )
        found.append(
            Figure(times, _("highest location quotient"), sentence % words, period, source)
        )
    if spread is not None:
        equal = number(spread.equal_parts, 1)
        sentence = (
            _("As concentrated as if %(n)s equal regions shared it; the largest has %(top)s %%.")
            if chosen.by_activity
            else _("As varied as if %(n)s equal activities shared it; the largest has %(top)s %%.")
        )
        found.append(
            Figure(
                number(10_000 * spread.hhi),
                _("concentration (HHI, 0 to 10,000)"),
                sentence % {"n": equal, "top": number(100 * spread.top)},
                period,
                source,
            )
        )
    total = cube.values[:, chosen.activity, :] if chosen.by_activity else (
        cube.values[:, :, chosen.region]
    )  # fmt: skip
    told = cube.rows[:, chosen.activity] if chosen.by_activity else cube.columns[:, chosen.region]
    span = slice(cube.years.index(chosen.since), cube.years.index(chosen.year) + 1)
    whole = np.where(np.isnan(told), total.sum(axis=1), told)  # a sum with a gap is a gap
    grown = growth_between(
        list(zip(cube.years[span], (_plain(one) for one in whole[span]), strict=True))
    )
    if grown:
        words = {"from": str(grown[0]), "to": str(grown[1]), "rate": number(100 * abs(grown[2]), 1)}
        sentence = (
            _("Between %(from)s and %(to)s it grew %(rate)s %% a year on average.")
            if grown[2] >= 0
            else _("Between %(from)s and %(to)s it shrank %(rate)s %% a year on average.")
        )
        found.append(
            Figure(
                f"{number(100 * grown[2], 1)} %", _("growth a year"), sentence % words,
                f"{grown[0]}–{grown[1]}", source,
            )
        )  # fmt: skip
    return found


def all_rows(cube: Cube, year: int) -> list[list[Any]]:
    """Return every indicator of one year as rows of a sheet."""
    now, sums = cube.of_year(year), cube.year_totals(year)
    found = location_quotients(now, sums, are_counts=cube.are_counts)
    of_region = [shares(now[:, at]) for at in range(len(cube.regions))]
    head = [_("Activity"), _("Name"), _("Region"), _("Year"), str(cube.table.get_measure_display()),
            _("Share of the region"), _("Location quotient"), _("From"), _("To"),
            _("Too few to say")]  # fmt: skip
    rows: list[list[Any]] = [head]
    for a, code in enumerate(cube.activities):
        for r, (_pk, name) in enumerate(cube.regions):
            figures = (now[a, r], of_region[r][a], found.value[a, r], found.low[a, r],
                       found.high[a, r])  # fmt: skip
            plain = ["" if _plain(one) is None else round(float(one), 6) for one in figures]
            few = _("yes") if found.is_few[a, r] and plain[0] != "" else ""
            rows.append([code, activity_label(code), name, year, *plain, few])
    return rows


def about(cube: Cube, year: int) -> list[list[Any]]:
    """Return whose figures a sheet holds, as rows."""
    table = cube.table
    return [
        [_("Source"), str(table.source)],
        [_("Licence or permission"), table.licence],
        [_("Unit"), table.unit],
        [_("Where it was published"), table.address],
        [_("Version"), table.version],
        [_("Year"), year],
        [_("Empty cells"), _("missing in the source; never zero")],
    ]
