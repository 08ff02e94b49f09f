"""Which pairs of records are worth comparing: those that share a key that few others have."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from multiprocessing import get_context

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from minka.methods.linkage.evidence import Names
from minka.methods.linkage.phonetics import sound_key
from minka.methods.linkage.records import Prepared
from minka.methods.linkage.vocabulary import Vocabulary

Ints = NDArray[np.int64]

BLOCK_LIMIT = 20  # larger blocks are divided by place and by first words, or left out
_CHUNK = 20_000


def block_keys(prepared: Prepared, index: int) -> set[str]:
    """Return the keys of one record. Records that share one are compared."""
    keys = {f"e:{email}" for email in prepared.emails[index]}
    keys |= {f"d:{domain}" for domain in prepared.domains[index]}
    keys |= {f"p:{phone}" for phone in prepared.phones[index]}
    if street := prepared.streets[index]:
        keys.add(f"s:{street}")
    number = prepared.tax[index].partition(":")[2] or prepared.tax_written[index]
    if len(number) >= 8:
        keys |= {f"h:{number[:-4]}", f"l:{number[4:]}"}
        keys.add(f"m:{number[:3]}{number[6:]}")
    keys.update(name_keys(prepared.names[index], prepared.vocabulary))
    return keys


def name_keys(names: Names, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield keys of all names: rare words by sound, pairs of words, the start, the initials."""
    for name in (names.main, *names.others):
        if not name.words:
            continue
        ranked = sorted(name.words, key=lambda word: (-vocabulary.weight(word), word))[:4]
        telling = [word for word in ranked if not vocabulary.is_common(word)]
        for word in telling:
            yield from _word_keys(word)
        concepts = sorted({vocabulary.concept(word) for word in ranked})
        yield from (f"2:{one} {other}" for one, other in combinations(concepts, 2))
        starts = {name.glued[:9], *(word[:9] for word in telling[:1])}
        initials = {name.initials}
        if len(name.words) <= 2:
            starts.add(name.words[0][:9])
        if len(name.words) == 1:
            initials.add(name.words[0])
        yield from (f"g:{start}" for start in starts)
        yield from (f"i:{letters}" for letters in initials if 3 <= len(letters) <= 7)


def _word_keys(word: str) -> Iterator[str]:
    sound = sound_key(word)
    yield f"w:{sound}"
    if len(word) >= 5:
        yield f"b:{sound[:4]}"
        yield f"z:{sound[-4:]}"


class _Shared:
    """What the child processes find in their copy of the parent's memory."""

    prepared: Prepared


def load_keys(
    prepared: Prepared,
    connection: duckdb.DuckDBPyConnection,
    *,
    first: int = 0,
    processes: int = 1,
) -> None:
    """Lay the keys of the records from `first` on down in the table `linkage_keys`."""
    if not first:
        connection.execute("create or replace temp table linkage_keys (i integer, k ubigint)")
    for table in _key_tables(prepared, first, processes):
        connection.register("linkage_keys_in", table)
        connection.execute("insert into linkage_keys select i, hash(k) from linkage_keys_in")
        connection.unregister("linkage_keys_in")


def _key_tables(prepared: Prepared, first: int, processes: int) -> Iterator[pa.Table]:
    starts = range(first, len(prepared.records), _CHUNK)
    if len(starts) < 2 or processes < 2 or not hasattr(os, "fork"):
        yield from (_keys_from(prepared, start) for start in starts)
        return
    _Shared.prepared = prepared
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        yield from pool.map(_shared_keys_from, starts)
    del _Shared.prepared


def _shared_keys_from(start: int) -> pa.Table:
    return _keys_from(_Shared.prepared, start)


def _keys_from(prepared: Prepared, start: int) -> pa.Table:
    owner: list[int] = []
    keys: list[str] = []
    for index in range(start, min(start + _CHUNK, len(prepared.records))):
        mine = block_keys(prepared, index)
        owner.extend([index] * len(mine))
        keys.extend(mine)
    return pa.table({"i": pa.array(owner, pa.int32()), "k": pa.array(keys, pa.string())})


def candidate_pairs(
    prepared: Prepared,
    connection: duckdb.DuckDBPyConnection,
    *,
    limit: int = BLOCK_LIMIT,
    first: int = 0,
    processes: int = 1,
) -> tuple[Ints, Ints]:
    """Return the pairs `left < right` that share a key, each once.

    Pairs whose two trusted tax ids of one country differ are left out, for nothing could join
    them; so are pairs with the same one, which are joined already.

    A block holds at most `limit` records; a larger one is divided by region and by first words.
    With `first`, only pairs whose right record is that or a later one are kept: the new records.
    """
    load_keys(prepared, connection, first=first, processes=processes)
    where = pa.table(
        {
            "i": pa.array(range(len(prepared.records)), pa.int32()),
            "region": pa.array(prepared.regions, pa.string()),
            "start": pa.array([names.main.key[:12] for names in prepared.names], pa.string()),
            "tax": pa.array(prepared.tax, pa.string()),
        }
    )
    connection.register("linkage_where_in", where)
    connection.execute(
        "create or replace temp table linkage_where as select i, region, start, hash(tax) as tax,"
        " tax <> '' as known, split_part(tax, ':', 1) as scheme from linkage_where_in"
    )
    connection.unregister("linkage_where_in")
    among = "semi join (select k from linkage_keys where i >= $first) using (k)" if first else ""
    values = {"$among": among, "$limit": str(int(limit)), "$first": str(int(first))}
    connection.execute(_filled(_BLOCKS_SQL, values))
    found = connection.execute(_filled(_PAIRS_SQL, values)).fetchnumpy()
    connection.execute("drop table linkage_blocks; drop table linkage_sizes")
    return found["a"].astype(np.int64), found["b"].astype(np.int64)


def _filled(sql: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        sql = sql.replace(name, value)
    return sql


_BLOCKS_SQL = """
        create or replace temp table linkage_sizes as
            select k, count(*) as n from linkage_keys $among
            group by k having count(*) > 1;
        create or replace temp table linkage_blocks as
            select i, k from linkage_keys semi join
                (select k from linkage_sizes where n <= $limit) using (k)
            union all
            select i, hash(k, region, 1) from linkage_keys semi join
                (select k from linkage_sizes where n > $limit) using (k)
                join linkage_where using (i) where region <> ''
            union all
            select i, hash(k, start, 2) from linkage_keys semi join
                (select k from linkage_sizes where n > $limit) using (k)
                join linkage_where using (i);
"""
_PAIRS_SQL = """
        with sized as (
            select k from linkage_blocks group by k having count(*) between 2 and $limit
        ), kept as (select i, k from linkage_blocks semi join sized using (k)),
        pairs as (
            select distinct l.i as a, r.i as b from kept l join kept r
            on l.k = r.k and l.i < r.i where r.i >= $first
        )
        select a, b from pairs
            join linkage_where x on x.i = a join linkage_where y on y.i = b
        where not (x.known and y.known and x.scheme = y.scheme)
        order by a, b
"""
