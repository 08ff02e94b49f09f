"""The map: the page, its points as bytes, and what stands behind one point."""

import json
import sys
from array import array
from collections.abc import Sequence
from struct import pack

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_GET

from minka.knowledge.queries.directory import (
    directory_counts,
    directory_version,
    remembered,
)
from minka.knowledge.queries.figures import region_figures
from minka.knowledge.queries.points import Point, located_actor, located_points
from minka.knowledge.states import ActorKind
from minka.knowledge.web.directory import where
from minka.knowledge.web.filters import filter_from, kind_facet, region_facet

BINARY = "application/octet-stream"
KIND_INDEX = {kind: index for index, kind in enumerate(ActorKind.values)}


@login_not_required
@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """Where the organisations are, and the same as a table."""
    wanted = filter_from(request.GET)
    counts = directory_counts(viewer=request.user, wanted=wanted)
    context = {
        "wanted": wanted,
        "facets": [kind_facet(wanted, counts), region_facet(wanted, counts)],
        "kinds": json.dumps([str(kind.label) for kind in ActorKind]),
        "total": counts.total,
        "located": counts.located,
        "regions": region_figures(viewer=request.user),
        "query": request.GET.urlencode(),
    }
    return render(request, "knowledge/map.html", context)


@login_not_required
@require_GET
def map_points(request: HttpRequest) -> HttpResponse:
    """The points as frontend/README.md describes them; asked again, most often just “unchanged”."""
    wanted = filter_from(request.GET)
    version = directory_version(viewer=request.user)
    etag = quote_etag(f"{version}-{wanted.key}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        data = remembered(
            viewer=request.user,
            version=version,
            name=f"points:{wanted.key}",
            make=lambda: packed(located_points(viewer=request.user, wanted=wanted)),
        )
        response = HttpResponse(data, content_type=BINARY)
        response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@login_not_required
@require_GET
def map_actor(request: HttpRequest, pk: int) -> HttpResponse:
    """The few lines that a point of the map opens."""
    actor = located_actor(viewer=request.user, pk=pk)
    if actor is None:
        raise Http404
    return render(request, "knowledge/_map_actor.html", {"actor": actor, "where": where(actor)})


def packed(points: Sequence[Point]) -> bytes:
    """Return the points in the layout that the map reads: blocks of one type, little-endian."""
    lonlat = array("f", (value for p in points for value in (p.longitude, p.latitude)))
    keys = array("I", (p.pk for p in points))
    if sys.byteorder == "big":
        lonlat.byteswap()
        keys.byteswap()
    kinds = bytes(KIND_INDEX[p.kind] for p in points)
    data = pack("<I", len(points)) + lonlat.tobytes() + kinds
    return data + bytes(-len(data) % 4) + keys.tobytes()
