"""One row per organisation: text with commas, and workbooks. No cell is read as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from minka.knowledge.queries.portraits import Portrait
from minka.knowledge.sources.exports.words import Words
from minka.methods.spreadsheet import Cell, write_sheets

FORMULA = re.compile(r"^[\s\x00-\x1f]*[=+\-@＝＋－＠]")  # also as wide letters
REACH = frozenset({"email", "phone", "address"})  # of no use to those who may not see them
BETWEEN = "; "
CELL_LETTERS = 32_000  # what a spreadsheet cell can hold
ROWS_AT_ONCE = 200


def rows_of(found: Iterable[Portrait], words: Words, *, reach: bool) -> Iterator[list[Cell]]:
    """Yield the heads, then a row per organisation; without ways to reach it unless `reach`."""
    columns = [name for name in words.heads if reach or name not in REACH]
    yield [words.heads[name] for name in columns]
    for one in found:
        cells = _cells(one, words)
        yield [cells[name] for name in columns]


def as_csv(rows: Iterable[list[Cell]]) -> Iterator[bytes]:
    """Yield text that spreadsheet programs open well, some rows at a time."""
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, lineterminator="\r\n")
    for number, row in enumerate(rows, start=1):
        writer.writerow([tame(cell) for cell in row])
        if number % ROWS_AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def write_xlsx(path: Path, name: str, rows: Iterable[list[Cell]]) -> None:
    """Write a workbook row by row; texts are kept as texts."""
    write_sheets(path, [(name, rows)])


def tame(cell: Cell) -> Cell:
    """Return a text that no spreadsheet program reckons with; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def _cells(one: Portrait, words: Words) -> dict[str, Cell]:
    actor = one.actor
    has_place = actor.latitude is not None and actor.longitude is not None
    exact = words.yes if actor.location_is_exact else words.no
    cells: dict[str, Cell | None] = {
        "id": actor.public_id,
        "name": actor.name,
        "names": BETWEEN.join(one.names),
        "kind": words.kinds[actor.kind],
        "tax": one.tax_number[1],
        "ror": one.ror,
        "country": words.country(actor.country),
        "region": one.region,
        "province": one.province,
        "district": one.district,
        "city": one.city,
        "latitude": actor.latitude,
        "longitude": actor.longitude,
        "exact": exact if has_place else "",
        "activity": actor.activity,
        "about": actor.description,
        "isic": BETWEEN.join(one.codes),
        "products": BETWEEN.join(one.products),
        "themes": BETWEEN.join(map(words.theme, one.themes)),
        "capabilities": BETWEEN.join(f"{words.theme(c.theme)} ({c.trl})" for c in one.capabilities),
        "certifications": BETWEEN.join(one.certifications),
        "size": words.sizes.get(actor.size_band, ""),
        "founded": actor.founded_year,
        "languages": BETWEEN.join(words.languages.get(code, code) for code in actor.languages),
        "website": actor.website,
        "email": one.email,
        "phone": one.phone,
        "address": one.address,
        "contacts": BETWEEN.join(f"{c.label}: {c.value}" for c in one.contacts),
        "claimed": words.yes if actor.claimed_at else words.no,
        "verified": words.yes if actor.verified_at else words.no,
        "confirmed": one.confirmed_on.isoformat() if one.confirmed_on else "",
        "page": words.page(actor.public_id),
    }
    return {
        name: "" if cell is None else cell[:CELL_LETTERS] if isinstance(cell, str) else cell
        for name, cell in cells.items()
    }
