"""What official figures say of activities and regions; for the board, who may see the tables."""

import math

import numpy as np
from django.utils.translation import gettext as _

from minka.core.charts import Span, span_chart
from minka.core.templatetags.formats import number
from minka.knowledge.queries.activities import activity_label
from minka.knowledge.queries.indicators import Cube, cube_of, tables_in_force
from minka.knowledge.sources.report.blocks import (
    WIDTH_PT,
    Block,
    Chapter,
    Edition,
    Table,
    note,
    text,
)
from minka.methods.regional import concentration, location_quotients

TABLES = 3
SHOWN = 10
TICKS = ((0.25, "¼"), (0.5, "½"), (1.0, "1"), (2.0, "2"), (4.0, "4"), (8.0, "8"))


def indicated(edition: Edition) -> Chapter:
    """Location quotients of the newest year of each table in force."""
    chapter = Chapter("indicators", _("What official figures say"))
    if not edition.is_board:
        chapter.blocks = [
            note(
                _("Not in this edition"),
                _(
                    "Tables of figures have licences of their own; they are shown in the edition "
                    "for the board."
                ),
            )
        ]
        return chapter
    for table in tables_in_force(viewer=edition.reader)[:TABLES]:
        cube = cube_of(viewer=edition.reader, table=table)
        if cube is not None and cube.regions:
            chapter.blocks += _of_table(chapter, cube, edition)
    if not chapter.blocks:
        chapter.blocks = [
            note(
                _("No tables of figures yet"),
                _(
                    "Once the team loads tables of employment, sales or companies by activity and "
                    "region, this chapter compares the regions."
                ),
            )
        ]
    return chapter


def _of_table(chapter: Chapter, cube: Cube, edition: Edition) -> list[Block]:
    year = cube.years[-1]
    now, sums = cube.of_year(year), cube.year_totals(year)
    found = location_quotients(now, sums, are_counts=cube.are_counts)
    rows = [
        (float(found.value[a, r]), a, r)
        for a in range(len(cube.activities))
        for r in range(len(cube.regions))
        if math.isfinite(found.value[a, r]) and not found.is_few[a, r]
        if not edition.wanted.regions or cube.regions[r][0] in edition.wanted.regions
    ]
    rows.sort(key=lambda one: (-one[0], one[1], one[2]))
    if not rows:
        return []
    source = f"{cube.table.source} ({cube.table.licence}), {year}"
    label = str(cube.table.get_measure_display())

    def name(a: int, r: int) -> str:
        return f"{cube.regions[r][1]} · {activity_label(cube.activities[a])}"

    def limits(value: float, a: int, r: int) -> tuple[float, float]:
        low, high = float(found.low[a, r]), float(found.high[a, r])
        return (low, high) if math.isfinite(low) and math.isfinite(high) else (value, value)

    spans = [
        Span(name(a, r), value, *limits(value, a, r), number(value, 1))
        for value, a, r in rows[:SHOWN]
    ]
    first, a, r = rows[0]
    words = {
        "activity": activity_label(cube.activities[a]),
        "region": cube.regions[r][1],
        "times": number(first, 1),
        "year": year,
        "measure": label.lower(),
    }
    sentence = (
        _(
            "%(activity)s weighs %(times)s times as much in the %(measure)s of %(region)s as in "
            "the whole table (%(year)s)."
        )
        % words
    )
    chapter.lead = chapter.lead or sentence
    chapter.sentences = chapter.sentences or [sentence]
    known = float(np.isfinite(now).mean())
    blocks = [
        chapter.picture(
            f"quotients-{cube.table.pk}",
            span_chart(spans, width=WIDTH_PT, label_width=210, ticks=TICKS, log=True),
            title=_("%(measure)s: what weighs more than elsewhere (%(year)s)")
            % {"measure": label, "year": year},
            reading=_(
                "Location quotient: 1 is the share of the whole table, 2 twice it. The bar is the "
                "interval of 95 %; quotients of few units are left out."
            ),
            source=source,
            table=Table(
                _("%(measure)s: location quotients, %(year)s") % {"measure": label, "year": year},
                [_("Region and activity"), _("Quotient"), _("Interval"),
                 f"{label} ({cube.table.unit})"],
                [[name(a, r), number(value, 2),
                  "–".join(number(x, 2) for x in limits(value, a, r)), number(now[a, r])]
                 for value, a, r in rows[:40]],
                "lrrr",
                source,
                _("%(share)s of the cells of the table hold a figure.")
                % {"share": f"{100 * known:.0f}\u00a0%"},
            ),
        )
    ]  # fmt: skip
    spread = concentration(np.where(np.isnan(sums.columns), 0, sums.columns))
    if spread is not None:
        blocks.append(
            text(
                _(
                    "The table as a whole is as concentrated as if %(n)s equal regions shared it; "
                    "the largest region has %(top)s of it."
                )
                % {
                    "n": number(spread.equal_parts, 1),
                    "top": f"{number(100 * spread.top)}\u00a0%",
                }
            )
        )
    return blocks
