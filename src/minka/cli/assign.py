"""`minka assign`: who evaluates what, proven best within loads and conflicts, without a site."""

import csv
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from minka.cli import start_words
from minka.cli.answers import BadInput, check_answer_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from minka.innovation.sources.fits import Fits
    from minka.methods.assignment.task import Assignment, Task

COLUMNS = ("item", "person", "fit")
_SHEET = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


class Impossible(click.ClickException):
    """The limits cannot be met together; the message says which, and what would do."""

    exit_code = 1


@click.command("assign")
@click.argument("fits", metavar="FIT", type=_SHEET)
@click.option("--per-item", required=True, type=click.IntRange(1), help="People for each item.")
@click.option("--max-load", required=True, type=click.IntRange(1), help="Items at most for each.")
@click.option("--min-load", default=0, type=click.IntRange(0), help="Items at least for each.")
@click.option("--conflicts", type=_SHEET, help="A sheet item, person of pairs not allowed.")
@click.option(
    "--objective",
    type=click.Choice(["worst-first", "sum"]),
    default="worst-first",
    show_default=True,
    help="Serve the worst-served item best and then the sum, or the sum alone.",
)
@click.option(
    "--seconds", default=40.0, show_default=True, type=click.FloatRange(1.0),
    help="After which the best that was found is taken, with what is not proven.",
)  # fmt: skip
@click.option("--language", type=click.Choice(["es", "en"]), default="es", show_default=True)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the answer goes, as .csv.",
)
def command(  # noqa: PLR0913, PLR0917 -- one per option
    fits: Path,
    per_item: int,
    max_load: int,
    min_load: int,
    conflicts: Path | None,
    objective: str,
    seconds: float,
    language: str,
    out: Path,
) -> None:
    """Give each item of a sheet its people.

    FIT is a sheet item, person, fit: how well each person fits each item, the higher the better.
    A pair that is missing, or is among the conflicts, is not allowed.

    worst-first makes the total fit of the worst-served item as high as it can be and then, serving
    no item worse than that, the sum of all. sum looks at the sum alone.

    Writes item, person, fit: the items in the order of the sheet, the best person of each first.

    Exit code: 0 done, 1 the limits cannot be met together, 2 the input cannot be used.
    """
    check_answer_path(out)
    start_words(language)
    from minka.core.errors import DomainError
    from minka.innovation.sources.fits import read_fits
    from minka.methods.assignment.task import Task

    if min_load > max_load:
        raise BadInput(f"--min-load {min_load} is above --max-load {max_load}.")
    try:
        sheet = read_fits(fits, conflicts)
    except DomainError as error:
        raise BadInput(str(error)) from error
    task = Task.alike(sheet.fits, per_item=per_item, max_load=max_load, min_load=min_load)
    answer = _solve(task, sheet, objective, seconds)
    try:
        _write(out, sheet, answer)
    except OSError as error:
        raise BadInput(f"{error.filename or out}: {error.strerror or error}") from error
    _show(sheet, task, answer, out)


def _solve(task: "Task", sheet: "Fits", objective: str, seconds: float) -> "Assignment":
    from minka.innovation.sources.assignment_words import clash_sentences
    from minka.methods.assignment.clash import clashes
    from minka.methods.assignment.relaxation import Unsolved
    from minka.methods.assignment.solver import largest_sum, worst_first

    solve = worst_first if objective == "worst-first" else largest_sum
    found = clashes(task) if _is_hopeless(task) else []
    try:
        answer = None if found else solve(task, left=countdown(seconds))
    except Unsolved as error:
        raise click.ClickException(str(error)) from error
    if answer is None:
        raise Impossible(clash_sentences(found or clashes(task), sheet.items, sheet.people))
    return answer


def countdown(seconds: float) -> "Callable[[], float]":
    """Return what tells how many of the seconds are left from now."""
    until = monotonic() + seconds
    return lambda: until - monotonic()


def _is_hopeless(task: "Task") -> bool:
    """Say so where counting alone shows it, which is quicker than solving."""
    return bool((task.allowed.sum(axis=1) < task.needs).any() or sum(task.needs) > sum(task.most))


def _write(out: Path, sheet: "Fits", answer: "Assignment") -> None:
    chosen: dict[int, list[int]] = {}
    for item, person in answer.pairs:
        chosen.setdefault(item, []).append(person)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for item in sheet.as_written:
            people = sorted(chosen.get(item, ()), key=lambda one: (-sheet.fits[item, one], one))
            for person in people:
                row = (sheet.items[item], sheet.people[person], f"{sheet.fits[item, person]:.10g}")
                writer.writerow(row)


def _show(sheet: "Fits", task: "Task", answer: "Assignment", out: Path) -> None:
    from collections import Counter

    from rich.console import Console
    from rich.table import Table

    console = Console(stderr=True)
    totals = task.totals(answer.pairs)
    worst = Table("item", "total fit", title="The worst-served items")
    for item in sorted(range(len(totals)), key=lambda one: (totals[one], one))[:5]:
        worst.add_row(sheet.items[item], f"{totals[item]:.4g}")
    console.print(worst)
    load = Counter(person for _item, person in answer.pairs)
    loads = [load[person] for person in range(len(sheet.people))]
    said = (
        f"{len(answer.pairs)} assignments, {answer.total:.6g} in all, the worst-served item "
        f"{answer.worst:.6g}; loads from {min(loads)} to {max(loads)}."
    )
    if answer.is_proven:
        said += " Proven: nothing is better."
    else:
        said += (
            f" Not proven within the time: the worst-served could gain {answer.worst_gap:.3g} at "
            f"most, the sum {answer.total_gap:.3g}."
        )
    console.print(f"{said} Written to {out}")
