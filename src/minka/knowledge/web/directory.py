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
    directory_counts,
    directory_version,
    kept,
    selection,
    visible_actors,
)
from minka.knowledge.queries.selection import rows_as
from minka.knowledge.states import ActorKind
from minka.knowledge.web.filters import address_of, directory_facets, filter_from
from minka.knowledge.web.labels import NAMES
from minka.knowledge.web.ticks import PER_PAGE, ticked

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
    viewer = request.user
    chosen = selection(viewer=viewer, wanted=wanted, version=version)
    counts = directory_counts(viewer=viewer, wanted=wanted, version=version, chosen=chosen)
    paginator = Paginator(range(counts.total), PER_PAGE)  # counted with the facets
    page: Any = paginator.get_page(request.GET.get("page"))
    first = (page.number - 1) * PER_PAGE

    def lines() -> list[Line]:
        keys = chosen.keys[first : first + PER_PAGE].tolist()
        rows = visible_actors(viewer=viewer).filter(pk__in=keys).values_list(*COLUMNS)
        return _lines(rows_as(keys, rows), home=_home(counts))

    # asked for only where the template has not drawn these lines since the map last changed
    page.object_list = SimpleLazyObject(lines)
    chosen_ids = ticked(request)
    here = {line.public_id for line in page} & set(chosen_ids) if chosen_ids else set()
    asked_by_htmx = "HX-Request" in request.headers
    context = {
        "is_partial": asked_by_htmx and "HX-History-Restore-Request" not in request.headers,
        "page": page,
        "shown": f"{wanted.key}:{wanted.sort}:{page.number}",
        "version": version,
        "ticked": here,
        "ticks": ",".join(sorted(here)),
        "ticked_elsewhere": [one for one in chosen_ids if one not in here],
        "ticked_count": len(chosen_ids),
        "total": counts.total,
        "wanted": wanted,
        "query": address_of(wanted),
        "box": ",".join(map(str, wanted.box or ())),
        "is_filtered": bool(request.GET.keys() - {"page", "sort", "lang"}),
    }
    context["facets"] = kept(
        viewer=viewer,
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
    known = Identifier.objects.filter(actor__in=[row[0] for row in rows])
    for owner, scheme, value in known.values_list("actor_id", "scheme", "value"):
        if scheme in NAMES:  # asked of the database it would go through all of a scheme
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
    """Return place and region, and the name of the country if one is given."""
    names = [place, region, country_name(code=country) if country else ""]
    return ", ".join(dict.fromkeys(filter(None, names)))


def where(actor: Actor) -> str:
    """Return where an actor is, in a line; the country only where the region leaves it open."""
    place, region = actor.place, actor.region or (actor.place.parent if actor.place else None)
    return place_line(
        place.name if place else None,
        region.name if region else None,
        actor.country if actor.region is None else "",
    )


def _home(counts: DirectoryCounts) -> str:
    """Return the country that most of the organisations found are in."""
    code, count = next(iter(counts.countries), ("", 0))
    return code if count > counts.total / 2 else ""
