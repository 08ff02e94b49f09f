"""The directory: one list, filtered by its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from minka.knowledge.models import Actor, Identifier
from minka.knowledge.queries.countries import country_name
from minka.knowledge.queries.directory import (
    DirectoryCounts,
    directory,
    directory_counts,
    directory_version,
    remembered,
    words_once,
)
from minka.knowledge.states import ActorKind
from minka.knowledge.web.filters import address_of, directory_facets, filter_from
from minka.knowledge.web.labels import NAMES

PER_PAGE = 25
COLUMNS = (
    "pk", "public_id", "name", "kind", "activity", "country", "latitude", "region__name",
    "place__name", "claimed_at", "verified_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation of the list."""

    public_id: str
    url: str
    name: str
    facts: str
    kind: str
    is_located: bool
    is_claimed: bool
    is_verified: bool


@login_not_required
@require_GET
def directory_page(request: HttpRequest) -> HttpResponse:
    """Every organisation, by words and facets; htmx gets the list and the facets alone."""
    wanted = filter_from(request.GET)
    version = directory_version(viewer=request.user)
    viewer, words = request.user, words_once(viewer=request.user, wanted=wanted)
    counts = directory_counts(viewer=viewer, wanted=wanted, version=version, words=words)
    paginator = Paginator(range(counts.total), PER_PAGE)  # counted with the facets
    page: Any = paginator.get_page(request.GET.get("page"))
    first = (page.number - 1) * PER_PAGE

    def lines() -> list[Line]:
        found = directory(viewer=viewer, wanted=wanted, words=words).values_list(*COLUMNS)
        return _lines(list(found[first : first + PER_PAGE]), home=_home(counts))

    # asked for only where the template has not drawn these lines since the map last changed
    page.object_list = SimpleLazyObject(lines)
    asked_by_htmx = "HX-Request" in request.headers
    context = {
        "is_partial": asked_by_htmx and "HX-History-Restore-Request" not in request.headers,
        "page": page,
        "shown": f"{wanted.key}:{wanted.sort}:{page.number}",
        "version": version,
        "total": counts.total,
        "wanted": wanted,
        "query": address_of(wanted),
        "box": ",".join(map(str, wanted.box or ())),
        "is_filtered": bool(request.GET.keys() - {"page", "sort", "lang"}),
    }
    context["facets"] = remembered(
        viewer=request.user,
        version=version,
        name=f"facets:{wanted.key}:{get_language()}",
        make=lambda: render_to_string(
            "knowledge/_facets.html", {"facets": directory_facets(wanted, counts)}
        ),
    )
    partial = "#answer" if context["is_partial"] else ""
    response = render(request, f"knowledge/directory.html{partial}", context)
    patch_vary_headers(response, ["HX-Request"])  # going back must not show the part alone
    return response


def _lines(rows: Sequence[tuple[Any, ...]], *, home: str) -> list[Line]:
    """Say of each actor what tells it from its neighbours; `home` is the country left unsaid.

    One SQL statement.
    """
    numbers: dict[int, str] = {}
    for owner, scheme, value in Identifier.objects.filter(
        actor__in=[row[0] for row in rows], scheme__in=NAMES
    ).values_list("actor_id", "scheme", "value"):
        numbers.setdefault(owner, f"{NAMES[scheme]} {value}")
    kinds = {kind.value: str(kind.label) for kind in ActorKind}
    # one look-up of the address for all lines: it differs in its last part alone
    above = reverse("knowledge:actor", args=["-"]).removesuffix("-/")
    lines = []
    for pk, public_id, name, kind, activity, country, latitude, region, place, *seals in rows:
        at = place_line(place, region, country if country != home else "")
        lines.append(
            Line(
                public_id=public_id,
                url=f"{above}{public_id}/",
                name=name,
                facts=" · ".join(filter(None, [numbers.get(pk), at, activity])),
                kind=kinds[kind],
                is_located=latitude is not None,
                is_claimed=seals[0] is not None,
                is_verified=seals[1] is not None,
            )
        )
    return lines


def place_line(place: str | None, region: str | None, country: str) -> str:
    """Return place and region or, where they are not known, the name of the country."""
    names = list(dict.fromkeys(filter(None, [place, region])))
    return ", ".join(names) or (country_name(code=country) if country else "")


def where(actor: Actor) -> str:
    """Return where an actor is, in a line."""
    place = actor.place.name if actor.place else None
    return place_line(place, actor.region.name if actor.region else None, actor.country)


def _home(counts: DirectoryCounts) -> str:
    """Return the country that most of the organisations found are in."""
    code, count = next(iter(counts.countries), ("", 0))
    return code if count > counts.total / 2 else ""
