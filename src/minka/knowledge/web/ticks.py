"""Ticks in the directory that stay from page to page, to compare or list the organisations.

They are kept in the session. With scripts each tick is sent as it is made; without them a button
sends those of a page.
"""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from minka.knowledge.queries.comparison import CHOSEN_AT_MOST
from minka.knowledge.queries.directory import selection, visible_actors
from minka.knowledge.web.filters import filter_from

KEY = "ticked"
PER_PAGE = 25
ID_LETTERS = 12


def ticked(request: HttpRequest) -> list[str]:
    """Return the public ids that are ticked, in the order in which they were."""
    return list(request.session.get(KEY, ()))


@login_not_required
@require_POST
def ticks(request: HttpRequest) -> HttpResponse:
    """Keep the ticks of a page, one tick, or none any more."""
    chosen = request.POST.getlist("actor")
    kept = dict.fromkeys(ticked(request))
    if "clear" in request.POST:
        kept = {}
    elif "one" in request.POST:
        kept.pop(request.POST["one"], None)
    else:
        for gone in set(_shown(request)) - set(chosen):
            kept.pop(gone, None)
    kept |= dict.fromkeys(one for one in chosen if len(one) <= ID_LETTERS)
    request.session[KEY] = list(kept)[:CHOSEN_AT_MOST]
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(str(len(request.session[KEY])), content_type="text/plain")
    query = urlsplit(request.GET.get("next", "")).query
    return redirect(reverse("knowledge:directory") + (f"?{query}" if query else ""))


def _shown(request: HttpRequest) -> list[str]:
    """Return the organisations of the page that its ticks come from."""
    query = QueryDict(urlsplit(request.GET.get("next", "")).query)
    number = query.get("page", "1")
    first = (max(1, int(number)) - 1) * PER_PAGE if number.isdecimal() and len(number) < 8 else 0
    keys = selection(viewer=request.user, wanted=filter_from(query)).keys
    shown = visible_actors(viewer=request.user).filter(
        pk__in=keys[first : first + PER_PAGE].tolist()
    )
    return list(shown.values_list("public_id", flat=True))
