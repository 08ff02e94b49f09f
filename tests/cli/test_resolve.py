"""`minka resolve`, as somebody who only has sheets runs it: another folder, no settings."""

import csv
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import minka

GIVEN = Path(__file__).resolve().parents[3] / "shared" / "data" / "linkage"
HEADERS = ["file", "sheet", "line", "actor", "band", "probability", "reason"]
SOURCES = Path(minka.__file__).parents[1]


def run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "minka.cli", "resolve", *map(str, arguments)],
        cwd=folder, env={**kept, "PYTHONPATH": str(SOURCES)}, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


def answer(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "camara.csv").write_text(
        "N°;Empresa asociada;RUC;Página web\n"
        "1;Transportes Wayrana S.A.C.;20100010721;www.wayrana.pe\n"
        "2;Ferretería Pumasol E.I.R.L.;;\n"
        "3;;;\n",
        encoding="utf-8",
    )
    book = Workbook()
    book.active.title = "Feria 2024"
    for row in (
        ["Expositor", "E-mail", "Ciudad"],
        ["TRANSP. WAYRANA SAC", "ventas@wayrana.pe", "Cusco"],
        ["Hotel Inkarri", "hotelinkarri@gmail.com", "Puno"],
    ):
        book.active.append(row)
    other = book.create_sheet("Padrón")
    for row in (
        ["RUC", "RAZON SOCIAL"],
        ["20100010721", "TRANSPORTES WAYRANA SOCIEDAD ANONIMA CERRADA"],
    ):
        other.append(row)
    book.save(tmp_path / "varios.xlsx")
    return tmp_path


def test_every_row_of_every_sheet_is_answered_in_order(folder):
    done = run(folder, "camara.csv", "varios.xlsx", "--out", "out.csv", "--language", "en")
    assert done.returncode == 0, done.stderr
    rows = answer(folder / "out.csv")
    assert list(rows[0]) == HEADERS
    assert [(row["file"], row["sheet"], row["line"]) for row in rows] == [
        ("camara.csv", "camara", "1"), ("camara.csv", "camara", "2"), ("camara.csv", "camara", "3"),
        ("varios.xlsx", "Feria 2024", "1"), ("varios.xlsx", "Feria 2024", "2"),
        ("varios.xlsx", "Padrón", "1"),
    ]  # fmt: skip
    actors = [row["actor"] for row in rows]
    assert actors[0] == actors[3] == actors[5]
    assert len(set(actors)) == 4
    assert rows[0]["band"] == rows[5]["band"] == "automatic"
    assert rows[5]["reason"] == "the same tax number"
    assert rows[1]["band"] == "apart"
    assert rows[1]["reason"] == ""


def test_a_workbook_holds_the_same_answer(folder):
    for name in ("out.csv", "out.xlsx"):
        assert run(folder, "camara.csv", "varios.xlsx", "--out", name).returncode == 0
    cells = load_workbook(folder / "out.xlsx").active.iter_rows(values_only=True)
    assert list(next(cells)) == HEADERS
    written = [[str(cell or "") for cell in row] for row in cells]
    read = [list(row.values()) for row in answer(folder / "out.csv")]
    assert [row[:5] + row[6:] for row in written] == [row[:5] + row[6:] for row in read]


def test_the_order_of_the_files_does_not_change_who_is_who(folder):
    def organisations(*files: str) -> set[frozenset[tuple[str, str]]]:
        assert run(folder, *files, "--out", "out.csv").returncode == 0
        found: dict[str, set[tuple[str, str]]] = {}
        for row in answer(folder / "out.csv"):
            found.setdefault(row["actor"], set()).add((row["sheet"], row["line"]))
        return {frozenset(rows) for rows in found.values()}

    assert organisations("camara.csv", "varios.xlsx") == organisations("varios.xlsx", "camara.csv")


def test_what_differs_by_a_number_a_letter_or_a_place_is_not_joined(folder):
    sisters = [f"Servicios Andinos {n} SAC" for n in range(9)]
    lots = [f"Comunidad Wayrana Lote {letter}" for letter in "BCD"]
    romans = [f"Minera Los Qoris {roman} S.M.R.L." for roman in ("I", "II", "III")]
    offices = [
        "Municipalidad Distrital de Yura (MDY)", "Municipalidad Distrital de Yuracyacu (MDY)",
        "Sociedad de Beneficencia de Huacho (SBH)", "Sociedad de Beneficencia de Huánuco (SBH)",
    ]  # fmt: skip
    reached = [
        f"{name};www.familia{number}.pe;95811122{number};Puno"
        for number, family in enumerate((sisters, lots, romans))
        for name in family
    ]
    (folder / "series.csv").write_text(
        "\n".join(
            ["Empresa;Página web;Teléfono;Región", *reached, *(f"{name};;;" for name in offices)]
        ),
        encoding="utf-8",
    )
    assert run(folder, "series.csv", "--out", "out.csv").returncode == 0
    actors = [row["actor"] for row in answer(folder / "out.csv")]
    assert len(set(actors)) == len(actors)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.csv", "--out", "out.csv"], "does not exist"),
        (["camara.csv", "--out", "out.pdf"], "written as .csv or .xlsx"),
        (["camara.csv", "--out", "nowhere/out.csv"], "not a folder"),
        (["camara.csv", "--out", "camara.csv"], "one of the files to read"),
        (["camara.csv"], "--out"),
        (
            ["picture.csv", "--out", "out.csv", "--language", "en"],
            "picture.csv: This is a PNG file",
        ),
        (["empty.csv", "--out", "out.csv", "--language", "en"], "empty.csv: The file is empty"),
    ],
)
def test_bad_input_ends_with_2_and_a_sentence(folder, arguments, said):
    (folder / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (folder / "empty.csv").write_bytes(b"")
    before = (folder / "camara.csv").read_bytes()
    done = run(folder, *arguments)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (folder / "out.csv").exists()
    assert (folder / "camara.csv").read_bytes() == before


def test_training_twice_gives_the_same_weights(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    written = []
    for name in ("one.json", "two.json"):
        subprocess.run(
            [sys.executable, "-m", "minka.cli", "train-resolver", "--seeds", "1",
             "--registers", "1", "--rows", "300", "--out", str(tmp_path / name)],
            env={**kept, "PYTHONPATH": str(SOURCES), "PYTHONHASHSEED": str(len(name) + len(written))},
            cwd=tmp_path, capture_output=True, timeout=120, check=True,
        )  # fmt: skip
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


@pytest.fixture(scope="module")
def scorer():
    if not (GIVEN / "sheets").is_dir():
        pytest.skip(f"NOT MEASURED: no labelled sheets in {GIVEN}")
    spec = importlib.util.spec_from_file_location("linkage_score", GIVEN / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.filterwarnings("default::pytest.PytestWarning")
def test_labelled_sheets_are_resolved_as_well_as_promised(scorer, tmp_path):
    sheets = sorted((GIVEN / "sheets").glob("*.csv"))
    partitions = []
    for files in (sheets, sheets[::-1]):
        assert run(tmp_path, *files, "--out", "out.csv").returncode == 0
        partitions.append(
            {f"{r['sheet']}:{r['line']}": r["actor"] for r in answer(tmp_path / "out.csv")}
        )
    with (GIVEN / "sheets_truth.csv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    first, second = (scorer.evaluate(found, truth) for found in partitions)
    assert len(partitions[0]) == len(truth)
    assert first["P"] >= 0.98
    assert first["F1"] >= 0.95
    assert first["ruc_conflict_clusters"] == 0
    assert {key: first[key] for key in ("P", "R", "F1")} == {
        key: second[key] for key in ("P", "R", "F1")
    }
