"""The picture of the map: groups open, a point tells who is there. `make bench` measures it."""

import pytest
from playwright.sync_api import expect

from minka.knowledge.actions.search_index import index_actors
from tests.e2e.walk.hands import until
from tests.factories import ActorFactory

MIDDLE = """() => {
  const { x, y, width, height } = document.querySelector('#map canvas').getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


@pytest.fixture
def neighbours(site):
    """Two so near to each other that they are one disc, and one alone elsewhere."""
    with site.database():
        actors = [
            ActorFactory(name=name, latitude=latitude, longitude=-70.5, location_is_exact=True)
            for name, latitude in (
                ("Vecinas Zunilda Norte", -15.5),
                ("Vecinas Zunilda Sur", -15.504),
                ("Solitaria Zunilda", -12.25),
            )
        ]
        index_actors(actors=[actor.pk for actor in actors])
    return actors


def test_a_group_opens_and_a_point_tells_who_is_there(neighbours, person):
    page = person(viewport={"width": 1280, "height": 900})
    page.goto("/mapa/?q=solitaria+zunilda")
    page.wait_for_selector("#map[data-drawn]")
    page.mouse.click(*page.evaluate(MIDDLE))
    expect(page.locator(".maplibregl-popup")).to_contain_text(neighbours[2].name)
    page.goto("/mapa/?q=vecinas+zunilda")
    page.wait_for_selector("#map[data-drawn]")
    across, down = page.evaluate(MIDDLE)
    popup = page.locator(".maplibregl-popup")
    page.mouse.click(across, down)  # the disc of both opens: no popup, and nearer
    expect(popup).to_have_count(0)

    def is_there() -> bool:
        page.mouse.click(across, down - 24)
        page.wait_for_timeout(
            400
        )  # a click that is one of two would be a double one, and open nothing
        return popup.count() > 0

    until(page, is_there)  # once the map has come nearer, the one in the north
    expect(popup).to_contain_text(neighbours[0].name)
