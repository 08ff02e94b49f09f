"""Questions of `minka resolve` to a person: a small table to fill in, and to read back."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from minka.knowledge.sources.linkable import SourceRow
    from minka.methods.linkage.records import Record
    from minka.methods.linkage.review import Answers, Question

YES = frozenset({"same", "yes", "y", "1", "si", "sí", "s", "mismo", "misma"})
NO = frozenset({"different", "no", "n", "0", "distinto", "distinta", "diferente"})
_SHOWN = ("name", "other_names", "tax", "place", "contact", "activity")
COLUMNS = (
    "answer", "probability",
    *(f"{what}_{side}" for what in _SHOWN for side in "ab"),
    *(f"{what}_{side}" for side in "ab" for what in ("file", "sheet", "line")),
)  # fmt: skip
Pair = tuple[tuple[str, str, int], tuple[str, str, int]]


class BadTable(click.ClickException):
    """A table of answers cannot be used; the message says why."""

    exit_code = 2


def write_questions(
    path: Path,
    questions: "Sequence[Question]",
    rows: "Sequence[tuple[SourceRow, Record]]",
    answered: Mapping[Pair, str],
) -> None:
    """Write what was answered before, and below it the questions, the most telling first."""
    places = {_where(source): number for number, (source, _record) in enumerate(rows)}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for (one, other), said in answered.items():
            writer.writerow({"answer": said} | _both(rows, places[one], places[other]))
        for question in questions:
            shown = {"answer": "", "probability": f"{question.probability:.2f}"}
            writer.writerow(shown | _both(rows, question.left, question.right))


def _both(
    rows: "Sequence[tuple[SourceRow, Record]]", left: int, right: int
) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for side, (source, record) in (("a", rows[left]), ("b", rows[right])):
        found |= {f"{what}_{side}": text for what, text in _told(record).items()}
        found |= {
            f"file_{side}": source.file, f"sheet_{side}": source.sheet, f"line_{side}": source.line
        }  # fmt: skip
    return found


def _told(record: "Record") -> dict[str, str]:
    lists = {
        "name": (record.name,),
        "other_names": (record.trade_name, *record.other_names, record.acronym),
        "tax": (record.tax_id.partition(":")[2] or record.tax_written,),
        "place": (record.address, record.district, record.province, record.region, record.country),
        "contact": (*record.emails, *record.phones, record.website),
        "activity": (record.activity,),
    }
    return {what: ", ".join(dict.fromkeys(filter(None, said))) for what, said in lists.items()}


def _where(source: "SourceRow") -> tuple[str, str, int]:
    return source.file, source.sheet, source.line


def read_answers(
    path: Path, rows: "Sequence[tuple[SourceRow, Record]]"
) -> "tuple[Answers, dict[Pair, str]]":
    """Read the table back: rows said to be the same, and rows said to differ.

    Empty answers are left out.

    Returns:
        The answers, and what was written about each pair.

    Raises:
        ClickException: it is no such table, or an answer cannot be understood.
    """
    from minka.methods.linkage.review import Answers

    places = {_where(source): number for number, (source, _record) in enumerate(rows)}
    found, written = Answers(), {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        dialect = csv.excel
        if ";" in file.readline():
            dialect = _Semicolons
        file.seek(0)
        reader = csv.DictReader(file, dialect=dialect)
        if missing := {"answer", *COLUMNS[-6:]} - set(reader.fieldnames or ()):
            raise _bad(path, f"has no column {', '.join(sorted(missing))}")
        for number, row in enumerate(reader, start=2):
            said = (row["answer"] or "").strip()
            if not said:
                continue
            pair = _pair(path, number, row)
            if unknown := next((one for one in pair if one not in places), None):
                raise _bad(path, f"line {number}: there is no row {':'.join(map(str, unknown))}")
            kept = _kept(path, number, said, found)
            low, high = sorted(places[one] for one in pair)
            kept.append((low, high))
            written[pair] = said
    return found, written


class _Semicolons(csv.excel):
    delimiter = ";"


def _pair(path: Path, number: int, row: Mapping[str, str]) -> Pair:
    try:
        one, other = (
            (row[f"file_{side}"], row[f"sheet_{side}"], int(row[f"line_{side}"])) for side in "ab"
        )
    except (TypeError, ValueError) as error:
        raise _bad(path, f"line {number}: line_a and line_b are numbers") from error
    return one, other


def _kept(path: Path, number: int, said: str, found: "Answers") -> list[tuple[int, int]]:
    if said.lower() in YES:
        return found.same
    if said.lower() in NO:
        return found.apart
    raise _bad(path, f'line {number}: "{said}" is neither same nor different')


def _bad(path: Path, text: str) -> click.ClickException:
    return BadTable(f"{path}: {text}.")
