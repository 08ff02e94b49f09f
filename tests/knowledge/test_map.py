"""The map as its readers get it: the same figures as points, hexagons, colours, picture and table."""

import re
import struct

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from minka.core.static import BUILT
from minka.knowledge.actions.map_boundaries import publish_boundaries
from minka.knowledge.models import Actor
from minka.knowledge.queries.density import density, shading
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.map_look import look_from
from minka.knowledge.queries.points import located_points
from minka.knowledge.sources.map_files import upload_boundaries, upload_layer
from minka.knowledge.sources.map_picture import colors, map_svg
from minka.knowledge.states import ActorKind
from tests.architecture.tree import ROOT
from tests.factories import ActorFactory, PlaceFactory, UserFactory
from tests.knowledge.map_ground import geojson, region, square, thing

pytestmark = pytest.mark.django_db
ANY = DirectoryFilter()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def look(address=""):
    return look_from(QueryDict(address))


@pytest.fixture
def country():
    """Two regions, one with a province; five organisations; a hidden one that must not count."""
    puno, tacna = region("Puno", "21"), region("Tacna", "23")
    lampa = PlaceFactory(
        name="Lampa", name_key="lampa", level="province", parent=puno, inei_code="2107",
        latitude=-15.36, longitude=-70.36,
    )  # fmt: skip
    PlaceFactory(name="Moho", name_key="moho", level="province", parent=puno, inei_code="2109")
    staff = UserFactory(is_staff=True)
    shapes = upload_boundaries(
        by=staff,
        upload=geojson(square(-71, -16, 2, n="Puno"), square(-71, -18.5, n="Tacna")),
        country="PE",
        level="department",
        source="INEI <2023>",
    )
    publish_boundaries(by=staff, boundary_set=shapes)
    told = {"name_es": "Puertos", "name_en": "Ports", "category": "port", "source": "APN"}
    upload_layer(by=staff, upload=geojson(thing("Point", [-70.5, -15.5], name="Puno")), told=told)
    at = {"latitude": -15.36, "longitude": -70.36, "country": "PE", "region": puno}
    for _ in range(3):
        ActorFactory(place=lampa, **at)
    ActorFactory(place=puno, kind="mining_company", **at)
    ActorFactory(place=tacna, region=tacna, country="PE")  # without a position
    survivor = ActorFactory(name="Sin lugar")
    ActorFactory(place=lampa, state="merged", merged_into=survivor, **at)
    return {"puno": puno, "tacna": tacna, "lampa": lampa, "shapes": shapes}


def test_colours_count_everybody_by_region_and_say_who_has_none(country):
    found = shading(viewer=None, wanted=ANY, level="department")
    assert [(one.name, one.count) for one in found.areas] == [("Puno", 4), ("Tacna", 1)]
    assert found.elsewhere == 1
    provinces = shading(viewer=None, wanted=ANY, level="province")
    assert [(one.name, one.within, one.count, one.shade) for one in provinces.areas] == [
        ("Lampa", "Puno", 3, 0), ("Moho", "Puno", 0, None),
    ]  # fmt: skip
    assert provinces.elsewhere == 3


def test_every_view_follows_the_filter_of_the_directory(country, client):
    miners = DirectoryFilter(kinds=("mining_company",))
    assert shading(viewer=None, wanted=miners, level="department").areas[0].count == 1
    assert sum(c.hexagon.count for c in density(viewer=None, wanted=miners, size_km=5).cells) == 1
    assert len(located_points(viewer=None, wanted=miners)) == 1
    query = "?kind=mining_company"
    hexed = client.get(reverse("knowledge:map_hexagons") + query).json()
    assert [one["properties"]["count"] for one in hexed["features"]] == [1]
    areas = client.get(reverse("knowledge:map_areas", args=["department"]) + query).json()
    assert areas["areas"] == {str(country["puno"].pk): [1, 0]}
    listed = client.get(reverse("knowledge:map_list") + query).content.decode()
    assert listed.count("data-map-row") == 1


def test_the_list_beside_the_map_has_who_is_in_the_visible_part(country, client):
    everybody = client.get(reverse("knowledge:map_list") + "?box=-71,-16,-70,-15").content.decode()
    assert everybody.count("data-map-row") == 4
    nobody = client.get(reverse("knowledge:map_list") + "?box=-60,-16,-59,-15").content.decode()
    assert nobody.count("data-map-row") == 0
    beyond = client.get(reverse("knowledge:map_list") + "?box=170,-16,-70,-15").content.decode()
    assert beyond.count("data-map-row") == 4  # over the date line


def test_hexagons_name_the_place_nearest_to_them(country):
    (cell,) = density(viewer=None, wanted=ANY, size_km=5).cells
    assert (cell.hexagon.count, cell.near) == (4, "Lampa")


def test_the_feed_holds_points_kinds_and_keys_and_is_not_sent_twice(country, client):
    answer = client.get(reverse("knowledge:map_points"))
    (count,) = struct.unpack_from("<I", answer.content)
    assert count == 4
    lonlat = struct.unpack_from("<8f", answer.content, 4)
    kinds = answer.content[4 + 32 : 4 + 32 + 4]
    keys = struct.unpack_from("<4I", answer.content, 40)
    points = located_points(viewer=None, wanted=ANY)
    assert list(keys) == [one.pk for one in points]
    assert [ActorKind.values[kind] for kind in kinds] == [one.kind for one in points]
    assert lonlat == pytest.approx([v for one in points for v in (one.longitude, one.latitude)])
    assert len({(one.longitude, one.latitude) for one in points}) == 4  # spread like seeds
    again = client.get(reverse("knowledge:map_points"), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    Actor.objects.filter(pk=keys[0]).first().save()
    changed = client.get(reverse("knowledge:map_points"), headers={"If-None-Match": answer["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize("view", ["points", "hexagons", "department", "province"])
def test_the_page_has_the_same_as_a_table(view, country, client):
    page = client.get(reverse("knowledge:map") + f"?view={view}&lang=es").content.decode()
    table = re.search(r'<table class="data">(.*?)</table>', page, re.DOTALL).group(1)
    if view != "province":  # has no boundaries, so that nobody is offered it, but it can be asked
        assert {"points": "Puno", "hexagons": "Lampa", "department": "Puno"}[view] in table
    assert "<noscript>" in page and "imagen.png" in page
    assert "INEI &lt;2023&gt;" in page  # the source of what is drawn


def test_an_address_that_makes_no_sense_is_left_out():
    assert look("view=%00&cell=3&layer=x&layer=99999999999&at=1,2&limits=city") == look(
        "layer=0&limits=0"
    )
    assert look("at=nan,0,3").at is None and look("at=200,0,3").at is None
    said = "view=hexagons&cell=50&layer=0&layer=7&limits=0&limits=province&at=-71.5000%2C-16.4000%2C6.50"
    assert look(said).address == said
    assert look().shows_layer(3) and not look("layer=0").shows_layer(3)
    assert look().shows_limits("department") and not look("limits=0").shows_limits("department")


def test_the_map_can_stand_in_another_page_without_cookies(country, client):
    page = reverse("knowledge:map_embedded")
    answer = client.get(page + "?idioma=en&view=department")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    body = answer.content.decode()
    assert "open the whole map" in body and "csrf" not in body and reverse("knowledge:map") in body
    assert "abrir el mapa completo" in client.get(page + "?idioma=es").content.decode()
    for closed in (reverse("knowledge:map"), reverse("knowledge:directory")):
        assert "frame-ancestors 'none'" in client.get(closed)["Content-Security-Policy"]
        assert client.get(closed)["X-Frame-Options"] == "DENY"


def test_staff_in_a_frame_see_what_everybody_sees(country, client):
    from minka.knowledge.actions.map_layers import switch_layer
    from minka.knowledge.models import MapLayer

    staff = UserFactory(is_staff=True)
    switch_layer(by=staff, layer=MapLayer.objects.get(), on=False)
    client.force_login(staff)
    assert "Puertos" not in client.get(reverse("knowledge:map_embedded")).content.decode()


@pytest.mark.parametrize("view", ["points", "hexagons", "department"])
def test_a_still_picture_shows_the_same_in_both_languages(view, country):
    chosen = look(f"view={view}")
    with translation.override("en"):
        svg = map_svg(viewer=None, wanted=ANY, look=chosen)
    assert ">Ports<" in svg and "4 organisations with a position" in svg
    assert "INEI &lt;2023&gt;" in svg and "Natural Earth" in svg
    assert ">4</text>" in svg  # the cluster; the class
    with translation.override("es"):
        svg = map_svg(viewer=None, wanted=ANY, look=chosen)
    assert ">Puertos<" in svg and "organizaciones" in svg


@pytest.mark.skipif(not (BUILT / "documents").exists(), reason="the front end was not built")
def test_the_picture_is_a_png_and_nobody_gets_too_many(country, client):
    answer = client.get(reverse("knowledge:map_picture") + "?view=hexagons")
    assert answer["Content-Type"] == "image/png" and answer.content.startswith(b"\x89PNG")
    assert struct.unpack(">II", answer.content[16:24]) == (1200, 800)
    codes = [
        client.get(reverse("knowledge:map_picture") + f"?at=-70,-1{n % 8},5.{n}").status_code
        for n in range(21)
    ]
    assert codes[-1] == 429 and set(codes) == {200, 429}


def test_still_pictures_have_the_colours_of_the_page():
    tokens = (ROOT / "frontend/src/styles/tokens.css").read_text()

    def light(name):
        return re.search(rf"--{name}: (?:light-dark\()?(#[0-9a-f]+)", tokens).group(1)

    names = {
        "sunken": colors.SEA, "edge": colors.BORDER, "ink": colors.INK, "muted": colors.MUTED,
        "paper": colors.PAPER, "copper": colors.CLUSTER,
        **{f"series-{n}": color for n, color in enumerate(colors.SERIES, 1)},
        **{f"shade-{n}": color for n, color in enumerate(colors.SHADES, 1)},
        **{f"mark-{name}": color for name, color in colors.LAYERS.items()},
    }  # fmt: skip
    assert {name: light(name) for name in names} == names


@pytest.mark.parametrize("count", [1, 300])
def test_what_the_map_asks_of_the_database_does_not_grow(
    count, country, client, django_assert_num_queries
):
    Actor.objects.bulk_create(
        Actor(
            public_id=f"m{n}", name=f"M {n}", name_key=f"m {n}", kind="supplier",
            region=country["puno"], place=country["lampa"], latitude=-15.0, longitude=-70.0,
        )
        for n in range(count)
    )  # fmt: skip
    client.get(reverse("knowledge:map_points"))  # reads the map into memory, once
    for name, query, statements in (
        ("map_list", "", 2),
        ("map_hexagons", "", 2),
        ("map_points", "", 1),
        ("map_names", "", 2),
    ):
        cache.clear()
        with django_assert_num_queries(statements):
            client.get(reverse(f"knowledge:{name}") + query)
    cache.clear()
    with django_assert_num_queries(4):
        client.get(reverse("knowledge:map_areas", args=["province"]))
