"""Sheets through the site: imported and resolved one after the other.

`python -m tests.bench.site` measures this alone. With a folder of sheets and their truth it is the
process that is measured, and imports them into the data folder `MINKA_DATA`.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import perf_counter

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.bench import truth as given
from tests.bench.figures import Figures, console
from tests.bench.resolve import pairwise

AT_MOST_S = 10.0
MANY_ROWS = int(os.environ.get("MINKA_BENCH_SITE_ROWS", "0"))  # made-up rows, on request
MANY_AT_MOST_S = 180.0  # a hundred thousand of them
SETTINGS = "minka.config.settings.dev"


def measure_site(figures: Figures, *, rows: int = MANY_ROWS) -> None:
    """Add how long it takes and how well it is done, in a database that holds no other actor."""
    if (given.FOLDER / "sheets_truth.csv").exists():
        with (given.FOLDER / "sheets_truth.csv").open(encoding="utf-8") as file:
            truth = {row["row_id"]: row["entity_id"] for row in csv.DictReader(file)}
        _add(figures, "site.sheets", given.FOLDER / "sheets", truth, at_most=AT_MOST_S)
    else:
        console.print(f"[bold yellow]NOT MEASURED: no labelled sheets in {given.FOLDER}.[/]")
    if rows:
        from tests.bench.scale import write_sheets

        with tempfile.TemporaryDirectory(prefix="minka-sheets-") as folder:
            made = write_sheets(Path(folder), rows)
            truth = {f"{sheet}:{line}": entity for (sheet, line), entity in made.items()}
            bound = MANY_AT_MOST_S if rows <= 100_000 else None
            _add(figures, "site.many", Path(folder), truth, at_most=bound, together=True)


def _add(  # noqa: PLR0913 -- what is measured, and how
    figures: Figures, name: str, sheets: Path, truth: dict[str, str], *,
    at_most: float | None, together: bool = False,
) -> None:  # fmt: skip
    """Measure in a process of its own, with a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="minka-bench-") as folder:
        given_truth = Path(folder) / "truth.json"
        given_truth.write_text(json.dumps(truth), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.site", str(sheets), str(given_truth)]
            + ["together"] * together,
            env={**os.environ, "MINKA_DATA": folder, "DJANGO_SETTINGS_MODULE": SETTINGS},
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    figures.add(f"{name}.seconds", found.pop("seconds"), at_most=at_most)
    figures.add(f"{name}.two_ids", found.pop("two_ids"), equals=0)
    for measure, value in found.items():
        figures.add(f"{name}.{measure}", value)


def main(sheets: Path, truth: dict[str, str], *, together: bool) -> None:
    """Import and resolve the sheets in this process; print what was measured as JSON.

    One after the other; or `together`, as when all are confirmed before the first is imported.
    """
    import django

    django.setup()
    from django.core.management import call_command

    from minka.core.models import User
    from minka.knowledge.models import Record
    from minka.knowledge.sources.reference import ensure_reference_data

    call_command("migrate", verbosity=0, interactive=False)
    ensure_reference_data()
    User.objects.create_user("equipo@cluster.example", is_staff=True, full_name="Equipo")
    begin, used, imported_s, imported = perf_counter(), processor_s(), 0.0, []
    for path in sorted(sheets.glob("*.csv")):
        before = processor_s()
        imported.append(take_in(path.name, path.read_bytes()))
        imported_s += processor_s() - before
        if not together:
            resolve(imported[-1])
    if together:
        resolve(imported[0])
    seconds, used, rows = perf_counter() - begin, processor_s() - used, Record.objects.count()
    found = {
        "rows": rows, "seconds": seconds, "processor_s": used,
        "import_ms_a_row": imported_s / rows * 1000, "two_ids": two_ids(),
        "gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20),
        **pairwise(*against(truth)),
    }  # fmt: skip
    print(json.dumps(found))  # noqa: T201 -- for the process that started this one


def processor_s() -> float:
    """Return the seconds of the processor that this process and its children have used."""
    every = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in every)


def take_in(name: str, content: bytes) -> int:
    """Import a sheet as staff and the worker do; return its key."""
    from minka.core.models import User
    from minka.knowledge.actions.imports import confirm_import
    from minka.knowledge.sources.intake import run_import, start_import

    staff = User.objects.filter(is_staff=True).order_by("pk")[0]
    upload = SimpleUploadedFile(name, content)
    source = name.rpartition(".")[0]
    (sheet,) = start_import(by=staff, upload=upload, source_name=source)
    confirm_import(by=staff, sheet_import=sheet, mapping=sheet.mapping)
    run_import(import_id=sheet.pk)
    return sheet.pk


def resolve(import_id: int) -> None:
    """Do what the job of an import does: resolve it, and those that wait behind it."""
    from minka.knowledge.actions.resolution import resolve_waiting
    from minka.knowledge.sources.engine import LinkageEngine

    resolve_waiting(import_id=import_id, engine=LinkageEngine())


def against(truth: dict[str, str]) -> tuple[list[str], list[int]]:
    """Return for each row the organisation that it is, and the actor that it became."""
    from minka.knowledge.models import Record

    lines: dict[str, list[int]] = defaultdict(list)
    rows = Record.objects.order_by("line").values_list("source__name", "actor_id")
    for sheet, actor in rows:
        lines[sheet].append(actor or 0)
    became = {
        f"{sheet}:{number}": actor
        for sheet, actors in lines.items()
        for number, actor in enumerate(actors, start=1)
    }
    known = [row for row in truth if row in became]
    return [truth[row] for row in known], [became[row] for row in known]


def two_ids() -> int:
    """Return how many actors have rows with two valid tax numbers of one country."""
    from minka.knowledge.models import Record

    held: dict[tuple[int | None, str], set[str]] = defaultdict(set)
    rows = Record.objects.exclude(actor=None).values_list("actor_id", "values")
    for actor, values in rows:
        if values.get("tax_scheme"):
            held[actor, values["tax_scheme"]].add(values["tax_id"])
    return sum(len(numbers) > 1 for numbers in held.values())


if __name__ == "__main__" and len(sys.argv) == 1:
    alone = Figures()
    measure_site(alone)
    alone.show()
elif __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")),
        together=len(sys.argv) > 3,
    )
