"""The directory: one list, filtered by its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from minka.knowledge.models import Actor, Identifier
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.directory import (
    DirectoryCounts,
    directory,
    directory_counts,
)
from minka.knowledge.states import ActorKind
from minka.knowledge.web.filters import directory_facets, filter_from
from minka.knowledge.web.labels import NAMES

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation of the list."""

    url: str
    name: str
    facts: str
    kind: str
    is_located: bool


@login_not_required
@require_GET
def directory_page(request: HttpRequest) -> HttpResponse:
    """Every organisation, by words and facets; htmx gets the list and the facets alone."""
    wanted = filter_from(request.GET)
    counts = directory_counts(viewer=request.user, wanted=wanted)
    found = directory(viewer=request.user, wanted=wanted).select_related("region", "place")
    paginator = Paginator(
        found.only(
            "public_id", "name", "kind", "activity", "country", "latitude",
            "region__name", "place__name",
        ),
        PER_PAGE,
    )  # fmt: skip
    paginator.count = counts.total  # counted with the facets
    page: Any = paginator.get_page(request.GET.get("page"))
    page.object_list = lines(list(page.object_list), home=_home(counts))
    context = {
        "page": page,
        "total": counts.total,
        "wanted": wanted,
        "facets": directory_facets(wanted, counts),
        "is_filtered": bool(request.GET.keys() - {"page", "sort"}),
    }
    asked_by_htmx = "HX-Request" in request.headers
    is_partial = asked_by_htmx and "HX-History-Restore-Request" not in request.headers
    partial = "#answer" if is_partial else ""
    response = render(request, f"knowledge/directory.html{partial}", context)
    patch_vary_headers(response, ["HX-Request"])  # going back must not show the part alone
    return response


def lines(actors: Sequence[Actor], *, home: str = "") -> list[Line]:
    """Say of each actor what tells it from its neighbours; `home` is the country left unsaid.

    One SQL statement.
    """
    numbers: dict[int, str] = {}
    for owner, scheme, value in Identifier.objects.filter(
        actor__in=[actor.pk for actor in actors], scheme__in=NAMES
    ).values_list("actor_id", "scheme", "value"):
        numbers.setdefault(owner, f"{NAMES[scheme]} {value}")
    kinds = {kind.value: str(kind.label) for kind in ActorKind}
    return [
        Line(
            url=reverse("knowledge:actor", args=[actor.public_id]),
            name=actor.name,
            facts=" · ".join(
                filter(None, [numbers.get(actor.pk), where(actor, home=home), actor.activity])
            ),
            kind=kinds[actor.kind],
            is_located=actor.latitude is not None,
        )
        for actor in actors
    ]


def where(actor: Actor, *, home: str = "") -> str:
    """Return place and region or, where they are not known, the country unless it is `home`."""
    names = [place.name for place in (actor.place, actor.region) if place]
    if not names and actor.country != home:
        names.append(country_name(code=actor.country))
    return ", ".join(dict.fromkeys(names))


def _home(counts: DirectoryCounts) -> str:
    """Return the country that most of the organisations found are in."""
    code, count = next(iter(counts.countries), ("", 0))
    return code if count > counts.total / 2 else ""
