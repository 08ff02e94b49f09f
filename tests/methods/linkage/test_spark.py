"""The engine on Spark decides what the engine on DuckDB decides: one model, two ways to run it."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import sqlglot
from click.testing import CliRunner
from django.utils import translation

from minka.cli.resolve import COLUMNS, command
from minka.knowledge.sources.labelled import collection, made_of
from minka.knowledge.sources.linkable import is_place
from minka.methods.linkage.blocking import BLOCK_LIMIT
from minka.methods.linkage.comparisons import COMPARISONS, in_dialect
from minka.methods.linkage.engine import Resolution, resolve
from minka.methods.linkage.model import probability
from minka.methods.linkage.records import Record
from minka.methods.linkage.review import Answers
from tests.services.system import without_spark

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from minka.methods.linkage.spark import SparkResolution

MISSING = without_spark()


def needs_spark(test):
    for mark in (
        pytest.mark.spark,
        pytest.mark.skipif(bool(MISSING), reason=MISSING),
        pytest.mark.filterwarnings("default"),
    ):
        test = mark(test)
    return test


# What suits a short life on one machine: nothing compiled, and one part of everything.
SMALL = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
}
SAID = Answers(same=[(0, 5)], apart=[(1, 2)])


@pytest.fixture(scope="module")
def session() -> "Iterator[SparkSession]":
    from minka.methods.linkage.spark import spark_session

    with spark_session("local[2]", configuration=SMALL) as opened:
        yield opened


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Made-up sheets, and a crowd of namesakes with one telephone: a block that is divided."""
    crowd = [
        Record(
            f"crowd:{number:02}", f"Comunidad Campesina Qoripata {'ABCDEFGH'[number % 8] * 3}",
            phones=("+51999888777",), region=("puno", "cusco", "")[number % 3],
            emails=(f"junta{number % 12}@qoripata.pe",), trade_name="Qoripata Andina",
            district="Huancane" if number % 2 else "", tax_written="2035474414"[: number % 11],
        )
        for number in range(2 * BLOCK_LIMIT)
    ]  # fmt: skip
    return collection(300, 4, made_of()).records + crowd


@pytest.fixture(scope="module")
def here(records: list[Record]) -> Resolution:
    return resolve(records, is_place=is_place, answers=SAID)


@pytest.fixture(scope="module")
def there(records: list[Record], session: "SparkSession") -> "SparkResolution":
    from minka.methods.linkage.spark import SparkLinkageEngine

    return SparkLinkageEngine(session).resolve(records, is_place=is_place, answers=SAID)


def test_every_condition_of_the_model_can_be_said_to_spark():
    for comparison in COMPARISONS:
        for level in filter(lambda one: one.sql, comparison.levels):
            said = in_dialect(level.sql, "spark")
            sqlglot.parse_one(said, dialect="spark")
            assert not {"//", "&&", "list_has_any"} & set(said.replace("(", " ").split())
            assert in_dialect(level.sql, "duckdb") == level.sql
    assert in_dialect("list_has_any(a_l, a_r) and array_length(a_l) = b // 100 % 10", "spark") == (
        "ARRAYS_OVERLAP(a_l, a_r) AND SIZE(a_l) = b DIV 100 % 10"
    )


def test_who_lacks_spark_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    (tmp_path / "rows.csv").write_text("Nombre\nTransportes Wayrana SAC\n", encoding="utf-8")
    done = _run(tmp_path, "--engine", "spark")
    assert done.exit_code == 1
    assert "pip install minka[spark]" in done.output


def test_a_master_without_spark_is_refused(tmp_path):
    (tmp_path / "rows.csv").write_text("Nombre\nWayrana\n", encoding="utf-8")
    done = _run(tmp_path, "--master", "local[2]")
    assert done.exit_code == 2
    assert "--engine spark" in done.output


@needs_spark
def test_the_same_pairs_have_the_same_probability(here, there):
    assert len(here.pairs.left) > 500
    assert there.pairs.left.tolist() == here.pairs.left.tolist()
    assert there.pairs.right.tolist() == here.pairs.right.tolist()
    apart = np.abs(probability(there.pairs.bits) - probability(here.pairs.bits))
    assert apart.max() < 1e-6


@needs_spark
def test_the_same_records_are_one_organisation(here, there):
    labels = here.groups.labels()
    assert there.groups.labels() == labels
    assert 1 < len(set(labels)) < len(labels)
    assert labels[0] == labels[5]
    assert labels[1] != labels[2]
    assert [(one.actor, one.band, one.partner) for one in there.verdicts()] == [
        (one.actor, one.band, one.partner) for one in here.verdicts()
    ]
    assert [(one.left, one.right) for one in there.questions()] == [
        (one.left, one.right) for one in here.questions()
    ]


@needs_spark
def test_the_same_evidence_is_given(here, there):
    pairs = list(zip(here.pairs.left.tolist(), here.pairs.right.tolist(), strict=True))
    assert there.explain(pairs) == here.explain(pairs)
    assert there.explain([]) == []


@needs_spark
def test_a_table_of_the_cluster_is_numbered_by_its_keys(records, session):
    from minka.methods.linkage.spark import SparkLinkageEngine

    chosen = [records[number] for number in (*range(60), *range(300, 330))]
    ordered = sorted(chosen, key=lambda record: (record.key, record.name))
    columns = [one.name for one in fields(Record)]
    table = session.createDataFrame(
        [tuple(getattr(record, name) for name in columns) for record in chosen],
        "key string, name string, trade_name string, other_names array<string>, acronym string,"
        " tax_id string, tax_written string, emails array<string>, phones array<string>,"
        " website string, region string, province string, district string, address string,"
        " activity string, name_cut boolean, source string, country string",
    ).repartition(3)
    found = SparkLinkageEngine(session).resolve(table, is_place=is_place)
    assert found.groups.labels() == resolve(ordered, is_place=is_place).groups.labels()
    decided = found.table().orderBy("i").collect()
    assert [row["key"] for row in decided] == [record.key for record in ordered]
    assert [row["actor"] for row in decided] == found.groups.labels()


@needs_spark
def test_the_command_writes_what_it_writes_without_spark(session, tmp_path):
    (tmp_path / "rows.csv").write_text(
        "Empresa;RUC;Página web\n"
        "Transportes Wayrana S.A.C.;20100010721;www.wayrana.pe\n"
        "TRANSP. WAYRANA SAC;;wayrana.pe\n"
        "Ferretería Pumasol E.I.R.L.;;\n",
        encoding="utf-8",
    )
    assert _run(tmp_path).exit_code == 0
    without = _rows(tmp_path)
    assert _run(tmp_path, "--engine", "spark", "--master", "local[2]").exit_code == 0
    assert _rows(tmp_path) == without
    assert list(without[0]) == list(COLUMNS)
    assert without[0]["actor"] == without[1]["actor"] != without[2]["actor"]
    assert session.range(3).count() == 3  # whoever opened a session closes it


def _run(folder: Path, *more: str):
    with translation.override(translation.get_language()):
        return CliRunner().invoke(
            command, [str(folder / "rows.csv"), "--out", str(folder / "out.csv"), *more]
        )


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
