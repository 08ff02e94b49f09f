"""XLSX, XLS and ODS workbooks: the values a person saw when they were last saved."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from minka.core.errors import InvalidInput
from minka.knowledge.sources.headers import build_sheet
from minka.knowledge.sources.sheet import LineTally, Note, Row, Sheet, is_blank
from minka.knowledge.sources.workbook_examination import SheetExtent, examine_workbook

_CELLS_LIMIT = 5_000_000  # calamine lays the rectangle around all cells out in memory


def open_workbook(path: Path) -> list[Sheet]:
    """Open every worksheet that holds something.

    Raises:
        InvalidInput: no workbook, damaged, locked with a password, or unreasonably large.
    """
    extents = examine_workbook(path)
    if any(extent.area > _CELLS_LIMIT for extent in extents.values()):
        raise InvalidInput(
            _("A cell lies far away from the table. Delete the unused rows and columns and retry.")
        )
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return list(_sheets(workbook, extents))
    except PasswordError as error:
        raise InvalidInput(
            _("The workbook is locked with a password. Save a copy without it and upload that.")
        ) from error
    except CalamineError as error:
        raise not_a_workbook() from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the Rust reader gives up on damage
            raise not_a_workbook() from error
        raise


def not_a_workbook() -> InvalidInput:
    return InvalidInput(
        _(
            "This file is not a workbook, or it is damaged. Open it in a spreadsheet program, "
            "save it as XLSX or CSV and upload that."
        )
    )


def _sheets(workbook: CalamineWorkbook, extents: dict[str, SheetExtent]) -> Iterator[Sheet]:
    for info in workbook.sheets_metadata:
        if info.typ != SheetTypeEnum.WorkSheet:
            continue
        grid = workbook.get_sheet_by_name(info.name).to_python(skip_empty_area=False)
        rows = [
            Row(line, cells)
            for line, values in enumerate(grid, start=1)
            if not is_blank(cells := [_text(value) for value in values])
        ]
        if not rows:
            continue
        notes = [] if info.visible == SheetVisibleEnum.Visible else [Note("hidden_sheet")]
        if (extent := extents.get(info.name)) and extent.unsaved_formulas.count:
            notes.append(_formula_note(extent.unsaved_formulas))
        yield build_sheet(info.name, rows.__iter__, notes)


def _formula_note(tally: LineTally) -> Note:
    return Note("formula_without_value", {"count": tally.count, "cells": str(tally)})


def _text(value: Any) -> str:
    """Write a cell as a person reads it: whole numbers without decimals, dates in ISO."""
    match value:
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case _:
            return str(value)
