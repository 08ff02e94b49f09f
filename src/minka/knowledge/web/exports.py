"""Take organisations along: choose a format, get the file at once or when it is made."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.errors import InvalidInput
from minka.core.http import SignedInRequest, stream_file
from minka.core.throttle import place_of, within_limit
from minka.knowledge.actions.exports import note_export, queue_export
from minka.knowledge.models import Shortlist
from minka.knowledge.queries.directory import directory_counts
from minka.knowledge.queries.exports import own_exports
from minka.knowledge.queries.filter_words import filter_words
from minka.knowledge.queries.portraits import Scope
from minka.knowledge.queries.shortlists import shortlist_by_link, visible_shortlists
from minka.knowledge.sources.exports.making import FORMATS, file_name, stream
from minka.knowledge.states import ExportState
from minka.knowledge.web.filters import address_of, filter_from

PER_PAGE = 25
STRANGER_FILES = 20  # in an hour, from one place
AN_HOUR_S = 3600


@login_not_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """The formats for what the address asks for; the button of one makes the file."""
    scope, total = _asked(request)
    if request.method == "POST":
        return _given(request, scope, total, request.POST.get("format", ""))
    (words,) = filter_words([scope.wanted])
    context = {
        "total": total,
        "words": words,
        "shortlist": scope.shortlist,
        "query": request.GET.urlencode(),
        "address": address_of(scope.wanted),
        "formats": [
            (code, one, total > one.at_once, total <= one.at_most) for code, one in FORMATS.items()
        ],
    }
    return render(request, "knowledge/finding/export.html", context)


@require_GET
def exports(request: SignedInRequest) -> HttpResponse:
    """The files that one had made."""
    found = own_exports(viewer=request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "formats": {code: one.label for code, one in FORMATS.items()}}
    return render(request, "knowledge/finding/exports.html", context)


@require_GET
def export_file(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """How far a file is, and the way to it; asks again by itself while it is being made."""
    found = get_object_or_404(own_exports(viewer=request.user), public_id=public_id)
    context = {
        "export": found,
        "format": FORMATS[found.format],
        "waiting": found.state == ExportState.QUEUED,
    }
    partial = "#state" if "HX-Request" in request.headers else ""
    return render(request, f"knowledge/finding/export_file.html{partial}", context)


@require_GET
def export_download(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The bytes, for whoever asked for them and nobody else."""
    found = get_object_or_404(own_exports(viewer=request.user), public_id=public_id)
    if found.file is None:
        raise Http404
    return stream_file(found.file)


def _asked(request: HttpRequest) -> tuple[Scope, int]:
    wanted = filter_from(request.GET)
    shortlist = _shortlist(request)
    scope = Scope(wanted, shortlist)
    if shortlist is not None:
        return scope, len(scope.ids(viewer=request.user))
    return scope, directory_counts(viewer=request.user, wanted=wanted).total


def _shortlist(request: HttpRequest) -> Shortlist | None:
    """Return the list of the address, found as one's own, the team's, or by its link."""
    name, token = request.GET.get("list", ""), request.GET.get("link", "")
    found: Shortlist | None = None
    if token:
        found = shortlist_by_link(viewer=request.user, token=token)
    elif name:
        found = visible_shortlists(viewer=request.user).filter(public_id=_uuid(name)).first()
    if (name or token) and found is None:
        raise Http404
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _given(request: HttpRequest, scope: Scope, total: int, kind: str) -> HttpResponseBase:
    chosen = FORMATS.get(kind)
    if chosen is None:
        raise Http404
    if total > chosen.at_most:
        raise InvalidInput(_("There are too many organisations for this format; filter first."))
    facts: dict[str, Any] = {
        "kind": kind,
        "address": address_of(scope.wanted),
        "rows": total,
        "shortlist": scope.shortlist,
    }
    user: Any = request.user
    if total > chosen.at_once:
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        queued = queue_export(by=user, **facts)
        messages.success(request, _("The file is being made. We tell you when it is there."))
        return redirect("knowledge:export_file", queued.public_id)
    if not user.is_authenticated:
        place = place_of(request)
        if not within_limit(key=f"export:{place}", most=STRANGER_FILES, seconds=AN_HOUR_S):
            raise InvalidInput(_("Too many files in a short time. Try again in an hour."))
    note_export(by=user if user.is_authenticated else None, **facts)
    return _file(request, scope, kind)


def _file(request: HttpRequest, scope: Scope, kind: str) -> StreamingHttpResponse:
    language = (get_language() or "es")[:2]
    response = StreamingHttpResponse(
        stream(viewer=request.user, scope=scope, kind=kind, language=language),
        content_type=FORMATS[kind].media_type,
    )
    response["Content-Disposition"] = f'attachment; filename="{file_name(kind)}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
