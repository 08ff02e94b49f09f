"""Where something is needed and hardly anybody offers it. Pure: plain numbers in and out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

WHOLE = 0  # the column of everything, whatever its column; no other column may have this number


class Fit(StrEnum):
    """How demand and supply of one cell stand to each other."""

    UNMET = "unmet"  # somebody needs it, nobody offers it
    THIN = "thin"  # fewer offer it than would be enough
    MET = "met"
    UNASKED = "unasked"  # offered, and nobody needs it as far as is known
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is needed and what is offered in one row and one column."""

    demand: int = 0
    supply: int = 0

    def fit(self, enough: int) -> Fit:
        """Return how the two stand to each other; `enough` offer it when there is a choice."""
        if not self.demand:
            return Fit.UNASKED if self.supply else Fit.EMPTY
        if not self.supply:
            return Fit.UNMET
        return Fit.THIN if self.supply < enough else Fit.MET


@dataclass(frozen=True, slots=True)
class Gap:
    """One cell in need, with what its row offers in other columns."""

    row: int
    column: int
    demand: int
    supply: int
    elsewhere: int


def count_needs(
    needs: Iterable[tuple[Iterable[int], Iterable[int]]],
) -> dict[tuple[int, int], int]:
    """Count needs by row and column, and by row alone under `WHOLE`.

    Args:
        needs: for each need its rows and its columns; without columns it counts in `WHOLE` alone.

    A need of two rows counts in both, and once in each, however often a row is named.
    """
    found: dict[tuple[int, int], int] = {}
    for rows, columns in needs:
        for row in set(rows):
            for column in {WHOLE, *columns}:
                found[row, column] = found.get((row, column), 0) + 1
    return found


def count_supply(
    offers: Sequence[tuple[int, int, int]],
    rows_of: Mapping[int, Sequence[int]],
) -> dict[tuple[int, int], int]:
    """Count who offers something, each once per row and column, and once per row under `WHOLE`.

    Args:
        offers: (who, theme, column) each; the column is below 0 where it is not known.
        rows_of: the rows that a theme counts in.
    """
    if not offers:
        return {}
    table = np.asarray(offers, dtype=np.int64)
    found: dict[tuple[int, int], int] = {}
    by_row: dict[int, list[int]] = {}
    for theme, rows in rows_of.items():
        for row in rows:
            by_row.setdefault(row, []).append(theme)
    order = np.argsort(table[:, 1], kind="stable")
    table = table[order]
    for row, themes in by_row.items():
        parts = [
            table[
                np.searchsorted(table[:, 1], theme) : np.searchsorted(table[:, 1], theme, "right")
            ]
            for theme in themes
        ]
        inside = np.unique(np.concatenate(parts)[:, [0, 2]], axis=0)
        if not len(inside):
            continue
        found[row, WHOLE] = len(np.unique(inside[:, 0]))
        columns, counts = np.unique(inside[inside[:, 1] >= 0, 1], return_counts=True)
        found |= {(row, int(c)): int(n) for c, n in zip(columns, counts, strict=True)}
    return found


def ranked(
    demand: Mapping[tuple[int, int], int],
    supply: Mapping[tuple[int, int], int],
    *,
    columns: Sequence[int],
    enough: int,
) -> list[Gap]:
    """Return the cells in need: those that nobody meets first, then by demand for each offer.

    A row whose need is known of no column is itself a gap where its `WHOLE` is one. `columns` are
    those to be told of, without `WHOLE`.
    """
    gaps = []
    for row in sorted({row for row, _column in demand}):
        located = [column for column in columns if demand.get((row, column))]
        for column in located or [WHOLE]:
            cell = Cell(demand.get((row, column), 0), supply.get((row, column), 0))
            if cell.fit(enough) in {Fit.UNMET, Fit.THIN}:
                elsewhere = supply.get((row, WHOLE), 0) - cell.supply
                gaps.append(Gap(row, column, cell.demand, cell.supply, elsewhere))
    return sorted(gaps, key=_urgency)


def _urgency(gap: Gap) -> tuple[bool, float, bool, int, int, int]:
    return (
        gap.supply > 0,
        -gap.demand / (gap.supply + 1),
        gap.elsewhere > 0,
        gap.elsewhere,
        gap.row,
        gap.column,
    )
