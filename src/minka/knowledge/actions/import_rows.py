"""Keep the rows of a sheet: every row a record, every identity one actor.

A chunk is one transaction that also moves the import's counters, so a worker that dies between
two chunks, or within one, leaves exactly what an undisturbed run would have left by then.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from minka.knowledge.actions.gazetteer import CityFact, StateFact, keep_abroad
from minka.knowledge.actions.import_actors import ActorDesk
from minka.knowledge.actions.import_heirs import Heirs
from minka.knowledge.actions.import_writing import insert_rows
from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.models import Actor, Identifier, Record, SheetImport
from minka.knowledge.queries.places import PlaceIndex
from minka.knowledge.states import ImportState

ATTEMPTS = 3
BATCH = 250


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """A row that was read and cleaned.

    Args:
        digest: of the cells as they came; `occurrence` counts equal rows within the file.
        values: what the cells mean, plain enough for JSON.
        kind: an ActorKind, or empty when the row does not say.
        place_keys: region, province and district as the gazetteer keys them.
        key: by what the row is found again in the next version of the source.
        city: where it is, outside Peru; `values` then have its number.
    """

    line: int
    digest: str
    occurrence: int
    cells: list[list[str]]
    values: dict[str, Any]
    problems: list[dict[str, str]]
    kind: str
    place_keys: tuple[str, str, str]
    key: str
    abroad: CityFact | StateFact | None = None

    @property
    def needs_attention(self) -> bool:
        return any(problem["level"] != "info" for problem in self.problems)


def keep_rows(
    *, sheet_import: SheetImport, start: int, rows: Sequence[IncomingRow], places: PlaceIndex
) -> bool:
    """Keep one chunk that begins after `start` rows; return False if somebody else went on.

    No person: the worker does what was confirmed.

    Raises:
        IntegrityError: the same identities were written elsewhere, again and again.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _keep_chunk(sheet_import, start, rows, places)
        except IntegrityError:  # another import or a person registered an organisation meanwhile
            if attempt == ATTEMPTS:
                raise
    return False


@transaction.atomic
def _keep_chunk(
    sheet_import: SheetImport, start: int, rows: Sequence[IncomingRow], places: PlaceIndex
) -> bool:
    mine = SheetImport.objects.select_for_update().filter(
        pk=sheet_import.pk, state=ImportState.RUNNING, rows_done=start
    )
    if not mine.exists():
        return False
    fresh = _not_yet_kept(sheet_import, rows)
    places.learn(
        keep_abroad(
            facts=[
                row.abroad
                for row in fresh
                if row.abroad and str(row.values["geoname"]) not in places.abroad
            ]
        )
    )
    heirs = Heirs(sheet_import, fresh)
    desk = ActorDesk(source_id=sheet_import.source_id, country=sheet_import.country, places=places)
    desk.open([row.values for row in fresh], heirs.actors)
    actors = [
        desk.actor_for(
            row.values,
            row.kind or sheet_import.default_kind,
            row.place_keys,
            heirs.take(row.key, row.values),
        )
        for row in fresh
    ]
    actors_new = desk.save()
    index_actors(actors={actor.pk for actor in actors if actor})
    insert_rows(
        model=Record,
        rows=[
            _record(sheet_import, row, actor, places)
            for row, actor in zip(fresh, actors, strict=True)
        ],
    )
    mine.update(
        rows_done=F("rows_done") + len(rows),
        records_new=F("records_new") + len(fresh),
        records_unchanged=F("records_unchanged") + len(rows) - len(fresh),
        rows_with_problems=F("rows_with_problems") + sum(row.needs_attention for row in fresh),
        actors_new=F("actors_new") + actors_new,
    )
    return True


def _record(
    sheet_import: SheetImport, row: IncomingRow, actor: Actor | None, places: PlaceIndex
) -> dict[str, Any]:
    country = str(row.values.get("country") or sheet_import.country)
    spot = places.spot(row.values.get("geoname"), country, *row.place_keys)
    return {
        "source_id": sheet_import.source_id,
        "first_import_id": sheet_import.pk,
        "last_import_id": sheet_import.pk,
        "key": row.key,
        "kind": row.kind or sheet_import.default_kind,
        "place_id": spot.place_id if spot else None,
        "sheet": sheet_import.sheet,
        "line": row.line,
        "cells": row.cells,
        "values": row.values,
        "problems": row.problems,
        "digest": row.digest,
        "occurrence": row.occurrence,
        "actor_id": actor.pk if actor else None,
    }


def _not_yet_kept(sheet_import: SheetImport, rows: Sequence[IncomingRow]) -> list[IncomingRow]:
    """Return the rows that are new; note of the others that they were seen again."""
    held = Record.objects.filter(
        source_id=sheet_import.source_id, digest__in={row.digest for row in rows}
    ).values_list("digest", "occurrence", "pk")
    known = {(digest, occurrence): pk for digest, occurrence, pk in held}
    names = {(row.digest, row.occurrence) for row in rows}
    Record.objects.filter(pk__in=[known[name] for name in names if name in known]).update(
        last_import=sheet_import, vanished_at=None, vanished_in=None, replaced_by=None
    )
    return [row for row in rows if (row.digest, row.occurrence) not in known]


@transaction.atomic
def adopt_nameless(*, sheet_import: SheetImport) -> int:
    """Give records without a name to the actor whose tax number they carry; return how many.

    Such a row cannot become an organisation, but another row may have named it, before or after.

    No person: the worker does what was confirmed.
    """
    nameless = Record.objects.filter(source_id=sheet_import.source_id, actor=None)
    waiting = [one for one in nameless.only("values") if one.values.get("tax_id")]
    owners = {
        (scheme, value): actor
        for start in range(0, len(waiting), BATCH)
        for scheme, value, actor in Identifier.objects.filter(
            value__in={one.values["tax_id"] for one in waiting[start : start + BATCH]}
        ).values_list("scheme", "value", "actor_id")
    }
    adopted = []
    for one in waiting:
        if actor := owners.get((one.values["tax_scheme"], one.values["tax_id"])):
            one.actor_id = actor
            adopted.append(one)
    Record.objects.bulk_update(adopted, ["actor"], batch_size=BATCH)
    for actor, count in Counter(one.actor_id for one in adopted if one.actor_id).items():
        Actor.objects.filter(pk=actor).update(record_count=F("record_count") + count)
    return len(adopted)
