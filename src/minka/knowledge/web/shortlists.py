"""Lists of organisations: begin, fill, order, annotate, share by link, delete."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest, absolute
from minka.knowledge.actions.shortlists import (
    add_to_shortlist,
    change_shortlist,
    create_shortlist,
    delete_shortlist,
    link_shortlist,
    move_entry,
    note_entry,
    take_off_shortlist,
)
from minka.knowledge.forms.finding import ShortlistForm
from minka.knowledge.models import Shortlist, ShortlistEntry
from minka.knowledge.queries.comparison import COMPARED_AT_MOST, chosen_actors
from minka.knowledge.queries.shortlists import (
    listed_actors,
    own_shortlists,
    shortlist_by_link,
    visible_shortlists,
)


@require_GET
def shortlists(request: SignedInRequest) -> HttpResponse:
    """One's own lists and, for the team, those shared with it."""
    found = list(visible_shortlists(viewer=request.user))
    context = {
        "own": [one for one in found if one.owner_id == request.user.pk],
        "others": [one for one in found if one.owner_id != request.user.pk],
    }
    return render(request, "knowledge/finding/shortlists.html", context)


@require_http_methods(["GET", "POST"])
def shortlist_new(request: SignedInRequest) -> HttpResponse:
    """Begin an empty list."""
    form = ShortlistForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_shortlist(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            return redirect("knowledge:shortlist", made.public_id)
    return render(
        request,
        "knowledge/finding/shortlist_form.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def shortlist(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A list; its owner orders it and writes notes, the team reads."""
    found = get_object_or_404(visible_shortlists(viewer=request.user), public_id=public_id)
    return _page(request, found)


@login_not_required
@never_cache
@require_GET
def shortlist_shared(request: HttpRequest, token: str) -> HttpResponse:
    """A list that somebody gave the link of, to read."""
    found = shortlist_by_link(viewer=request.user, token=token)
    if found is None:
        raise Http404
    page = _page(request, found)
    page["X-Robots-Tag"] = "noindex"
    page["Referrer-Policy"] = "same-origin"
    return page


@require_http_methods(["GET", "POST"])
def shortlist_edit(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Name, purpose and who sees a list."""
    found = get_object_or_404(own_shortlists(viewer=request.user), public_id=public_id)
    names = ("name", "note", "for_team")
    form = ShortlistForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_shortlist(by=request.user, shortlist=found, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The list is saved."))
            return redirect("knowledge:shortlist", public_id)
    link = reverse("knowledge:shortlist_shared", args=[found.token]) if found.token else ""
    context = {"form": form, "shortlist": found, "link": absolute(link) if link else ""}
    return render(
        request,
        "knowledge/finding/shortlist_form.html",
        context,
        status=422 if form.errors else 200,
    )


@require_POST
def shortlist_link(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Make the link by which anybody reads the list, or make it lead nowhere."""
    found = get_object_or_404(own_shortlists(viewer=request.user), public_id=public_id)
    link_shortlist(by=request.user, shortlist=found, shared=request.POST.get("shared") == "yes")
    return redirect("knowledge:shortlist_edit", public_id)


@require_POST
def shortlist_delete(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Forget a list with its notes."""
    found = get_object_or_404(own_shortlists(viewer=request.user), public_id=public_id)
    delete_shortlist(by=request.user, shortlist=found)
    messages.success(request, _("The list is deleted; the organisations stay as they are."))
    return redirect("knowledge:shortlists")


@require_http_methods(["GET", "POST"])
def shortlist_add(request: SignedInRequest) -> HttpResponse:
    """Put the organisations of the address on a list, or on a new one."""
    lists = list(own_shortlists(viewer=request.user))
    chosen = chosen_actors(viewer=request.user, public_ids=_asked(request))
    error = ""
    if request.method == "POST":
        try:
            target = _target(request, lists)
            added = add_to_shortlist(by=request.user, shortlist=target, actors=chosen)
        except DomainError as refused:
            error = str(next(iter(refused.fields.values()), refused.message))
        else:
            text = ngettext(
                "%(count)s organisation is now on the list.",
                "%(count)s organisations are now on the list.",
                added,
            )
            known = _("Everything you chose was on the list already.")
            messages.success(request, text % {"count": added} if added else known)
            return redirect("knowledge:shortlist", target.public_id)
    context = {"lists": lists, "chosen": chosen, "error": error}
    return render(
        request, "knowledge/finding/shortlist_add.html", context, status=422 if error else 200
    )


@require_POST
def shortlist_entry(request: SignedInRequest, public_id: UUID, pk: int) -> HttpResponse:
    """Move an organisation of a list, write a note on it, or take it off."""
    found = get_object_or_404(own_shortlists(viewer=request.user), public_id=public_id)
    entry = get_object_or_404(
        ShortlistEntry.objects.select_related("actor").filter(shortlist=found), pk=pk
    )
    what = request.POST.get("what", "note")
    if what in {"up", "down"}:
        move_entry(by=request.user, shortlist=found, entry=entry, up=what == "up")
    elif what == "remove":
        take_off_shortlist(by=request.user, shortlist=found, entry=entry)
        messages.success(request, _("“%(name)s” is off the list.") % {"name": entry.actor.name})
    else:
        note = request.POST.get("note", "")
        note_entry(by=request.user, shortlist=found, entry=entry, note=note)
        messages.success(request, _("The note is saved."))
    return redirect(f"{reverse('knowledge:shortlist', args=[public_id])}#o{pk}")


def _page(request: HttpRequest, found: Shortlist) -> HttpResponse:
    listed = listed_actors(viewer=request.user, shortlist=found)
    context = {
        "shortlist": found,
        "listed": listed,
        "own": request.user.is_authenticated and found.owner_id == request.user.pk,
        "compared": [one.actor.public_id for one in listed[:COMPARED_AT_MOST]],
    }
    return render(request, "knowledge/finding/shortlist.html", context)


def _asked(request: HttpRequest) -> list[str]:
    return request.POST.getlist("actor") or request.GET.getlist("actor")


def _target(request: SignedInRequest, lists: list[Shortlist]) -> Shortlist:
    chosen = request.POST.get("shortlist", "")
    found = next((one for one in lists if str(one.public_id) == chosen), None)
    return found or create_shortlist(by=request.user, name=request.POST.get("name", ""))
