"""Where the actors are, for drawing."""

from collections import Counter
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from typing import Any

from minka.knowledge.models import Actor
from minka.knowledge.queries.directory import DirectoryFilter, directory, visible_actors

GOLDEN_ANGLE = pi * (3 - sqrt(5))
STEP_DEGREES = 0.0025  # some 280 m: what a thousand neighbours take fills a city


@dataclass(frozen=True, slots=True)
class Point:
    """One located actor; degrees, WGS 84."""

    pk: int
    kind: str
    longitude: float
    latitude: float


def located_points(*, viewer: Any, wanted: DirectoryFilter) -> list[Point]:
    """Return every actor on the map that fits. One SQL statement.

    Actors of which only the place is known would lie upon each other in its centre; they are
    drawn around it like the seeds of a sunflower, always at the same spot.
    """
    rows = (
        directory(viewer=viewer, wanted=wanted)
        .filter(latitude__isnull=False)
        .order_by("pk")
        .values_list("pk", "kind", "longitude", "latitude", "location_is_exact")
    )
    at: Counter[tuple[float, float]] = Counter()
    points = []
    for pk, kind, longitude, latitude, is_exact in rows:
        if longitude is None or latitude is None:
            continue
        east = north = 0.0
        if not is_exact:
            east, north = _seed(at[longitude, latitude])
            at[longitude, latitude] += 1
        stretched = east / max(0.1, cos(radians(latitude)))
        points.append(Point(pk, kind, longitude + stretched, latitude + north))
    return points


def _seed(number: int) -> tuple[float, float]:
    """Return how far the seed lies from the centre, in degrees of the equator."""
    distance, angle = STEP_DEGREES * sqrt(number), number * GOLDEN_ANGLE
    return distance * cos(angle), distance * sin(angle)


def located_actor(*, viewer: Any, pk: int) -> Actor | None:
    """Return the actor behind a point."""
    return visible_actors(viewer=viewer).select_related("region", "place").filter(pk=pk).first()
