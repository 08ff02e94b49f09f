"""Everything that Minka serves, and the floor that its pages are measured against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from minka.config.urls import handler400, handler403, handler404, handler500  # noqa: F401 -- Django looks here
from minka.knowledge.models import Actor

FLOOR = engines["django"].from_string(
    "<!doctype html><title>Floor</title><table>"
    "{% for row in rows %}<tr><td>{{ row.pk }}</td><td>{{ row.name }}</td></tr>{% endfor %}</table>"
)


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """The least that a page of 25 rows can be: one query, one loop, no layout."""
    return HttpResponse(FLOOR.render({"rows": Actor.objects.order_by("pk")[:25]}, request))


urlpatterns = [path("floor/", floor, name="floor"), path("", include("minka.config.urls"))]
