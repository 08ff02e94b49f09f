"""100,000 organisations: pages against the floor, and the map; `python -m tests.bench.crowded`.

Every question is one that nobody has asked before: what is kept from one to the next does not
count.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path

from django.conf import settings

from tests.bench.figures import Figures
from tests.bench.floor import AT_MOST_TIMES, medians_of
from tests.bench.map import measure_map
from tests.e2e.site import Site, new_session, running_site

COUNT = int(os.environ.get("MINKA_BENCH_ACTORS", "100000"))
PLACE = "pages.hundred_thousand"
KINDS = ("supplier", "university", "mining_company", "research_centre", "chamber", "fund")
BANDS = ("micro", "small", "medium", "large")
WORDS = ("bombas", "soldadura", "relaves", "transporte", "laboratorio", "voladura", "chancado")
PAGES = {
    "floor": "/floor/",
    "first_page": "/directorio/",
    "page_500": "/directorio/?page={far}",
    "facet": "/directorio/?region={region}&kind={kind}&source=1&source=2",
    "three_facets": "/directorio/?region={region}&kind={kind}&size={band}&verified=no",
    "search": "/directorio/?q={word}+{n}",
    "search_and_facets": "/directorio/?q={word}&region={region}&kind={kind}&size={band}",
}


@contextmanager
def crowded_site() -> Iterator[Site]:
    """Run a site on SQLite that holds the crowd and nobody else."""
    with (
        tempfile.TemporaryDirectory(prefix="minka-crowd-") as name,
        running_site(Path(name), settings_module="tests.bench.crowd_settings", server="") as site,
        site.database(),
    ):
        from minka.knowledge.actions.search_index import rebuild_index
        from tests.bench.crowd import many_actors

        many_actors(COUNT)
        rebuild_index()
        yield site


def measure_crowded(site: Site, figures: Figures) -> None:
    """Add how long pages, facet changes and searches take."""
    from minka.core.models import User
    from minka.knowledge.models import Actor, Place

    staff, _new = User.objects.get_or_create(
        email="bench@minka.example", defaults={"full_name": "Bench", "is_staff": True}
    )
    cookies = {"": "", "team.": f"{settings.SESSION_COOKIE_NAME}={new_session(staff)}"}
    regions = Place.objects.filter(level="department").order_by("pk").values_list("pk", flat=True)
    chosen = list(product(BANDS, KINDS, regions))
    figures.add(f"{PLACE}.actors", Actor.objects.count())
    asked = {name: partial(_address, text, chosen) for name, text in PAGES.items()}
    for who, cookie in cookies.items():  # whoever works there has a rail with counts besides
        medians = medians_of(site.url, asked, cookie, by_htmx={"facet"})
        for name, seconds in medians.items():
            figures.add(f"{PLACE}.{who}{name}.median_ms", seconds * 1000)
        for name in list(PAGES)[1:]:
            times = medians[name] / medians["floor"]
            figures.add(f"{PLACE}.{who}{name}.times_floor", times, at_most=AT_MOST_TIMES)


def _address(text: str, chosen: list[tuple[str, str, int]], number: int) -> str:
    band, kind, region = chosen[number * 7 % len(chosen)]
    word = WORDS[number % len(WORDS)]
    return text.format(n=number, far=500 + number, band=band, kind=kind, region=region, word=word)


def main() -> None:
    """Measure alone."""
    os.environ.pop("MINKA_DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.crowd_settings")
    import django

    django.setup()
    figures = Figures()
    with crowded_site() as site:
        measure_crowded(site, figures)
        measure_map(site, figures)
    figures.show()


if __name__ == "__main__":
    main()
