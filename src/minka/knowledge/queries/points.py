"""Where the actors are, for drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from struct import pack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minka.knowledge.models import Actor
from minka.knowledge.queries.directory import DirectoryFilter, directory, visible_actors
from minka.knowledge.states import ActorKind

Degrees = NDArray[np.float64]
Flags = NDArray[np.bool_]

GOLDEN_ANGLE = pi * (3 - sqrt(5))
STEP_DEGREES = 0.0025  # some 280 m: what a thousand neighbours take fills a city
KIND_INDEX = {kind: index for index, kind in enumerate(ActorKind.values)}


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
    keys, kinds, longitudes, latitudes = _columns(viewer, wanted)
    return list(map(Point, keys, kinds, longitudes.tolist(), latitudes.tolist()))


def packed_points(*, viewer: Any, wanted: DirectoryFilter) -> bytes:
    """Return the points in the layout that the map reads: blocks of one type, little-endian.

    One SQL statement; frontend/README.md describes the layout.
    """
    keys, kinds, longitudes, latitudes = _columns(viewer, wanted)
    positions = np.stack([longitudes, latitudes], axis=1).astype("<f4").tobytes()
    data = pack("<I", len(keys)) + positions + bytes([KIND_INDEX[kind] for kind in kinds])
    return data + bytes(-len(data) % 4) + np.array(keys, dtype="<u4").tobytes()


def _columns(
    viewer: Any, wanted: DirectoryFilter
) -> tuple[Sequence[int], Sequence[str], Degrees, Degrees]:
    rows = list(
        directory(viewer=viewer, wanted=wanted)
        .filter(latitude__isnull=False)
        .order_by("pk")
        .values_list("pk", "kind", "longitude", "latitude", "location_is_exact")
    )
    if not rows:
        return (), (), np.empty(0), np.empty(0)
    keys, kinds, longitudes, latitudes, exact = zip(*rows, strict=True)
    return keys, kinds, *_spread(np.array(longitudes), np.array(latitudes), np.array(exact))


def _spread(longitudes: Degrees, latitudes: Degrees, exact: Flags) -> tuple[Degrees, Degrees]:
    """Lay those that share one inexact position around it, each as a seed with its number."""
    inexact = np.flatnonzero(~exact)
    if not inexact.size:
        return longitudes, latitudes
    spots = longitudes[inexact] + 1j * latitudes[inexact]
    order = np.argsort(spots, kind="stable")
    firsts = np.r_[True, spots[order][1:] != spots[order][:-1]]
    runs = np.flatnonzero(firsts)
    number = np.empty(inexact.size)
    number[order] = np.arange(inexact.size) - np.repeat(runs, np.diff(np.r_[runs, inexact.size]))
    distance, angle = STEP_DEGREES * np.sqrt(number), number * GOLDEN_ANGLE
    stretch = np.maximum(0.1, np.cos(np.radians(latitudes[inexact])))
    longitudes[inexact] += distance * np.cos(angle) / stretch
    latitudes[inexact] += distance * np.sin(angle)
    return longitudes, latitudes


def located_actor(*, viewer: Any, pk: int) -> Actor | None:
    """Return the actor behind a point."""
    return visible_actors(viewer=viewer).select_related("region", "place").filter(pk=pk).first()
