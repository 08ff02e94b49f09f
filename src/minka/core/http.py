"""HTTP things that every line's pages share."""

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django_htmx.middleware import HtmxDetails

from minka.core.models import StoredFile, User


class SignedInRequest(HttpRequest):
    """A request that LoginRequiredMiddleware let through, with htmx's details."""

    user: User
    htmx: HtmxDetails


def stream_file(stored: StoredFile) -> FileResponse:
    """Return the file as a download; the caller has found it through a viewer-first query."""
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Length"] = str(stored.size_bytes)
    return response


def absolute(path: str) -> str:
    """Return the address of a page as other people can open it."""
    return str(settings.MINKA_BASE_URL) + path
