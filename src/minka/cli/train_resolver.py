"""`minka train-resolver`: fit the weights of the resolution engine on made-up sheets."""

from pathlib import Path

import click

from minka.cli import start_words

WEIGHTS = Path(__file__).resolve().parents[1] / "methods" / "linkage" / "weights.json"


@click.command("train-resolver")
@click.option("--seeds", default=14, show_default=True, help="How many collections to make up.")
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
def command(seeds: int, rows: int, names: tuple[Path, ...], out: Path) -> None:
    """Make up organisations and sheets that name them badly, and fit the weights on them.

    The same command gives the same weights.
    """
    start_words("en")
    from rich.console import Console
    from rich.progress import track

    from minka.knowledge.sources.labelled import made_of, training_pairs
    from minka.methods.linkage.training.fit import fit

    given = made_of(names)
    console = Console(stderr=True)
    numbers = track(range(1, seeds + 1), description="Comparing", console=console)
    collections = [training_pairs(rows, seed, given) for seed in numbers]
    pairs = sum(len(one.same) for one in collections)
    same = sum(int(one.same.sum()) for one in collections)
    about = {"collections": seeds, "rows": rows, "pairs": pairs, "borrowed_names": len(given.names)}
    out.write_text(fit(collections).write(**about), "utf-8")
    click.echo(
        f"{seeds} collections of {rows} rows: {pairs} pairs compared, {same} of one organisation"
        f" ({same / max(1, pairs):.1%}). Written to {out}"
    )
