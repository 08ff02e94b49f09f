"""Where the actors are, for drawing."""

from dataclasses import dataclass
from math import pi, sqrt
from struct import pack
from typing import Any

import numpy as np

from minka.knowledge.models import Actor
from minka.knowledge.queries.columns import Degrees, Flags, Numbers, Places
from minka.knowledge.queries.directory import DirectoryFilter, selection, visible_actors
from minka.knowledge.states import ActorKind

GOLDEN_ANGLE = pi * (3 - sqrt(5))
STEP_DEGREES = 0.0025  # some 280 m: what a thousand neighbours take fills a city


@dataclass(frozen=True, slots=True)
class Point:
    """One located actor; degrees, WGS 84."""

    pk: int
    kind: str
    longitude: float
    latitude: float


def located_points(*, viewer: Any, wanted: DirectoryFilter, version: str = "") -> list[Point]:
    """Return every actor on the map that fits. The statements of `directory.selection`.

    Actors of which only the place is known would lie upon each other in its centre; they are
    drawn around it like the seeds of a sunflower, always at the same spot.
    """
    keys, kinds, longitudes, latitudes = _columns(viewer, wanted, version)
    names = ActorKind.values
    return list(
        map(
            Point,
            keys.tolist(),
            [names[kind] for kind in kinds.tolist()],
            longitudes.tolist(),
            latitudes.tolist(),
        )
    )


def packed_points(*, viewer: Any, wanted: DirectoryFilter, version: str = "") -> bytes:
    """Return the points in the layout that the map reads: blocks of one type, little-endian.

    The statements of `directory.selection`; frontend/README.md describes the layout.
    """
    keys, kinds, longitudes, latitudes = _columns(viewer, wanted, version)
    positions = np.stack([longitudes, latitudes], axis=1).astype("<f4").tobytes()
    data = pack("<I", len(keys)) + positions + kinds.astype(np.uint8).tobytes()
    return data + bytes(-len(data) % 4) + keys.astype("<u4").tobytes()


def _columns(
    viewer: Any, wanted: DirectoryFilter, version: str
) -> tuple[Numbers, Places, Degrees, Degrees]:
    """Keys, kinds and positions of the located ones, in the order of their keys."""
    chosen = selection(viewer=viewer, wanted=wanted, version=version)
    columns, rows = chosen.columns, chosen.rows
    rows = rows[~np.isnan(columns.latitudes[rows])]
    rows = rows[np.argsort(columns.keys[rows])]
    places = _spread(columns.longitudes[rows], columns.latitudes[rows], columns.exact[rows])
    return columns.keys[rows], columns.kind_codes[rows], *places


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
