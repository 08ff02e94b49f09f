"""Sheets with one line per pair (an item and a person), every mistake told by its line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.innovation.sources.items import to_number
from minka.knowledge.sources.tables import open_table
from minka.methods.text import search_key


@dataclass(frozen=True, slots=True)
class Line:
    """One row: where it stands in the file, and its cells by the names asked for."""

    number: int
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return a cell that may not be empty.

        Raises:
            InvalidInput: it is.
        """
        if not self.cells[name]:
            raise InvalidInput(
                _("Line %(line)s: the column “%(name)s” is empty.")
                % {"line": self.number, "name": name}
            )
        return self.cells[name]

    def value(self, name: str) -> float | None:
        """Return a cell as a number, None where it is empty.

        Raises:
            InvalidInput: it holds something else.
        """
        text = self.cells[name]
        if not text:
            return None
        found = to_number(text)
        if found is None:
            raise InvalidInput(
                _("Line %(line)s: “%(text)s” in the column “%(name)s” is not a number.")
                % {"line": self.number, "text": text, "name": name}
            )
        return found


def read_lines(path: Path, wanted: Sequence[str], optional: Sequence[str] = ()) -> list[Line]:
    """Read the first table of a file that has the wanted columns.

    Columns that are optional and missing are left out of the cells.

    Raises:
        InvalidInput: the file is no table, or lacks a column.
    """
    sheets = open_table(path, path.name)
    for sheet in sheets:
        names = {search_key(header): header for header in sheet.headers}
        if not all(name in names for name in wanted):
            continue
        given = [name for name in (*wanted, *optional) if name in names]
        found = []
        for row in sheet.iter_rows():
            cells = sheet.cells(row)
            found.append(Line(row.line, {name: cells[names[name]].strip() for name in given}))
        return found
    raise InvalidInput(
        _("%(file)s needs the columns %(wanted)s. It has: %(columns)s.")
        % {
            "file": path.name,
            "wanted": ", ".join(wanted),
            "columns": ", ".join(sheets[0].headers),
        }
    )


def refuse_twice(lines: Sequence[Line], names: Sequence[str]) -> None:
    """Refuse a second line of the same item and person.

    Raises:
        InvalidInput: there is one; both lines are named.
    """
    known: dict[tuple[str, ...], int] = {}
    for line in lines:
        key = tuple(line.cells[name] for name in names)
        if key in known:
            raise InvalidInput(
                _("Line %(line)s says again what line %(first)s says: %(what)s.")
                % {"line": line.number, "first": known[key], "what": " · ".join(key)}
            )
        known[key] = line.number


def names_of(lines: Sequence[Line], name: str) -> tuple[str, ...]:
    """Return what stands in a column, each once, in the order of the rows."""
    return tuple(dict.fromkeys(_texts(lines, name)))


def _texts(lines: Sequence[Line], name: str) -> Iterator[str]:
    return (line.text(name) for line in lines)
