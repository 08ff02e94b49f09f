"""Draw what the page of the map shows, with title, legend, source and date."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from math import hypot, sqrt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.documents import render_png
from minka.core.static import BUILT, vite_manifest
from minka.knowledge.models import Boundary, MapLayer
from minka.knowledge.queries.boundaries import layers_shown, place_names, sets_in_use, shapes_of
from minka.knowledge.queries.density import Density, Shading, density, shading
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.map_look import HEXAGONS, POINTS, SHADED, MapLook
from minka.knowledge.queries.points import Point, located_points
from minka.knowledge.sources.map_picture import colors
from minka.knowledge.sources.map_picture.legend import legend_of
from minka.knowledge.states import ActorKind
from minka.methods.geography.geojson import AREAS, LINES, Geometry, middle, rings
from minka.methods.geography.picture import Group, Picture, View, grouped
from minka.methods.geography.projection import zoom_to_fit

WIDTH, HEIGHT, FRAME = 1200, 800, 96
BUBBLE_PX = 14.0
NUMBERED_PX = 13.0
USUAL = (-71.5, -16.4, 5.0)
KINDS = {kind: at for at, kind in enumerate(ActorKind.values)}
TEXT = 'font-family="Inter, Inter Variable"'
NAMES_FROM_ZOOM = {"department": 4.0, "province": 7.5, "district": 10.0, "city": 6.0}


def map_png(*, viewer: Any, wanted: DirectoryFilter, look: MapLook, title: str = "") -> bytes:
    """Return the map as PNG, 1200 pixels wide."""
    return render_png(map_svg(viewer=viewer, wanted=wanted, look=look, title=title))


def map_svg(  # noqa: PLR0913 -- what is drawn, and how large
    *,
    viewer: Any,
    wanted: DirectoryFilter,
    look: MapLook,
    title: str = "",
    size: tuple[int, int] = (WIDTH, HEIGHT),
    for_print: bool = False,
) -> str:
    """Return the map as SVG; a constant number of SQL statements.

    For print it is bare, for the document says title, legend and sources, and the area of a circle
    is how many organisations it stands for.
    """
    points = located_points(viewer=viewer, wanted=wanted)
    picture = Picture(_view(look, points, size))
    picture.paper(colors.SEA)
    for country in countries():
        picture.shape(country["geometry"], f'fill="{colors.LAND}" fill-rule="evenodd"')
    sets = [one for one in sets_in_use(viewer=viewer) if look.shows_limits(one.level)]
    shapes = list(shapes_of(viewer=viewer, sets=[one.pk for one in sets]))
    counted = _counted(viewer, wanted, look)
    if isinstance(counted, Shading):
        _draw_areas(picture, shapes, counted, {one.pk for one in sets if one.level == look.view})
    elif counted:
        _draw_cells(picture, counted)
    line = f'fill="none" stroke="{colors.BORDER}" stroke-opacity="0.7"'
    for shape in shapes:
        picture.shape(shape.geometry, f'{line} stroke-width="0.6"')
    for country in countries():
        picture.shape(country["geometry"], f'{line} stroke-width="1"')
    shown = layers_shown(viewer=viewer).defer(None)
    layers: list[MapLayer] = [one for one in shown if look.shows_layer(one.pk)]
    for layer in layers:
        _draw_layer(picture, layer)
    if look.view == POINTS and not for_print:
        _draw_points(picture, points)
    numbers = _draw_bubbles(picture, points) if for_print else []
    _write_names(picture, place_names(viewer=viewer))
    if for_print:
        picture.parts += numbers
        return picture.svg()
    _frame(picture, title or _("Map of the ecosystem"), len(points))
    told = [one.source for one in sets] + [one.source for one in layers]
    legend_of(
        picture,
        look=look,
        shaded=counted,
        kinds={one.kind for one in points},
        layers=layers,
        sources=dict.fromkeys(["Natural Earth", *told]),
    )
    return picture.svg()


def _counted(viewer: Any, wanted: DirectoryFilter, look: MapLook) -> Density | Shading | None:
    if look.view in SHADED:
        return shading(viewer=viewer, wanted=wanted, level=look.view)
    if look.view == HEXAGONS:
        return density(viewer=viewer, wanted=wanted, size_km=look.cell)
    return None


def _draw_areas(
    picture: Picture, shapes: Iterable[Boundary], counted: Shading, sets: Collection[int]
) -> None:
    of_place = {area.pk: area.shade for area in counted.areas}
    for shape in shapes:
        shade = of_place.get(shape.place_id or 0)
        if shape.boundary_set_id in sets and shade is not None:
            picture.shape(shape.geometry, f'fill="{colors.SHADES[shade]}"')


def _draw_cells(picture: Picture, counted: Density) -> None:
    for cell in counted.cells:
        ring = {"type": "Polygon", "coordinates": [[list(p) for p in cell.hexagon.ring]]}
        picture.shape(ring, f'fill="{colors.SHADES[cell.shade]}" fill-opacity="0.9"')


def _view(look: MapLook, points: list[Point], size: tuple[int, int]) -> View:
    width, height = size
    if look.at:
        return View(look.at.longitude, look.at.latitude, look.at.zoom, width, height)
    longitude, latitude, zoom = USUAL
    if points:
        lons, lats = (sorted(p.longitude for p in points), sorted(p.latitude for p in points))
        low, high = int(0.02 * len(points)), min(len(points) - 1, int(0.98 * len(points)))
        box = (lons[low], lats[low], lons[high], lats[high])
        longitude, latitude, zoom = zoom_to_fit(
            box, width=width, height=height, padding=(FRAME + 24) * width // WIDTH
        )
    return View(longitude, latitude, min(zoom, 9.0), width, height)


@lru_cache(maxsize=1)
def countries() -> list[dict[str, Any]]:
    """Return the shapes of the countries that the page draws, too."""
    path = BUILT / Path(vite_manifest()["countries.json"]["file"])
    features: list[dict[str, Any]] = json.loads(path.read_text())["features"]
    return features


def _draw_layer(picture: Picture, layer: MapLayer) -> None:
    color = colors.LAYERS[layer.category]
    for feature in layer.content["features"]:
        geometry: Geometry = feature["geometry"]
        if geometry["type"] in AREAS:
            picture.shape(
                geometry, f'fill="{color}" fill-opacity="0.18" stroke="{color}" stroke-width="1.5"'
            )
        elif geometry["type"] in LINES:
            dashes = ' stroke-dasharray="6 4"' if layer.category == "rail" else ""
            picture.shape(geometry, f'fill="none" stroke="{color}" stroke-width="2.2"{dashes}')
        else:
            for position in rings(geometry):
                lon, lat = middle({"type": "Point", "coordinates": position[0]})
                picture.disc(lon, lat, 6, f'fill="{colors.LAND}" stroke="{color}" stroke-width="3"')


def _draw_bubbles(picture: Picture, points: list[Point]) -> list[str]:
    """Draw who is near each other as one circle, its area their number, small ones on top.

    Returns the numbers of the large ones, to be written over everything.
    """
    above = Picture(picture.view)
    placed = ((one.longitude, one.latitude, 0) for one in points)
    for group in _apart(reversed(grouped(picture.view, placed, square=BUBBLE_PX))):
        radius = _radius(group.count)
        picture.parts.append(
            f'<circle cx="{group.x:.1f}" cy="{group.y:.1f}" r="{radius:.1f}"'
            f' fill="{colors.CLUSTER}" fill-opacity="0.68" stroke="{colors.LAND}"'
            f' stroke-width="0.8"/>'
        )
        if radius >= NUMBERED_PX:
            above.text(
                group.x, group.y + 4, f"{group.count:,}",
                f'{TEXT} font-size="11" font-weight="600" text-anchor="middle"'
                f' fill="{colors.ON_CLUSTER}"',
            )  # fmt: skip
    return above.parts


def _apart(groups: Iterable[Group]) -> list[Group]:
    """Let each circle, the largest first, take in those whose middle lies within it."""
    kept: list[Group] = []
    for group in groups:
        for at, one in enumerate(kept):
            if hypot(one.x - group.x, one.y - group.y) < _radius(one.count):
                kept[at] = replace(one, count=one.count + group.count)
                break
        else:
            kept.append(group)
    return kept


def _radius(count: int) -> float:
    return max(2.4, 1.35 * sqrt(count))


def _draw_points(picture: Picture, points: list[Point]) -> None:
    placed = ((one.longitude, one.latitude, KINDS[one.kind]) for one in points)
    for group in grouped(picture.view, placed):
        color = colors.CLUSTER if group.count > 1 else colors.SERIES[group.kind % 8]
        picture.parts.append(
            f'<circle cx="{group.x:.1f}" cy="{group.y:.1f}" r="{group.radius:.0f}" fill="{color}"'
            f' stroke="{colors.LAND}" stroke-width="1.5"/>'
        )
        if group.count > 1:
            size = 13 if group.radius > 18 else 12
            picture.text(
                group.x,
                group.y + size * 0.36,
                _short(group.count),
                f'{TEXT} font-size="{size}" font-weight="600" text-anchor="middle"'
                f' fill="{colors.ON_CLUSTER}"',
            )


def _short(count: int) -> str:
    return str(count) if count < 1000 else f"{count / 1000:.{1 if count < 10_000 else 0}f}k"


def _write_names(picture: Picture, names: Iterable[tuple[str, str, float, float]]) -> None:
    """Write the names that the zoom has room for; of two that would overlap the wider place's."""
    taken: list[tuple[float, float, float]] = []
    order = list(NAMES_FROM_ZOOM)
    for level, name, longitude, latitude in sorted(names, key=lambda one: order.index(one[0])):
        x, y = picture.view.place(longitude, latitude)
        half = 3.6 * len(name)
        if NAMES_FROM_ZOOM[level] > picture.view.zoom or not picture.view.holds(
            x, y, -max(half, 14)
        ):
            continue
        if any(abs(x - a) < half + b and abs(y - c) < 16 for a, c, b in taken):
            continue
        taken.append((x, y, half))
        weight = 600 if level == "department" else 400
        common = f'{TEXT} font-size="12" font-weight="{weight}" text-anchor="middle"'
        picture.text(x, y, name, f'{common} fill="none" stroke="{colors.LAND}" stroke-width="3"')
        picture.text(x, y, name, f'{common} fill="{colors.INK}"')


def _frame(picture: Picture, title: str, located: int) -> None:
    width = picture.view.width
    picture.parts.append(f'<rect width="{width}" height="64" fill="{colors.PAPER}"/>')
    picture.text(24, 28, title, f'{TEXT} font-size="20" font-weight="600" fill="{colors.INK}"')
    today = date_format(timezone.localdate(), "j M Y")
    line = ngettext(
        "%(count)s organisation with a position · %(cluster)s · %(date)s",
        "%(count)s organisations with a position · %(cluster)s · %(date)s",
        located,
    ) % {
        "count": f"{located:,}",
        "cluster": settings.MINKA_CLUSTER_NAME,
        "date": today,
    }
    picture.text(24, 50, line, f'{TEXT} font-size="13" fill="{colors.MUTED}"')
