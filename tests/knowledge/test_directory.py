import struct

import pytest
from django.core.cache import cache
from django.urls import reverse

from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.models import Actor, Identifier, Place
from minka.knowledge.queries.directory import DirectoryFilter, directory, directory_counts
from minka.knowledge.queries.figures import map_figures
from minka.knowledge.queries.points import located_points
from minka.knowledge.queries.suggest import similar_actors, suggest
from tests.factories import ActorFactory, PlaceFactory, ThemeFactory, UserFactory
from tests.knowledge.sheets import RUCS, imported, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def many(count: int) -> None:
    """Put `count` suppliers in three regions on the map, each with a RUC and a source."""
    ThemeFactory()
    regions = [PlaceFactory(latitude=-16.0, longitude=-71.0) for _ in range(3)]
    actors = Actor.objects.bulk_create(
        Actor(
            public_id=f"a{n}", name=f"Minera {n}", name_key=f"minera {n}", kind="supplier",
            search_text=f"minera {n}", region=regions[n % 3], place=regions[n % 3], country="PE",
            latitude=-16.0, longitude=-71.0,
        )
        for n in range(count)
    )  # fmt: skip
    Identifier.objects.bulk_create(
        Identifier(actor=one, scheme="pe.ruc", value=f"{one.pk:011d}") for one in actors
    )
    index_actors(actors=[one.pk for one in actors])


@pytest.mark.parametrize("count", [25, 3200])
@pytest.mark.parametrize("query", ["", "?q=minera&kind=supplier&sort=recent"])
def test_the_directory_costs_the_same_for_25_or_3200(
    client, count, query, django_assert_num_queries
):
    many(count)
    url = reverse("knowledge:directory") + query
    most = (
        29 if "q=" in query else 21
    )  # version, 18 to read the map once; rows, their numbers; words
    with django_assert_num_queries(most, exact=False):
        page = client.get(url).content.decode()
    assert page.count('class="row"') == 25
    with django_assert_num_queries(1):  # has anything changed?
        assert client.get(url).content.decode().count('class="row"') == 25
    with django_assert_num_queries(3):  # another facet: that, the rows and their numbers
        client.get(reverse("knowledge:directory") + "?country=PE&located=yes")


@pytest.mark.parametrize("count", [25, 3200])
def test_the_map_costs_the_same_for_25_or_3200(client, count, django_assert_num_queries):
    many(count)
    with django_assert_num_queries(20):  # 16 of them read the map into memory
        client.get(reverse("knowledge:map"))
    for query in ("", "?kind=supplier"):
        with django_assert_num_queries(4):
            client.get(reverse("knowledge:map") + query)
    with django_assert_num_queries(1):
        client.get(reverse("knowledge:map_points"))


def test_all_words_have_to_occur_and_accents_do_not_matter():
    found = ActorFactory(name="Tecnología Ñandú", description="Arequipa 20100010721")
    ActorFactory(name="Tecnología del Norte")

    def names(words):
        return [one.name for one in directory(viewer=None, wanted=DirectoryFilter(words=words))]

    assert (
        names("NANDU  tecnologia")
        == names("arequipa ñandú")
        == names("20100010721")
        == [found.name]
    )
    assert sorted(names("tecnologia")) == ["Tecnología del Norte", "Tecnología Ñandú"]
    assert names("tecnologia %") == names("tecnologia")


def test_values_of_a_facet_widen_facets_narrow_and_counts_answer_what_if(team, places):
    imported(by=team, content=rows(5), source="Uno")
    imported(
        by=team,
        content="razon social,departamento,tipo\nCentro X,PUNO,universidad\n",
        source="Dos",
        tipo="kind",
    )
    ActorFactory(kind="university", country="CL")
    arequipa, puno = (
        Place.objects.get(level="department", name=name).pk for name in ("Arequipa", "Puno")
    )
    wanted = DirectoryFilter(kinds=("university",), regions=(arequipa, puno))
    assert [one.name for one in directory(viewer=None, wanted=wanted)] == ["Centro X"]
    counts = directory_counts(viewer=None, wanted=wanted)
    assert (counts.total, dict(counts.kinds)) == (1, {"supplier": 5, "university": 1})
    assert counts.regions == [(puno, "Puno", 1)]
    both = directory_counts(viewer=None, wanted=DirectoryFilter(kinds=("university",)))
    assert (dict(both.countries), both.located, both.unlocated) == ({"PE": 1, "CL": 1}, 1, 1)
    (source,) = [pk for pk, name, _n in both.sources if name == "Dos"]
    of_source = DirectoryFilter(sources=(source,), located=("yes",))
    assert [one.name for one in directory(viewer=None, wanted=of_source)] == ["Centro X"]


def test_a_theme_brings_what_is_under_it_and_a_section_all_its_classes(client):
    broad = ThemeFactory(slug="extraccion", label_es="extracción", label_en="extraction")
    pit = ThemeFactory(slug="tajo", label_es="tajo", label_en="pit", broader=broad)
    below = ThemeFactory(slug="talud", label_es="talud", label_en="slope", broader=pit)
    water = ThemeFactory(slug="agua", label_es="agua", label_en="water")
    one, two, dry = (ActorFactory(name=name) for name in ("Uno", "Dos", "Seco"))
    one.themes.add(broad, below)
    two.themes.add(below, water)
    for actor, code in ((one, "0729"), (one, "07"), (two, "B"), (dry, "2824")):
        actor.activities.create(code=code)

    def names(**wanted):
        found = directory(viewer=None, wanted=DirectoryFilter(**wanted))
        return sorted(actor.name for actor in found)

    assert names(themes=("extraccion",)) == ["Dos", "Uno"]
    assert names(themes=("agua",)) == ["Dos"] and names(themes=("nada",)) == []
    assert names(sections=("B",)) == ["Dos", "Uno"] and names(sections=("C",)) == ["Seco"]
    counts = directory_counts(viewer=None, wanted=DirectoryFilter())
    assert {theme.slug: count for theme, count in counts.themes} == {
        "extraccion": 2, "tajo": 2, "agua": 1,
    }  # fmt: skip
    assert counts.sections == [("B", 2), ("C", 1)]
    chosen = directory_counts(viewer=None, wanted=DirectoryFilter(themes=("tajo",)))
    assert chosen.total == 2 and ("talud", 2) in [(one.slug, n) for one, n in chosen.themes]
    text = client.get(reverse("knowledge:directory") + "?theme=extraccion&activity=B").content
    assert b"Uno" in text and b"Seco" not in text
    assert b"Seco" in client.get(reverse("knowledge:directory") + "?theme=&activity=evil").content


def test_counts_are_fresh_as_soon_as_an_actor_changes():
    actor = ActorFactory()
    assert directory_counts(viewer=None, wanted=DirectoryFilter()).total == 1
    assert map_figures(viewer=None).actors == 1
    ActorFactory()
    assert map_figures(viewer=None).actors == 2
    actor.kind = "fund"
    actor.save()
    assert ("fund", 1) in directory_counts(viewer=None, wanted=DirectoryFilter()).kinds


def test_what_makes_no_sense_in_an_address_is_left_out(client):
    ActorFactory(name="La única")
    for query in (
        "?kind=x&region=abc&source=99999999999999&country=PERU&located=maybe&sort=evil&page=zzz",
        "?page=-4",
        "?page=99",
    ):
        answer = client.get(reverse("knowledge:directory") + query)
        assert answer.status_code == 200
        assert "La única" in answer.content.decode()


def test_htmx_gets_the_list_and_the_facets_alone(client):
    ActorFactory(name="La única")
    part = client.get(
        reverse("knowledge:directory"), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part
    assert 'id="results"' in part and 'id="facets"' in part and "hx-swap-oob" in part
    assert "hx-swap-oob" not in client.get(reverse("knowledge:directory")).content.decode()


def test_an_empty_directory_offers_the_next_step_to_the_team_alone(client, team):
    url, door = reverse("knowledge:directory"), reverse("knowledge:import_new")
    assert door not in client.get(url).content.decode()
    client.force_login(team)
    assert f'class="button primary" href="{door}"' in client.get(url).content.decode()


def test_the_points_are_packed_as_the_map_reads_them_and_asked_again_are_unchanged(client):
    ActorFactory(latitude=None)
    one = ActorFactory(kind="university", latitude=-16.5, longitude=-71.25, location_is_exact=True)
    two = ActorFactory(
        kind="mining_company", latitude=-12.0, longitude=-77.0, location_is_exact=True
    )
    answer = client.get(reverse("knowledge:map_points"))
    data = answer.content
    assert struct.unpack_from("<I", data) == (2,)
    assert struct.unpack_from("<4f", data, 4) == (-71.25, -16.5, -77.0, -12.0)
    assert tuple(data[20:24]) == (2, 0, 0, 0)
    assert struct.unpack_from("<2I", data, 24) == (one.pk, two.pk)
    again = client.get(reverse("knowledge:map_points"), headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    narrowed = client.get(reverse("knowledge:map_points") + "?kind=university")
    assert struct.unpack_from("<I", narrowed.content) == (1,)
    assert narrowed["ETag"] != answer["ETag"]


def test_actors_of_one_place_are_drawn_around_it_not_upon_each_other():
    for _ in range(50):
        ActorFactory(latitude=-16.4, longitude=-71.5)
    points = located_points(viewer=None, wanted=DirectoryFilter())
    assert len({(p.latitude, p.longitude) for p in points}) == 50
    assert all(abs(p.latitude + 16.4) < 0.02 and abs(p.longitude + 71.5) < 0.02 for p in points)
    assert points == located_points(viewer=None, wanted=DirectoryFilter())


def test_names_that_begin_so_are_suggested_first():
    ActorFactory(name="Servicios Aceros SAC")
    ActorFactory(name="Aceros Arequipa SA")
    assert [hit.title for hit in suggest(viewer=None, text="ACÉR")] == [
        "Aceros Arequipa SA",
        "Servicios Aceros SAC",
    ]
    assert suggest(viewer=None, text="a") == suggest(viewer=None, text="  ") == []


def test_similar_names_are_found_through_their_telling_words():
    twin = ActorFactory(name="Metalmecánica Andahuasi S.A.C.")
    ActorFactory(name="Servicios Generales S.A.C.")
    assert similar_actors(viewer=None, name="ANDAHUASI METALMECANICA SAC") == [twin]
    assert similar_actors(viewer=None, name="S.A.C.") == []


def test_the_api_lists_and_reads_for_those_who_signed_in(client, team, places):
    imported(by=team, content=rows(3))
    assert client.get("/api/knowledge/actors").status_code == 401
    client.force_login(UserFactory())
    listed = client.get("/api/knowledge/actors?q=andinos&kind=supplier").json()
    assert (listed["total"], listed["page"], listed["pages"]) == (3, 1, 1)
    actor = Identifier.objects.get(value=RUCS[0]).actor
    read = client.get(f"/api/knowledge/actors/{actor.public_id}").json()
    assert (read["name"], read["where"]["region"], read["sources"]) == (
        actor.name,
        "Arequipa",
        ["Padrón"],
    )
    assert {"scheme": "pe.ruc", "value": RUCS[0], "withheld": False} in read["identifiers"]
    assert client.get("/api/knowledge/actors/nadie").status_code == 404
    assert client.get("/api/knowledge/actors?kind=x").status_code == 422
