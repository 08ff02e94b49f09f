"""Opening whatever table somebody uploads. The content decides what it is, never the name."""

import re
import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.knowledge.sources.delimited import open_delimited
from minka.knowledge.sources.json_table import open_json
from minka.knowledge.sources.sheet import Note, Row, Sheet
from minka.knowledge.sources.workbook import not_a_workbook, open_workbook

__all__ = ["Note", "Row", "Sheet", "open_table"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = {
    b"%PDF": "PDF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
    b"\xcf\xfa\xed\xfe": "Mach-O",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "RIFF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"PK\x05\x06": "ZIP",
    b"SQLite format 3": "SQLite",
}
_JSON = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x1e]*(?:\[\s*)?\{\s*(?:\"|\})")
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<body")


def open_table(path: Path, filename: str) -> list[Sheet]:
    """Open the tables of a file: one for a CSV, one per worksheet that holds rows.

    Args:
        path: where the file is; it must stay there while the sheets are read.
        filename: what the person called it; only names the sheet of a CSV.

    Raises:
        InvalidInput: with a sentence that says what is wrong and what to do about it.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InvalidInput(_("The file is empty. Check that you chose the right one."))
    if head.startswith(_OLE) or (head.startswith(_ZIP) and zipfile.is_zipfile(path)):
        sheets = open_workbook(path)
    else:
        _require_table(head)
        opener = open_json if _is_json(head) else open_delimited
        sheets = [opener(path, Path(filename).stem)]
    filled = [sheet for sheet in sheets if sheet.row_count]
    if not filled:
        raise InvalidInput(
            _("The file has column names at most, and no rows below them. Add the rows and retry.")
        )
    return filled


def _is_json(head: bytes) -> bool:
    """Tell JSON from a table whose first cell happens to begin with a bracket."""
    return _JSON.match(head.replace(b"\0", b"")) is not None


def _require_table(head: bytes) -> None:
    for signature, kind in _OTHER_KINDS.items():
        # two letters alone may begin a honest name: an executable also has bytes that text has not
        if head.startswith(signature) and (len(signature) > 2 or b"\0" in head[:64]):
            raise InvalidInput(
                _(
                    "This is a %(kind)s file, not a table. Upload a CSV file or an Excel or "
                    "LibreOffice workbook."
                )
                % {"kind": kind}
            )
    if head.startswith(_ZIP):
        raise not_a_workbook()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise InvalidInput(
            _(
                "This is a web page saved under another name. Open it in a spreadsheet program, "
                "save it as XLSX and upload that."
            )
        )
