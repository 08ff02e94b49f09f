"""One table of a file: named columns, and rows that know their line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

NOTE_MESSAGES: dict[str, Any] = {
    "duplicate_header": _("Several columns are called “%(header)s”; they were numbered apart."),
    "unnamed_column": _("Column %(header)s has values but no name."),
    "no_header": _("The sheet has no column names; the columns were named by their letters."),
    "title_rows": _("The column names were found on line %(line)s; what is above was left out."),
    "short_rows": ngettext_lazy(
        "%(count)s row has fewer cells than columns (line %(lines)s).",
        "%(count)s rows have fewer cells than columns (lines %(lines)s).",
        "count",
    ),
    "long_rows": ngettext_lazy(
        "%(count)s row has more cells than columns (line %(lines)s).",
        "%(count)s rows have more cells than columns (lines %(lines)s).",
        "count",
    ),
    "formula_without_value": ngettext_lazy(
        "%(count)s formula has no saved result and was read as empty (%(cells)s). "
        "Open the file in a spreadsheet program, save it and upload it again.",
        "%(count)s formulas have no saved result and were read as empty (%(cells)s). "
        "Open the file in a spreadsheet program, save it and upload it again.",
        "count",
    ),
    "hidden_sheet": _("This sheet is hidden in the workbook."),
    "encoding": _("The file was not saved as UTF-8; it was read as %(encoding)s. Check accents."),
    "mixed_encoding": _("The file mixes two character encodings; both were read. Check accents."),
    "too_many_columns": _(
        "The objects have more than %(count)s different names. Keep those that matter and retry."
    ),
    "empty_objects": ngettext_lazy(
        "%(count)s object holds nothing and was left out.",
        "%(count)s objects hold nothing and were left out.",
        "count",
    ),
    "null_characters": ngettext_lazy(
        "%(count)s row holds null characters (line %(lines)s).",
        "%(count)s rows hold null characters (lines %(lines)s).",
        "count",
    ),
}
LINES_SHOWN = 5


class Row(NamedTuple):
    """`line` is counted from 1 as a person sees it in the file."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about a sheet; `params` are plain values."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence, in the language active now."""
        return str(NOTE_MESSAGES[self.code] % dict(self.params))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows are read anew, and streamed where the format allows, at each `iter_rows()`."""

    name: str
    headers: list[str]
    header_line: int  # 0 when the sheet has no column names
    row_count: int
    notes: list[Note]
    read: Callable[[], Iterator[Row]]

    def iter_rows(self) -> Iterator[Row]:
        """Yield the rows that hold something, with as many cells as the file gives them."""
        return self.read()

    def cells(self, row: Row) -> dict[str, str]:
        """Name the cells of a row: missing ones are empty, surplus ones named by their letter."""
        named = dict(zip(self.headers, row.cells, strict=False))
        for index in range(len(row.cells), len(self.headers)):
            named[self.headers[index]] = ""
        for index in range(len(self.headers), len(row.cells)):
            if row.cells[index].strip():
                named[column_letter(index)] = row.cells[index]
        return named

    def sample(self, size: int = 200) -> list[list[str]]:
        """Return the cells of the first rows, for guessing what the columns are."""
        return [row.cells for row in islice(self.iter_rows(), size)]


def column_letter(index: int) -> str:
    """Name a column without a name as a spreadsheet would: 0 → `(A)`, 26 → `(AA)`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return f"({letters})"


def is_blank(cells: Sequence[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in cells)


class LineTally:
    """Counts lines with one oddity and remembers the first few."""

    def __init__(self) -> None:
        self.count = 0
        self._first: list[str] = []

    def add(self, line: int | str) -> None:
        self.count += 1
        if len(self._first) < LINES_SHOWN:
            self._first.append(str(line))

    def __str__(self) -> str:
        return ", ".join(self._first) + (" …" if self.count > len(self._first) else "")
