"""The map: its page, the list beside it, what others embed, and its still picture."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from minka.core.throttle import place_of, within_limit
from minka.knowledge.models import BoundarySet, MapLayer
from minka.knowledge.queries.boundaries import layers_shown, sets_in_use
from minka.knowledge.queries.columns import count_of
from minka.knowledge.queries.density import CELLS_KM, Density, Shading, density, shading
from minka.knowledge.queries.directory import (
    DirectoryFilter,
    directory_counts,
    directory_version,
    remembered,
    selection,
    visible_actors,
)
from minka.knowledge.queries.figures import region_figures
from minka.knowledge.queries.filter_address import address_of
from minka.knowledge.queries.map_look import HEXAGONS, POINTS, SHADED, MapLook, look_from
from minka.knowledge.queries.selection import rows_as
from minka.knowledge.sources.map_picture import map_png
from minka.knowledge.sources.map_picture.legend import class_words, heading_of
from minka.knowledge.states import ActorKind, PlaceLevel
from minka.knowledge.web.filters import directory_facets, filter_from
from minka.knowledge.web.rows import place_line

BESIDE = 25
CELLS_LISTED = 25
PICTURES_A_MINUTE = 20
LISTED = ("pk", "public_id", "name", "kind", "region__name", "place__name", "country")


@login_not_required
@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """Where the organisations are, beside their list, and the same as a table."""
    wanted, look = filter_from(request.GET), look_from(request.GET)
    version = directory_version(viewer=request.user)
    counts = directory_counts(viewer=request.user, wanted=wanted, version=version)
    context = {
        **_drawn(request, request.user, look),
        **_figures(request.user, wanted, look, version),
        **_beside(request, wanted, version),
        "wanted": wanted,
        "facets": directory_facets(wanted, counts),
        "total": counts.total,
        "located": counts.located,
        "is_partial": "HX-Request" in request.headers,
        "query": address_of(wanted),
        "share": _address(wanted, look),
        "cells": CELLS_KM,
    }
    partial = "#answer" if context["is_partial"] else ""
    response = render(request, f"knowledge/map/page.html{partial}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_not_required
@require_GET
def map_list(request: HttpRequest) -> HttpResponse:
    """The organisations in the visible part of the map."""
    return render(request, "knowledge/map/_list.html", _beside(request, filter_from(request.GET)))


@login_not_required
@xframe_options_exempt
@csp_replace({"frame-ancestors": settings.MINKA_EMBED_ANCESTORS})
@require_GET
def map_embedded(request: HttpRequest) -> HttpResponse:
    """The map alone, for the pages of others: it sets no cookie, and everybody sees the same.

    Its language is in `idioma`: `lang`, which every page knows, would be remembered in a cookie.
    """
    language = request.GET.get("idioma", "")
    with override(language if language in dict(settings.LANGUAGES) else get_language()):
        return _embedded(request, AnonymousUser())


def _embedded(request: HttpRequest, viewer: AnonymousUser) -> HttpResponse:
    wanted, look = filter_from(request.GET), look_from(request.GET)
    version = directory_version(viewer=viewer)
    counts = directory_counts(viewer=viewer, wanted=wanted, version=version)
    context = {
        **_drawn(request, viewer, look),
        **_figures(viewer, wanted, look, version),
        "located": counts.located,
        "total": counts.total,
        "query": address_of(wanted),
        "share": _address(wanted, look),
        "language": get_language(),
    }
    return render(request, "knowledge/map/embedded.html", context)


@login_not_required
@require_GET
def map_picture(request: HttpRequest) -> HttpResponse:
    """The map as PNG, with title, legend, sources and date."""
    wanted, look = filter_from(request.GET), look_from(request.GET)
    version = directory_version(viewer=request.user)
    furniture = [*sets_in_use(viewer=request.user), *layers_shown(viewer=request.user)]
    stamps = [f"{one.pk}-{getattr(one, 'changed_at', one.pk)}" for one in furniture]

    def make() -> bytes | None:
        place = place_of(request)
        if not within_limit(key=f"map-picture:{place}", most=PICTURES_A_MINUTE, seconds=60):
            return None
        return map_png(viewer=request.user, wanted=wanted, look=look)

    asked = sha256(repr((wanted.key, look, stamps)).encode()).hexdigest()[:32]  # in each process
    name = f"picture:{asked}:{get_language()}"
    data = remembered(viewer=request.user, version=version, name=name, make=make)
    if data is None:
        return HttpResponse(_("Too many pictures; please wait a minute."), status=429)
    response = HttpResponse(data, content_type="image/png")
    response["Content-Disposition"] = 'inline; filename="minka-map.png"'
    response["Cache-Control"] = "private, max-age=60"
    return response


def _address(wanted: DirectoryFilter, look: MapLook) -> str:
    return "&".join(filter(None, [address_of(wanted), look.address]))


def _drawn(request: HttpRequest, viewer: Any, look: MapLook) -> dict[str, Any]:
    """What the island has to know; two SQL statements."""
    sets, layers = list(sets_in_use(viewer=viewer)), list(layers_shown(viewer=viewer))
    by_level = [(one, look.shows_limits(one.level)) for one in sets]
    return {
        "look": look,
        "kinds": json.dumps([str(kind.label) for kind in ActorKind]),
        "limits": json.dumps([_limits(one) for one in sets]),
        "layers": json.dumps([_layer(one) for one in layers]),
        "level_choices": [
            (level, PlaceLevel(level).label, look.shows_limits(level))
            for level in SHADED
            if any(one.level == level for one, _shown in by_level)
        ],
        "layer_choices": [(one, look.shows_layer(one.pk)) for one in layers],
        "views": _views(sets, look),
        "credits": list(
            dict.fromkeys(
                ["Natural Earth"]
                + [_credit(one) for one, shown in by_level if shown]
                + [_credit(one) for one in layers if look.shows_layer(one.pk)]
            )
        ),
        "page_address": request.build_absolute_uri(reverse("knowledge:map")),
        "embed_address": request.build_absolute_uri(reverse("knowledge:map_embedded")),
    }


def _views(sets: list[BoundarySet], look: MapLook) -> list[tuple[str, str, bool]]:
    levels = {one.level for one in sets}
    labels = {
        PlaceLevel.DEPARTMENT: _("Regions by colour"),
        PlaceLevel.PROVINCE: _("Provinces by colour"),
        PlaceLevel.DISTRICT: _("Districts by colour"),
    }
    views = [(POINTS, _("Organisations")), (HEXAGONS, _("Density in hexagons"))]
    views += [(str(level), text) for level, text in labels.items() if level in levels]
    return [(value, label, value == look.view) for value, label in views]


def _limits(one: BoundarySet) -> dict[str, Any]:
    url = reverse("knowledge:map_boundaries", args=[one.pk])
    return {"level": one.level, "url": f"{url}?v={one.published_at:%Y%m%d%H%M%S}", "id": one.pk}


def _layer(one: MapLayer) -> dict[str, Any]:
    url = reverse("knowledge:map_layer", args=[one.pk])
    return {"id": one.pk, "name": one.name, "category": one.category, "url": url}


def _credit(one: BoundarySet | MapLayer) -> str:
    return f"{one.source} ({one.licence})" if one.licence else one.source


def _figures(viewer: Any, wanted: DirectoryFilter, look: MapLook, version: str) -> dict[str, Any]:
    """The table under the map and the legend of its colours; a constant number of statements."""
    counted: Density | Shading | None = None
    if look.view == HEXAGONS:
        counted = density(viewer=viewer, wanted=wanted, size_km=look.cell, version=version)
    elif look.view in SHADED:
        counted = shading(viewer=viewer, wanted=wanted, level=look.view, version=version)
    figures: dict[str, Any] = {"counted_by": heading_of(look)}
    figures["classes"] = list(enumerate(class_words(counted.classes), 1)) if counted else []
    if isinstance(counted, Density):
        figures["hexagons"] = counted.cells[:CELLS_LISTED]
        figures["more_hexagons"] = max(0, len(counted.cells) - CELLS_LISTED)
    elif counted:
        words = class_words(counted.classes)
        figures["areas"] = [
            (one, words[one.shade]) for one in counted.areas if one.shade is not None
        ]
        figures["elsewhere"] = counted.elsewhere
        figures["empty_areas"] = [one.name for one in counted.areas if one.shade is None]
    else:
        figures["regions"] = region_figures(viewer=viewer, version=version)
    return figures


def _beside(request: HttpRequest, wanted: DirectoryFilter, version: str = "") -> dict[str, Any]:
    """The first organisations that have a position in the box; one SQL statement."""
    placed = replace(wanted, located=("yes",))
    chosen = selection(viewer=request.user, wanted=placed, version=version)
    keys = chosen.keys[:BESIDE].tolist()
    rows = visible_actors(viewer=request.user).filter(pk__in=keys).values_list(*LISTED)
    kinds = {kind.value: str(kind.label) for kind in ActorKind}
    lines = [
        {
            "pk": pk,
            "url": reverse("knowledge:actor", args=[public_id]),
            "name": name,
            "facts": " · ".join(filter(None, [kinds[kind], place_line(place, region, country)])),
        }
        for pk, public_id, name, kind, region, place, country in rows_as(keys, rows)
    ]
    inside = count_of(chosen.bits)
    return {"lines": lines, "inside": inside, "beside_query": address_of(placed)}
