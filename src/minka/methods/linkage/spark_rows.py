"""What Spark's workers do with their part of the rows: the Python of the engine, batch by batch.

Every function takes the batches of one part as Arrow hands them over, and yields batches of the
schema that its first line names. None of them knows Spark; `spark_frames.py` chains them. What
each worker holds a copy of comes as a `Broadcast`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, Protocol

import pyarrow as pa

from minka.methods.linkage.blocking import block_keys
from minka.methods.linkage.evidence import Names, compare_names
from minka.methods.linkage.model import record_table
from minka.methods.linkage.names import IsPlace, Name
from minka.methods.linkage.pairs import spelled
from minka.methods.linkage.provenance import repeat_key
from minka.methods.linkage.records import (
    Prepared,
    Record,
    lay_out,
    prepare,
    telling_word,
    without,
)
from minka.methods.linkage.vocabulary import Vocabulary

Batches = Iterator[pa.RecordBatch]
START = 12  # letters of the main name by which a large block is divided
_TEXT, _TEXTS, _NUMBER = pa.string(), pa.list_(pa.string()), pa.int64()
_TYPES: dict[Any, Any] = {str: _TEXT, bool: pa.bool_(), tuple[str, ...]: _TEXTS}

RECORD = pa.schema([("i", _NUMBER), *((one.name, _TYPES[one.type]) for one in fields(Record))])
PARSED = pa.schema(
    [
        ("i", _NUMBER), ("names", _TEXT), ("tax", _TEXT), ("tax_written", _TEXT),
        ("emails", _TEXTS), ("domains", _TEXTS), ("phones", _TEXTS), ("street", _TEXT),
        ("places", _TEXTS), ("region", _TEXT), ("activity", _TEXT),
        ("source", _TEXT), ("country", _TEXT), ("start", _TEXT),
    ]
)  # fmt: skip
NAME = pa.schema([("name", _TEXT), ("words", _TEXTS), ("branch", _TEXT)])
OTHER = pa.schema([("name", _TEXT), ("telling", _TEXT)])
CONTACT = pa.schema([("value", _TEXT), ("tax", _TEXT), ("telling", _TEXT)])
REPEAT = pa.schema([("source", _TEXT), ("key", _TEXT)])
KEY = pa.schema([("i", _NUMBER), ("k", _TEXT)])
CODED = pa.schema(
    [("n", _NUMBER), ("join_key_l", _NUMBER), ("join_key_r", _NUMBER), ("match_key", _NUMBER)]
)


class Broadcast(Protocol):
    """Something that is sent to every worker once."""

    @property
    def value(self) -> Any: ...


def _no_place(_text: str) -> bool:
    return False


# As DuckDB gets them, so that a column that is added there comes here too.
COMPARED = record_table(prepare([Record("", "")], is_place=_no_place)).schema


def record_rows(records: Sequence[Record]) -> pa.Table:
    """`RECORD`: lay records out, numbered in their order."""
    columns: dict[str, Any] = {"i": range(len(records))}
    for one in fields(Record):
        columns[one.name] = [getattr(record, one.name) for record in records]
    return pa.table(
        {field.name: pa.array(columns[field.name], field.type) for field in RECORD}, schema=RECORD
    )


def parse(batches: Batches, *, is_place: IsPlace) -> Batches:
    """`PARSED`: take the names apart and normalise the contacts."""
    for batch in batches:
        rows = batch.to_pydict()
        numbers = rows.pop("i")
        records = [
            Record(**{key: _held(value) for key, value in zip(rows, row, strict=True)})
            for row in zip(*rows.values(), strict=True)
        ]
        found = lay_out(records, is_place=is_place)
        yield _batch(
            PARSED,
            i=numbers, names=[names_text(names) for names in found.names], tax=found.tax,
            tax_written=found.tax_written, emails=found.emails, domains=found.domains,
            phones=found.phones, street=found.streets, places=found.places, region=found.regions,
            activity=found.activities, source=found.sources, country=found.countries,
            start=[names.main.key[:START] for names in found.names],
        )  # fmt: skip


def _held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def names_of_rows(batches: Batches) -> Batches:
    """`NAME`: every name of every record, with its words, to be counted; branches of main ones."""
    for batch in batches:
        held: list[str] = []
        words: list[list[str]] = []
        branches: list[str] = []
        for text in batch.column("names").to_pylist():
            names = names_of(text)
            for name in (names.main, *names.others):
                held.append(_name_text(name))
                words.append(sorted(set(name.words)))
                branches.append(name.branch if name is names.main else "")
        yield _batch(NAME, name=held, words=words, branch=branches)


def other_names(batches: Batches, *, vocabulary: Broadcast) -> Batches:
    """`OTHER`: every other name of every record, with a word of its main one."""
    for batch in batches:
        held: list[str] = []
        telling: list[str] = []
        for names in map(names_of, batch.column("names").to_pylist()):
            if names.others:
                held += map(_name_text, names.others)
                telling += [telling_word(names.main, vocabulary.value)] * len(names.others)
        yield _batch(OTHER, name=held, telling=telling)


def without_names(batches: Batches, *, of_many: Broadcast) -> Batches:
    """`PARSED`: the same records without the other names that many bear."""
    dropped = {_name_of(text) for text in of_many.value}
    for batch in batches:
        kept = [
            names_text(without(names_of(text), dropped))
            for text in batch.column("names").to_pylist()
        ]
        yield _batch(
            PARSED, **{**{name: batch.column(name) for name in PARSED.names}, "names": kept}
        )


def contacts(batches: Batches, *, vocabulary: Broadcast) -> Batches:
    """`CONTACT`: every contact with the tax id and a word of the name of whoever uses it."""
    for batch in batches:
        rows: dict[str, list[str]] = {"value": [], "tax": [], "telling": []}
        columns = [batch.column(name).to_pylist() for name in ("emails", "domains", "phones")]
        names, tax = batch.column("names").to_pylist(), batch.column("tax").to_pylist()
        for text, number, *lists in zip(names, tax, *columns, strict=True):
            values = [value for values in lists for value in values]
            if values:
                telling = telling_word(names_of(text).main, vocabulary.value)
                rows["value"] += values
                rows["tax"] += [number] * len(values)
                rows["telling"] += [telling] * len(values)
        yield _batch(CONTACT, **rows)


def keys(batches: Batches, *, vocabulary: Broadcast) -> Batches:
    """`KEY`: the blocking keys of every record."""
    for batch in batches:
        prepared = _prepared(batch, vocabulary=vocabulary.value)
        owners: list[int] = []
        found: list[str] = []
        for index, number in enumerate(batch.column("i").to_pylist()):
            mine = block_keys(prepared, index)
            owners += [number] * len(mine)
            found += mine
        yield _batch(KEY, i=owners, k=found)


def repeats(batches: Batches) -> Batches:
    """`REPEAT`: of every record, its source and what another row of the source may repeat."""
    for batch in batches:
        columns = (batch.column(c).to_pylist() for c in ("names", "tax", "region", "country"))
        written = [
            json.dumps(repeat_key(names_of(text), *rest))
            for text, *rest in zip(*columns, strict=True)
        ]
        yield _batch(REPEAT, source=batch.column("source"), key=written)


def compared(batches: Batches, *, shared: Broadcast, repeating: Broadcast) -> Batches:
    """`COMPARED`: the records as the comparisons of the model expect them."""
    for batch in batches:
        table = record_table(_prepared(batch, shared=shared.value, repeating=repeating.value))
        found = {name: table.column(name).to_pylist() for name in COMPARED.names}
        yield _batch(COMPARED, **{**found, "i": batch.column("i")})


def name_codes(batches: Batches, *, vocabulary: Broadcast) -> Batches:
    """`CODED`: pairs of records (n, join_key_l, join_key_r, names_l, names_r) and their code."""
    known: Vocabulary = vocabulary.value
    for batch in batches:
        codes = []
        for pair in zip(
            batch.column("names_l").to_pylist(), batch.column("names_r").to_pylist(), strict=True
        ):
            one, other = sorted(map(names_of, pair), key=spelled)
            codes.append(compare_names(one, other, known).code)
        kept = {name: batch.column(name) for name in CODED.names if name != "match_key"}
        yield _batch(CODED, **kept, match_key=codes)


def names_text(names: Names) -> str:
    """Write the names of a record as text, the same text for the same names."""
    return json.dumps([_plain(name) for name in (names.main, *names.others)])


@lru_cache(maxsize=50_000)
def names_of(text: str) -> Names:
    """Read what `names_text` wrote."""
    main, *others = map(_held_name, json.loads(text))
    return Names(main, tuple(others))


_EMPTY = Name()


def _held_name(values: dict[str, Any]) -> Name:
    return Name(**{key: type(getattr(_EMPTY, key))(value) for key, value in values.items()})


def _name_of(text: str) -> Name:
    return _held_name(json.loads(text))


def _name_text(name: Name) -> str:
    return json.dumps(_plain(name))


def _plain(name: Name) -> dict[str, Any]:
    values = {one.name: getattr(name, one.name) for one in fields(Name)}
    return {k: sorted(v) if isinstance(v, frozenset) else v for k, v in values.items()}


def _prepared(
    batch: pa.RecordBatch,
    *,
    vocabulary: Vocabulary | None = None,
    shared: Iterable[str] = (),
    repeating: Mapping[str, str] | None = None,
) -> Prepared:
    """Put together again what `parse` laid out; the records themselves are not needed any more."""
    rows = batch.to_pydict()
    return Prepared(
        [_NOTHING] * len(rows["i"]),
        names=[names_of(text) for text in rows["names"]],
        tax=rows["tax"],
        tax_written=rows["tax_written"],
        emails=rows["emails"],
        domains=rows["domains"],
        phones=rows["phones"],
        streets=rows["street"],
        places=rows["places"],
        regions=rows["region"],
        activities=rows["activity"],
        sources=rows["source"],
        countries=rows["country"],
        repeating=[(repeating or {}).get(source, "") for source in rows["source"]],
        shared=set(shared),
        vocabulary=vocabulary or Vocabulary(),
    )


_NOTHING = Record("", "")


def _batch(schema: pa.Schema, **columns: Any) -> pa.RecordBatch:
    arrays = [
        values if isinstance(values, pa.Array) else pa.array(values, field.type)
        for field in schema
        for values in (columns[field.name],)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
