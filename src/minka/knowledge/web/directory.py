"""The directory: one list, filtered by its address."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from minka.core.templatetags.parts import facet
from minka.knowledge.queries.directory import (
    DirectoryCounts,
    directory_counts,
    directory_version,
    kept,
    selection,
)
from minka.knowledge.web.filters import address_of, directory_facets, filter_from
from minka.knowledge.web.rows import Line, drawn, lines_of
from minka.knowledge.web.ticks import PER_PAGE, ticked


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
        return lines_of(viewer=viewer, keys=keys, home=_home(counts))

    def shown(name: str, make: Any) -> Any:
        own = f"{name}:{wanted.key}:{get_language()}"
        return kept(viewer=viewer, version=version, name=own, make=make)

    page.object_list = shown(f"lines:{_eyes(viewer)}:{wanted.sort}:{page.number}", lines)
    chosen_ids = ticked(request)
    here = {line.public_id for line in page} & set(chosen_ids) if chosen_ids else set()
    asked_by_htmx = "HX-Request" in request.headers
    context = {
        "is_partial": asked_by_htmx and "HX-History-Restore-Request" not in request.headers,
        "page": page,
        "rows": drawn(page.object_list, ticked=here),
        "ticked_elsewhere": [one for one in chosen_ids if one not in here],
        "ticked_count": len(chosen_ids),
        "total": counts.total,
        "wanted": wanted,
        "query": address_of(wanted),
        "box": ",".join(map(str, wanted.box or ())),
        "is_filtered": bool(request.GET.keys() - {"page", "sort", "lang"}),
        "facets": shown("facets", lambda: _facets(directory_facets(wanted, counts))),
    }
    partial = "#answer" if context["is_partial"] else ""
    response = render(request, f"knowledge/directory.html{partial}", context)
    patch_vary_headers(response, ["HX-Request"])  # going back must not show the part alone
    return response


def _eyes(viewer: Any) -> str:
    """Return for whom lines may be kept together: members see numbers of their own."""
    if not viewer.is_authenticated:
        return "stranger"
    return "team" if viewer.has_perm("knowledge.actor_resolve") else str(viewer.pk)


def _facets(facets: list[Any]) -> SafeString:
    return SafeString("".join(map(facet, facets)))


def _home(counts: DirectoryCounts) -> str:
    """Return the country that most of the organisations found are in."""
    code, count = next(iter(counts.countries), ("", 0))
    return code if count > counts.total / 2 else ""
