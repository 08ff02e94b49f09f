"""Finding the column names of a table: rarely sure, often not on the first line."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from minka.knowledge.sources.sheet import LineTally, Note, Row, Sheet, column_letter, is_blank
from minka.knowledge.sources.vocabulary import is_known_header
from minka.methods.text import tidy

SAMPLE_ROWS = 200
_SEARCHED_ROWS = 20
_VALUE = re.compile(r"\S+@\S+\.\S+|https?://\S+|\d{8,}(\.0+)?|-?\d+[.,]\d+")


@dataclass(frozen=True, slots=True)
class _Layout:
    header_line: int
    names: list[str]
    notes: list[Note]


def build_sheet(name: str, read: Callable[[], Iterator[Row]], notes: Sequence[Note]) -> Sheet:
    """Lay a table out and examine it once, so that its notes are complete before it is used.

    `read` yields every row that is not blank, header and titles included.
    """
    layout = _lay_out(list(islice(read(), SAMPLE_ROWS)))

    def body() -> Iterator[Row]:
        return (row for row in read() if row.line > layout.header_line)

    row_count, found = _examine(body(), width=len(layout.names))
    return Sheet(
        name=name,
        headers=layout.names,
        header_line=layout.header_line,
        row_count=row_count,
        notes=[*notes, *layout.notes, *found],
        read=body,
    )


def _lay_out(sample: list[Row]) -> _Layout:
    index = _header_index(sample)
    if index is None:
        width = max((_filled_width(row.cells) for row in sample), default=0)
        return _Layout(0, [column_letter(i) for i in range(width)], [Note("no_header")])
    header, below = sample[index], sample[index + 1 :]
    named = _filled_width(header.cells)
    width = max([named, *_usual_widths(below)])
    raw = [tidy(cell) for cell in header.cells[:width]] + [""] * (width - len(header.cells))
    names, notes = _distinct(raw)
    if any(row.line < header.line for row in sample):
        notes.insert(0, Note("title_rows", {"line": header.line}))
    return _Layout(header.line, names, notes)


def _header_index(sample: list[Row]) -> int | None:
    """Return the row that names the columns, or None when the data start straight away."""
    if not sample:
        return None
    usual = Counter(_filled(row.cells) for row in sample).most_common(1)[0][0]
    first = 0
    for index, row in enumerate(sample[:_SEARCHED_ROWS]):
        if _filled(row.cells) > usual / 2:
            first = index
            break
    known = [_known(row.cells) for row in sample[:_SEARCHED_ROWS]]
    best = known.index(max(known))
    chosen = best if known[best] >= max(2, known[first] + 1) else first
    if not known[chosen] and any(_VALUE.fullmatch(c.strip()) for c in sample[chosen].cells):
        return None
    return chosen


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _filled_width(cells: Sequence[str]) -> int:
    """Return the position after the last cell that holds something."""
    return max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0)


def _usual_widths(rows: list[Row]) -> list[int]:
    """Return the width that a tenth of the rows, two at least, reach: wider is an accident."""
    widths = sorted((_filled_width(row.cells) for row in rows), reverse=True)
    return [widths[max(1, len(widths) // 10)]] if len(widths) >= 2 else []


def _known(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if is_known_header(cell))


def _distinct(raw: list[str]) -> tuple[list[str], list[Note]]:
    names: list[str] = []
    notes: list[Note] = []
    taken: set[str] = set()
    twice: dict[str, str] = {}
    for index, header in enumerate(raw):
        name = header or column_letter(index)
        if not header:
            notes.append(Note("unnamed_column", {"header": name}))
        number = 2
        while name.casefold() in taken:
            twice.setdefault(header.casefold(), header)
            name = f"{header} ({number})"
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names, notes + [Note("duplicate_header", {"header": h}) for h in twice.values()]


def _examine(rows: Iterator[Row], *, width: int) -> tuple[int, list[Note]]:
    count = 0
    tallies = {"short_rows": LineTally(), "long_rows": LineTally(), "null_characters": LineTally()}
    for row in rows:
        count += 1
        if len(row.cells) < width:
            tallies["short_rows"].add(row.line)
        elif len(row.cells) > width and not is_blank(row.cells[width:]):
            tallies["long_rows"].add(row.line)
        if any("\0" in cell for cell in row.cells):
            tallies["null_characters"].add(row.line)
    return count, [
        Note(code, {"count": tally.count, "lines": str(tally)})
        for code, tally in tallies.items()
        if tally.count
    ]
