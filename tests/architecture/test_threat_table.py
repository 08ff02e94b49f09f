"""The threat table of sealed calls: what it names, in code and in tests, is there under that name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs/operate/sealing.md").read_text(encoding="utf-8")
CODE, TESTS = ROOT / "src/minka", ROOT / "tests"
LETTERS = dict(re.findall(r"`([A-Z])` (?:stands )?for `(test_\w+\.py)`", DOCUMENT))
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in DOCUMENT.splitlines()
    if re.match(r"\| [a-g] \|", line)
]


def test_every_row_of_the_annex_is_there():
    assert [row[0] for row in ROWS] == list("abcdefg")
    assert all(len(row) == 5 for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_code_that_a_row_names_is_there(row):
    named = re.findall(r"`([\w/.]+)`", row[3])
    assert named
    for name in named:
        path, _dot, thing = name.removesuffix(".py").partition(".")
        if "/" not in path and path != "rules":
            assert path in (CODE / "innovation/models/proposal.py").read_text(), name
            continue
        places = [CODE / f"{path}.py", CODE / "innovation" / f"{path}.py"]
        found = [place for place in places if place.exists()]
        assert found, name
        assert not thing or re.search(rf"^(def )?{thing}\b", found[0].read_text(), re.MULTILINE), (
            name
        )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_tests_that_a_row_names_are_there_under_that_name(row):
    said = 0
    for part in row[4].split(";"):
        file = re.search(r"`(test_\w+\.py)`|(?:^|\s)([A-Z]): ", part)
        if file is None:
            assert "`tests/methods/sealing/`" in part
            continue
        name = file.group(1) or LETTERS[file.group(2)]
        text = (TESTS / "innovation" / name).read_text()
        tests = re.findall(r"^def (test_\w+)", text, re.MULTILINE)
        for claim in re.findall(r"\*([^*]+)\*", part):
            said += 1
            words = re.sub(r"\W+", "_", claim)
            assert any(words in test for test in tests), f"{name}: {claim}"
    assert said or row[4].count("test_") > 1
