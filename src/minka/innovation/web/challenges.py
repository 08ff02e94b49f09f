"""Public pages of challenges: no account is needed to read them."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_GET

from minka.innovation.queries.challenge_content import content_of, has_nda, record_of
from minka.innovation.queries.challenge_versions import versions_of
from minka.innovation.queries.challenges import (
    ChallengeFilters,
    call_of,
    challenge_page,
    challenges_version,
    listed_challenges,
    named_companies,
)
from minka.innovation.queries.challenges_facets import challenge_facets
from minka.innovation.queries.custody import keepers_in_public
from minka.innovation.queries.decisions import released_selection
from minka.innovation.queries.received import received_in_public
from minka.innovation.states import CallPhase, ChallengeState
from minka.innovation.web.surroundings import surroundings

ROWS = 24


def _page(request: HttpRequest, filters: ChallengeFilters) -> Page[Any]:
    """Ask the database only where the list was not drawn lately (see the template's cache)."""
    found = listed_challenges(filters=filters)
    return Paginator(found, ROWS).get_page(request.GET.get("page"))


@login_not_required
@require_GET
def challenges(request: HttpRequest) -> HttpResponse:
    """Everything that is or was open for answers."""
    filters = ChallengeFilters(
        search=request.GET.get("q", "").strip(),
        phases=request.GET.getlist("phase"),
        themes=request.GET.getlist("theme"),
    )
    context = {
        "filters": filters,
        "page": SimpleLazyObject(partial(_page, request, filters)),
        "facets": SimpleLazyObject(partial(challenge_facets, filters=filters)),
        "version": challenges_version(),
    }
    template = "innovation/challenges/list.html"
    if getattr(request, "htmx", False):
        template += "#results"
    return render(request, template, context)


@login_not_required
@require_GET
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """One challenge; whoever prepares it also sees it before it is published."""
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    call = call_of(found)
    is_draft = found.state == ChallengeState.DRAFT
    record = record_of(found)
    context = {
        "challenge": found,
        "record": record,
        "call": call,
        "phase": None if is_draft or call is None else call.phase,
        "is_open": bool(call and not is_draft and call.phase == CallPhase.OPEN),
        "received": received_in_public(challenge=found, call=call),
        "keepers": keepers_in_public(challenge=found) if call and call.is_sealed else None,
        "companies": named_companies(found),
        "has_nda": has_nda(content_of(found)),
        "versions": [] if is_draft else versions_of(found),
        "may_write": request.user.has_perm("innovation.challenge_write"),
        "selection": released_selection(found),
        **surroundings(request, found),
    }
    return render(request, "innovation/challenges/page.html", context)
