"""From the rows of sheets to the records that the linkage engine compares."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, islice
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

from minka.knowledge.sources.cleaning import CleanRow, clean_row
from minka.knowledge.sources.columns import suggest_mapping
from minka.knowledge.sources.fields import Field
from minka.knowledge.sources.gazetteer import iter_places, normalise_place_name, region_of
from minka.knowledge.sources.tables import Row, Sheet, open_table
from minka.knowledge.sources.world import HOME
from minka.methods.linkage.names import parse_names
from minka.methods.linkage.provenance import REGISTRY
from minka.methods.linkage.records import Record, country_of
from minka.methods.text import search_key, tidy

__all__ = ["Mapped", "SourceRow", "cut_length", "is_place", "place_key", "read_file", "to_record"]

Mapped = Mapping[str, Field | str | None]
Rows = Sequence[tuple[int, Row]]
_CHUNK = 20_000
_SHORTEST_CUT, _LONGEST_CUT = 15, 60
_CUT_SHARE = 0.03
_CUT_ROWS = 4
_TOLD_ROWS, _TOLD_SHARE, _NEARLY_ALL = 5, 0.1, 0.95
_NAMED_SHARE = 0.3
_REGISTRIES = tuple(
    (scheme, re.compile(pattern, re.IGNORECASE))
    for scheme, pattern in (
        ("ror", r"(?:https?://)?(?:www\.)?ror\.org/(0[a-z0-9]{6}\d\d)"),
        ("grid", r"(grid\.\d+\.[0-9a-f]+)"),
        ("isni", r"(?:https?://)?(?:www\.)?isni\.org/(?:isni/)?(\d{15}[\dx])"),
        ("wikidata", r"(?:https?://)?(?:www\.)?wikidata\.org/(?:wiki|entity)/(q\d+)"),
    )
)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a record stood. `line` counts the rows below the column names from 1."""

    file: str
    sheet: str
    line: int


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(search_key(place.name) for place in iter_places())


@lru_cache(maxsize=200_000)
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
    sample = [Row(line, cells) for line, cells in enumerate(sheet.sample(), start=1)]
    country = usual_country([record for _line, record in clean(list(enumerate(sample)))])
    numbered = enumerate(sheet.iter_rows(), start=1)
    for records in _in_chunks(clean, numbered, processes):
        for line, record in records:
            yield SourceRow(file, sheet.name, line), of_country(record, country)


def of_country(record: Record, usual: str) -> Record:
    """Give a record its country; `usual` is that of its sheet, if there is one."""
    return replace(record, country=country_of(record, usual))


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
    return [
        (line, to_record(f"{where}:{line}", clean, cut=cut, source=where))
        for line, clean in cleaned
    ]


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


def to_record(key: str, clean: CleanRow, *, cut: int = 0, source: str = "") -> Record:
    """Take from a cleaned row what tells organisations apart.

    Args:
        key: names the row for whoever asks.
        clean: the row.
        cut: the length at which its column cuts names off, or 0.
        source: names the sheet the row stands in.
    """
    name, tax_id = clean.text(Field.NAME), clean.text(Field.TAX_ID)
    region, province = clean.text(Field.REGION), clean.text(Field.PROVINCE)
    guessed = any(problem.code == "place_abroad" for problem in clean.problems)
    country = ("" if guessed else clean.text(Field.COUNTRY)) or home_of(region)
    if not region and (country not in {"", HOME} or region_of(province)):
        region, province = province, ""  # what other countries call the first level below them
    return Record(
        key=key,
        name=name,
        trade_name=clean.text(Field.TRADE_NAME),
        other_names=tuple(clean.many(Field.OTHER_NAMES)),
        acronym=clean.text(Field.ACRONYM),
        tax_id=(
            f"{clean.text('tax_scheme')}:{tax_id}"
            if tax_id
            else registry_id(clean.text(Field.EXTERNAL_ID))
        ),
        tax_written=_untrusted_number(clean),
        emails=tuple(clean.many(Field.EMAIL)),
        phones=tuple(clean.many(Field.PHONE)),
        website=clean.text(Field.WEBSITE),
        region=place_key(region),
        province=place_key(province),
        district=place_key(clean.text(Field.DISTRICT)),
        address=clean.text(Field.ADDRESS),
        activity=search_key(clean.text(Field.ACTIVITY) or clean.text(Field.KIND)),
        name_cut=bool(cut) and len(name) >= cut,
        source=source,
        country=country,
    )


def registry_id(text: str) -> str:
    """Return the identifier that a world register gives, as `scheme:value`, or empty."""
    for scheme, pattern in _REGISTRIES:
        if found := pattern.fullmatch(text.strip()):
            return f"{REGISTRY}{scheme}:{found[1].lower()}"
    return ""


def home_of(region: str) -> str:
    """Return the country whose departments the gazetteer knows, for one of them; or empty."""
    return HOME if region and region_of(region) else ""


def usual_country(records: Sequence[Record]) -> str:
    """Return the country that nearly all rows of one sheet are of, as far as they tell, or empty.

    Rows that tell none are most often of the sheet's; where none tells, places in names do.
    """
    told = Counter(filter(None, map(country_of, records)))
    if told:
        country, count = told.most_common(1)[0]
        enough = told.total() >= max(_TOLD_ROWS, _TOLD_SHARE * len(records))
        return country if enough and count >= _NEARLY_ALL * told.total() else ""
    named = sum(bool(parse_names(record.name, is_place=is_place).main.place) for record in records)
    return HOME if named >= max(_TOLD_ROWS, _NAMED_SHARE * len(records)) else ""


def _untrusted_number(clean: CleanRow) -> str:
    """Return the digits of a tax number with a slip in it; fillers such as 00000000000 are none."""
    for problem in clean.problems:
        if problem.code.startswith("tax_id_") and problem.code != "tax_id_placeholder":
            return re.sub(r"[^0-9Kk]", "", problem.original)
    return ""


def place_key(text: str) -> str:
    """Return the key under which a place is compared, or empty."""
    return normalise_place_name(text) if text else ""
