"""The linkage model: its weights, in bits, and the Splink settings made of them.

Splink adds log2(m/u) of every comparison's level to the log2 of the prior odds (Fellegi & Sunter
1969). The weights shipped here were fitted jointly on labelled pairs, so that evidence that tends
to come together is not counted twice; each is handed to Splink as the m and u whose ratio it is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker, SettingsCreator

from minka.methods.linkage.comparisons import COMPARISONS, Dialect, in_dialect, levels_sql
from minka.methods.linkage.records import Prepared

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
_CERTAIN = 0.95


@dataclass(frozen=True, slots=True)
class Weights:
    """`bits[comparison][level]`; levels not named weigh nothing."""

    prior_bits: float
    bits: Mapping[str, Mapping[str, float]]
    links: Mapping[str, float] = field(default_factory=dict)  # of the second look

    @classmethod
    def shipped(cls) -> "Weights":
        """Return the weights that come with the package."""
        path = resources.files("minka.methods.linkage").joinpath("weights.json")
        return cls.read(path.read_text("utf-8"))

    @classmethod
    def read(cls, text: str) -> "Weights":
        data = json.loads(text)
        return cls(float(data["prior_bits"]), data["bits"], data.get("links", {}))

    def write(self, **about: Any) -> str:
        """Write as JSON, with whatever is to be remembered about the training."""
        bits = {key: {k: round(v, 2) for k, v in row.items()} for key, row in self.bits.items()}
        links = {key: round(value, 3) for key, value in self.links.items()}
        prior = round(self.prior_bits, 2)
        plain = {"about": about, "prior_bits": prior, "bits": bits, "links": links}
        return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"

    def of(self, comparison: str, level: str) -> float:
        return self.bits.get(comparison, {}).get(level, 0.0)


def settings(weights: Weights, dialect: Dialect = "duckdb") -> dict[str, Any]:
    """Return the model as Splink reads it, for one of its engines."""
    odds = 2.0**weights.prior_bits
    comparisons: list[Any] = []  # Splink takes them as plain dictionaries too
    for comparison in COMPARISONS:
        levels: list[dict[str, Any]] = []
        for level in comparison.levels:
            bits = weights.of(comparison.key, level.key)
            m, u = (_CERTAIN, _CERTAIN * 2**-bits) if bits >= 0 else (_CERTAIN * 2**bits, _CERTAIN)
            levels.append(
                {
                    "sql_condition": in_dialect(level.sql, dialect) or "ELSE",
                    "label_for_charts": level.key,
                    "m_probability": m,
                    "u_probability": u,
                }
            )
        comparisons.append({"output_column_name": comparison.key, "comparison_levels": levels})
    made: dict[str, Any] = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="i",
        probability_two_random_records_match=odds / (1 + odds),
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
        additional_columns_to_retain=[],
    ).create_settings_dict(dialect)
    return made


def record_table(prepared: Prepared) -> pa.Table:
    """Lay the records out as the comparisons expect them."""
    columns: dict[str, Any] = {
        "i": pa.array(range(len(prepared.records)), pa.int64()),
        # Splink looks for the two records' own column of every name it reads in a condition
        "match_key": pa.nulls(len(prepared.records), pa.int64()),
        "tax": prepared.tax,
        "tax_written": prepared.tax_written,
        "region": prepared.regions,
        "places": pa.array(prepared.places, pa.list_(pa.string())),
        "street": prepared.streets,
        "activity": prepared.activities,
        "source": prepared.sources,
        "repeating": prepared.repeating,
        "country": prepared.countries,
    }
    for name, lists in (
        ("emails", prepared.emails),
        ("domains", prepared.domains),
        ("phones", prepared.phones),
    ):
        own = [[v for v in values if v not in prepared.shared] for values in lists]
        common = [[v for v in values if v in prepared.shared] for values in lists]
        columns[name] = pa.array(own, pa.list_(pa.string()))
        columns[f"shared_{name}"] = pa.array(common, pa.list_(pa.string()))
        columns[f"all_{name}"] = pa.array(lists, pa.list_(pa.string()))
    return pa.table(columns)


def load_records(prepared: Prepared, connection: duckdb.DuckDBPyConnection) -> None:
    """Lay the records down as the table `linkage_records`."""
    connection.register("linkage_records_in", record_table(prepared))
    connection.execute(
        "create or replace temp table linkage_records as select * from linkage_records_in"
    )
    connection.unregister("linkage_records_in")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of records by their indexes, left < right, with `NameEvidence.code` of each."""

    left: Ints
    right: Ints
    codes: Ints


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with their match weight in bits, ordered by left and right."""

    left: Ints
    right: Ints
    bits: Floats


def _load_pairs(pairs: Pairs, connection: duckdb.DuckDBPyConnection) -> None:
    table = pa.table(
        {"join_key_l": pairs.left, "join_key_r": pairs.right, "match_key": pairs.codes}
    )
    connection.register("linkage_pairs_in", table)
    connection.execute(
        "create or replace temp table linkage_pairs as"
        " select row_number() over () - 1 as n, * from linkage_pairs_in"
    )
    connection.unregister("linkage_pairs_in")


def score_pairs(
    pairs: Pairs,
    weights: Weights,
    connection: duckdb.DuckDBPyConnection,
    *,
    least_bits: float | None = None,
) -> Scored:
    """Score pairs of the loaded records with Splink; leave out those below `least_bits`."""
    _load_pairs(pairs, connection)
    api = DuckDBAPI(connection=connection)
    records = api.register("linkage_records")
    linker = Linker(records, settings(weights), log_level=40, validate_settings=False)
    linker.table_management.register_blocked_pairs_for_predict(api.register("linkage_pairs"))
    found = linker.inference.predict(threshold_match_weight=least_bits, warning_mode="never")
    columns = connection.execute(
        f"select i_l, i_r, match_weight from {found.physical_name} order by i_l, i_r"  # noqa: S608 -- its own table
    ).fetchnumpy()
    found.drop_table_from_database_and_remove_from_cache()
    return Scored(
        left=columns["i_l"].astype(np.int64),
        right=columns["i_r"].astype(np.int64),
        bits=columns["match_weight"].astype(np.float64),
    )


def find_levels(pairs: Pairs, connection: duckdb.DuckDBPyConnection) -> Levels:
    """Return the level that each comparison finds for each pair: for training and explaining.

    Returns:
        Shape (pairs, comparisons): index into `Comparison.levels`.
    """
    _load_pairs(pairs, connection)
    sql = levels_sql(record_columns(connection), "duckdb")
    columns = connection.execute(sql).fetchnumpy()
    return np.stack([columns[c.key].astype(np.int8) for c in COMPARISONS], axis=1)


def record_columns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the columns of the loaded records."""
    return [column[0] for column in connection.execute("describe linkage_records").fetchall()]


def probability(bits: Floats) -> Floats:
    """Turn match weights into probabilities."""
    result: Floats = 1.0 / (1.0 + np.exp2(-np.clip(bits, -60, 60)))
    return result
