"""The steps of the engine as Spark tables: names, vocabulary, blocks, pairs and their scores.

The model is the one that runs on DuckDB: its comparisons (`comparisons.levels_sql`), its weights
(`model.settings`), its blocking keys (`blocking.block_keys`) and its vocabulary. What differs is
where the work is done. Tables named in SQL are views of the session.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from splink import Linker
from splink.backends.spark import SparkAPI

from minka.methods.linkage import spark_rows as rows
from minka.methods.linkage.blocking import BLOCK_LIMIT
from minka.methods.linkage.comparisons import COMPARISONS, levels_sql
from minka.methods.linkage.model import Ints, Levels, Scored, Weights, settings
from minka.methods.linkage.names import IsPlace
from minka.methods.linkage.provenance import Tally
from minka.methods.linkage.records import MANY_NAMES
from minka.methods.linkage.verdicts import Verdict
from minka.methods.linkage.vocabulary import Vocabulary, weigh_words

_DDL = {pa.string(): "string", pa.int64(): "bigint", pa.bool_(): "boolean",
        pa.list_(pa.string()): "array<string>"}  # fmt: skip
Step = Callable[[rows.Batches], rows.Batches]


@dataclass(frozen=True, slots=True)
class Frames:
    """What stays on the cluster between the steps."""

    session: SparkSession
    records: DataFrame  # rows.RECORD
    parsed: DataFrame  # rows.PARSED
    compared: DataFrame  # rows.COMPARED
    vocabulary: rows.Broadcast


def ddl(schema: pa.Schema) -> str:
    """Return a schema as Spark writes it."""
    return ", ".join(f"`{field.name}` {_DDL[field.type]}" for field in schema)


def _mapped(frame: DataFrame, step: Step, schema: pa.Schema) -> DataFrame:
    return frame.mapInArrow(step, ddl(schema))


def numbered(records: DataFrame) -> DataFrame:
    """Number the rows of a table from 0 on as `i`, in the order of their keys."""
    ordered = records.orderBy("key", "name").select(
        "*", f.spark_partition_id().alias("part"), f.monotonically_increasing_id().alias("at")
    )
    ordered = ordered.persist()
    parts = ordered.groupBy("part").agg(f.count("*").alias("held"), f.min("at").alias("first"))
    found = parts.orderBy("part").collect()
    before, offsets = 0, []
    for part in found:
        offsets.append((part["part"], before - part["first"]))
        before += part["held"]
    table = records.sparkSession.createDataFrame(offsets or [(0, 0)], "part int, shift bigint")
    shifted = ordered.join(f.broadcast(table), "part").withColumn("i", f.col("at") + f.col("shift"))
    return shifted.select(*rows.RECORD.names)


def load(session: SparkSession, records: DataFrame, *, is_place: IsPlace) -> Frames:
    """Parse the records (rows.RECORD) and work out, as `records.prepare` does, what only all tell.

    That is the vocabulary, which other names are borne by many, which contacts are shared, and
    how often each source names one organisation twice.
    """
    parsed = _mapped(records, partial(rows.parse, is_place=is_place), rows.PARSED).persist()
    context = session.sparkContext
    vocabulary = context.broadcast(_vocabulary(parsed, is_place))
    if of_many := _names_of_many(parsed, vocabulary):
        step = partial(rows.without_names, of_many=context.broadcast(of_many))
        parsed = _mapped(parsed, step, rows.PARSED).persist()
    shared = context.broadcast(_shared_contacts(parsed, vocabulary))
    repeating = context.broadcast(_repeating(parsed))
    step = partial(rows.compared, shared=shared, repeating=repeating)
    compared = _mapped(parsed, step, rows.COMPARED).persist()
    return Frames(session, records, parsed, compared, vocabulary)


def tax_ids(frames: Frames) -> list[str]:
    """Return the trusted tax id of each record, or empty."""
    table = frames.parsed.select("i", "tax").toArrow().sort_by("i")
    found: list[str] = table.column("tax").to_pylist()
    return found


def origins(frames: Frames) -> tuple[list[str], list[str]]:
    """Return of each record its source, and how often that names somebody twice."""
    table = frames.compared.select("i", "source", "repeating").toArrow().sort_by("i")
    return table.column("source").to_pylist(), table.column("repeating").to_pylist()


def _vocabulary(parsed: DataFrame, is_place: IsPlace) -> Vocabulary:
    """Count on the cluster what `vocabulary.learn_vocabulary` counts, and weigh it here."""
    names = _mapped(parsed.select("names"), rows.names_of_rows, rows.NAME)
    usage = names.groupBy("name", "words").agg(
        f.count("*").alias("used"), f.max("branch").alias("branch")
    )
    usage = usage.persist()
    words = usage.select(f.explode("words").alias("word"), "used").groupBy("word")
    counted = words.agg(f.count("*").alias("names"), f.sum("used").alias("seen")).toArrow()
    found = Vocabulary(names=usage.count())
    branches = usage.where("branch <> ''").select("branch").distinct().toArrow()
    usage.unpersist()
    held = counted.column("word").to_pylist()
    found.counts = Counter(dict(zip(held, counted.column("names").to_pylist(), strict=True)))
    found.seen = Counter(dict(zip(held, counted.column("seen").to_pylist(), strict=True)))
    known = {*held, *branches.column("branch").to_pylist()}
    found.places = {word for word in known if is_place(word)}
    return weigh_words(found)


def _names_of_many(parsed: DataFrame, vocabulary: rows.Broadcast) -> frozenset[str]:
    """Return what many organisations give as their other name."""
    step = partial(rows.other_names, vocabulary=vocabulary)
    borne = _mapped(parsed, step, rows.OTHER).groupBy("name")
    found = borne.agg(f.count_distinct("telling").alias("spoken"))
    found = found.where(f.col("spoken") > MANY_NAMES).select("name")
    return frozenset(found.toArrow().column("name").to_pylist())


def _shared_contacts(parsed: DataFrame, vocabulary: rows.Broadcast) -> frozenset[str]:
    """Return e-mails, domains and telephones under which several organisations are reached."""
    used = _mapped(parsed, partial(rows.contacts, vocabulary=vocabulary), rows.CONTACT)
    owned = f.count_distinct(f.when(f.col("tax") != "", f.col("tax")))
    counted = used.groupBy("value").agg(
        owned.alias("owners"), f.count_distinct("telling").alias("spoken")
    )
    found = counted.where((f.col("owners") > 1) | (f.col("spoken") > MANY_NAMES))
    return frozenset(found.select("value").toArrow().column("value").to_pylist())


def _repeating(parsed: DataFrame) -> dict[str, str]:
    """Return of each source how often it names one organisation twice."""
    told = _mapped(parsed.where("source <> ''"), rows.repeats, rows.REPEAT)
    counted = told.groupBy("source", "key").agg(f.count("*").alias("held"))
    taxed = f.when(f.size(f.from_json("key", "array<string>")) == 1, f.col("held")).otherwise(0)
    summed = counted.groupBy("source").agg(
        f.sum("held").alias("held"), f.sum(taxed).alias("taxed"), f.count("*").alias("keys")
    )
    tally = Tally()
    for row in summed.collect():
        tally.rows[row["source"]] = row["held"]
        tally.taxed[row["source"]] = row["taxed"]
        tally.repeats[row["source"]] = row["held"] - row["keys"]
    return tally.classes()


def candidate_pairs(frames: Frames, *, limit: int = BLOCK_LIMIT) -> DataFrame:
    """Return the pairs (n, join_key_l < join_key_r) that `blocking.candidate_pairs` finds."""
    step = partial(rows.keys, vocabulary=frames.vocabulary)
    made = _mapped(frames.parsed, step, rows.KEY).select("i", f.xxhash64("k").alias("k"))
    made.persist().createOrReplaceTempView("linkage_keys")
    frames.parsed.createOrReplaceTempView("linkage_parsed")
    return frames.session.sql(_PAIRS_SQL.replace("$limit", str(int(limit))))


_PAIRS_SQL = """
    with sizes as (select k, count(*) as n from linkage_keys group by k having count(*) > 1),
    large as (
        select i, k, region, start from linkage_keys
        left semi join (select k from sizes where n > $limit) using (k)
        join linkage_parsed using (i)
    ),
    blocks as (
        select i, k from linkage_keys
        left semi join (select k from sizes where n <= $limit) using (k)
        union all select i, xxhash64(k, region, 1) as k from large where region <> ''
        union all select i, xxhash64(k, start, 2) as k from large
    ),
    kept as (
        select i, k from blocks left semi join (
            select k from blocks group by k having count(*) between 2 and $limit
        ) using (k)
    ),
    pairs as (
        select distinct l.i as a, r.i as b from kept l join kept r on l.k = r.k and l.i < r.i
    )
    select cast(0 as bigint) as n, a as join_key_l, b as join_key_r from pairs
    join linkage_parsed x on x.i = a join linkage_parsed y on y.i = b
    where not (
        x.tax <> '' and y.tax <> '' and split_part(x.tax, ':', 1) = split_part(y.tax, ':', 1)
    )
"""


def coded_pairs(frames: Frames, pairs: DataFrame) -> DataFrame:
    """Compare the names of pairs (n, join_key_l, join_key_r): rows.CODED."""
    named = pairs
    for side in "lr":
        names = frames.parsed.select(
            f.col("i").alias(f"join_key_{side}"), f.col("names").alias(f"names_{side}")
        )
        named = named.join(names, f"join_key_{side}")
    return _mapped(named, partial(rows.name_codes, vocabulary=frames.vocabulary), rows.CODED)


def score_pairs(frames: Frames, coded: DataFrame, weights: Weights, *, least_bits: float) -> Scored:
    """Score pairs (rows.CODED) with Splink; leave out those below `least_bits`."""
    api = SparkAPI(
        spark_session=frames.session,
        break_lineage_method="persist",
        register_udfs_automatically=False,  # the model needs none of the library's own functions
    )
    records = api.register(frames.compared)
    model: Any = settings(weights, "spark")
    linker = Linker(records, model, log_level=40, validate_settings=False)
    linker.table_management.register_blocked_pairs_for_predict(api.register(coded.drop("n")))
    # A threshold given to Splink would be pushed below the weights, into more code than Java takes.
    found = linker.inference.predict(warning_mode="never")
    scored = frames.session.table(found.physical_name)
    kept = scored.where(f.col("match_weight") >= least_bits)
    table = kept.select("i_l", "i_r", "match_weight").toArrow()
    scored.unpersist()
    table = table.sort_by([("i_l", "ascending"), ("i_r", "ascending")])
    return Scored(
        left=table.column("i_l").to_numpy().astype(np.int64),
        right=table.column("i_r").to_numpy().astype(np.int64),
        bits=table.column("match_weight").to_numpy().astype(np.float64),
    )


def find_levels(frames: Frames, left: Ints, right: Ints) -> Levels:
    """Return the level that each comparison finds for each pair; see `model.find_levels`."""
    if not len(left):
        return np.zeros((0, len(COMPARISONS)), dtype=np.int8)
    asked = pa.table({"n": np.arange(len(left)), "join_key_l": left, "join_key_r": right})
    coded = coded_pairs(frames, frames.session.createDataFrame(asked))
    coded.createOrReplaceTempView("linkage_pairs")
    frames.compared.createOrReplaceTempView("linkage_records")
    table = frames.session.sql(levels_sql(rows.COMPARED.names, "spark")).toArrow()
    columns = [table.column(one.key).to_numpy().astype(np.int8) for one in COMPARISONS]
    return np.stack(columns, axis=1)


def decided(frames: Frames, verdicts: Sequence[Verdict]) -> DataFrame:
    """Lay verdicts out beside the keys of their records."""
    table = pa.table(
        {
            "i": pa.array(range(len(verdicts)), pa.int64()),
            "actor": pa.array([one.actor for one in verdicts], pa.int64()),
            "band": pa.array([one.band for one in verdicts], pa.string()),
            "probability": pa.array([one.probability for one in verdicts], pa.float64()),
            "partner": pa.array([one.partner for one in verdicts], pa.int64()),
        }
    )
    return frames.records.select("i", "key").join(frames.session.createDataFrame(table), "i")
