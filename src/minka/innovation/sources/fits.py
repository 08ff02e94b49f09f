"""A sheet of how well people fit items, and of who may not have what."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.innovation.sources.long_tables import Line, names_of, read_lines, refuse_twice
from minka.methods.assignment.task import Floats

ITEM, PERSON, FIT = "item", "person", "fit"


@dataclass(frozen=True, slots=True)
class Fits:
    """Items and people by name, so that the order of rows changes nothing; `fits` by both.

    `as_written` are the places of the items in the order in which they first appear.
    """

    items: tuple[str, ...]
    people: tuple[str, ...]
    fits: Floats
    as_written: tuple[int, ...]


def read_fits(path: Path, conflicts: Path | None = None) -> Fits:
    """Read fits; pairs that are missing, have no fit or are a conflict are not allowed.

    An item or a person whose every pair is a conflict is kept, so that it is told.

    Raises:
        InvalidInput: a file is no such table; the line is named where there is one.
    """
    lines = read_lines(path, (ITEM, PERSON, FIT))
    written, people = names_of(lines, ITEM), tuple(sorted(names_of(lines, PERSON)))
    refuse_twice(lines, (ITEM, PERSON))
    items = tuple(sorted(written))
    rows = {name: place for place, name in enumerate(items)}
    columns = {name: place for place, name in enumerate(people)}
    fits = np.full((len(items), len(people)), np.nan)
    for line in lines:
        value = line.value(FIT)
        if value is not None:
            fits[rows[line.text(ITEM)], columns[line.text(PERSON)]] = value
    for line in [] if conflicts is None else read_lines(conflicts, (ITEM, PERSON)):
        fits[_place(line, ITEM, rows), _place(line, PERSON, columns)] = np.nan
    return Fits(items, people, fits, tuple(rows[name] for name in written))


def _place(line: Line, column: str, known: dict[str, int]) -> int:
    """A conflict of somebody unknown is most likely a slip of the pen, and a silent one."""
    name = line.text(column)
    if name not in known:
        raise InvalidInput(
            _("Line %(line)s of the conflicts: “%(name)s” is not among the fits (%(column)s).")
            % {"line": line.number, "name": name, "column": column}
        )
    return known[name]
