"""The figures of the map, for home and for whoever reports on it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from minka.knowledge.models import Record, Source
from minka.knowledge.queries.directory import remembered, visible_actors


@dataclass(frozen=True, slots=True)
class MapFigures:
    """How much of the ecosystem is known. `by_kind` is (ActorKind, count), largest first."""

    actors: int
    located: int
    regions: int
    countries: int
    records: int
    sources: int
    by_kind: list[tuple[str, int]]

    @property
    def located_percent(self) -> int:
        return round(100 * self.located / self.actors) if self.actors else 0


@dataclass(frozen=True, slots=True)
class RegionFigures:
    """How many organisations of a region are known and how many of them are on the map."""

    pk: int
    name: str
    actors: int
    located: int


def map_figures(*, viewer: Any) -> MapFigures:
    """Return the figures of what `viewer` may see; one SQL statement when nothing has changed."""
    return remembered(viewer=viewer, name="figures", make=lambda: _figures(viewer))


def region_figures(*, viewer: Any) -> list[RegionFigures]:
    """Return the regions that have organisations, largest first."""
    rows = (
        visible_actors(viewer=viewer)
        .filter(region__isnull=False)
        .values_list("region", "region__name")
        .annotate(count=Count("pk"), located=Count("latitude"))
        .order_by("-count", "region__name")
    )
    return remembered(
        viewer=viewer, name="regions", make=lambda: [RegionFigures(*row) for row in rows]
    )


def _figures(viewer: Any) -> MapFigures:
    actors = visible_actors(viewer=viewer)
    totals = actors.aggregate(
        actors=Count("pk"),
        located=Count("latitude"),
        regions=Count("region", distinct=True),
        countries=Count("country", distinct=True),
    )
    return MapFigures(
        **totals,
        records=Record.objects.count(),
        sources=Source.objects.filter(records__isnull=False).distinct().count(),
        by_kind=list(
            actors.values_list("kind").annotate(count=Count("pk")).order_by("-count", "kind")
        ),
    )
