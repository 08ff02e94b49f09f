"""Splink alone, as somebody who knows it would set it up: the measure of the engine's speed.

Everything after the columns are laid out is Splink's on DuckDB: candidates by its blocking rules,
u by sampling, m by expectation maximisation, scores, clusters. The evidence is of the same kinds
as the engine's: name with term frequencies, words weighed by how rare those in common are, legal
form, tax number, e-mail, domain, telephone, place, street, activity.
"""

import contextlib
import logging
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from minka.methods.linkage.records import Record, phone_key, street_key
from minka.methods.linkage.words import MAIL_PROVIDERS, SHARED_SITES, STOP_WORDS
from minka.methods.text import search_key

THRESHOLD = 0.95
RARE = 20  # words in more records than this make no candidates of their own, as in the engine
_LEGAL = re.compile(
    r"\b(?:s ?a ?c|e ?i ?r ?l|s ?r ?l|s ?a ?a|s ?a|ltda|sociedad anonima(?: cerrada)?"
    r"|empresa individual de responsabilidad limitada"
    r"|sociedad (?:comercial )?de responsabilidad limitada)$"
)
_SHARED = MAIL_PROVIDERS | SHARED_SITES
_EXPLODED = ("emails", "domains", "phones", "rare")
_TAUGHT_BY = ("tax", "name")  # expectation maximisation looks at pairs that share these


@dataclass(slots=True)
class Alone:
    """What Splink found, on how many pairs, and the seconds of every step."""

    labels: list[int] = field(default_factory=list)
    pairs: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


def splink_alone(records: list[Record], *, threads: int = 2) -> Alone:
    """Resolve records with Splink and nothing else."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    found, clock = Alone(), _Clock()
    connection = duckdb.connect()
    connection.execute(f"set threads = {int(threads)}; set memory_limit = '3GiB'")
    connection.register("alone_in", _columns(records))
    connection.execute("create table alone as select * from alone_in")
    found.seconds["columns"] = clock.lap()
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register("alone"), _settings(), log_level=40)
    _train(linker)
    found.seconds["training"] = clock.lap()
    pairs = linker.inference.predict(threshold_match_weight=-14.0)
    counted = connection.execute(f"select count(*) from {pairs.physical_name}").fetchall()
    found.pairs = int(counted[0][0])
    found.seconds["scores"] = clock.lap()
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=THRESHOLD
    )
    rows = f"select unique_id, cluster_id from {clusters.physical_name}"
    grouped = dict(connection.execute(rows).fetchall())
    found.labels = [int(grouped.get(index, index)) for index in range(len(records))]
    found.seconds["groups"] = clock.lap()
    return found


class _Clock:
    def __init__(self) -> None:
        self._at = perf_counter()

    def lap(self) -> float:
        before, self._at = self._at, perf_counter()
        return self._at - before


def _train(linker: Linker) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("tax"), block_on("name", "region")], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for name in _TAUGHT_BY:
        with contextlib.suppress(Exception):  # too few pairs to learn from; the other teaches it
            training.estimate_parameters_using_expectation_maximisation(block_on(name))


def _columns(records: list[Record]) -> pa.Table:
    """Lay the records out: cleaned text, arrays, and the share of each word of a name."""
    names = [search_key(record.name) for record in records]
    bare = [_LEGAL.sub("", name).strip() for name in names]
    said = [" ".join((n, search_key(" ".join((r.trade_name, r.acronym, *r.other_names)))))
            for n, r in zip(bare, records, strict=True)]  # fmt: skip
    words = [sorted(set(re.findall(r"\w+", text)) - STOP_WORDS) for text in said]
    counts = Counter(word for row in words for word in row)
    shares = {word: math.log2(count / len(records)) for word, count in counts.items()}
    weighed = pa.list_(pa.struct([("word", pa.string()), ("bits", pa.float32())]))
    texts = pa.list_(pa.string())
    return pa.table(
        {
            "unique_id": pa.array(range(len(records)), pa.int64()),
            "name": _said(bare),
            "legal": _said([n[len(b):].replace(" ", "") for n, b in zip(names, bare, strict=True)]),
            "start": _said([name[:8] for name in bare]),
            "words": pa.array([[{"word": w, "bits": shares[w]} for w in r] for r in words], weighed),
            "rare": pa.array([[w for w in row if 1 < counts[w] <= RARE] for row in words], texts),
            "tax": _said([r.tax_id.partition(":")[2] or r.tax_written for r in records]),
            "emails": pa.array([sorted(set(r.emails)) for r in records], texts),
            "domains": pa.array([_domains(record) for record in records], texts),
            "phones": pa.array([_phones(record) for record in records], texts),
            "region": _said([record.region for record in records]),
            "province": _said([record.province for record in records]),
            "district": _said([record.district for record in records]),
            "street": _said([street_key(record.address) for record in records]),
            "activity": _said([record.activity for record in records]),
        }
    )  # fmt: skip


def _said(values: list[str]) -> Any:
    return pa.array([value or None for value in values], pa.string())


def _phones(record: Record) -> list[str]:
    return sorted({key for phone in record.phones if (key := phone_key(phone))})


def _domains(record: Record) -> list[str]:
    hosts = {email.rpartition("@")[2].lower() for email in record.emails}
    site = re.sub(r"^[a-z]+://", "", record.website.lower()).split("/")[0].removeprefix("www.")
    return sorted(host for host in {*hosts, site} if host and host.split(".")[0] not in _SHARED)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            _shared_words(),
            cl.ExactMatch("legal"),
            cl.LevenshteinAtThresholds("tax", [2]),
            *(cl.ArrayIntersectAtSizes(one, [1]) for one in ("emails", "domains", "phones")),
            _place(),
            cl.ExactMatch("street"),
            cl.ExactMatch("activity").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("name"),
            block_on("tax"),
            *(block_on(one, arrays_to_explode=[one]) for one in _EXPLODED),
            block_on("street"),
            block_on("substr(name, 1, 12)", "province"),
            block_on("start", "district"),
        ],
        max_iterations=10,
    )


def _shared_words() -> cl.CustomComparison:
    """Levels by the bits of the words in common: the rarer they are, the more they tell."""
    both = (
        "list_sum(list_transform(list_filter(words_l,"
        " lambda x: list_contains(list_transform(words_r, lambda y: y.word), x.word)),"
        " lambda x: x.bits))"
    )
    return cl.CustomComparison(
        output_column_name="words",
        comparison_levels=[
            cll.CustomLevel("len(words_l) = 0 or len(words_r) = 0").configure(is_null_level=True),
            *(cll.CustomLevel(f"{both} <= -{bits}") for bits in (24, 16, 10, 4)),
            cll.ElseLevel(),
        ],
    )


def _place() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.NullLevel("region"),
            cll.ExactMatchLevel("district"),
            cll.ExactMatchLevel("province"),
            cll.ExactMatchLevel("region", term_frequency_adjustments=True),
            cll.ElseLevel(),
        ],
    )
