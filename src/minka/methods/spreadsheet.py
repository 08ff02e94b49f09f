"""A plain XLSX workbook, written row by row.

Source: ECMA-376, Office Open XML, part 1, chapter 18 (SpreadsheetML), with inline strings.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

MOST_ROWS = 1_048_576  # what spreadsheet programs open
Cell = str | int | float

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>%s</Types>'
)
_SHEET_TYPE = (
    '<Override PartName="/xl/worksheets/sheet%s.xml" ' + f'ContentType="{_KIND}.worksheet+xml"/>'
)
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>%s</sheets></workbook>'
_LINKS = f'<Relationships xmlns="{_PACKAGE}/relationships">%s</Relationships>'
_LINK = f'<Relationship Id="r%s" Type="{_OFFICE}/worksheet"' + ' Target="worksheets/sheet%s.xml"/>'
_NAME_AT_MOST = 31
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
)  # XML 1.0 has no place for them
_UNNAMEABLE = re.compile(r"[\[\]:*?/\\]")  # what no sheet may have in its name


def write_workbook(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """Write rows as they come. Texts stay texts: none is read as a formula.

    Raises:
        ValueError: there are more rows than a sheet can hold.
    """
    write_sheets(path, [("1", rows)])


def write_sheets(path: Path, sheets: Sequence[tuple[str, Iterable[Sequence[Cell]]]]) -> None:
    """Write several sheets, each under its name, row by row.

    Raises:
        ValueError: there are more rows than a sheet can hold.
    """
    numbers = range(1, len(sheets) + 1)
    names = [escape(_UNNAMEABLE.sub(" ", name), {'"': "&quot;"}) for name, _rows in sheets]
    parts = {
        "[Content_Types].xml": _TYPES % "".join(_SHEET_TYPE % n for n in numbers),
        "_rels/.rels": _ROOT,
        "xl/workbook.xml": _BOOK
        % "".join(
            f'<sheet name="{name[:_NAME_AT_MOST]}" sheetId="{n}" r:id="r{n}"/>'
            for n, name in zip(numbers, names, strict=True)
        ),
        "xl/_rels/workbook.xml.rels": _LINKS % "".join(_LINK % (n, n) for n in numbers),
    }
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, _HEAD + text)
        for n, (_name, rows) in zip(numbers, sheets, strict=True):
            with book.open(f"xl/worksheets/sheet{n}.xml", "w", force_zip64=True) as sheet:
                _write_rows(sheet, rows)


def _write_rows(sheet: IO[bytes], rows: Iterable[Sequence[Cell]]) -> None:
    sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise ValueError("more rows than a sheet can hold")
        sheet.write(f'<row r="{number}">{"".join(map(_cell, row))}</row>'.encode())
    sheet.write(b"</sheetData></worksheet>")


def _cell(value: Cell) -> str:
    if isinstance(value, str):
        text = escape(_FORBIDDEN.sub("", value))
        return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f"<c><v>{value}</v></c>"
