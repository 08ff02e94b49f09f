"""`minka assign` on sheets: what comes out, and what is said where nothing can."""

import csv

import pytest
from click.testing import CliRunner
from django.utils import translation

from minka.cli.assign import command

FITS = """item,person,fit
P2,Ana,0.9
P2,Luis,0.2
P2,Rosa,0.5
P1,Ana,0.8
P1,Luis,0.7
P1,Rosa,"0,1"
P3,Ana,0.6
P3,Luis,0.4
P3,Rosa,
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, fits=FITS, conflicts=None):
        (tmp_path / "fit.csv").write_text(fits, encoding="utf-8")
        if conflicts is not None:
            (tmp_path / "conflicts.csv").write_text(conflicts, encoding="utf-8")
            arguments += ("--conflicts", "conflicts.csv")
        with translation.override("en"):
            return CliRunner().invoke(
                command, ["fit.csv", "--out", "out.csv", "--language", "en", *arguments]
            )

    return call


def answer(folder):
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def test_the_worst_served_comes_first_and_items_stay_in_order(run, tmp_path):
    done = run("--per-item", "1", "--max-load", "1")
    assert done.exit_code == 0, done.stderr
    assert answer(tmp_path) == [("P2", "Rosa", "0.5"), ("P1", "Luis", "0.7"), ("P3", "Ana", "0.6")]
    assert "Proven" in done.stderr
    written = (tmp_path / "out.csv").read_bytes()
    rows = FITS.splitlines(keepends=True)
    assert (
        run(
            "--per-item", "1", "--max-load", "1", fits="".join([rows[0], *rows[4:], *rows[1:4]])
        ).exit_code
        == 0
    )
    assert sorted((tmp_path / "out.csv").read_text().split()) == sorted(written.decode().split())


def test_the_sum_alone_may_serve_one_badly(run, tmp_path):
    fits = "item,person,fit\nA,x,1.0\nA,y,0.6\nB,x,0.5\nB,y,0.0\n"
    limits = ("--per-item", "1", "--max-load", "1")
    run(*limits, fits=fits.replace("0.0", "0.2"), conflicts=None)
    assert answer(tmp_path) == [("A", "y", "0.6"), ("B", "x", "0.5")]
    run(*limits, "--objective", "sum", fits=fits.replace("0.0", "0.2"))
    assert answer(tmp_path) == [("A", "x", "1"), ("B", "y", "0.2")]


def test_conflicts_are_kept_apart(run, tmp_path):
    done = run("--per-item", "1", "--max-load", "2", conflicts="item,person\nP2,Ana\nP3,Ana\n")
    assert done.exit_code == 0, done.stderr
    assert ("P3", "Luis", "0.4") in answer(tmp_path)
    assert not {("P2", "Ana"), ("P3", "Ana")} & {row[:2] for row in answer(tmp_path)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--per-item", "3", "--max-load", "3"), "P3 (2 of 3)"),
        (("--per-item", "2", "--max-load", "1"), "up to 2"),
        (("--per-item", "1", "--max-load", "3", "--min-load", "2"), "At least 1 for each"),
    ],
)
def test_what_clashes_is_said_and_nothing_is_written(run, tmp_path, arguments, said):
    done = run(*arguments)
    assert done.exit_code == 1
    assert said in done.stderr
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"fits": FITS + "P1,Ana,0.3\n"}, "Line 11 says again what line 5 says: P1 · Ana"),
        ({"fits": FITS.replace("0.4", "four")}, "Line 9: “four”"),
        ({"fits": FITS.replace("P3,Luis", "P3,")}, "Line 9: the column “person” is empty"),
        ({"fits": FITS.replace("fit\n", "points\n")}, "needs the columns item, person, fit"),
        ({"fits": ""}, "empty"),
        ({"conflicts": "item,person\nP1,Nobody\n"}, "Line 2 of the conflicts: “Nobody”"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_line(run, tmp_path, given, said):
    done = run("--per-item", "1", "--max-load", "3", **given)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_options_that_contradict_each_other_are_refused(run):
    assert run("--per-item", "1", "--max-load", "1", "--min-load", "2").exit_code == 2
    assert run("--per-item", "1", "--max-load", "1", "--out", "out.xlsx").exit_code == 2
