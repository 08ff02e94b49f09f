"""The figures of the map, for home and for whoever reports on it."""

from dataclasses import dataclass
from typing import Any

from minka.knowledge.models import Record, Source
from minka.knowledge.queries.columns import count_of
from minka.knowledge.queries.directory import DirectoryFilter, remembered, selection


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


def region_figures(*, viewer: Any, version: str = "") -> list[RegionFigures]:
    """Return the regions that have organisations, largest first."""
    columns = selection(viewer=viewer, wanted=DirectoryFilter(), version=version).columns
    located = columns.regions.counts(columns.answers.any_of(["located"]))
    found = [
        RegionFigures(pk, columns.place_facts[pk].name, count, located.get(pk, 0))
        for pk, count in columns.regions.counts(columns.everybody).items()
    ]
    return sorted(found, key=lambda one: (-one.actors, one.name))


def _figures(viewer: Any) -> MapFigures:
    columns = selection(viewer=viewer, wanted=DirectoryFilter()).columns
    kinds = columns.kinds.counts(columns.everybody)
    return MapFigures(
        actors=columns.size,
        located=count_of(columns.answers.any_of(["located"])),
        regions=len(columns.regions.values),
        countries=len(columns.countries.values),
        records=Record.objects.count(),
        sources=Source.objects.filter(records__isnull=False).distinct().count(),
        by_kind=sorted(kinds.items(), key=lambda one: (-one[1], one[0])),
    )
