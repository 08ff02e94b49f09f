"""`minka shortlist`: the best k of n items under conditions, explained, without a site."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minka.cli import start_words
from minka.cli.answers import BadInput, check_answer_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from minka.innovation.sources.items import Items
    from minka.methods.shortlist.alternatives import Alternative
    from minka.methods.shortlist.explanation import Explanation
    from minka.methods.shortlist.robustness import Robustness, Scores
    from minka.methods.shortlist.solver import Choice
    from minka.methods.shortlist.wishes import Wishes

COLUMNS = ("id", "chosen", "value", "robustness", "why")
_FEW_ITEMS = 200
_FEWER_DRAWS = 200  # for many items, whose every draw takes longer


def _many(name: str, example: str, text: str) -> "Callable[[Any], Any]":
    return click.option(f"--{name}", multiple=True, metavar=example, help=text)


@click.command("shortlist")
@click.argument(
    "items",
    metavar="ITEMS",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
)
@click.option("--k", "size", required=True, type=click.IntRange(1), help="How many to choose.")
@click.option(
    "--weights",
    metavar="COLUMN=40,…",
    help="Weights of the columns that are criteria; without it the column value counts.",
)
@_many("at-least", "COLUMN=VALUE:N", "At least N with this value; COLUMN:N for each value.")
@_many("at-most", "COLUMN=VALUE:N", "At most N with this value; COLUMN:N for each value.")
@_many("budget", "COLUMN:AMOUNT", "What the chosen cost together stays within the amount.")
@_many("with", "ID", "This one has to be in.")
@_many("without", "ID", "This one may not be in.")
@_many("not-with", "ID:ID", "Of these one at most.")
@_many("bonus", "ID:ID:VALUE", "What two are worth together beside their own values.")
@click.option("--draws", type=click.IntRange(0), help="Draws for robustness (2000; 200 of many).")
@click.option("--seed", default=1, show_default=True, help="The same one gives the same draws.")
@click.option("--language", type=click.Choice(["es", "en"]), default="es", show_default=True)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the answer goes, as .csv.",
)
def command(items: Path, size: int, language: str, out: Path, **given: Any) -> None:
    """Choose exactly k of the items of a sheet so that their values sum to the most.

    ITEMS is a sheet with a column id and a column value, or one column per criterion (with
    --weights); further columns are what conditions name. A cell may hold several values: a; b.
    A column NAME_se says how sure the column NAME is (standard error).

    Writes one line per item, in the order of the sheet: id, chosen (1 or 0), its value, in what
    share of draws within the uncertainty it is chosen, and why. The next-best sets and the price
    of each condition are shown. The set is the proven best one.

    Exit code: 0 done, 2 the input cannot be used or the conditions clash, 1 anything else.
    """
    check_answer_path(out)
    start_words(language)
    from minka.core.errors import DomainError
    from minka.innovation.sources.items import read_items

    try:
        sheet = read_items(items)
        answer = _answer(sheet, size, given)
        _write(out, sheet, answer)
    except DomainError as error:
        raise BadInput(str(error)) from error
    except OSError as error:
        raise BadInput(f"{error.filename or out}: {error.strerror or error}") from error
    _show(sheet, answer, out)


@dataclass(frozen=True, slots=True)
class _Answer:
    wishes: "Wishes"
    choice: "Choice"
    explanation: "Explanation"
    robustness: "Robustness | None"
    others: "list[Alternative]"
    unsure: list[str]


def _answer(sheet: "Items", size: int, given: dict[str, Any]) -> _Answer:
    from minka.innovation.sources.items import read_scores
    from minka.innovation.sources.shortlist_wishes import (
        Written,
        read_bonuses,
        read_constraints,
    )
    from minka.methods.shortlist.alternatives import alternatives
    from minka.methods.shortlist.explanation import explain
    from minka.methods.shortlist.wishes import Wishes

    written = Written(
        given["at_least"], given["at_most"], given["budget"], given["with"], given["without"],
        given["not_with"], given["bonus"],
    )  # fmt: skip
    scores, unsure = read_scores(sheet, _weights(given["weights"]))
    constraints = read_constraints(sheet, written)
    bonuses = read_bonuses(sheet, written.bonus)
    wishes = Wishes(tuple(scores.values().tolist()), size, constraints, bonuses)
    choice = _choose(wishes)
    with _progress() as bar:
        step = bar("explaining", len(constraints) + len(wishes.values))
        explanation = explain(wishes, choice, progress=step)
        others = alternatives(wishes, choice)
        firm = _robustness(wishes, choice, scores, given, bar)
    return _Answer(wishes, choice, explanation, firm, others, unsure)


def _choose(wishes: "Wishes") -> "Choice":
    from minka.innovation.sources.shortlist_words import clash_words
    from minka.methods.shortlist.solver import choose

    choice = choose(wishes)
    if choice is None:
        raise BadInput(clash_words(wishes))
    return choice


def _robustness(
    wishes: "Wishes", choice: "Choice", scores: "Scores", given: dict[str, Any], bar: "Any"
) -> "Robustness | None":
    from minka.methods.shortlist.robustness import DRAWS, draw_values, robustness

    draws = given["draws"]
    if draws is None:
        draws = DRAWS if len(wishes.values) <= _FEW_ITEMS else _FEWER_DRAWS
    if not draws:
        return None
    values = draw_values(scores, draws=draws, seed=given["seed"])
    processes = min(os.cpu_count() or 1, 4)
    step = bar("robustness", draws)
    return robustness(wishes, choice.chosen, values, processes=processes, progress=step)


def _weights(text: str | None) -> dict[str, float]:
    from minka.innovation.sources.items import to_number

    found = {}
    for part in filter(None, (text or "").split(",")):
        name, _equals, amount = part.rpartition("=")
        weight = to_number(amount)
        if not name.strip() or weight is None or weight < 0:
            raise BadInput(f"“{part}” is not a weight; write COLUMN=40.")
        if weight:
            found[name.strip()] = weight
    return found


def _write(out: Path, sheet: "Items", answer: _Answer) -> None:
    from minka.innovation.sources.shortlist_words import why_inside, why_outside

    why = {one.item: why_inside(one, sheet.ids) for one in answer.explanation.inside}
    why |= {one.item: why_outside(one, sheet.ids) for one in answer.explanation.outside}
    held = set(answer.choice.chosen)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for item in sheet.as_written:
            firm = "" if answer.robustness is None else f"{answer.robustness.stays[item]:.4f}"
            value = f"{answer.wishes.values[item]:.6g}"
            writer.writerow((sheet.ids[item], int(item in held), value, firm, why[item]))


@contextmanager
def _progress() -> "Iterator[Callable[[str, int], Callable[[int], None]]]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def bar(name: str, total: int) -> "Callable[[int], None]":
            task = progress.add_task(name, total=total)
            return lambda done: progress.update(task, completed=done)

        yield bar


def _show(sheet: "Items", answer: _Answer, out: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(stderr=True)
    if answer.explanation.prices:
        prices = Table("condition", "price", title="What each condition costs")
        for price in sorted(answer.explanation.prices, key=lambda one: -one.value):
            prices.add_row(price.name, f"{price.value:.3f}")
        console.print(prices)
    if answer.others:
        others = Table("loses", "comes in", "goes out", title="The next-best sets")
        for other in answer.others:
            names = (", ".join(sheet.ids[i] for i in s) for s in (other.comes_in, other.goes_out))
            others.add_row(f"{other.loss:.3f}", *names)
        console.print(others)
    said = (
        f"{len(answer.choice.chosen)} of {len(sheet.ids)} chosen, {answer.choice.value:.3f} in all"
    )
    if answer.robustness is not None:
        same, draws = answer.robustness.same_set, answer.robustness.draws
        said += f"; in {same:.0%} of {draws} draws this very set is the best"
    console.print(f"{said}. Written to {out}")
    if answer.unsure and answer.robustness is not None:
        console.print(
            f"How sure {', '.join(answer.unsure)} is was not said: 5 % of its range was taken."
        )
