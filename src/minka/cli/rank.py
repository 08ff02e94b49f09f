"""`minka rank`: a jury's scores as an order that knows its uncertainty, without a site."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minka.cli import start_words
from minka.cli.answers import BadInput, check_answer_path

if TYPE_CHECKING:
    from minka.innovation.sources.jury_scores import JuryScores
    from minka.methods.ranking.posterior import Posterior
    from minka.methods.ranking.standing import Standing

COLUMNS = ("item", "quality", "low", "high", "probability_top", "expected_rank", "band", "reviews")
PEOPLE_COLUMNS = (
    "person", "severity", "severity_low", "severity_high", "noise", "noise_low", "noise_high",
    "reviews",
)  # fmt: skip
_SHOWN = 20
_ANSWER = click.Path(dir_okay=False, path_type=Path)


@click.command("rank")
@click.argument(
    "scores",
    metavar="SCORES",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
)
@click.option("--top", required=True, type=click.IntRange(1), help="How many are to be chosen.")
@click.option(
    "--weights",
    metavar="CRITERION=40,…",
    help="Weights of the criteria, or a sheet criterion, weight; else they count the same.",
)
@click.option("--evaluators", type=_ANSWER, help="Where severity and noise of each person go.")
@click.option("--seed", default=1, show_default=True, help="The same one gives the same draws.")
@click.option("--language", type=click.Choice(["es", "en"]), default="es", show_default=True)
@click.option("--out", required=True, type=_ANSWER, help="Where the answer goes, as .csv.")
def command(  # noqa: PLR0913, PLR0917 -- one per option
    scores: Path,
    top: int,
    weights: str | None,
    evaluators: Path | None,
    seed: int,
    language: str,
    out: Path,
) -> None:
    """Rank the items of a sheet by what people scored, with what is not known.

    SCORES is a sheet item, person, score, with a column criterion where there are several. A
    score is the quality of its item, plus the severity of its person, plus noise: all estimated
    together, qualities shrunken to the mean by how little is known of them.

    Writes one line per item, the best first: quality in points, between low and high with 90 %
    probability, how probably it is among the best --top, its expected place, its band (items
    whose order the scores do not settle) and how many reviews it has.

    Exit code: 0 done, 2 the input cannot be used, 1 anything else.
    """
    check_answer_path(out)
    if evaluators is not None:
        check_answer_path(evaluators)
    start_words(language)
    from minka.core.errors import DomainError
    from minka.innovation.sources.jury_scores import read_jury_scores, read_weights
    from minka.methods.ranking.posterior import posterior
    from minka.methods.ranking.standing import standing

    try:
        jury = read_jury_scores(scores, read_weights(weights))
    except DomainError as error:
        raise BadInput(str(error)) from error
    known = posterior(jury.reviews, seed=seed)
    found = standing(known, jury.reviews, top=top)
    try:
        _write(out, jury, found)
        if evaluators is not None:
            _write_people(evaluators, jury, known, seed)
    except OSError as error:
        raise BadInput(f"{error.filename or out}: {error.strerror or error}") from error
    _show(jury, known, found, top, out)


def _write(out: Path, jury: "JuryScores", found: "Standing") -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for item in found.order:
            points = (found.quality[item], found.low[item], found.high[item])
            writer.writerow((
                jury.items[item], *(f"{one:.4f}" for one in points),
                f"{found.probability_top[item]:.4f}", f"{found.expected_rank[item]:.2f}",
                found.band[item], found.reviews[item],
            ))  # fmt: skip


def _write_people(out: Path, jury: "JuryScores", known: "Posterior", seed: int) -> None:
    from minka.methods.ranking.evaluators import evaluators

    told = evaluators(known, jury.reviews, seed=seed)
    columns = (
        told.severity, told.severity_low, told.severity_high,
        told.noise, told.noise_low, told.noise_high,
    )  # fmt: skip
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PEOPLE_COLUMNS)
        for place, name in enumerate(jury.people):
            cells = (f"{column[place]:.4f}" for column in columns)
            writer.writerow((name, *cells, told.reviews[place]))


def _show(jury: "JuryScores", known: "Posterior", found: "Standing", top: int, out: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    from minka.methods.ranking.agreement import intraclass, krippendorff_alpha

    console = Console(stderr=True)
    table = Table("item", "quality", "90 %", f"in the top {top}", "band", title="The best")
    for item in found.order[: min(top, _SHOWN) + 2]:
        interval = f"{found.low[item]:.2f} to {found.high[item]:.2f}"
        table.add_row(
            jury.items[item], f"{found.quality[item]:.2f}", interval,
            f"{found.probability_top[item]:.0%}", str(found.band[item]),
        )  # fmt: skip
    console.print(table)
    one, alpha = intraclass(known), krippendorff_alpha(jury.reviews)
    console.print(
        f"Variances: quality {(known.spread**2).mean():.3f}, severity "
        f"{(known.harshness**2).mean():.3f}, noise {(known.noise**2).mean():.3f}. Agreement of one "
        f"review: ICC {one.value:.2f} ({one.low:.2f} to {one.high:.2f}), Krippendorff's alpha "
        f"{alpha.value:.2f} ({alpha.low:.2f} to {alpha.high:.2f})."
    )
    count = len(jury.reviews.score)
    console.print(f"{len(jury.items)} items, {count} reviews. Written to {out}")
