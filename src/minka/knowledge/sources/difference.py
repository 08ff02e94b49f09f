"""What a newer version of a list changes, before it is applied."""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import QuerySet

from minka.knowledge.models import Record, SheetImport
from minka.knowledge.sources.cleaning import clean_row
from minka.knowledge.sources.fields import Field
from minka.knowledge.sources.intake import (
    CHUNK_ROWS,
    RowCounter,
    fingerprint,
    place_keys,
    row_key,
)
from minka.knowledge.sources.tables import Row, Sheet
from minka.methods.pairing import pair_rows

READS_AT_MOST_S = 4.0
WHOLE_AT_MOST_S = 90.0
SHOWN = 20
HELD = 2000  # rows that are new or changed, of which we keep the cells to show some


@dataclass(frozen=True, slots=True)
class Line:
    """A row that came or went."""

    line: int
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row of which some cells are different."""

    line: int
    name: str
    cells: list[tuple[str, str, str]]  # column, before, after


@dataclass(slots=True)
class Difference:
    """How the sheet differs from what is known of its source. `new_lines` holds the new rows.

    `complete` is False when the sheet was too long to compare it to its end just now: then nobody
    knows yet what vanished.
    """

    known: int
    unchanged: int = 0
    new: int = 0
    changed: int = 0
    vanished: int = 0
    complete: bool = True
    new_lines: set[int] = field(default_factory=set)
    new_rows: list[Line] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    vanished_rows: list[Line] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return self.complete and not (self.new or self.changed or self.vanished)

    @property
    def looks_like_a_version(self) -> bool:
        """Whether the sheet holds at least half of what is known: then it is the list again."""
        return 2 * (self.unchanged + self.changed) >= self.known or not self.complete


@dataclass(slots=True)
class _Reading:
    """What was gathered of the sheet so far."""

    seen: set[int] = field(default_factory=set)
    fresh: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    cells: dict[int, dict[str, str]] = field(default_factory=dict)
    complete: bool = True


def has_earlier_rows(sheet_import: SheetImport) -> bool:
    """Tell whether there is anything to compare a sheet with."""
    return _known(sheet_import).exists()


def compare(
    sheet: Sheet,
    sheet_import: SheetImport,
    mapping: Mapping[str, str],
    *,
    country: str,
    whole: bool = False,
) -> Difference | None:
    """Compare a sheet with the records of its source; None if there are none. Keeps nothing."""
    known = _known(sheet_import).count()
    if not known:
        return None
    deadline = time.monotonic() + (WHOLE_AT_MOST_S if whole else READS_AT_MOST_S)
    read = _read(sheet, sheet_import, mapping, country, deadline)
    found = Difference(known=known, unchanged=len(read.seen), complete=read.complete)
    fresh = {line: name for rows in read.fresh.values() for line, name in rows}
    pairs: dict[int, int] = {}  # line: record
    if read.complete:
        gone = _gone(sheet_import, read.seen)
        pairs = {
            line: pk
            for key, rows in gone.items()
            if key
            for pk, line in pair_rows(rows, read.fresh.get(key, []))
        }
        vanished = {pk for rows in gone.values() for pk, _name in rows} - set(pairs.values())
        found.vanished = len(vanished)
        found.vanished_rows = [
            Line(line, name or "—")
            for line, name in Record.objects.filter(pk__in=sorted(vanished)[:SHOWN])
            .order_by("line")
            .values_list("line", "values__name")
        ]
    found.new_lines = set(fresh) - set(pairs)
    found.changed, found.new = len(pairs), len(found.new_lines)
    found.new_rows = [Line(line, fresh[line] or "—") for line in sorted(found.new_lines)[:SHOWN]]
    found.changes = list(_changes(pairs, fresh, read.cells))
    return found


def _known(sheet_import: SheetImport) -> QuerySet[Record]:
    return Record.objects.filter(
        source_id=sheet_import.source_id, sheet=sheet_import.sheet, vanished_at=None
    )


def _read(
    sheet: Sheet,
    sheet_import: SheetImport,
    mapping: Mapping[str, str],
    country: str,
    deadline: float,
) -> _Reading:
    read, counter, rows = _Reading(), RowCounter(), sheet.iter_rows()
    while chunk := list(islice(rows, CHUNK_ROWS)):
        prints = [fingerprint(sheet_import, sheet, row, counter) for row in chunk]
        held = _known(sheet_import).filter(digest__in={digest for digest, _n in prints})
        known = {(d, n): pk for d, n, pk in held.values_list("digest", "occurrence", "pk")}
        for row, name in zip(chunk, prints, strict=True):
            if name in known:
                read.seen.add(known[name])
            else:
                _gather(read, sheet, row, mapping, country)
        if time.monotonic() > deadline:
            read.complete = next(rows, None) is None
            break
    return read


def _gather(
    read: _Reading, sheet: Sheet, row: Row, mapping: Mapping[str, str], country: str
) -> None:
    cells = sheet.cells(row)
    clean = clean_row(cells, mapping, country=country)
    read.fresh[row_key(clean, place_keys(clean))].append((row.line, clean.text(Field.NAME)))
    if len(read.cells) < HELD:
        read.cells[row.line] = cells


def _gone(sheet_import: SheetImport, seen: set[int]) -> dict[str, list[tuple[int, str]]]:
    gone: dict[str, list[tuple[int, str]]] = defaultdict(list)
    known = _known(sheet_import).order_by("pk").values_list("pk", "key", "values__name")
    for pk, key, name in known.iterator(chunk_size=2000):
        if pk not in seen:
            gone[key].append((pk, str(name or "")))
    return gone


def _changes(
    pairs: Mapping[int, int], names: Mapping[int, str], cells: Mapping[int, dict[str, str]]
) -> Iterator[Change]:
    lines = [line for line in sorted(pairs) if line in cells][:SHOWN]
    before = Record.objects.only("cells").in_bulk([pairs[line] for line in lines])
    for line in lines:
        old, new = dict(before[pairs[line]].cells), cells[line]
        yield Change(
            line,
            names[line] or "—",
            [
                (column, old.get(column, ""), new.get(column, ""))
                for column in dict.fromkeys([*new, *old])
                if old.get(column, "") != new.get(column, "")
            ],
        )
