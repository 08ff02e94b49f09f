"""Everything that Minka serves, and the floors that it is measured against."""

import shutil

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from minka.config.urls import handler400, handler403, handler404, handler500  # noqa: F401 -- Django looks here
from minka.core.durable import arriving
from minka.core.models import StoredFile
from minka.knowledge.models import Actor
from minka.methods.sealing.container import Context, seal
from minka.methods.sealing.keys import public_key_of

SOME = Context("call", "proposal", 1, "attachment-1")
SOME_KEY = public_key_of(bytes(range(32)))

FLOOR = engines["django"].from_string(
    "<!doctype html><title>Floor</title><table>"
    "{% for row in rows %}<tr><td>{{ row.pk }}</td><td>{{ row.name }}</td></tr>{% endfor %}</table>"
)


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """The least that a page of 25 rows can be: one query, one loop, no layout."""
    return HttpResponse(FLOOR.render({"rows": Actor.objects.order_by("pk")[:25]}, request))


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """The least that keeping a file can be: it arrives, is on the disk, and has its one row."""
    upload = request.FILES["uploads"]
    kept = StoredFile(
        name="bare", media_type="text/plain", size_bytes=upload.size, uploaded_by=request.user
    )
    with arriving(kept) as target:
        shutil.copyfileobj(upload.file, target, 1 << 20)
    kept.save(force_insert=True)
    return HttpResponse(status=204)


@csrf_exempt
def bare_sealed(request: HttpRequest) -> HttpResponse:
    """The same, sealed to some key on the way: the least that sealing on the server can take."""
    upload = request.FILES["uploads"]
    kept = StoredFile(name="bare", media_type="text/plain", uploaded_by=request.user)
    with arriving(kept) as target:
        written = seal(upload.file, target, context=SOME, name="plano.pdf", public_key=SOME_KEY)
    kept.size_bytes, kept.sha256 = written.size_bytes, written.sha256
    kept.save(force_insert=True)
    return HttpResponse(status=204)


urlpatterns = [
    path("floor/", floor, name="floor"),
    path("bare/", bare, name="bare"),
    path("bare/sealed/", bare_sealed, name="bare_sealed"),
    path("", include("minka.config.urls")),
]
