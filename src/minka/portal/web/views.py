"""Home, my work and the search of everything: composed from what the lines offer."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from minka.core.http import SignedInRequest
from minka.portal.queries.home import home_figures
from minka.portal.queries.search import search_everything, suggestions
from minka.portal.queries.work import everything_waiting


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The public face: what the cluster is, its open challenges, the funnel, the map's figures."""
    return render(request, "portal/home.html", home_figures(viewer=request.user))


@require_GET
def work(request: SignedInRequest) -> HttpResponse:
    """What waits for the person who looks."""
    groups = everything_waiting(viewer=request.user)
    return render(request, "portal/work.html", {"groups": groups})


@login_not_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Everything the viewer may see that has the words."""
    words = request.GET.get("q", "").strip()
    sections = search_everything(viewer=request.user, words=words) if words else []
    return render(request, "portal/search.html", {"words": words, "sections": sections})


@login_not_required
@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """The first few hits while somebody types."""
    words = request.GET.get("q", "").strip()
    hits = suggestions(viewer=request.user, words=words) if len(words) > 1 else []
    return render(request, "portal/_suggestions.html", {"words": words, "hits": hits})
