"""Figures and snapshots: tables of employment and companies, made up and marked so; the map twice.

The first snapshot is taken before the rest of the demonstration happens and dated back, so that
comparing the two shows what a cluster's work changes.
"""

import csv
import io
import random
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from minka.cli.demo.steps.world import SEED, World
from minka.core.files import store_upload
from minka.knowledge.actions.indicators import TableFacts, check_table, take_table
from minka.knowledge.actions.reports import ask_report
from minka.knowledge.actions.snapshots import take_monthly, take_snapshot
from minka.knowledge.models import Snapshot
from minka.knowledge.sources.indicator_table import open_stored, read_stored
from minka.knowledge.sources.snapshot_file import write_lines
from minka.knowledge.states import ReportAudience

BACK = timedelta(days=61)
YEARS = range(2019, 2026)
# thousands of workers of a made-up country, by section of ISIC
SECTIONS = {
    "A": 310, "B": 95, "C": 520, "D": 22, "E": 18, "F": 240, "G": 690, "H": 260, "I": 210,
    "J": 85, "K": 110, "L": 48, "M": 190, "N": 330, "P": 280, "Q": 150, "R": 36, "S": 75,
}  # fmt: skip
# share of the country, and what each is known for
REGIONS: dict[str, tuple[float, dict[str, float]]] = {
    "Arequipa": (0.062, {"B": 2.4, "C": 1.1, "F": 1.3}),
    "Moquegua": (0.009, {"B": 5.6, "D": 2.0, "F": 1.8}),
    "Tacna": (0.012, {"B": 2.8, "G": 1.2, "H": 1.3}),
    "Puno": (0.021, {"A": 2.6, "B": 1.4}),
    "Cusco": (0.036, {"B": 1.6, "I": 2.3}),
    "Apurímac": (0.008, {"A": 2.1, "B": 4.2}),
    "Lima": (0.52, {"A": 0.4, "B": 0.4, "J": 1.6, "K": 1.6, "M": 1.5}),
    "La Libertad": (0.058, {"A": 2.2, "C": 1.2}),
}
OPEN = {("D", "Apurímac"), ("L", "Moquegua"), ("R", "Tacna")}  # what the source does not tell


def take_first_snapshot(world: World) -> None:
    """Keep the map as the sheets left it, dated two months back."""
    snapshot = take_snapshot(by=world.staff, note="Mapa inicial, tras importar", write=write_lines)
    Snapshot.objects.filter(pk=snapshot.pk).update(taken_at=snapshot.taken_at - BACK)


def take_last_snapshot() -> None:
    """Keep the map as the demonstration leaves it, as the month would."""
    take_monthly(write=write_lines)


def ask_for_report(world: World) -> None:
    """Have the report for everybody written, by the worker: a PDF takes longer than all of this."""
    ask_report(by=world.staff, audience=ReportAudience.PUBLIC, language="es", address="")


def import_figures(world: World) -> None:
    """Import two made-up tables through the same doors as the team does."""
    for measure, unit, size in (
        ("employment", "personas en planilla, promedio anual (inventadas)", 1000.0),
        ("companies", "empresas activas al 31 de diciembre (inventadas)", 60.0),
    ):
        text = io.StringIO()
        csv.writer(text).writerows(_rows(size))
        upload = SimpleUploadedFile(f"{measure}.csv", text.getvalue().encode())
        stored = store_upload(by=world.staff, upload=upload, kinds=("sheet",))
        opened = open_stored(stored=stored)
        facts = TableFacts(
            source_name="Demostración: cifras inventadas",
            measure=measure,
            unit=unit,
            licence="Datos ficticios, sin restricciones",
        )
        table = check_table(
            by=world.staff, stored=stored, sheet=opened.name, mapping=opened.mapping, facts=facts
        )
        read = read_stored(stored=stored, mapping=opened.mapping, measure=measure)
        take_table(by=world.staff, table=table, figures=read.figures.values())


def _rows(size: float) -> list[list[str]]:
    chance = random.Random(SEED)  # noqa: S311 -- repeatable fiction
    rows = [["Sección CIIU", "Departamento", *map(str, YEARS)]]
    growth = {code: chance.uniform(-0.01, 0.05) for code in SECTIONS}
    for code, workers in SECTIONS.items():
        country = [workers * size * (1 + growth[code]) ** at for at, _y in enumerate(YEARS)]
        rows.append([code, "Nacional", *(f"{round(one)}" for one in country)])
        for region, (share, known_for) in REGIONS.items():
            drift = chance.uniform(-0.02, 0.03)
            told = [
                f"{round(one * share * known_for.get(code, 0.9) * (1 + drift) ** at)}"
                for at, one in enumerate(country)
            ]
            if (code, region) in OPEN:
                told[-1] = "n.d."
                told[3] = "n.d."
            rows.append([code, region, *told])
    return rows
