"""Splink alone, as somebody who knows it would set it up: the rival of the engine.

Everything after the columns are laid out is Splink's on DuckDB: candidates by its blocking rules,
u by sampling, m by expectation maximisation, scores, clusters. The evidence is of the same kinds
as the engine's: name with term frequencies and with words weighed by how rare they are, legal
form, tax number, e-mail, domain, telephone, place, street, activity.

Tuned by its F1 on the seven sheets and on made-up ones (30,900 rows). Three things came in together:
two trusted tax numbers that differ weigh -10 bits (they were one level with slips); contacts of
several organisations are left out; name and words are one comparison, which sees what either name
has that the other lacks (two comparisons counted the same evidence twice). Then the threshold,
among those from -6 to 40 bits the best for both: 1. F1 went from 0.807 to 0.842 on the sheets and
from 0.412 to 0.744 on the made-up ones. What is left is the price of clusters that are connected
components: 5 % of wrong pairs chain groups together, and a higher threshold loses more than it
saves. Left out, for it hardly raised F1: numbers in names, fixed weights for streets, a third
block that teaches m (0.847 and 0.747, for half as much training again). The blocking rules and
the other comparisons were not taken out one by one.
"""

import contextlib
import logging
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
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

THRESHOLD = 2 / 3
APART = 2.0**-10  # how much likelier two different trusted numbers are on two organisations
MANY = 4  # beginnings of names under which a contact may be used and still be one's own
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
            "bits": pa.array([-sum(shares[w] for w in r) for r in words], pa.float32()),
            "trusted": pa.array([bool(r.tax_id) for r in records], pa.bool_()),
            "tax": _said([r.tax_id.partition(":")[2] or r.tax_written for r in records]),
            "emails": pa.array(_own(bare, records, (sorted({*r.emails}) for r in records)), texts),
            "domains": pa.array(_own(bare, records, map(_domains, records)), texts),
            "phones": pa.array(_own(bare, records, map(_phones, records)), texts),
            "region": _said([record.region for record in records]),
            "province": _said([record.province for record in records]),
            "district": _said([record.district for record in records]),
            "street": _said([street_key(record.address) for record in records]),
            "activity": _said([record.activity for record in records]),
        }
    )  # fmt: skip


def _said(values: list[str]) -> Any:
    return pa.array([value or None for value in values], pa.string())


def _own(names: list[str], records: list[Record], contacts: Iterable[list[str]]) -> list[list[str]]:
    """Leave out contacts of several organisations: under two tax numbers, or of many names."""
    held = list(contacts)
    users: dict[str, set[str]] = defaultdict(set)
    taxed: dict[str, set[str]] = defaultdict(set)
    for name, record, values in zip(names, records, held, strict=True):
        for value in values:
            users[value].add(name[:6])
            if record.tax_id:
                taxed[value].add(record.tax_id)
    own = {value for value, seen in users.items() if len(seen) <= MANY and len(taxed[value]) < 2}
    return [[value for value in values if value in own] for values in held]


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
            _names(),
            cl.ExactMatch("legal"),
            _tax(),
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


def _names() -> cl.CustomComparison:
    """Levels by what two names share and by what either has that the other lacks, in bits."""
    shared = (
        "-list_sum(list_transform(list_filter(words_l,"
        " lambda x: list_contains(list_transform(words_r, lambda y: y.word), x.word)),"
        " lambda x: x.bits))"
    )
    shared = f"coalesce({shared}, 0)"
    rest = f"(least(bits_l, bits_r) - {shared})"
    jw = "jaro_winkler_similarity(name_l, name_r)"
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.CustomLevel(f"{rest} < 4 and {shared} >= 16"),
            cll.CustomLevel(f"{jw} >= 0.95"),
            cll.CustomLevel(f"{rest} < 4 and {shared} >= 8"),
            cll.CustomLevel(f"{jw} >= 0.88"),
            cll.CustomLevel(f"{shared} >= 16"),
            cll.CustomLevel(f"{shared} >= 8"),
            cll.ElseLevel(),
        ],
    )


def _tax() -> cl.CustomComparison:
    """Two trusted numbers are the same or not; one that is not trusted may be a slip of another."""
    apart = cll.CustomLevel("trusted_l and trusted_r").configure(
        m_probability=APART, u_probability=1 - APART, fix_m_probability=True, fix_u_probability=True
    )
    return cl.CustomComparison(
        output_column_name="tax",
        comparison_levels=[
            cll.NullLevel("tax"),
            cll.ExactMatchLevel("tax"),
            apart,
            cll.CustomLevel("levenshtein(tax_l, tax_r) <= 2"),
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
