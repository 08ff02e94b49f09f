"""Boundaries and layers of the map: what is in use is public, drafts and versions are not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from minka.core.rules import is_cluster_staff
from minka.knowledge.models import Boundary, BoundarySet, MapLayer, Place
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.states import BoundaryState
from minka.methods.geography.matching import Known
from minka.methods.text import search_key


@dataclass(frozen=True, slots=True)
class MatchFigures:
    """How many shapes of a set have a place, and which places of its level have no shape."""

    shapes: int
    matched: int
    unmatched: list[Boundary]
    doubtful: list[Boundary]
    missing: list[str]


def boundary_sets(*, viewer: Any) -> QuerySet[BoundarySet]:
    """Return the sets that `viewer` may see: everybody those in use, the team all."""
    sets = BoundarySet.objects.select_related("uploaded_by")
    return sets if _is_team(viewer) else sets.filter(state=BoundaryState.LIVE)


def _is_team(viewer: Any) -> bool:
    return viewer is not None and bool(is_cluster_staff(viewer))


def sets_with_counts(*, viewer: Any) -> QuerySet[BoundarySet]:
    """Return them with how many shapes they have and how many of those have a place."""
    return boundary_sets(viewer=viewer).annotate(
        shapes=Count("features"), matched=Count("features__place")
    )


def sets_in_use(*, viewer: Any) -> QuerySet[BoundarySet]:
    """Return what the map draws, the widest level first."""
    return boundary_sets(viewer=viewer).filter(state=BoundaryState.LIVE).order_by("country", "pk")


def boundary_texts(*, viewer: Any, boundary_set: BoundarySet) -> list[dict[str, str]]:
    """Return what the file says of each shape, in its order."""
    found = Boundary.objects.filter(boundary_set__in=boundary_sets(viewer=viewer))
    found = found.filter(boundary_set=boundary_set).order_by("position")
    return list(found.values_list("properties", flat=True))


def shapes_of(*, viewer: Any, sets: Iterable[int]) -> QuerySet[Boundary]:
    """Return the shapes of these sets as far as `viewer` may see them."""
    return Boundary.objects.filter(
        boundary_set__in=boundary_sets(viewer=viewer).filter(pk__in=list(sets))
    ).order_by("boundary_set", "position")


def match_figures(*, viewer: Any, boundary_set: BoundarySet) -> MatchFigures:
    """Return how well a set fits the gazetteer. Two SQL statements."""
    shapes = list(
        shapes_of(viewer=viewer, sets=[boundary_set.pk]).defer("geometry").select_related("place")
    )
    found = {one.place_id for one in shapes}
    places = Place.objects.filter(country=boundary_set.country, level=boundary_set.level)
    return MatchFigures(
        shapes=len(shapes),
        matched=sum(one.place_id is not None for one in shapes),
        unmatched=[one for one in shapes if one.place_id is None],
        doubtful=[one for one in shapes if _differs(one)],
        missing=[
            name
            for pk, name in places.order_by("name", "pk").values_list("pk", "name")
            if pk not in found
        ],
    )


def _differs(boundary: Boundary) -> bool:
    return bool(
        boundary.place
        and boundary.name
        and search_key(boundary.name) != search_key(boundary.place.name)
    )


def known_places(*, country: str, level: str) -> list[Known]:
    """Return the places of a level, ready to be matched. One SQL statement. No person: public."""
    rows = Place.objects.filter(country=country, level=level).order_by("pk")
    return [
        Known(pk, key, parent or "", {"inei": inei, "reniec": reniec})
        for pk, key, parent, inei, reniec in rows.values_list(
            "pk", "name_key", "parent__name_key", "inei_code", "reniec_code"
        )
    ]


def map_layers(*, viewer: Any) -> QuerySet[MapLayer]:
    """Return the layers that `viewer` may see, without their content."""
    layers = MapLayer.objects.defer("content")
    return layers if _is_team(viewer) else layers.filter(is_shown=True)


def layers_shown(*, viewer: Any) -> QuerySet[MapLayer]:
    """Return the layers that the map offers."""
    return map_layers(viewer=viewer).filter(is_shown=True)


def furniture_version(*, viewer: Any) -> str:
    """Return a text that changes whenever boundaries or layers do. Two SQL statements."""
    newest = boundary_sets(viewer=viewer).aggregate(at=Max("published_at"), live=Count("pk"))
    layers = map_layers(viewer=viewer).aggregate(at=Max("changed_at"), count=Count("pk"))
    return "-".join(
        str(part.timestamp() if hasattr(part, "timestamp") else part or 0)
        for part in (newest["at"], newest["live"], layers["at"], layers["count"])
    )


def place_names(*, viewer: Any) -> list[tuple[str, str, float, float]]:
    """Return level, name and position of what is written on the map. One SQL statement.

    Regions and provinces all; districts and cities where organisations are.
    """
    inhabited = visible_actors(viewer=viewer).filter(place__isnull=False).values("place")
    places = Place.objects.filter(latitude__isnull=False).filter(
        Q(level__in=["department", "province"]) | Q(pk__in=inhabited)
    )
    rows = places.order_by("pk").values_list("level", "name", "longitude", "latitude")
    return [(level, name, lon or 0.0, lat or 0.0) for level, name, lon, lat in rows]
