"""What the workbook reader does not tell: formulas never calculated, and cells far away.

Both are found by walking the XML of XLSX and ODS files once, without building a tree.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from xml.parsers import expat

from minka.knowledge.sources.sheet import LineTally

_UNPACKED_BYTES_LIMIT = 1 << 30
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    expat.ExpatError,
    OSError,
    RuntimeError,
    LookupError,
    ValueError,
)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
Attributes = dict[str, str]


@dataclass(slots=True)
class SheetExtent:
    """`area` is the number of cells in the rectangle from A1 to the farthest cell."""

    rows: int = 0
    columns: int = 0
    unsaved_formulas: LineTally = field(default_factory=LineTally)

    @property
    def area(self) -> int:
        return self.rows * self.columns

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def examine_workbook(path: Path) -> dict[str, SheetExtent]:
    """Return an extent per sheet name; empty for a format without XML, or a damaged file."""
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_BYTES_LIMIT:
                return {"": SheetExtent(rows=_UNPACKED_BYTES_LIMIT, columns=1)}
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return {
                    name: _examine_xlsx(archive.open(part))
                    for name, part in _xlsx_parts(archive).items()
                    if part in names
                }
            if "content.xml" in names:
                return _examine_ods(archive.open("content.xml"))
    except _DAMAGE:
        return {}  # the workbook reader says better what is wrong
    return {}


def _walk(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _tag: None,
    text: Callable[[str], None] = lambda _text: None,
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    with stream:
        parser.ParseFile(stream)


def _xlsx_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map sheet names to the parts of the archive that hold them."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, at: Attributes) -> None:
        if tag.endswith("Relationship"):
            target = at["Target"]
            targets[at["Id"]] = target[1:] if target[0] == "/" else str(PurePosixPath("xl", target))

    def sheet(tag: str, at: Attributes) -> None:
        key = next((key for key in at if key.endswith(":id")), "")
        if _local(tag) == "sheet" and key:
            sheets[at["name"]] = at[key]

    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        _walk(archive.open("xl/_rels/workbook.xml.rels"), relation)
    _walk(archive.open("xl/workbook.xml"), sheet)
    return {name: targets[key] for name, key in sheets.items() if key in targets}


class _XlsxCells:
    """Follows one worksheet: `<c r="B7"><f>…</f><v>…</v></c>`."""

    def __init__(self) -> None:
        self.extent = SheetExtent()
        self._cell, self._inside = "", ""
        self._has_formula = self._has_value = False

    def start(self, tag: str, at: Attributes) -> None:
        self._inside = _local(tag)
        if self._inside == "c":
            self._cell = at.get("r", "")
            self._has_formula = self._has_value = False
            if found := _REFERENCE.match(self._cell):
                self.extent.reach(int(found[2]), _column_number(found[1]))
        elif self._inside == "f":
            self._has_formula = True

    def text(self, _text: str) -> None:
        if self._inside in ("v", "t"):
            self._has_value = True

    def end(self, tag: str) -> None:
        self._inside = ""
        if _local(tag) == "c" and self._has_formula and not self._has_value:
            self.extent.unsaved_formulas.add(self._cell)


def _examine_xlsx(stream: IO[bytes]) -> SheetExtent:
    cells = _XlsxCells()
    _walk(stream, cells.start, cells.end, cells.text)
    return cells.extent


def _local(tag: str) -> str:
    """Drop the namespace prefix, which each program chooses for itself."""
    return tag.rpartition(":")[2]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _OdsTables:
    """Follows all tables of a document, whose rows and cells may be repeated by a number."""

    def __init__(self) -> None:
        self.extents: dict[str, SheetExtent] = {}
        self._now = SheetExtent()
        self._row = self._column = self._repeat = 0

    def start(self, tag: str, at: Attributes) -> None:
        if tag == "table:table":
            self._now = self.extents.setdefault(at.get("table:name", ""), SheetExtent())
            self._row = self._repeat = 0
        elif tag == "table:table-row":
            self._row += self._repeat
            self._repeat = int(at.get("table:number-rows-repeated", 1))
            self._column = 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += int(at.get("table:number-columns-repeated", 1))
            valued = "office:value-type" in at or "calcext:value-type" in at
            if valued:
                self._now.reach(self._row + self._repeat, self._column)
            elif "table:formula" in at:
                self._now.unsaved_formulas.add(f"{self._row + 1}:{self._column}")


def _examine_ods(stream: IO[bytes]) -> dict[str, SheetExtent]:
    tables = _OdsTables()
    _walk(stream, tables.start)
    return tables.extents
