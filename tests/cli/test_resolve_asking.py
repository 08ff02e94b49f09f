"""`minka resolve --ask`: questions for a person in a table, and what the answers do."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from minka.cli.resolve import command

NEAR = (
    "Empresa;Departamento\n"
    "Minera Qoripuna Andina SAC;Puno\n"
    "Minera Qoripuna;\n"
    "Ferretería Pumasol EIRL;Cusco\n"
    "Ferreteria Pumasol EIRL;Tacna\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text(NEAR, encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str):
    arguments = [str(folder / "rows.csv"), "--out", str(folder / "out.csv"), *more]
    with translation.override(translation.get_language()):
        return CliRunner().invoke(command, arguments)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answer(path: Path, said: str) -> None:
    asked = rows(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, asked[0])
        writer.writeheader()
        writer.writerows(row | {"answer": said} for row in asked)


def actors(folder: Path) -> list[str]:
    return [row["actor"] for row in rows(folder / "out.csv")]


def test_questions_show_both_rows_and_leave_room_for_the_answer(folder):
    table = folder / "questions.csv"
    done = run(folder, "--ask", "5", "--answers", str(table))
    assert done.exit_code == 0, done.output
    asked = rows(table)
    assert asked
    for row in asked:
        assert not row["answer"]
        assert row["name_a"] and row["name_b"] and row["line_a"] != row["line_b"]


@pytest.mark.parametrize(("said", "joined"), [("same", True), ("Sí", True), ("different", False)])
def test_answers_decide_and_are_not_asked_again(folder, said, joined):
    table = folder / "questions.csv"
    run(folder, "--ask", "1", "--answers", str(table))
    asked = rows(table)[0]
    answer(table, said)
    assert run(folder, "--ask", "5", "--answers", str(table)).exit_code == 0
    found = actors(folder)
    one, other = (found[int(asked[f"line_{side}"]) - 1] for side in "ab")
    assert (one == other) is joined
    again = rows(table)
    assert again[0]["answer"] == said  # what was said is kept
    pairs = [(row["line_a"], row["line_b"]) for row in again]
    assert len(pairs) == len(set(pairs))


def test_an_answer_nobody_understands_is_refused_with_its_line(folder):
    table = folder / "questions.csv"
    run(folder, "--ask", "1", "--answers", str(table))
    answer(table, "maybe")
    done = run(folder, "--answers", str(table))
    assert done.exit_code == 2
    assert "line 2" in done.output and "maybe" in done.output


def test_a_row_that_is_not_there_is_refused(folder):
    table = folder / "questions.csv"
    run(folder, "--ask", "1", "--answers", str(table))
    table.write_text(table.read_text("utf-8-sig").replace("rows.csv", "old.csv"), "utf-8")
    answer(table, "same")
    done = run(folder, "--answers", str(table))
    assert done.exit_code == 2
    assert "there is no row old.csv" in done.output


def test_asking_needs_a_table(folder):
    assert run(folder, "--ask", "3").exit_code == 2
    assert run(folder, "--answers", str(folder / "none.csv")).exit_code == 2
    assert not (folder / "none.csv").exists()
