"""Read a sheet of ties: what its columns are, and what each cell says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from minka.core.errors import InvalidInput
from minka.core.models import StoredFile
from minka.knowledge.actions.tie_imports import SaidTie
from minka.knowledge.sources.sheet import Row
from minka.knowledge.sources.tables import open_table
from minka.knowledge.sources.tie_words import CONFIDENCES, HEADERS, KINDS, ROLES
from minka.methods.text import search_key, tidy

ROWS_AT_MOST = 20_000
SERIAL_FROM, SERIAL_TO = 20_000, 80_000  # days as spreadsheets count them: 1954 to 2119
SERIAL_ZERO = date(1899, 12, 30)
PATTERNS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y/%m/%d")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$")
_YEAR = re.compile(r"(19|20)\d{2}(\.0+)?")
_MONTH = re.compile(r"((?:19|20)\d{2})-(\d{1,2})|(\d{1,2})/((?:19|20)\d{2})")
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class TieSheet:
    """The first table of a file that holds rows."""

    name: str
    headers: list[str]
    rows: list[Row]


def read_tie_sheet(*, stored: StoredFile) -> TieSheet:
    """Return the table of a stored file.

    Raises:
        InvalidInput: it is no table, or has too many rows.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with stored.content.open("rb") as file:
            path.write_bytes(file.read())
        sheet = open_table(path, stored.name)[0]
        if sheet.row_count > ROWS_AT_MOST:
            raise InvalidInput(_("The sheet has too many rows."))
        rows = [Row(row.line, [tidy(cell) for cell in row.cells]) for row in sheet.iter_rows()]
    return TieSheet(sheet.name, sheet.headers, rows)


def guess_columns(headers: Sequence[str]) -> dict[str, int]:
    """Return which column plays which role, as far as their names tell."""
    keys = [search_key(header) for header in headers]
    wishes = sorted(
        (HEADERS[role].index(key), ROLES.index(role), role, place)
        for place, key in enumerate(keys)
        for role in ROLES
        if key in HEADERS[role]
    )
    mapping: dict[str, int] = {}
    for _rank, _order, role, place in wishes:
        if role not in mapping and place not in mapping.values():
            mapping[role] = place
    return mapping


def said_tie(row: Row, mapping: Mapping[str, int], *, default_kind: str = "") -> SaidTie:
    """Return what a row says; what cannot be read is a fault, never left out silently."""

    def cell(role: str) -> str:
        place = mapping.get(role, -1)
        return row.cells[place].strip() if 0 <= place < len(row.cells) else ""

    said = SaidTie(row.line, list(row.cells))
    said.tail, said.tail_id = cell("tail"), cell("tail_id")
    said.head, said.head_id = cell("head"), cell("head_id")
    said.source, said.note = cell("source")[:120], cell("note")[:500]
    written = cell("kind")
    found = KINDS.get(search_key(written))
    if found is not None:
        said.kind = str(found[0])
        if not found[1]:
            said.tail, said.tail_id, said.head, said.head_id = (
                said.head, said.head_id, said.tail, said.tail_id,
            )  # fmt: skip
    elif written or not default_kind:
        said.faults.append(("kind", written))
    else:
        said.kind = default_kind
    for end in ("tail", "head"):
        if not getattr(said, end) and not getattr(said, f"{end}_id"):
            said.faults.append(("empty", ""))
    said.starts_on = _day(cell("since"), said.faults, at_end=False)
    said.ends_on = _day(cell("until"), said.faults, at_end=True)
    if said.starts_on and said.ends_on and said.ends_on < said.starts_on:
        said.faults.append(("order", f"{said.starts_on} – {said.ends_on}"))
        said.ends_on = None
    said.confidence = _confidence(cell("confidence"), said.faults)
    return said


def _day(text: str, faults: list[tuple[str, str]], *, at_end: bool) -> date | None:
    """Read a day; of a year or a month alone, its first day or its last one."""
    bare = _TIME.sub("", text.strip())
    if not bare:
        return None
    for pattern in PATTERNS:
        try:
            return datetime.strptime(bare, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    if _YEAR.fullmatch(bare):
        year = int(bare[:4])
        return date(year, DECEMBER, 31) if at_end else date(year, 1, 1)
    if (month := _MONTH.fullmatch(bare)) is not None:
        year, number = int(month[1] or month[4]), int(month[2] or month[3])
        if 1 <= number <= DECEMBER:
            following = date(year + number // DECEMBER, number % DECEMBER + 1, 1)
            return following - timedelta(days=1) if at_end else date(year, number, 1)
    if re.fullmatch(r"\d{5}(\.0+)?", bare) and SERIAL_FROM <= int(bare[:5]) <= SERIAL_TO:
        return SERIAL_ZERO + timedelta(days=int(bare[:5]))
    faults.append(("date", text))
    return None


def _confidence(text: str, faults: list[tuple[str, str]]) -> float:
    """Read words, shares (0.8) and percentages (80, 80 %)."""
    if not text:
        return 1.0
    if (known := CONFIDENCES.get(search_key(text))) is not None:
        return known
    try:
        value = float(text.replace("%", "").replace(",", ".").strip())
    except ValueError:
        value = -1.0
    if "%" in text or value > 1:
        value /= 100
    if 0 < value <= 1:
        return value
    faults.append(("confidence", text))
    return 1.0
