"""Read GeoJSON (RFC 7946) with suspicion, and keep of it what a map can draw.

Nothing is repaired in silence: what is wrong raises `BadGeoJson` with a code and the feature it
stands in, so that whoever shows it can say it in words.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

Position = tuple[float, float]
Geometry = dict[str, Any]

POINTS = frozenset({"Point", "MultiPoint"})
LINES = frozenset({"LineString", "MultiLineString"})
AREAS = frozenset({"Polygon", "MultiPolygon"})
DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
WGS_84 = ("crs84", "epsg::4326", "epsg:4326")
MOST_BYTES = 16 * 1024 * 1024
MOST_FEATURES = 20_000
MOST_VERTICES = 2_000_000
MOST_PROPERTIES = 60
VALUE_LENGTH = 200
DECIMALS = (5, 4, 3, 2)


class BadGeoJson(ValueError):
    """Why a file cannot be drawn: `code`, and `at`, the number of the feature from 1 (0: none)."""

    def __init__(self, code: str, at: int = 0, detail: str = "") -> None:
        """Keep what is wrong and where."""
        self.code, self.at, self.detail = code, at, detail
        super().__init__(f"{code} {at} {detail}".strip())


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the map: what is said of it, and its shape."""

    properties: dict[str, str]
    geometry: Geometry


def read_features(data: bytes, *, allowed: frozenset[str]) -> list[Feature]:
    """Return the features of a GeoJSON file whose shapes are all of the `allowed` types.

    Raises:
        BadGeoJson: it is no JSON, no FeatureCollection, not in WGS 84, too big, or a shape is
            broken or of another type.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise BadGeoJson("not_json") from None
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise BadGeoJson("not_collection")
    listed = content.get("features")
    if not isinstance(listed, list) or not listed:
        raise BadGeoJson("empty")
    if len(listed) > MOST_FEATURES:
        raise BadGeoJson("too_many", detail=str(MOST_FEATURES))
    _check_reference(content.get("crs"))
    features = [
        _feature(one, at, allowed) for at, one in enumerate(listed, start=1) if not _unlocated(one)
    ]
    if not features:
        raise BadGeoJson("empty")
    if sum(vertex_count(one.geometry) for one in features) > MOST_VERTICES:
        raise BadGeoJson("too_fine", detail=str(MOST_VERTICES))
    return features


def _unlocated(told: Any) -> bool:
    """Whether it says of itself that it has no shape, as RFC 7946 (3.2) lets it."""
    return isinstance(told, dict) and told.get("type") == "Feature" and told.get("geometry") is None


def _no_number(text: str) -> float:
    raise ValueError(text)


def _check_reference(told: Any) -> None:
    """Refuse a coordinate system other than WGS 84; RFC 7946 has no other, older files name it."""
    if told is None:
        return
    name = ""
    if isinstance(told, dict) and isinstance(told.get("properties"), dict):
        name = str(told["properties"].get("name", ""))
    if not any(known in name.lower() for known in WGS_84):
        raise BadGeoJson("not_wgs84", detail=name[:80])


def _feature(told: Any, at: int, allowed: frozenset[str]) -> Feature:
    if not isinstance(told, dict) or told.get("type") != "Feature":
        raise BadGeoJson("not_feature", at)
    geometry = told.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or not isinstance(kind, str) or kind not in allowed:
        raise BadGeoJson("wrong_type", at, str(kind)[:40])
    coordinates = _checked(geometry.get("coordinates"), DEPTH[kind], at)
    if kind in AREAS:
        for ring in coordinates if kind == "Polygon" else (r for p in coordinates for r in p):
            if len(ring) < 4 or ring[0] != ring[-1]:
                raise BadGeoJson("open_ring", at)
    elif kind in LINES:
        for line in [coordinates] if kind == "LineString" else coordinates:
            if len(line) < 2:
                raise BadGeoJson("short_line", at)
    properties = told.get("properties")
    return Feature(
        _texts(properties if isinstance(properties, dict) else {}),
        {"type": kind, "coordinates": coordinates},
    )


def _checked(told: Any, depth: int, at: int) -> Any:
    if not isinstance(told, list) or not told:
        raise BadGeoJson("broken_shape", at)
    if depth:
        return [_checked(part, depth - 1, at) for part in told]
    numbers = told[:2]
    if len(numbers) < 2 or not all(
        isinstance(n, int | float) and not isinstance(n, bool) and isfinite(n) for n in numbers
    ):
        raise BadGeoJson("broken_shape", at)
    if abs(numbers[0]) > 180 or abs(numbers[1]) > 90:
        raise BadGeoJson("not_degrees", at, f"{numbers[0]:g}, {numbers[1]:g}")
    return [float(numbers[0]), float(numbers[1])]


def _texts(properties: Mapping[Any, Any]) -> dict[str, str]:
    """Keep plain values as text; what is nested is nothing to choose a name from."""
    plain = {}
    for name, value in list(properties.items())[:MOST_PROPERTIES]:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)
            plain[str(name)[:80]] = text.replace("\x00", "").strip()[:VALUE_LENGTH]
    return plain


def rings(geometry: Geometry) -> Iterator[list[list[float]]]:
    """Yield the lines a shape is drawn with: rings, lines, or each point alone."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    match kind:
        case "Point":
            yield [coordinates]
        case "MultiPoint":
            yield from ([one] for one in coordinates)
        case "LineString":
            yield coordinates
        case "Polygon" | "MultiLineString":
            yield from coordinates
        case "MultiPolygon":
            for polygon in coordinates:
                yield from polygon


def vertex_count(geometry: Geometry) -> int:
    """Return how many positions a shape is made of."""
    return sum(len(ring) for ring in rings(geometry))


def lighter(geometries: Sequence[Geometry], *, most: int) -> list[Geometry]:
    """Return the shapes on the finest grid on which they have at most `most` positions.

    Every position moves to the nearest knot of one grid, whatever shape it belongs to, so that
    neighbours keep their common border (the quantisation of TopoJSON).
    """
    made: list[Geometry] = list(geometries)
    for decimals in DECIMALS:
        made = [_snapped(one, decimals) for one in geometries]
        if sum(map(vertex_count, made)) <= most:
            break
    return made


def _snapped(geometry: Geometry, decimals: int) -> Geometry:
    kind, told = geometry["type"], geometry["coordinates"]
    least = 4 if kind in AREAS else 2
    if kind in POINTS:
        return {"type": kind, "coordinates": _rounded(told, decimals)}
    if kind == "LineString":
        return {"type": kind, "coordinates": _thinned(told, decimals, least) or told}
    if kind in {"Polygon", "MultiLineString"}:
        return {"type": kind, "coordinates": _parts(told, decimals, least) or told}
    polygons = [kept for polygon in told if (kept := _parts(polygon, decimals, least))]
    return {"type": kind, "coordinates": polygons or told}


def _parts(told: Any, decimals: int, least: int) -> list[Any]:
    """Thin rings or lines; an outer ring that vanishes takes its holes with it."""
    kept = [_thinned(part, decimals, least) for part in told]
    if least == 4 and not kept[0]:
        return []
    return [part for part in kept if part]


def _thinned(line: Any, decimals: int, least: int) -> list[list[float]]:
    snapped = [_rounded(position, decimals) for position in line]
    kept = snapped[:1] + [b for a, b in pairwise(snapped) if a != b]
    return kept if len(kept) >= least else []


def _rounded(told: Any, decimals: int) -> Any:
    if isinstance(told[0], list):
        return [_rounded(one, decimals) for one in told]
    return [round(told[0], decimals), round(told[1], decimals)]


def middle(geometry: Geometry) -> Position:
    """Return where to write the name of a shape: the centroid of its largest ring.

    The centroid of a polygon as in Bourke, *Calculating the area and centroid of a polygon*
    (1988); the mean of the positions where there is no area.
    """
    best, weight = (0.0, 0.0), -1.0
    for ring in rings(geometry):
        twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        if abs(twice) > max(weight, 1e-12):
            x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring))
            y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(ring))
            best, weight = (x / (3 * twice), y / (3 * twice)), abs(twice)
        elif weight < 0:
            best = (sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring))
            weight = 0.0
    return round(best[0], 5), round(best[1], 5)
