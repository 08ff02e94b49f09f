"""A real sheet, from the upload to the last row kept, through the site's own worker."""

import os
from pathlib import Path
from time import perf_counter, sleep

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.bench.figures import Figures, console
from tests.e2e.site import Site

NAME = "conosce_proveedores.csv"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "actors" / NAME
AT_MOST_S = 20.0
GIVES_UP_AFTER_S = 300
LOOKS_EVERY_S = 0.05


def measure_import(site: Site, figures: Figures) -> None:
    """Add how long an import takes, and that it keeps every row, once."""
    path = Path(os.environ.get("MINKA_BENCH_SHEET", BESIDE))
    if not path.exists():
        console.print(
            f"[bold yellow]NOT MEASURED: {NAME} is not there (MINKA_BENCH_SHEET names it).[/]"
        )
        return
    from minka.knowledge.models import Actor, Record

    records_before = Record.objects.count()
    begin = perf_counter()
    rows = _import(path, site)
    figures.add("import.seconds", perf_counter() - begin, at_most=AT_MOST_S)
    figures.add("import.rows", rows)
    records, actors = Record.objects.count(), Actor.objects.count()
    figures.add("import.records_kept", records - records_before, equals=rows)
    _import(path, site)
    figures.add("import.again.records_new", Record.objects.count() - records, equals=0)
    figures.add("import.again.actors_changed", abs(Actor.objects.count() - actors), equals=0)


def _import(path: Path, site: Site) -> int:
    """Import the sheet as staff do; return how many rows it has."""
    from minka.core.models import User
    from minka.knowledge.actions.imports import confirm_import
    from minka.knowledge.sources.intake import start_import
    from minka.knowledge.states import ImportState

    staff = User.objects.filter(is_staff=True).order_by("pk")[0]
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    opened = start_import(by=staff, upload=upload, source_name="CONOSCE", licence="")
    sheet = confirm_import(by=staff, sheet_import=opened[0], mapping=opened[0].mapping)
    deadline = perf_counter() + GIVES_UP_AFTER_S
    while sheet.state != ImportState.DONE:
        if sheet.state == ImportState.FAILED or perf_counter() > deadline:
            raise RuntimeError(
                f"the import is {sheet.state}: {sheet.error}\n{site.log.read_text()[-4000:]}"
            )
        sleep(LOOKS_EVERY_S)
        sheet.refresh_from_db()
    return int(sheet.rows_total)
