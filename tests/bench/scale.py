"""How long many rows take, beside Splink alone on the same records in the same run."""

import csv
import os
import resource
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from minka.knowledge.sources.labelled import made_of
from minka.knowledge.sources.linkable import is_place, read_file
from minka.methods.linkage.engine import Options, resolve
from minka.methods.linkage.records import Record
from minka.methods.linkage.training.sheets import generate
from tests.bench.figures import Figures, console
from tests.bench.resolve import pairwise
from tests.bench.splink_alone import splink_alone

ROWS = int(os.environ.get("MINKA_BENCH_ROWS", "100000"))
SEED = 9100  # none of those that the weights were fitted on
PROCESSES = 2
MANY = 500_000
AT_MOST_S = {False: 180.0, True: 1500.0}  # from the files to the verdicts: few rows, many
AT_MOST_GIB = 8.0
TIMES_SPLINK = 1.3
_KIB_IN_GIB = 1 << 20


@dataclass(frozen=True, slots=True)
class _Run:
    """What one method found, what it took, and the memory of its largest process."""

    labels: list[int]
    pairs: int
    seconds: float
    processor_s: float
    gib: float
    steps: dict[str, float]


def measure_scale(figures: Figures, *, rows: int = ROWS) -> None:
    """Add the time and memory of the engine and of Splink alone on made-up sheets."""
    with tempfile.TemporaryDirectory(prefix="minka-scale-") as folder:
        truth = write_sheets(Path(folder), rows)
        begin = perf_counter()
        paths = sorted(Path(folder).glob("*.csv"))
        read = [one for path in paths for one in read_file(path, processes=PROCESSES)]
        read_s = perf_counter() - begin
    records = [record for _source, record in read]
    entities = [truth[Path(source.file).stem, source.line] for source, _record in read]
    figures.add("resolve.scale.rows", len(records))
    figures.add("resolve.scale.names", len({record.name for record in records}))
    figures.add("resolve.scale.read_s", read_s)
    _Given.records = records
    runs = {"splink": _alone(_splink), "minka": _alone(_minka)}
    for method, run in runs.items():
        name = f"resolve.scale.{method}"
        figures.add(f"{name}.pairs", run.pairs)
        figures.add(f"{name}.seconds", run.seconds)
        figures.add(f"{name}.processor_s", run.processor_s)
        for step, seconds in run.steps.items():
            figures.keep(f"{name}.{step}_s", seconds)
        for measure, value in pairwise(entities, run.labels).items():
            figures.add(f"{name}.{measure}", value)
        figures.add(f"{name}.gib", run.gib, at_most=AT_MOST_GIB if method == "minka" else None)
    splink, minka = runs["splink"], runs["minka"]
    figures.add("resolve.scale.seconds", read_s + minka.seconds, at_most=AT_MOST_S[rows >= MANY])
    figures.add("resolve.scale.times_splink", minka.seconds / splink.seconds, at_most=TIMES_SPLINK)
    figures.add("resolve.scale.times_splink_processor", minka.processor_s / splink.processor_s)
    untrained = splink.seconds - splink.steps["training"]
    figures.add("resolve.scale.times_splink_untrained", minka.seconds / untrained)
    load = os.getloadavg()[0]
    figures.add("resolve.scale.load", load)
    if load > PROCESSES + 1:
        console.print(f"[bold yellow]Others use the machine: load {load:.1f}.[/]")


def write_sheets(folder: Path, rows: int) -> dict[tuple[str, int], str]:
    """Write made-up sheets as files; return whose row each line is."""
    truth: dict[tuple[str, int], str] = {}
    writers: dict[str, csv.DictWriter[str]] = {}
    with ExitStack() as files:
        for row in generate(rows, SEED, made_of()):
            if row.sheet not in writers:
                path = folder / f"{row.sheet}.csv"
                file = files.enter_context(path.open("w", encoding="utf-8", newline=""))
                writers[row.sheet] = csv.DictWriter(file, list(row.cells))
                writers[row.sheet].writeheader()
            writers[row.sheet].writerow(row.cells)
            truth[row.sheet, row.line] = str(row.entity.id)
    return truth


class _Given:
    """What the child process finds in its copy of this one's memory."""

    records: list[Record]


def _alone(method: Callable[[], _Run]) -> _Run:
    """Run a method in a process of its own, so that the memory of each is known."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(method).result()


def _splink() -> _Run:
    begin = perf_counter()
    found = splink_alone(_Given.records, threads=PROCESSES)
    return _run(found.labels, found.pairs, perf_counter() - begin, found.seconds)


def _minka() -> _Run:
    begin = perf_counter()
    steps: dict[str, float] = {}

    def step(name: str) -> None:
        steps[name.replace(" ", "_")] = perf_counter()

    found = resolve(
        _Given.records, is_place=is_place, options=Options(processes=PROCESSES), progress=step
    )
    step("verdicts")
    found.verdicts()
    end = perf_counter()
    times = [*steps.values(), end]
    lasted = {name: times[at + 1] - times[at] for at, name in enumerate(steps)}
    return _run(found.groups.labels(), len(found.pairs.left), end - begin, lasted)


def _run(labels: list[int], pairs: int, seconds: float, steps: dict[str, float]) -> _Run:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return _Run(
        labels, pairs, seconds,
        processor_s=sum(one.ru_utime + one.ru_stime for one in used),
        gib=max(one.ru_maxrss for one in used) / _KIB_IN_GIB,
        steps=steps,
    )  # fmt: skip
