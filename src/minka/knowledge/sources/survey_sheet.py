"""Read a filled sheet of a survey, and write one, as a workbook or as text."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.core.models import StoredFile
from minka.knowledge.queries.survey_sheets import ID, MARK, ROWS_AT_MOST, FilledRow
from minka.knowledge.sources.tables import open_table
from minka.methods.spreadsheet import Cell, write_sheets

FORMULA = re.compile(r"^[=+\-@\t\r]")  # what spreadsheet programs would reckon with
PHONE_OR_NUMBER = re.compile(r"^[+-][\d\s.,]+$")


def filled_rows(*, stored: StoredFile) -> list[FilledRow]:
    """Return the rows of a stored sheet that are about organisations.

    Raises:
        InvalidInput: it is no table, has no column `id`, or too many rows.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with stored.content.open("rb") as file:
            path.write_bytes(file.read())
        return _rows(path, stored.name)


def _rows(path: Path, name: str) -> list[FilledRow]:
    sheet = open_table(path, name)[0]
    headers = [one.strip().lower() for one in sheet.headers]
    if ID not in headers:
        raise InvalidInput(
            _("The sheet has no column “id”. Fill in the sheet as it was downloaded here.")
        )
    rows = []
    for row in sheet.iter_rows():
        cells = {
            header: cell.strip().removeprefix("'")
            for header, cell in zip(headers, row.cells, strict=False)
        }
        public_id = cells.get(ID, "")
        if public_id.startswith(MARK) or not public_id:
            continue
        rows.append(FilledRow(row.line, public_id, cells))
        if len(rows) > ROWS_AT_MOST:
            raise InvalidInput(_("The sheet has too many rows."))
    return rows


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as text that spreadsheet programs open well; no cell is read as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_workbook(sheets: Sequence[tuple[str, Iterable[Sequence[Cell]]]]) -> bytes:
    """Return sheets as an XLSX workbook."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_sheets(path, sheets)
        return path.read_bytes()


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str) and FORMULA.match(cell) and not PHONE_OR_NUMBER.match(cell):
        return f"'{cell}"
    return cell
