"""The way of a sheet of ties: the file is kept, read, and handed over row by row."""

from django.core.files.uploadedfile import UploadedFile

from minka.core.files import store_upload
from minka.core.models import User
from minka.knowledge.actions.tie_imports import SheetOfTies, map_tie_import, open_tie_import
from minka.knowledge.models import TieImport
from minka.knowledge.sources.sheet import Row
from minka.knowledge.sources.tie_sheet import guess_columns, read_tie_sheet, said_tie


def upload_ties(
    *, by: User, upload: UploadedFile[bytes], source: str, default_kind: str, is_public: bool
) -> TieImport:
    """Keep a file and look at its ties.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: it is no table, or too long, or has no source.
        TooLarge: the file is too heavy.
    """
    stored = store_upload(by=by, upload=upload, kinds=("sheet",))
    read = read_tie_sheet(stored=stored)
    mapping = guess_columns(read.headers)
    sheet = SheetOfTies(stored, read.name, read.headers, mapping, source, default_kind, is_public)
    rows = (said_tie(row, mapping, default_kind=default_kind) for row in read.rows)
    return open_tie_import(by=by, sheet=sheet, rows=rows)


def map_ties(
    *, by: User, tie_import: TieImport, mapping: dict[str, int], default_kind: str
) -> TieImport:
    """Read the kept rows with other columns.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: its ties were taken already.
    """
    kept = tie_import.rows.order_by("line").values_list("line", "cells")
    rows = [said_tie(Row(line, cells), mapping, default_kind=default_kind) for line, cells in kept]
    return map_tie_import(
        by=by, tie_import=tie_import, mapping=mapping, default_kind=default_kind, rows=rows
    )
