"""JSON lines and GeoJSON as tables: nested names joined by dots, geometries as positions."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from minka.core.errors import InvalidInput
from minka.knowledge.sources.delimited import text_encoding
from minka.knowledge.sources.geometry import position_of
from minka.knowledge.sources.json_text import iter_objects
from minka.knowledge.sources.sheet import Note, Row, Sheet, is_blank

_SEVERAL = " | "
_DEPTH = 6
_COLUMNS_AT_MOST = 500


def open_json(path: Path, name: str) -> Sheet:
    """Open a file of JSON objects without loading it; every name that occurs is a column.

    Raises:
        InvalidInput: it is not JSON, or its objects have too many different names.
    """
    encoding, errors, notes = text_encoding(path)

    def flat() -> Iterator[tuple[int, dict[str, str]]]:
        for found in iter_objects(path, encoding=encoding, errors=errors):
            yield found.line, _flatten(found.content)

    columns: dict[str, None] = {}
    count = skipped = 0
    for _line, cells in flat():
        columns |= dict.fromkeys(cells)
        if len(columns) > _COLUMNS_AT_MOST:
            raise InvalidInput(str(Note("too_many_columns", {"count": _COLUMNS_AT_MOST}).message))
        if is_blank(list(cells.values())):
            skipped += 1
        else:
            count += 1
    headers = list(columns)

    def read() -> Iterator[Row]:
        for line, cells in flat():
            row = [cells.get(header, "") for header in headers]
            if not is_blank(row):
                yield Row(line, row)

    if skipped:
        notes = [*notes, Note("empty_objects", {"count": skipped})]
    return Sheet(name, headers, 0, count, notes, read)


def _flatten(content: Mapping[str, Any]) -> dict[str, str]:
    if content.get("type") != "Feature" or "geometry" not in content:
        return dict(_cells(content))
    properties = content.get("properties")
    cells = dict(_cells(properties if isinstance(properties, dict) else {}))
    if "id" in content and "id" not in cells:
        cells["id"] = _text(content["id"])
    if position := position_of(content["geometry"]):
        for axis, degrees in zip(("latitude", "longitude"), position, strict=True):
            cells[axis if axis not in cells else f"geometry.{axis}"] = f"{degrees:.6f}"
    return cells


def _cells(
    content: Mapping[str, Any], prefix: str = "", depth: int = 0
) -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and depth < _DEPTH:
            yield from _cells(value, f"{name}.", depth + 1)
        else:
            yield name, _text(value)


def _text(value: Any) -> str:
    """Write a value as a person would: lists of plain values parted by bars."""
    match value:
        case None:
            text = ""
        case bool():
            text = str(value).upper()
        case float() if value.is_integer():
            text = str(int(value))
        case list() if all(not isinstance(one, dict | list) for one in value):
            text = _SEVERAL.join(filter(None, map(_text, value)))
        case dict() | list():
            text = json.dumps(value, ensure_ascii=False)
        case _:
            text = str(value)
    return text
