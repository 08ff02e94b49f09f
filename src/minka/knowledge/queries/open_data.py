"""How much of the map anybody may take along, since when, and when it last changed."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Max, Min
from django.utils import timezone

from minka.core.models import LedgerEntry
from minka.knowledge.models import Theme
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.ties import ties

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Extent:
    """One dataset: its rows, its first day and its last change; None where nobody knows."""

    rows: int
    since: datetime | None = None
    changed: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What the datasets hold now.

    Args:
        box: west, south, east and north of the organisations with a position.
        version: changes whenever a file would.
    """

    actors: Extent
    ties: Extent
    themes: Extent
    box: Box | None
    version: str


def standing(*, viewer: Any) -> Standing:
    """Return what the datasets hold of what `viewer` may know. Five SQL statements at most."""
    found = visible_actors(viewer=viewer).aggregate(
        rows=Count("pk"), since=Min("created_at"), changed=Max("updated_at"),
        west=Min("longitude"), south=Min("latitude"),
        east=Max("longitude"), north=Max("latitude"),
    )  # fmt: skip
    corners = (found.pop("west"), found.pop("south"), found.pop("east"), found.pop("north"))
    actors = Extent(**found)
    tied = Extent(
        **ties(viewer=viewer).aggregate(
            rows=Count("pk"), since=Min("created_at"), changed=Max("updated_at")
        )
    )
    concepts = list(Theme.every.order_by("pk").values_list("pk", *_WORDS))
    edited = LedgerEntry.objects.filter(subject_type=Theme._meta.label_lower)
    themes = Extent(
        rows=sum(replaced is None for *_words, replaced in concepts),
        changed=edited.aggregate(at=Max("at"))["at"] or _first_day(),
    )
    facts = [actors, tied, themes, corners, concepts, timezone.localdate()]
    return Standing(
        actors=actors,
        ties=tied,
        themes=themes,
        box=None if None in corners else corners,
        version=sha256(json.dumps(facts, default=str).encode()).hexdigest()[:32],
    )


def _first_day() -> datetime | None:
    """Return when the concepts came that nobody has touched since: with the installation."""
    applied = MigrationRecorder(connection).migration_qs
    first: datetime | None = applied.aggregate(at=Min("applied"))["at"]
    return first


_WORDS = (
    "slug", "label_es", "label_en", "synonyms_es", "synonyms_en", "broader", "replaced_by",
)  # fmt: skip
