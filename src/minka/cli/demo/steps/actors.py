"""The map: five sheets go through the real import, then become the same actors every time.

A sixth, taken down at the door of a workshop, goes through the real resolution as well: what it
finds likely waits in the review.
"""

import csv
import hashlib
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from minka.cli.demo.actors import DemoSheet, demo_sheets
from minka.cli.demo.attendees import attendance_sheet
from minka.cli.demo.ecosystem import load_content
from minka.cli.demo.steps.world import World
from minka.core.bulk import write_all
from minka.knowledge.actions.imports import confirm_import
from minka.knowledge.actions.resolution import resolve_import
from minka.knowledge.actions.search_index import index_actors, indexed_at_the_end
from minka.knowledge.models import Actor, Identifier, Record, Theme
from minka.knowledge.models.actor import ALPHABET
from minka.knowledge.sources.engine import LinkageEngine
from minka.knowledge.sources.intake import run_import, start_import
from minka.methods.text import search_key

THEME_COLUMNS = ("Temas", "temas", "Líneas de trabajo")


def import_sheets(world: World) -> None:
    """Upload, confirm and run every sheet as the cluster's team would."""
    sheets = demo_sheets()
    with indexed_at_the_end():
        for sheet in sheets:
            _import(world, sheet)
        world.attendance = _import(world, attendance_sheet(sheets[0]))
        _settle_public_ids()
        _attach_themes()
    world.companies = [_actor(company) for company in load_content("companies")]
    world.solvers = {solver["key"]: _actor(solver) for solver in load_content("solvers")}


def resolve_attendance(world: World) -> None:
    """Find out which of those who came to the workshop are on the map already.

    The five other sheets were made to agree with each other, and are left as they are.
    """
    resolve_import(import_id=world.attendance, engine=LinkageEngine())


def _import(world: World, sheet: DemoSheet) -> int:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(sheet.headers)
    writer.writerows(sheet.rows)
    upload = SimpleUploadedFile(sheet.filename, text.getvalue().encode())
    (offered,) = start_import(by=world.staff, upload=upload, source_name=sheet.source_name_es)
    confirm_import(
        by=world.staff, sheet_import=offered, mapping=offered.mapping, default_kind="supplier"
    )
    run_import(import_id=offered.pk)
    return offered.pk


def _settle_public_ids() -> None:
    """Give every actor the same public id on every machine, so that manuals can show addresses."""
    actors = list(Actor.objects.order_by("pk").only("pk", "name_key", "public_id"))
    for rank, actor in enumerate(actors):
        digest = hashlib.sha256(f"{rank} {actor.name_key}".encode()).digest()
        actor.public_id = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
    write_all(actors, ["public_id"])


def _attach_themes() -> None:
    """Link actors to the themes their sheets name."""
    themes = dict(Theme.objects.values_list("label_es", "pk"))
    links = set()
    for actor_id, cells in Record.objects.filter(actor__isnull=False).values_list("actor", "cells"):
        named = {header: cell for header, cell in cells if header in THEME_COLUMNS}
        for label in ";".join(named.values()).split(";"):
            if label.strip() in themes:
                links.add((actor_id, themes[label.strip()]))
    through = Actor.themes.through
    through.objects.bulk_create(
        [through(actor_id=actor, theme_id=theme) for actor, theme in sorted(links)], batch_size=400
    )
    index_actors(actors={actor for actor, _theme in links})


def _actor(row: dict[str, str]) -> Actor:
    if row.get("ruc"):
        found = Identifier.objects.select_related("actor").get(scheme="pe.ruc", value=row["ruc"])
        return found.actor
    return Actor.objects.get(name_key=search_key(row["name"]))
