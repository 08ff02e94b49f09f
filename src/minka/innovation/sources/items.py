"""A sheet of items to choose from: who they are, what they are worth, what wishes may name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.knowledge.sources.tables import open_table
from minka.methods.questionnaire import read_number
from minka.methods.shortlist.robustness import Floats, Scores
from minka.methods.text import search_key

ID, VALUE = "id", "value"
ERROR = "_se"  # ending of the column that says how sure another one is
UNSAID_ERROR = 0.05  # of the range of a column that says nothing of how sure it is
_SEVERAL = re.compile(r"[;|]")  # what stands between several values of one cell


@dataclass(frozen=True, slots=True)
class Items:
    """The rows of a sheet in the order of their ids, so that the order of rows changes nothing.

    `columns` maps a column's name, as written, to its cells; `as_written` are the places of the
    items in the order of the rows.
    """

    ids: tuple[str, ...]
    columns: Mapping[str, Sequence[str]]
    as_written: tuple[int, ...]

    def number_of(self, name: str) -> int:
        """Return the place of an item.

        Raises:
            InvalidInput: there is none of that id.
        """
        wanted = search_key(name)
        for place, one in enumerate(self.ids):
            if one == name.strip() or (wanted and search_key(one) == wanted):
                return place
        raise InvalidInput(_("No item has the id “%(id)s”.") % {"id": name.strip()})

    def column(self, name: str) -> Sequence[str]:
        """Return the cells of a column, however its name's case and accents are written.

        Raises:
            InvalidInput: there is no such column.
        """
        found = self.find_column(name)
        if found is None:
            raise InvalidInput(
                _("There is no column “%(name)s”. The columns are: %(columns)s.")
                % {"name": name.strip(), "columns": ", ".join(self.columns)}
            )
        return found

    def find_column(self, name: str) -> Sequence[str] | None:
        """Return the cells of a column, or None where there is no such column."""
        for one, cells in self.columns.items():
            if one == name or search_key(one) == search_key(name):
                return cells
        return None

    def numbers(self, name: str) -> Floats:
        """Return a column as numbers, NaN where a cell is empty; shape (items,).

        Raises:
            InvalidInput: there is no such column, or a cell holds something else.
        """
        return np.array([self._number(name, at, text) for at, text in enumerate(self.column(name))])

    def tags(self, name: str) -> dict[str, frozenset[int]]:
        """Return the items of each value of a column; a cell may hold several, as in `a; b`."""
        found: dict[str, set[int]] = {}
        for place, cell in enumerate(self.column(name)):
            for text in filter(None, map(str.strip, _SEVERAL.split(cell))):
                known = next((one for one in found if search_key(one) == search_key(text)), text)
                found.setdefault(known, set()).add(place)
        return {value: frozenset(items) for value, items in found.items()}

    def _number(self, name: str, place: int, text: str) -> float:
        if not text.strip():
            return nan
        value = to_number(text)
        if value is None:
            raise InvalidInput(
                _("“%(text)s” in column “%(name)s” of item “%(id)s” is not a number.")
                % {"text": text, "name": name, "id": self.ids[place]}
            )
        return value


def to_number(text: str) -> float | None:
    """Read a number as programs or people write it; None where it is none."""
    try:
        value = float(text)
    except ValueError:
        read = read_number(text)
        return None if read is None else float(read)
    return value if isfinite(value) else None


def read_items(path: Path) -> Items:
    """Read the first table of a file that has a column `id`.

    Raises:
        InvalidInput: the file is no table, no column is called id, or two rows have one id.
    """
    for sheet in open_table(path, path.name):
        names = {search_key(header): header for header in sheet.headers}
        if ID not in names:
            continue
        rows = [sheet.cells(row) for row in sheet.iter_rows()]
        written = [row[names[ID]].strip() for row in rows]
        _check_ids(written)
        order = sorted(range(len(rows)), key=lambda at: written[at])
        places = {at: place for place, at in enumerate(order)}
        others = [header for header in sheet.headers if header != names[ID]]
        return Items(
            ids=tuple(written[at] for at in order),
            columns={name: tuple(rows[at].get(name, "") for at in order) for name in others},
            as_written=tuple(places[at] for at in range(len(rows))),
        )
    raise InvalidInput(_("The sheet needs a column called id, with a name of its own per row."))


def _check_ids(ids: Sequence[str]) -> None:
    if "" in ids:
        raise InvalidInput(_("A row has no id. Give each row one of its own."))
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise InvalidInput(
            _("These ids stand in several rows: %(ids)s.") % {"ids": ", ".join(twice[:10])}
        )


def read_scores(items: Items, weights: Mapping[str, float]) -> tuple[Scores, list[str]]:
    """Return what the items are worth, and the columns that do not say how sure they are.

    Args:
        items: with a column per criterion; where no weights are given, the column `value` alone.
        weights: of the criteria, by the names of their columns.

    Raises:
        InvalidInput: a column is missing or holds no numbers, or an item has none at all.
    """
    if not weights and items.find_column(VALUE) is None:
        raise InvalidInput(
            _("There is no column “value”. Name the criteria and their weights instead.")
        )
    given = dict(weights) or {VALUE: 1.0}
    points = np.stack([items.numbers(name) for name in given], axis=1)
    unrated = [items.ids[place] for place in np.flatnonzero(np.isnan(points).all(axis=1))]
    if unrated:
        raise InvalidInput(
            _("These items have no value: %(ids)s.") % {"ids": ", ".join(unrated[:10])}
        )
    unsure, errors = [], []
    for place, name in enumerate(given):
        told = _error_column(items, name)
        if told is None:
            unsure.append(name)
            span = float(np.nanmax(points[:, place]) - np.nanmin(points[:, place]))
            errors.append(np.full(len(points), UNSAID_ERROR * span))
        else:
            errors.append(np.nan_to_num(np.abs(items.numbers(told)), nan=0.0))
    shares = np.array(list(given.values()), dtype=np.float64)
    return Scores(points, np.stack(errors, axis=1), shares), unsure


def _error_column(items: Items, name: str) -> str | None:
    names = [f"{name}{ERROR}", *([ERROR.strip("_")] if name == VALUE else [])]
    return next((one for one in names if items.find_column(one) is not None), None)
