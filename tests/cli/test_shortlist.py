"""`minka shortlist`, as somebody who only has a sheet runs it: another folder, no settings."""

import csv
import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

import minka

SOURCES = Path(minka.__file__).parents[1]
SHEET = """id;Título;Compañía;theme;pilot_usd;impact;urgency
P1;Polvo en fajas;Hudbay;dust;80,000;4.2;3,9
P2;Agua de relaves;Hudbay;water | tailings;120,000;4.6;4.1
P3;Fatiga;Cerro Verde;safety;40,000;3.9;4.5
P4;Chancado;Cerro Verde;crushing;90,000;3.2;3.0
P5;Espesadores;Las Bambas;water;110,000;4.4;3.2
P6;Bombas;Las Bambas;water;60,000;4.1;4.0
P8;Drones;Antapaccay;safety;20,000;2.9;2.5
P7;Neumáticos;Antapaccay;haulage;30,000;3.0;2.8
"""
WEIGHED = ("--weights", "impact=60,urgency=40", "--draws", "40")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "problemas.csv").write_text(SHEET, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    call = ("shortlist", "problemas.csv", "--out", "out.csv", *arguments)
    return subprocess.run(
        [sys.executable, "-m", "minka.cli", *call],
        cwd=folder, env={**kept, "PYTHONPATH": str(SOURCES)}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


def answer(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_best_set_under_conditions_is_chosen_and_explained(tmp_path):
    done = run(
        tmp_path, *WEIGHED, "--k", "4", "--at-least", "compania=antapaccay:1",
        "--at-most", "theme=water:2", "--budget", "pilot_usd:300000", "--not-with", "P2:P6",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = answer(tmp_path)
    assert [*rows[0]] == ["id", "chosen", "value", "robustness", "why"]
    assert [row["id"] for row in rows] == ["P1", "P2", "P3", "P4", "P5", "P6", "P8", "P7"]
    assert {row["id"] for row in rows if row["chosen"] == "1"} == {"P1", "P2", "P3", "P7"}
    assert float(rows[0]["value"]) == pytest.approx(0.6 * 4.2 + 0.4 * 3.9)
    assert sum(float(row["robustness"]) for row in rows) == pytest.approx(4.0)
    assert all(row["why"].startswith(("Dentro", "Fuera")) for row in rows)
    assert "Antapaccay >= 1" in done.stderr  # the price of each condition is shown


def test_no_other_set_that_meets_the_conditions_is_worth_more(tmp_path):
    assert run(tmp_path, *WEIGHED, "--k", "3", "--at-most", "Compañía:1").returncode == 0
    rows = answer(tmp_path)
    company = dict(zip([row["id"] for row in rows], "HHCCLLAA", strict=True))
    value = {row["id"]: float(row["value"]) for row in rows}
    allowed = (one for one in combinations(value, 3) if len({company[i] for i in one}) == 3)
    best = max(allowed, key=lambda one: sum(value[i] for i in one))
    assert {row["id"] for row in rows if row["chosen"] == "1"} == set(best)


def test_twice_the_same_command_writes_the_same_to_the_bit(tmp_path):
    written = set()
    for _again in range(2):
        run(tmp_path, *WEIGHED, "--k", "3", "--with", "P8", "--bonus", "P1:P4:0.7")
        written.add((tmp_path / "out.csv").read_bytes())
    assert len(written) == 1


def test_conditions_that_clash_are_named_with_what_would_be_possible(tmp_path):
    done = run(
        tmp_path, *WEIGHED, "--k", "4", "--language", "en",
        "--at-least", "theme=water:3", "--at-most", "theme=water:2", "--at-most", "Compañía:3",
    )  # fmt: skip
    assert done.returncode == 2
    assert "theme=water >= 3; theme=water <= 2" in done.stderr
    assert "at least 2" in done.stderr
    assert "Hudbay" not in done.stderr  # what does not clash is not blamed
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--k", "9", *WEIGHED), "9"),
        (("--k", "2"), "value"),
        (("--k", "2", "--weights", "impacto=3"), "impacto"),
        (("--k", "2", "--weights", "Título=3"), "Polvo en fajas"),
        (("--k", "2", *WEIGHED, "--with", "P99"), "P99"),
        (("--k", "2", *WEIGHED, "--at-least", "theme=wter:1"), "wter"),
        (("--k", "2", *WEIGHED, "--budget", "pilot:1000"), "pilot"),
        (("--k", "2", *WEIGHED, "--not-with", "P1"), "P7:P12"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_written(tmp_path, arguments, said):
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out.csv").exists()
