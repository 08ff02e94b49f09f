"""How many organisations there are in each part of the map."""

from dataclasses import dataclass
from math import hypot
from typing import Any

from django.db.models import Count

from minka.knowledge.models import Place
from minka.knowledge.queries.boundaries import place_names
from minka.knowledge.queries.directory import DirectoryFilter, directory, remembered
from minka.knowledge.queries.points import located_points
from minka.knowledge.states import PlaceLevel
from minka.methods.geography.classes import Interval, class_of, quantile_classes
from minka.methods.geography.hexagons import Hexagon, hexagons

CELLS_KM = (5, 10, 25, 50, 100)
CLASSES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A hexagon, its class, and the nearest place that has a name."""

    hexagon: Hexagon
    shade: int
    near: str


@dataclass(frozen=True, slots=True)
class Density:
    """The hexagons of a size, fullest first, and what the classes hold."""

    size_km: int
    cells: list[Cell]
    classes: list[Interval]


@dataclass(frozen=True, slots=True)
class Area:
    """A place of a level, how many organisations it has, and its class (None: it has none)."""

    pk: int
    name: str
    within: str
    count: int
    shade: int | None


@dataclass(frozen=True, slots=True)
class Shading:
    """The places of a level, fullest first, what the classes hold, and who has no such place."""

    level: str
    areas: list[Area]
    classes: list[Interval]
    elsewhere: int


def density(*, viewer: Any, wanted: DirectoryFilter, size_km: int, version: str = "") -> Density:
    """Return the organisations by hexagon; at most three SQL statements."""
    return remembered(
        viewer=viewer,
        version=version,
        name=f"hexagons:{size_km}:{wanted.key}",
        make=lambda: _density(viewer, wanted, size_km, version),
    )


def _density(viewer: Any, wanted: DirectoryFilter, size_km: int, version: str) -> Density:
    points = located_points(viewer=viewer, wanted=wanted, version=version)
    latitudes = [one.latitude for one in points]
    middle = sorted(latitudes)[len(latitudes) // 2] if latitudes else 0.0
    found = hexagons(
        [one.longitude for one in points], latitudes, size_km=size_km, at_latitude=middle
    )
    classes = quantile_classes((one.count for one in found), classes=CLASSES)
    names = place_names(viewer=viewer)
    cells = [
        Cell(one, class_of(one.count, classes) or 0, _nearest(one, names) if at < 100 else "")
        for at, one in enumerate(found)
    ]
    return Density(size_km, cells, classes)


def _nearest(cell: Hexagon, names: list[tuple[str, str, float, float]]) -> str:
    def distance(place: tuple[str, str, float, float]) -> float:
        return hypot(place[2] - cell.longitude, place[3] - cell.latitude)

    return min(names, key=distance)[1] if names else ""


def shading(*, viewer: Any, wanted: DirectoryFilter, level: str, version: str = "") -> Shading:
    """Return the organisations by place of a level of the gazetteer; two SQL statements."""
    return remembered(
        viewer=viewer,
        version=version,
        name=f"shading:{level}:{wanted.key}",
        make=lambda: _shading(viewer, wanted, level),
    )


def _shading(viewer: Any, wanted: DirectoryFilter, level: str) -> Shading:
    parents = {pk: parent for pk, parent in Place.objects.values_list("pk", "parent") if parent}
    found = directory(viewer=viewer, wanted=wanted).order_by()
    counted = found.values_list("place", "region").annotate(count=Count("pk"))
    known = {
        pk: (name, above or "")
        for pk, name, above in Place.objects.filter(level=level)
        .order_by("pk")
        .values_list("pk", "name", "parent__name")
    }
    counts = dict.fromkeys(known, 0)
    elsewhere = 0
    for place, region, count in counted:
        at = region if level == PlaceLevel.DEPARTMENT else place
        while at and at not in counts:
            at = parents.get(at)
        if at:
            counts[at] += count
        else:
            elsewhere += count
    classes = quantile_classes(counts.values(), classes=CLASSES)
    areas = [Area(pk, *known[pk], count, class_of(count, classes)) for pk, count in counts.items()]
    areas.sort(key=lambda one: (-one.count, one.name))
    return Shading(level, areas, classes, elsewhere)
