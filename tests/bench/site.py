"""The labelled sheets through the site: imported and resolved one after the other."""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from time import perf_counter

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.bench import truth as given
from tests.bench.figures import Figures, console
from tests.bench.resolve import pairwise

AT_MOST_S = 10.0
SETTINGS = "minka.config.settings.dev"


def measure_site(figures: Figures) -> None:
    """Add how long it takes and how well it is done, in a database that holds no other actor."""
    if not (given.FOLDER / "sheets_truth.csv").exists():
        console.print(f"[bold yellow]NOT MEASURED: no labelled sheets in {given.FOLDER}.[/]")
        return
    with tempfile.TemporaryDirectory(prefix="minka-bench-") as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.site"],
            env={**os.environ, "MINKA_DATA": folder, "DJANGO_SETTINGS_MODULE": SETTINGS},
            stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    figures.add("site.sheets.seconds", found.pop("seconds"), at_most=AT_MOST_S)
    figures.add("site.sheets.two_ids", found.pop("two_ids"), equals=0)
    for measure, value in found.items():
        figures.add(f"site.sheets.{measure}", value)


def main() -> None:
    """Import and resolve the sheets in this process; print what was measured as JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from minka.core.models import User
    from minka.knowledge.sources.reference import ensure_reference_data

    call_command("migrate", verbosity=0, interactive=False)
    ensure_reference_data()
    User.objects.create_user("equipo@cluster.example", is_staff=True, full_name="Equipo")
    begin = perf_counter()
    for path in sorted((given.FOLDER / "sheets").glob("*.csv")):
        take_in(path.name, path.read_bytes())
    seconds = perf_counter() - begin
    with (given.FOLDER / "sheets_truth.csv").open(encoding="utf-8") as file:
        truth = {row["row_id"]: row["entity_id"] for row in csv.DictReader(file)}
    found = {"seconds": seconds, "two_ids": two_ids(), **pairwise(*against(truth))}
    print(json.dumps(found))  # noqa: T201 -- for the process that started this one


def take_in(name: str, content: bytes) -> None:
    """Import a sheet as staff do, and resolve it as the worker does."""
    from minka.core.models import User
    from minka.knowledge.actions.imports import confirm_import
    from minka.knowledge.actions.resolution import resolve_import
    from minka.knowledge.sources.engine import LinkageEngine
    from minka.knowledge.sources.intake import run_import, start_import

    staff = User.objects.filter(is_staff=True).order_by("pk")[0]
    upload = SimpleUploadedFile(name, content)
    source = name.rpartition(".")[0]
    (sheet,) = start_import(by=staff, upload=upload, source_name=source)
    confirm_import(by=staff, sheet_import=sheet, mapping=sheet.mapping)
    run_import(import_id=sheet.pk)
    resolve_import(import_id=sheet.pk, engine=LinkageEngine())


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
    for actor, values in Record.objects.values_list("actor_id", "values"):
        if values.get("tax_scheme"):
            held[actor, values["tax_scheme"]].add(values["tax_id"])
    return sum(len(numbers) > 1 for numbers in held.values())


if __name__ == "__main__":
    main()
