"""The names of many records, taken apart: each different cell once, by several processes."""

import marshal
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from sys import intern
from typing import TYPE_CHECKING

from minka.methods.linkage.evidence import Names
from minka.methods.linkage.names import IsPlace, Name, parse_names

if TYPE_CHECKING:
    from minka.methods.linkage.records import Record

Cell = tuple[str, bool]  # a name as it is written, and whether the cell cuts it off
Parsed = tuple[Name, tuple[Name, ...]]
_ALONE = 10_000  # fewer cells than this are not worth a second process
_CHUNK = 5_000


class _Shared:
    """What the child processes find in their copy of the parent's memory."""

    cells: Sequence[Cell]
    is_place: IsPlace


def names_of_records(
    records: Sequence["Record"], *, is_place: IsPlace, processes: int
) -> list[Names]:
    """Return the names of each record: its main one, and all others."""
    cells = list(dict.fromkeys(cell for record in records for cell in _cells(record)))
    if len(cells) < _ALONE or processes < 2 or not hasattr(os, "fork"):
        parsed = [_parse(cell, is_place) for cell in cells]
    else:
        parsed = list(_parse_apart(cells, is_place, processes))
    known = dict(zip(cells, parsed, strict=True))
    return [_names(record, known) for record in records]


def _cells(record: "Record") -> Iterable[Cell]:
    yield record.name, record.name_cut
    for text in (record.trade_name, record.acronym, *record.other_names):
        if text:
            yield text, False


def _names(record: "Record", known: dict[Cell, Parsed]) -> Names:
    (main, aliases), *more = [known[cell] for cell in _cells(record)]
    if not (aliases or more):
        return Names(main)
    others = [*aliases, *(name for other, others in more for name in (other, *others))]
    distinct = dict.fromkeys(o for o in others if o.words and o.words != main.words)
    return Names(main, tuple(distinct))


def _parse(cell: Cell, is_place: IsPlace) -> Parsed:
    parsed = parse_names(cell[0], is_place=is_place, cut=cell[1])
    return parsed.main, parsed.aliases


def _parse_apart(cells: Sequence[Cell], is_place: IsPlace, processes: int) -> Iterable[Parsed]:
    _Shared.cells, _Shared.is_place = cells, is_place
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        for written in pool.map(_parse_chunk, range(0, len(cells), _CHUNK)):
            for main, aliases in marshal.loads(written):  # noqa: S302 -- our own child wrote it
                yield _read(main), tuple(map(_read, aliases))
    del _Shared.cells, _Shared.is_place


def _parse_chunk(start: int) -> bytes:
    parsed = (_parse(cell, _Shared.is_place) for cell in _Shared.cells[start : start + _CHUNK])
    return marshal.dumps(
        [(_written(main), [_written(alias) for alias in aliases]) for main, aliases in parsed]
    )


def _written(name: Name) -> tuple[object, ...]:
    return (
        name.words, name.legal, name.ranks, name.branch, name.cut,
        name.initials, name.glued, name.letter, name.place,
    )  # fmt: skip


def _read(written: Sequence[object]) -> Name:
    words, *rest = written
    return Name(tuple(map(intern, words)), *rest)  # type: ignore[arg-type, call-overload]  # written by `_written`, in its order
