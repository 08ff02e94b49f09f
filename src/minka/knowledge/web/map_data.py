"""What the map fetches: points, hexagons, places with their counts, boundaries, layers, names."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_GET

from minka.core.remembering import cache
from minka.knowledge.queries.boundaries import (
    boundary_sets,
    map_layers,
    place_names,
    shapes_of,
)
from minka.knowledge.queries.density import density, shading
from minka.knowledge.queries.directory import directory_version, remembered
from minka.knowledge.queries.map_look import SHADED, look_from
from minka.knowledge.queries.points import located_actor, packed_points
from minka.knowledge.sources.map_picture.legend import class_words
from minka.knowledge.states import BoundaryState
from minka.knowledge.web.filters import filter_from
from minka.knowledge.web.rows import where

BINARY, JSON, GEOJSON = "application/octet-stream", "application/json", "application/geo+json"
SHAPES_S = 3600


@login_not_required
@require_GET
def map_points(request: HttpRequest) -> HttpResponse:
    """The points as frontend/README.md describes them; asked again, most often just “unchanged”."""
    wanted = filter_from(request.GET)
    version = directory_version(viewer=request.user)
    return _unless_known(
        request,
        version=f"{version}-{wanted.key}",
        kind=BINARY,
        make=lambda: packed_points(viewer=request.user, wanted=wanted, version=version),
    )


@login_not_required
@require_GET
def map_actor(request: HttpRequest, pk: int) -> HttpResponse:
    """The few lines that a point of the map opens."""
    actor = located_actor(viewer=request.user, pk=pk)
    if actor is None:
        raise Http404
    return render(request, "knowledge/_map_actor.html", {"actor": actor, "where": where(actor)})


@login_not_required
@require_GET
def map_hexagons(request: HttpRequest) -> HttpResponse:
    """The density as hexagons: GeoJSON with the count and the class of each."""
    wanted, look = filter_from(request.GET), look_from(request.GET)
    version = directory_version(viewer=request.user)

    def make() -> bytes:
        found = density(viewer=request.user, wanted=wanted, size_km=look.cell, version=version)
        features = [
            {
                "type": "Feature",
                "properties": {"count": one.hexagon.count, "shade": one.shade},
                "geometry": {"type": "Polygon", "coordinates": [one.hexagon.ring]},
            }
            for one in found.cells
        ]
        return _json({"type": "FeatureCollection", "features": features})

    return _unless_known(
        request, version=f"{version}-{wanted.key}-{look.cell}", kind=GEOJSON, make=make
    )


@login_not_required
@require_GET
def map_areas(request: HttpRequest, level: str) -> HttpResponse:
    """The count and the class of every place of a level."""
    if level not in SHADED:
        raise Http404
    wanted = filter_from(request.GET)
    version = directory_version(viewer=request.user)

    def make() -> bytes:
        found = shading(viewer=request.user, wanted=wanted, level=level, version=version)
        return _json(
            {
                "classes": class_words(found.classes),
                "areas": {one.pk: [one.count, one.shade] for one in found.areas if one.count},
            }
        )

    tag = f"{version}-{wanted.key}-{level}-{getattr(request, 'LANGUAGE_CODE', '')}"
    return _unless_known(request, version=tag, kind=JSON, make=make)


@login_not_required
@require_GET
def map_boundaries(request: HttpRequest, pk: int) -> HttpResponse:
    """The boundaries of a set in use; those of a draft for the team."""
    found = get_object_or_404(boundary_sets(viewer=request.user), pk=pk)
    version = f"{found.pk}-{found.state}-{found.published_at}"
    if found.state == BoundaryState.DRAFT:
        version += f"-{found.name_property}-{found.code_property}"

    def make() -> bytes:
        features = [
            {
                "type": "Feature",
                "properties": {
                    "name": name or told,
                    "place": place or 0,
                    "at": [longitude, latitude],
                },
                "geometry": geometry,
            }
            for name, told, place, longitude, latitude, geometry in shapes_of(
                viewer=request.user, sets=[found.pk]
            ).values_list("place__name", "name", "place", "longitude", "latitude", "geometry")
        ]
        return _json({"type": "FeatureCollection", "features": features})

    return _unless_known(
        request, version=version, kind=GEOJSON, make=lambda: _kept("limits", version, make)
    )


@login_not_required
@require_GET
def map_layer(request: HttpRequest, pk: int) -> HttpResponse:
    """The shapes of a layer that is switched on; the team sees the others, too."""
    found = get_object_or_404(map_layers(viewer=request.user), pk=pk)
    version = f"{found.pk}-{found.changed_at}"
    return _unless_known(
        request,
        version=version,
        kind=GEOJSON,
        make=lambda: _kept("layer", version, lambda: _json(found.content)),
    )


@login_not_required
@require_GET
def map_names(request: HttpRequest) -> HttpResponse:
    """What is written on the map: level, name, longitude, latitude of each place."""
    version = directory_version(viewer=request.user)
    return _unless_known(
        request,
        version=f"{version}-names",
        kind=JSON,
        make=lambda: remembered(
            viewer=request.user,
            version=version,
            name="names",
            make=lambda: _json(place_names(viewer=request.user)),
        ),
    )


def _kept(name: str, version: str, make: Callable[[], bytes]) -> bytes:
    key = f"map-{name}:{sha256(version.encode()).hexdigest()[:32]}"
    found: bytes | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, SHAPES_S)
    return found


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _unless_known(
    request: HttpRequest, *, version: str, kind: str, make: Callable[[], bytes]
) -> HttpResponse:
    """Answer “unchanged” to whoever has this version, else what `make` makes."""
    etag = quote_etag(sha256(version.encode()).hexdigest()[:32])
    known = get_conditional_response(request, etag=etag)
    response = known if known is not None else HttpResponse(make(), content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response
