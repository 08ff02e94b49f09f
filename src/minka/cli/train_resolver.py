"""`minka train-resolver`: fit the weights of the resolution engine on made-up sheets."""

from dataclasses import replace
from pathlib import Path

import click

from minka.cli import start_words

WEIGHTS = Path(__file__).resolve().parents[1] / "methods" / "linkage" / "weights.json"
UNSOURCED_EACH = 4  # of every so many collections one is resolved once more as a single list


@click.command("train-resolver")
@click.option("--seeds", default=14, show_default=True, help="How many collections to make up.")
@click.option(
    "--registers", default=4, show_default=True, help="How many collections of registers besides."
)
@click.option("--rows", default=3000, show_default=True, help="Rows of each.")
@click.option(
    "--names",
    multiple=True,
    metavar="SHEET",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A sheet of real names that lend their vocabulary; may be given again.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=WEIGHTS,
    help="Where the weights go: into the package unless another file is named.",
)
def command(seeds: int, registers: int, rows: int, names: tuple[Path, ...], out: Path) -> None:
    """Make up organisations and sheets that name them badly, and fit the weights on them.

    The same command gives the same weights.
    """
    start_words("en")
    from rich.console import Console
    from rich.progress import track

    from minka.knowledge.sources.labelled import (
        collection,
        made_of,
        training_links,
        training_pairs,
        without_sources,
    )
    from minka.knowledge.sources.labelled import registers as made_registers
    from minka.methods.linkage.training.fit import fit
    from minka.methods.linkage.training.second_fit import fit_links

    given = made_of(names)
    console = Console(stderr=True)
    planned = [(collection, seed) for seed in range(1, seeds + 1)]
    planned += [(made_registers, seed) for seed in range(1, registers + 1)]
    made = [
        make(rows, seed, given)
        for make, seed in track(planned, description="Making up", console=console)
    ]
    collections = [
        training_pairs(one) for one in track(made, description="Comparing", console=console)
    ]
    pairs = sum(len(one.same) for one in collections)
    same = sum(int(one.same.sum()) for one in collections)
    weights = fit(collections[:seeds], collections[seeds:])
    resolved = [*made, *map(without_sources, made[:seeds:UNSOURCED_EACH])]
    links = [
        training_links(one, weights)
        for one in track(resolved, description="Resolving", console=console)
    ]
    about = {
        "collections": seeds, "registers": registers, "rows": rows, "pairs": pairs,
        "links": sum(len(one.same) for one in links), "borrowed_names": len(given.names),
    }  # fmt: skip
    out.write_text(replace(weights, links=fit_links(links)).write(**about), "utf-8")
    click.echo(
        f"{len(collections)} collections of {rows} rows: {pairs} pairs compared,"
        f" {same} of one organisation ({same / max(1, pairs):.1%}). Written to {out}"
    )
