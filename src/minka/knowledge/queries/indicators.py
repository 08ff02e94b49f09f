"""Tables of figures as they are read: which are in force, and one of them as a cube."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import QuerySet

from minka.knowledge.models import IndicatorTable, Place
from minka.knowledge.models.indicator import COUNTED, TableState
from minka.methods.regional import Floats, Totals, totals


def visible_tables(*, viewer: Any) -> QuerySet[IndicatorTable]:
    """Return the tables that were ever taken, and to the team those looked at, too."""
    if not viewer.has_perm("knowledge.indicators_view"):
        return IndicatorTable.objects.none()
    tables = IndicatorTable.objects.select_related("source", "file", "started_by")
    if viewer.has_perm("knowledge.indicators_import"):
        return tables
    return tables.filter(state=TableState.TAKEN)


def tables_in_force(*, viewer: Any) -> list[IndicatorTable]:
    """Return the newest taken table of each source and measure, by measure; one SQL statement."""
    newest: dict[tuple[int, str], IndicatorTable] = {}
    taken = visible_tables(viewer=viewer).filter(state=TableState.TAKEN)
    for table in taken.order_by("source__name", "-version"):
        newest.setdefault((table.source_id, table.measure), table)
    order = {"employment": 0, "companies": 1, "sales": 2}
    return sorted(newest.values(), key=lambda one: (order[one.measure], one.source.name))


@dataclass(frozen=True)
class Cube:
    """One table at one level of the classification: years × activities × regions.

    Args:
        values: NaN where the table has no figure.
        rows: what the source tells of each activity in the whole country, years × activities.
        columns: what it tells of each region over all activities, years × regions.
        whole: what it tells of everything, by year.
    """

    table: IndicatorTable
    level: int
    levels: list[int]
    years: list[int]
    activities: list[str]
    regions: list[tuple[int, str]]
    values: Floats
    rows: Floats
    columns: Floats
    whole: Floats

    @property
    def are_counts(self) -> bool:
        """Whether figures count units."""
        return self.table.measure in COUNTED

    def year_totals(self, year: int) -> Totals:
        """Return the sums of one year."""
        at = self.years.index(year)
        return totals(
            self.values[at],
            told_rows=self.rows[at],
            told_columns=self.columns[at],
            told_whole=float(self.whole[at]),
        )

    def of_year(self, year: int) -> Floats:
        """Return activities × regions of one year."""
        found: Floats = self.values[self.years.index(year)]
        return found


def cube_of(*, viewer: Any, table: IndicatorTable, level: int = 0) -> Cube | None:
    """Return a table as arrays; `level` is the length of the codes, 0 the broadest there is.

    None where the table is not for `viewer` or holds nothing. Three SQL statements.
    """
    if not visible_tables(viewer=viewer).filter(pk=table.pk).exists():
        return None
    cells = list(table.rows.values_list("activity", "region", "year", "value").order_by("pk"))
    levels = sorted({len(activity) for activity, *_rest in cells} - {0})
    if not levels:
        return None
    level = level if level in levels else levels[0]
    years = sorted({year for _a, _r, year, _v in cells})
    activities = sorted({activity for activity, *_rest in cells if len(activity) == level})
    known = {region for _a, region, _y, _v in cells if region}
    names = dict(Place.objects.filter(pk__in=known).values_list("pk", "name"))
    regions = sorted(names.items(), key=lambda pair: pair[1])
    shape = len(years), len(activities), len(regions)
    values, rows = np.full(shape, np.nan), np.full(shape[:2], np.nan)
    columns, whole = np.full((shape[0], shape[2]), np.nan), np.full(shape[0], np.nan)
    year_at = {year: place for place, year in enumerate(years)}
    activity_at = {code: place for place, code in enumerate(activities)}
    region_at = {pk: place for place, (pk, _name) in enumerate(regions)}
    for activity, region, year, value in cells:
        if value is None or (activity and activity not in activity_at):
            continue
        at = year_at[year]
        if activity and region:
            values[at, activity_at[activity], region_at[region]] = value
        elif activity:
            rows[at, activity_at[activity]] = value
        elif region:
            columns[at, region_at[region]] = value
        else:
            whole[at] = value
    return Cube(table, level, levels, years, activities, regions, values, rows, columns, whole)
