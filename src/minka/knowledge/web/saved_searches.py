"""Saved searches: keep one, open it, share it, be told of what is new, stop being told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest, absolute
from minka.knowledge.actions.searches import (
    change_search,
    delete_search,
    link_search,
    save_search,
    silence_search,
)
from minka.knowledge.forms.finding import SearchForm
from minka.knowledge.models import SavedSearch
from minka.knowledge.notices.searches import search_id_of
from minka.knowledge.queries.filter_words import filter_words, in_a_line
from minka.knowledge.queries.searches import (
    own_searches,
    search_by_link,
    search_of_letter,
    visible_searches,
)
from minka.knowledge.web.filters import address_of, filter_at, filter_from


@require_GET
def saved_searches(request: SignedInRequest) -> HttpResponse:
    """One's own searches and, for the team, those shared with it."""
    found = list(visible_searches(viewer=request.user))
    words = filter_words([filter_at(one.address) for one in found])
    lines = [(one, in_a_line(said)) for one, said in zip(found, words, strict=True)]
    context = {
        "own": [line for line in lines if line[0].owner_id == request.user.pk],
        "others": [line for line in lines if line[0].owner_id != request.user.pk],
    }
    return render(request, "knowledge/finding/searches.html", context)


@require_http_methods(["GET", "POST"])
def saved_search_new(request: SignedInRequest) -> HttpResponse:
    """Keep the filter of the address under a name."""
    address = address_of(filter_from(request.GET))
    (words,) = filter_words([filter_at(address)])
    form = SearchForm(request.POST or None, initial={"name": in_a_line(words)[:120]})
    if request.method == "POST" and form.is_valid():
        try:
            save_search(by=request.user, address=address, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The search is saved."))
            return redirect("knowledge:saved_searches")
    context = {"form": form, "words": words, "address": address}
    return render(
        request, "knowledge/finding/search_form.html", context, status=422 if form.errors else 200
    )


@require_GET
def saved_search(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a search: the directory as it asks for it."""
    found = get_object_or_404(visible_searches(viewer=request.user), pk=pk)
    return redirect(_directory_at(found))


@require_http_methods(["GET", "POST"])
def saved_search_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rename it, be told more or less often, share it."""
    found = get_object_or_404(own_searches(viewer=request.user), pk=pk)
    names = ("name", "note", "alert", "for_team")
    form = SearchForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            change_search(by=request.user, search=found, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The search is saved."))
            return redirect("knowledge:saved_searches")
    (words,) = filter_words([filter_at(found.address)])
    link = reverse("knowledge:saved_search_shared", args=[found.token]) if found.token else ""
    context = {
        "form": form,
        "words": words,
        "search": found,
        "address": found.address,
        "link": absolute(link) if link else "",
    }
    return render(
        request, "knowledge/finding/search_form.html", context, status=422 if form.errors else 200
    )


@require_POST
def saved_search_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the link that anybody can open, or make it lead nowhere."""
    found = get_object_or_404(own_searches(viewer=request.user), pk=pk)
    link_search(by=request.user, search=found, shared=request.POST.get("shared") == "yes")
    return redirect("knowledge:saved_search_edit", pk)


@require_POST
def saved_search_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget a search."""
    found = get_object_or_404(own_searches(viewer=request.user), pk=pk)
    delete_search(by=request.user, search=found)
    messages.success(request, _("The search is deleted."))
    return redirect("knowledge:saved_searches")


@login_not_required
@never_cache
@require_GET
def saved_search_shared(request: HttpRequest, token: str) -> HttpResponse:
    """A search that somebody gave the link of: what it is, and the way to what it finds."""
    found = search_by_link(viewer=request.user, token=token)
    if found is None:
        raise Http404
    (words,) = filter_words([filter_at(found.address)])
    context = {"search": found, "words": words, "directory_url": _directory_at(found)}
    page = render(request, "knowledge/finding/search_shared.html", context)
    page["X-Robots-Tag"] = "noindex"
    return page


@csrf_exempt  # the link of a letter needs no account and no page of ours before it
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def search_silence(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters about a search: looking changes nothing, the button does."""
    pk = search_id_of(token=token)
    found = search_of_letter(viewer=request.user, pk=pk) if pk else None
    if found is None:
        raise Http404
    done = request.method == "POST"
    if done:
        silence_search(search=found)
    page = render(request, "knowledge/finding/search_silence.html", {"search": found, "done": done})
    page["Referrer-Policy"] = "no-referrer"
    page["X-Robots-Tag"] = "noindex"
    return page


def _directory_at(search: SavedSearch) -> str:
    above = reverse("knowledge:directory")
    return f"{above}?{search.address}" if search.address else above
