"""Pages against the floor: a bare view of 25 rows, on the same server, in the same minutes.

The pages are asked for in interleaved rounds, so that whatever else the machine does falls on all
of them alike, and compared by their medians.
"""

from collections.abc import Callable, Container
from functools import partial
from http.client import HTTPConnection
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from tests.bench.figures import Figures
from tests.e2e.site import Site, new_session

ROUNDS = 60
WARM_UP = 10
AT_MOST_TIMES = 3.0
BOUNDED = {"directory", "challenges"}


def measure_pages(site: Site, figures: Figures) -> None:
    """Add the median time of every page and its ratio to the floor's."""
    from minka.core.models import User
    from minka.knowledge.models import Actor

    viewer = User.objects.filter(is_staff=True).order_by("pk")[0]
    cookie = f"{settings.SESSION_COOKIE_NAME}={new_session(viewer)}"
    pages = {
        "floor": "/floor/",
        "directory": reverse("knowledge:directory"),
        "actor": Actor.objects.order_by("pk")[0].get_absolute_url(),
        "challenges": reverse("innovation:challenges"),
        # another page every time: nothing of its list has been drawn before
        "directory_undrawn": reverse("knowledge:directory") + "?page={number}",
    }
    figures.add("pages.actors", Actor.objects.count())
    asked = {name: partial(_numbered, text) for name, text in pages.items()}
    medians = medians_of(site.url, asked, cookie)
    for name, seconds in medians.items():
        figures.add(f"pages.{name}.median_ms", seconds * 1000)
    for name in ("directory", "directory_undrawn", "actor", "challenges"):
        bound = AT_MOST_TIMES if name in BOUNDED else None
        figures.add(f"pages.{name}.times_floor", medians[name] / medians["floor"], at_most=bound)


def _numbered(text: str, number: int) -> str:
    return text.format(number=number)


def medians_of(
    url: str, pages: dict[str, Callable[[int], str]], cookie: str, *, by_htmx: Container[str] = ()
) -> dict[str, float]:
    """Return the median seconds of pages that are asked for in turn; each says its n-th address."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    times: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(WARM_UP + ROUNDS):
        for name, address in pages.items():
            headers = {"Cookie": cookie, "Accept-Language": "es"}
            if name in by_htmx:
                headers["HX-Request"] = "true"
            begin = perf_counter()
            connection.request("GET", address(number + 1), headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken = perf_counter() - begin
            if answer.status != 200:
                raise RuntimeError(f"{name} ({address(number + 1)}) answers {answer.status}")
            if number >= WARM_UP:
                times[name].append(taken)
    connection.close()
    return {name: median(taken) for name, taken in times.items()}
