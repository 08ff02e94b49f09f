"""What the engine is measured beside: exact matching, and Splink as its first pages show it."""

import contextlib

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from minka.methods.linkage.groups import Groups, join_same_tax
from minka.methods.linkage.names import parse_names
from minka.methods.linkage.records import Record, phone_key
from minka.methods.text import search_key

THRESHOLD = 0.95
_FILLED = 0.05  # a column with less says nothing that EM could learn from


def exact(records: list[Record]) -> list[int]:
    """Join rows with one tax number, or one name after normalising without its legal form."""
    tax = [record.tax_id for record in records]
    groups = Groups(tax)
    join_same_tax(groups, tax)
    first: dict[str, int] = {}
    for index, record in enumerate(records):
        if key := parse_names(record.name).main.key:
            groups.join(first.setdefault(key, index), index)
    return groups.labels()


def plain_splink(records: list[Record]) -> list[int]:
    """Library comparisons, u by sampling, m by expectation maximisation, clusters at 0.95."""
    columns = _columns(records)
    filled = {name for name, values in columns.items() if _share(values) >= _FILLED}
    connection = duckdb.connect()
    connection.execute("set threads = 2")
    connection.register("plain_in", pa.table({"unique_id": range(len(records)), **columns}))
    connection.execute("create table plain as select * from plain_in")
    api = DuckDBAPI(connection=connection)
    linker = Linker(api.register("plain"), _settings(filled), log_level=40)
    training = linker.training
    certain = [block_on(name) for name in ("tax", "name") if name in filled]
    training.estimate_probability_two_random_records_match(certain, recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for name in ("name", "tax", "email", "phone"):
        if name in filled:
            with contextlib.suppress(Exception):  # too few pairs to learn from; others teach it
                training.estimate_parameters_using_expectation_maximisation(block_on(name))
    pairs = linker.inference.predict(threshold_match_probability=THRESHOLD)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=THRESHOLD
    )
    rows = f"select unique_id, cluster_id from {clusters.physical_name}"
    found = dict(connection.execute(rows).fetchall())
    return [int(found.get(index, index)) for index in range(len(records))]


def _columns(records: list[Record]) -> dict[str, list[str | None]]:
    columns = {
        "name": [search_key(record.name) for record in records],
        "tax": [record.tax_id for record in records],
        "email": [next(iter(record.emails), "") for record in records],
        "phone": [phone_key(next(iter(record.phones), "")) for record in records],
        "region": [record.region for record in records],
        "activity": [record.activity for record in records],
    }
    return {name: [value or None for value in values] for name, values in columns.items()}


def _share(values: list[str | None]) -> float:
    return sum(value is not None for value in values) / max(1, len(values))


def _settings(filled: set[str]) -> SettingsCreator:
    names = cl.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8])
    comparisons = {
        "name": names.configure(term_frequency_adjustments=True),
        "tax": cl.ExactMatch("tax"),
        "email": cl.EmailComparison("email"),
        "phone": cl.ExactMatch("phone"),
        "region": cl.ExactMatch("region").configure(term_frequency_adjustments=True),
        "activity": cl.ExactMatch("activity"),
    }
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[one for name, one in comparisons.items() if name in filled],
        blocking_rules_to_generate_predictions=[
            *(block_on(name) for name in ("name", "tax", "email", "phone") if name in filled),
            block_on("substr(name, 1, 8)", "region"),
            block_on("substr(name, 1, 12)"),
        ],
    )
