"""`minka resolve`: which rows of which sheets are one organisation, without a site."""

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from minka.cli import start_words
from minka.cli.asking import read_answers, write_questions

if TYPE_CHECKING:
    from minka.cli.asking import Pair
    from minka.knowledge.sources.linkable import SourceRow
    from minka.methods.linkage.engine import Resolution
    from minka.methods.linkage.records import Record
    from minka.methods.linkage.review import Answers, Question
    from minka.methods.linkage.spark import SparkResolution
    from minka.methods.linkage.verdicts import Verdict

COLUMNS = ("file", "sheet", "line", "actor", "band", "probability", "reason")
ENDINGS = (".csv", ".xlsx")
BAD_INPUT = 2
_EXPLAINED_AT_ONCE = 100_000
Line = tuple[str, str, int, int, str, float, str]
Resolved: TypeAlias = "Resolution | SparkResolution"
Resolve: TypeAlias = "Callable[[list[Record], _Steps], Resolved]"


class BadInput(click.ClickException):
    """Something given cannot be used; the message says what."""

    exit_code = BAD_INPUT


@click.command("resolve")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the answer goes: a name that ends in .csv or .xlsx.",
)
@click.option(
    "--ask",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="Write up to N questions into the table of --answers, the most telling first.",
)
@click.option(
    "--answers",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TABLE.csv",
    help="Questions and their answers (same or different): read, and with --ask written.",
)
@click.option(
    "--language",
    type=click.Choice(["es", "en"]),
    default="es",
    show_default=True,
    help="Language of the reasons and messages.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=lambda: min(os.cpu_count() or 1, 4),
    help="How many processors to use (all, up to four).",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What compares the rows; Spark needs minka[spark] and Java.",
)
@click.option(
    "--master",
    help="Of the Spark cluster (spark://…, yarn), or local[2] for two processors here (default).",
)
def command(  # noqa: PLR0913, PLR0917 -- one for each option of the command line
    files: tuple[Path, ...],
    out: Path,
    ask: int | None,
    answers: Path | None,
    language: str,
    processes: int,
    engine: str,
    master: str | None,
) -> None:
    """Find out which rows of any mix of sheets are one organisation.

    Writes one line per row of the files, in order: the file and sheet it stands in, its line
    (counted below the column names from 1), the number of its actor, the band (automatic, review
    or apart), the probability of that, and the reason. Rows with one actor are one organisation.

    With --answers, what a person said of pairs of rows comes before all evidence but a tax number;
    with --ask N, the table is written anew: answers first, then the N pairs worth asking about.

    Exit code: 0 done, 2 a file cannot be read or the answer not written, 1 anything else.
    """
    _check_target(out, files)
    _check_answers(ask, answers, (out, *files))
    if master and engine != "spark":
        raise click.UsageError("--master is of Spark: say --engine spark, too.")
    start_words(language)
    from minka.core.errors import DomainError
    from minka.methods.linkage.collecting import uncollected

    try:
        with uncollected(), _progress() as step:
            rows = _read(files, processes, step)
            spark = (master or f"local[{processes}]") if engine == "spark" else None
            said, written = _answered(answers, rows)
            with _resolver(processes, spark, said) as resolve:
                resolution = resolve([record for _source, record in rows], step)
                step("reasons")
                lines = list(_lines([source for source, _record in rows], resolution))
            step("writing")
            _write(out, lines)
            if answers and ask:
                chosen = _chosen(resolution, said, ask)
                write_questions(answers, chosen, rows, written)
    except DomainError as error:
        raise BadInput(str(error)) from error
    except OSError as error:
        raise BadInput(f"{error.filename or out}: {error.strerror or error}") from error
    bands = [line[4] for line in lines]
    click.echo(
        f"{len(lines)} rows, {len({line[3] for line in lines})} organisations;"
        f" automatic {bands.count('automatic')}, for review {bands.count('review')},"
        f" apart {bands.count('apart')}. Written to {out}",
        err=True,
    )
    if answers and ask:
        click.echo(f"{len(chosen)} questions written to {answers}", err=True)


def _check_target(out: Path, files: tuple[Path, ...]) -> None:
    if out.suffix.lower() not in ENDINGS:
        raise BadInput(f"{out}: the answer is written as .csv or .xlsx; name it so.")
    if not out.absolute().parent.is_dir():
        raise BadInput(f"{out.absolute().parent} is not a folder; make it first.")
    if any(file.resolve() == out.resolve() for file in files):
        raise BadInput(f"{out} is one of the files to read; choose another name.")


def _check_answers(ask: int | None, answers: Path | None, others: tuple[Path, ...]) -> None:
    if ask and answers is None:
        raise click.UsageError("--ask needs --answers, the table to write the questions into.")
    if answers is None:
        return
    if answers.suffix.lower() != ".csv":
        raise BadInput(f"{answers}: questions and answers are kept as .csv; name it so.")
    if any(other.resolve() == answers.resolve() for other in others):
        raise BadInput(f"{answers} is used for something else, too; choose another name.")
    if not ask and not answers.exists():
        raise BadInput(f"{answers} does not exist; --ask N writes it.")


def _answered(
    answers: Path | None, rows: "list[tuple[SourceRow, Record]]"
) -> "tuple[Answers, dict[Pair, str]]":
    from minka.methods.linkage.review import Answers

    if answers is None or not answers.exists():
        return Answers(), {}
    return read_answers(answers, rows)


def _chosen(resolution: "Resolved", said: "Answers", most: int) -> "list[Question]":
    from minka.methods.linkage.review import known_groups, next_questions

    known = known_groups(resolution.tax, said)
    return next_questions(known, resolution.appraised(said), said, rows=2 * most, most=most)


class _Steps:
    """Shows what is being done, and how far it has come where that is known."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeElapsedColumn as Elapsed

        self.bar = Progress(
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            Elapsed(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self.bar.add_task("", total=len(_STEPS))

    def __call__(self, step: str, *, forward: bool = True) -> None:
        self.bar.update(self._task, description=step, advance=int(forward))


_STEPS = (
    "reading", "names", "candidates", "comparison of names", "scores", "groups", "reasons",
    "writing",
)  # fmt: skip


@contextmanager
def _progress() -> Iterator[_Steps]:
    steps = _Steps()
    with steps.bar:
        yield steps


def _read(
    files: tuple[Path, ...], processes: int, step: _Steps
) -> "list[tuple[SourceRow, Record]]":
    from minka.core.errors import DomainError
    from minka.knowledge.sources.linkable import read_file

    step("reading")
    rows: list[tuple[SourceRow, Record]] = []
    for path in files:
        step(f"reading {path.name}", forward=False)
        try:
            rows.extend(read_file(path, processes=processes))
        except DomainError as error:
            raise BadInput(f"{path}: {error}") from error
    return rows


@contextmanager
def _resolver(processes: int, master: str | None, said: "Answers") -> "Iterator[Resolve]":
    """Give what resolves records: on Spark where a master is named, else here."""
    from minka.knowledge.sources.linkable import is_place
    from minka.methods.linkage.engine import Options, resolve

    options = Options(processes=processes)
    if master is None:
        yield lambda rows, step: resolve(
            rows, is_place=is_place, answers=said, options=options, progress=step
        )
        return
    from minka.methods.linkage.spark import SparkLinkageEngine, SparkMissing, spark_session

    try:
        with spark_session(master) as session:
            found = SparkLinkageEngine(session, options=options)
            yield lambda rows, step: found.resolve(
                rows, is_place=is_place, answers=said, progress=step
            )
    except SparkMissing as error:
        raise click.ClickException(str(error)) from error


def _lines(sources: "list[SourceRow]", resolution: "Resolved") -> Iterator[Line]:
    """Yield the answer about each row, in order."""
    verdicts = resolution.verdicts()
    said = _reasons(resolution, verdicts)
    for index, (source, verdict) in enumerate(zip(sources, verdicts, strict=True)):
        yield (
            source.file, source.sheet, source.line, verdict.actor + 1, verdict.band,
            round(verdict.probability, 4), said.get(index, ""),
        )  # fmt: skip


def _reasons(resolution: "Resolved", verdicts: "list[Verdict]") -> dict[int, str]:
    """Return in words what speaks for, or makes doubtful, the decision about each record."""
    from minka.knowledge.sources.evidence_words import one_line
    from minka.methods.linkage.reasons import reasons

    pairs = [
        (index, verdict.partner)
        for index, verdict in enumerate(verdicts)
        if verdict.partner is not None and verdict.partner != index
    ]
    said = {}
    for at in range(0, len(pairs), _EXPLAINED_AT_ONCE):
        part = pairs[at : at + _EXPLAINED_AT_ONCE]
        for (index, _partner), evidence in zip(part, resolution.explain(part), strict=True):
            said[index] = one_line(reasons(evidence))
    return said


def _write(out: Path, lines: list[Line]) -> None:
    from minka.methods.spreadsheet import MOST_ROWS, write_workbook

    if out.suffix.lower() == ".xlsx":
        if len(lines) >= MOST_ROWS:
            raise BadInput(f"{out}: a workbook holds {MOST_ROWS:,} rows; write .csv instead.")
        write_workbook(out, [COLUMNS, *lines])
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows((*line[:5], f"{line[5]:.4f}", line[6]) for line in lines)
