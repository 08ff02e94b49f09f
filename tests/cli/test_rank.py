"""`minka rank` on sheets: what comes out, and what is said where nothing can."""

import csv

import pytest
from click.testing import CliRunner
from django.utils import translation

from minka.cli.rank import COLUMNS, PEOPLE_COLUMNS, command

SCORES = "item,person,score\n" + "".join(
    f"P{item},E{person},{3 + item % 3 - (person == 0) + 0.1 * ((item * person) % 4)}\n"
    for item in range(9)
    for person in range(4)
    if (item + person) % 4
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, scores=SCORES):
        (tmp_path / "scores.csv").write_text(scores, encoding="utf-8")
        with translation.override("en"):
            return CliRunner().invoke(
                command,
                ["scores.csv", "--top", "3", "--out", "out.csv", "--language", "en", *arguments],
            )

    return call


def answer(folder, name="out.csv"):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_items_come_best_first_with_what_is_not_known(run, tmp_path):
    done = run("--evaluators", "people.csv")
    assert done.exit_code == 0, done.stderr
    rows = answer(tmp_path)
    assert tuple(rows[0]) == COLUMNS
    assert {row["item"] for row in rows[:3]} == {"P2", "P5", "P8"}
    assert sum(float(row["probability_top"]) for row in rows) == pytest.approx(3, abs=0.01)
    assert all(float(r["low"]) < float(r["quality"]) < float(r["high"]) for r in rows)
    assert (rows[0]["band"], rows[0]["reviews"]) == ("1", "3")
    people = answer(tmp_path, "people.csv")
    assert tuple(people[0]) == PEOPLE_COLUMNS
    assert min(people, key=lambda row: float(row["severity"]))["person"] == "E0"
    first = (tmp_path / "out.csv").read_bytes()
    run()
    assert (tmp_path / "out.csv").read_bytes() == first


def test_criteria_count_by_their_weights(run, tmp_path):
    rows = [("A", 1, 5), ("B", 5, 1), ("C", 2, 2)]
    scores = "item,person,criterion,score\n" + "".join(
        f"{item},E{n},{name},{points}\n"
        for item, impact, urgency in rows
        for n in range(3)
        for name, points in (("impact", impact), ("urgency", urgency))
    )
    assert run("--weights", "impact=90,urgency=10", scores=scores).exit_code == 0
    assert answer(tmp_path)[0]["item"] == "B"
    (tmp_path / "weights.csv").write_text("criterion,weight\nimpact,10\nurgency,90\n")
    assert run("--weights", "weights.csv", scores=scores).exit_code == 0
    assert answer(tmp_path)[0]["item"] == "A"
    said = run("--weights", "impact=90", scores=scores)
    assert (said.exit_code, "“urgency” has no weight" in said.stderr) == (2, True)
    assert run("--weights", "impact=1,urgency=1,cost=1", scores=scores).exit_code == 2
    assert run("--weights", "impact", scores=scores).exit_code == 2
    assert run("--weights", "impact=0,urgency=0", scores=scores).exit_code == 2


def test_a_score_that_was_not_given_leaves_its_item_in(run, tmp_path):
    done = run(scores=SCORES + "P9,E1,\n")
    assert done.exit_code == 0, done.stderr
    [row] = [row for row in answer(tmp_path) if row["item"] == "P9"]
    assert row["reviews"] == "0"


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (SCORES + "P1,E1,2\n", "says again what line"),
        (SCORES + "P9,E1,good\n", "“good” in the column “score” is not a number"),
        (SCORES + ",E1,3\n", "the column “item” is empty"),
        (SCORES.replace("score", "points"), "needs the columns item, person, score"),
        ("item,person,score\nA,x,\n", "No line has a score"),
    ],
)
def test_what_cannot_be_read_is_told(run, tmp_path, scores, said):
    done = run(scores=scores)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_weights_want_a_column_of_criteria(run):
    assert "no column “criterion”" in run("--weights", "a=1").stderr
