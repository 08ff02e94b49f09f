"""Where a GeoJSON geometry is: a point as it stands, anything wider by its middle."""

from collections.abc import Iterator, Sequence
from typing import Any

Point = tuple[float, float]  # longitude, latitude, as GeoJSON orders them


def position_of(geometry: Any) -> Point | None:
    """Return latitude and longitude, or None where there is no geometry that can be read."""
    try:
        middle = _middle(geometry)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError, RecursionError):
        return None
    return (middle[1], middle[0]) if middle else None


def _middle(geometry: Any) -> Point | None:
    kind = geometry["type"]
    if kind == "GeometryCollection":
        return _mean([point for one in geometry["geometries"] if (point := _middle(one))])
    coordinates = geometry["coordinates"]
    if kind == "Point":
        return float(coordinates[0]), float(coordinates[1])
    if kind == "Polygon":
        return _centroid(coordinates[0])
    if kind == "MultiPolygon":
        return _centroid(max((polygon[0] for polygon in coordinates), key=lambda r: abs(_area(r))))
    return _mean(list(_points(coordinates)))


def _points(coordinates: Sequence[Any]) -> Iterator[Point]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
    else:
        for one in coordinates:
            yield from _points(one)


def _area(ring: Sequence[Any]) -> float:
    """Twice the area, with the sign of the direction."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(float(a[0]) * float(b[1]) - float(b[0]) * float(a[1]) for a, b in pairs)


def _centroid(ring: Sequence[Any]) -> Point | None:
    area = _area(ring)
    if not area:
        return _mean(list(_points(ring)))
    x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = float(a[0]) * float(b[1]) - float(b[0]) * float(a[1])
        x += (float(a[0]) + float(b[0])) * cross
        y += (float(a[1]) + float(b[1])) * cross
    return x / (3 * area), y / (3 * area)


def _mean(points: Sequence[Point]) -> Point | None:
    if not points:
        return None
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)
