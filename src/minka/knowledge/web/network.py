"""The network: the same ties as a picture and as a list, chosen by the address."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minka.core.components import Facet, FacetOption
from minka.knowledge.models import Actor
from minka.knowledge.queries.directory import directory_counts, remembered, visible_actors
from minka.knowledge.queries.network import (
    STEPS,
    TIE_KINDS,
    NetworkWanted,
    layout_version,
    listed_ties,
    network_feed,
    path_between,
    tie_kind_counts,
)
from minka.knowledge.queries.tie_recognition import recognise
from minka.knowledge.queries.ties import ties_version
from minka.knowledge.states import ActorKind, RelationKind
from minka.knowledge.web.filters import filter_from, kind_facet, region_facet
from minka.knowledge.web.tie_labels import drawn_ties

PER_PAGE = 40
NAME_AT_MOST = 250
OWN_PARAMETERS = {"tie", "on", "focus", "steps", "from", "to", "page", "lang"}


@login_not_required
@require_GET
def network_page(request: HttpRequest) -> HttpResponse:
    """Who has ties with whom; the picture improves a page that works without it."""
    wanted, missing = network_wanted(request)
    counts = directory_counts(viewer=request.user, wanted=wanted.actors)
    kinds = tie_kind_counts(viewer=request.user, on=wanted.on)
    paginator = Paginator(listed_ties(viewer=request.user, wanted=wanted), PER_PAGE)
    page: Any = paginator.get_page(request.GET.get("page"))
    page.object_list = drawn_ties(page.object_list)
    context = {
        "wanted": wanted,
        "facets": [_tie_facet(wanted, kinds), *_actor_facets(wanted, counts)],
        "page": page,
        "found": paginator.count,
        "missing": missing,
        "path": path_between(viewer=request.user, wanted=wanted),
        "steps": range(1, STEPS + 1),
        "is_filtered": any(
            value for name, value in request.GET.items() if name not in {"page", "lang", "steps"}
        ),
        "data_query": _actors_only(request.GET),
        "labels": json.dumps(_labels()),
    }
    asked_by_htmx = "HX-Request" in request.headers
    is_partial = asked_by_htmx and "HX-History-Restore-Request" not in request.headers
    template = "knowledge/network/network.html" + ("#results" if is_partial else "")
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])  # going back must not show the part alone
    return response


@login_not_required
@require_GET
def network_data(request: HttpRequest) -> HttpResponse:
    """What the picture is drawn from, as frontend/README.md describes it."""
    wanted = filter_from(request.GET)
    language = (get_language() or "es")[:2]
    seen = f"{ties_version(viewer=request.user)}-{layout_version()}"
    version = sha256(seen.encode()).hexdigest()[:24]
    etag = quote_etag(f"{version}-{wanted.key}-{language}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        data = remembered(
            viewer=request.user,
            version=version,
            name=f"network:{wanted.key}:{language}",
            make=lambda: _packed(request, wanted, language),
        )
        response = HttpResponse(data, content_type="application/json")
        response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def network_wanted(request: HttpRequest) -> tuple[NetworkWanted, list[str]]:
    """Read what is asked for from an address, and which names of it mean nobody."""
    query, missing = request.GET, []
    actors: dict[str, Actor | None] = {}
    for name in ("focus", "from", "to"):
        text = query.get(name, "").strip()[:NAME_AT_MOST]
        actors[name] = _actor_meant(request, text) if text else None
        if text and actors[name] is None:
            missing.append(text)
    steps = query.get("steps", "")
    wanted = NetworkWanted(
        actors=filter_from(query),
        kinds=tuple(kind for kind in TIE_KINDS if kind in query.getlist("tie")),
        on=_day(query.get("on", "")),
        focus=actors["focus"],
        steps=int(steps) if steps in {str(step) for step in range(1, STEPS + 1)} else 1,
        start=actors["from"],
        end=actors["to"],
    )
    return wanted, missing


def _actor_meant(request: HttpRequest, text: str) -> Actor | None:
    """Return the organisation of a public id, a number or a name that only one bears."""
    meant = recognise(viewer=request.user, said=[(text, "")])[0]
    return visible_actors(viewer=request.user).filter(pk=meant.actor or 0).first()


def _packed(request: HttpRequest, wanted: Any, language: str) -> bytes:
    feed = network_feed(viewer=request.user, wanted=wanted, in_english=language == "en")
    return json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode()


def _actor_facets(wanted: NetworkWanted, counts: Any) -> list[Facet]:
    facets = [kind_facet(wanted.actors, counts), region_facet(wanted.actors, counts)]
    return [facet for facet in facets if facet.options]


def _tie_facet(wanted: NetworkWanted, counts: dict[str, int]) -> Facet:
    return Facet(
        name="tie",
        label=_("Kind of tie"),
        open=True,
        options=[
            FacetOption(kind, str(RelationKind(kind).label), counts[kind], kind in wanted.kinds)
            for kind in TIE_KINDS
            if counts[kind] or kind in wanted.kinds
        ],
    )


def _labels() -> dict[str, list[str]]:
    return {
        "types": [str(kind.label) for kind in ActorKind],
        "kinds": [str(kind.label) for kind in RelationKind],
        "kind_values": list(TIE_KINDS),
    }


def _actors_only(query: QueryDict) -> str:
    """Return the part of an address that says which organisations: the picture does the rest."""
    kept = query.copy()
    for name in OWN_PARAMETERS:
        kept.pop(name, None)
    return kept.urlencode()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
