"""From the rows of sheets to the records that the linkage engine compares."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

from minka.knowledge.sources.cleaning import CleanRow, clean_row
from minka.knowledge.sources.columns import suggest_mapping
from minka.knowledge.sources.fields import Field
from minka.knowledge.sources.gazetteer import iter_places, normalise_place_name
from minka.knowledge.sources.tables import Row, Sheet, open_table
from minka.methods.linkage.records import Record
from minka.methods.text import search_key, tidy

__all__ = ["Mapped", "SourceRow", "cut_length", "is_place", "place_key", "read_file", "to_record"]

Mapped = Mapping[str, Field | str | None]
Rows = Sequence[tuple[int, Row]]
_CHUNK = 20_000
_SHORTEST_CUT, _LONGEST_CUT = 15, 60
_CUT_SHARE = 0.03
_CUT_ROWS = 4


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a record stood. `line` counts the rows below the column names from 1."""

    file: str
    sheet: str
    line: int


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(search_key(place.name) for place in iter_places())


def is_place(text: str) -> bool:
    """Tell whether a text is the name of a department, province or district."""
    return text in _places() or normalise_place_name(text) in _places()


def read_file(path: Path, *, processes: int = 1) -> Iterator[tuple[SourceRow, Record]]:
    """Yield the rows of every sheet of a file as records, streamed.

    Args:
        path: a table in any format that an import takes.
        processes: how many clean rows at once, where the machine allows.

    Raises:
        InvalidInput: it is no table we can read, with a sentence that says why.
    """
    for sheet in open_table(path, path.name):
        yield from _read_sheet(sheet, path.name, processes)


def _read_sheet(sheet: Sheet, file: str, processes: int) -> Iterator[tuple[SourceRow, Record]]:
    suggested = suggest_mapping(sheet.headers, sheet.sample())
    mapping: Mapped = {header: one.field or "" for header, one in suggested.items()}
    where = f"{file}:{sheet.name}"
    clean = partial(_clean_rows, where, sheet.headers, mapping, _cut_of(sheet, mapping))
    numbered = enumerate(sheet.iter_rows(), start=1)
    for records in _in_chunks(clean, numbered, processes):
        for line, record in records:
            yield SourceRow(file, sheet.name, line), record


def _cut_of(sheet: Sheet, mapping: Mapped) -> int:
    column = next((i for i, h in enumerate(sheet.headers) if mapping[h] == Field.NAME), None)
    if column is None:
        return 0
    return cut_length(
        tidy(row.cells[column]) for row in sheet.iter_rows() if column < len(row.cells)
    )


def _in_chunks(
    clean: Callable[[Rows], list[tuple[int, Record]]],
    rows: Iterator[tuple[int, Row]],
    processes: int,
) -> Iterator[list[tuple[int, Record]]]:
    source = iter(lambda: list(islice(rows, _CHUNK)), [])
    start = list(islice(source, 2))
    if processes < 2 or len(start) < 2 or "fork" not in get_all_start_methods():
        yield from map(clean, chain(start, source))
        return
    with get_context("fork").Pool(processes) as pool:
        yield from pool.imap(clean, chain(start, source))


def _clean_rows(
    where: str, headers: Sequence[str], mapping: Mapped, cut: int, rows: Rows
) -> list[tuple[int, Record]]:
    cleaned = (
        (line, clean_row(dict(zip(headers, row.cells, strict=False)), mapping))
        for line, row in rows
    )
    return [(line, to_record(f"{where}:{line}", clean, cut=cut)) for line, clean in cleaned]


def cut_length(names: Iterable[str]) -> int:
    """Return the length at which a column cuts its names off: many are as long, none longer.

    0 where the column does not.
    """
    sizes = Counter(map(len, names))
    longest = max(sizes, default=0)
    if not _SHORTEST_CUT <= longest <= _LONGEST_CUT:
        return 0
    near = sizes[longest] + sizes[longest - 1]
    return longest - 1 if near >= max(_CUT_ROWS, _CUT_SHARE * sizes.total()) else 0


def to_record(key: str, clean: CleanRow, *, cut: int = 0) -> Record:
    """Take from a cleaned row what tells organisations apart.

    Args:
        key: names the row for whoever asks.
        clean: the row.
        cut: the length at which its column cuts names off, or 0.
    """
    name, tax_id = clean.text(Field.NAME), clean.text(Field.TAX_ID)
    return Record(
        key=key,
        name=name,
        trade_name=clean.text(Field.TRADE_NAME),
        other_names=tuple(clean.many(Field.OTHER_NAMES)),
        acronym=clean.text(Field.ACRONYM),
        tax_id=f"{clean.text('tax_scheme')}:{tax_id}" if tax_id else "",
        tax_written=_untrusted_number(clean),
        emails=tuple(clean.many(Field.EMAIL)),
        phones=tuple(clean.many(Field.PHONE)),
        website=clean.text(Field.WEBSITE),
        region=place_key(clean.text(Field.REGION)),
        province=place_key(clean.text(Field.PROVINCE)),
        district=place_key(clean.text(Field.DISTRICT)),
        address=clean.text(Field.ADDRESS),
        activity=search_key(clean.text(Field.ACTIVITY) or clean.text(Field.KIND)),
        name_cut=bool(cut) and len(name) >= cut,
    )


def _untrusted_number(clean: CleanRow) -> str:
    """Return the digits of a tax number with a slip in it; fillers such as 00000000000 are none."""
    for problem in clean.problems:
        if problem.code.startswith("tax_id_") and problem.code != "tax_id_placeholder":
            return re.sub(r"[^0-9Kk]", "", problem.original)
    return ""


def place_key(text: str) -> str:
    """Return the key under which a place is compared, or empty."""
    return normalise_place_name(text) if text else ""
