from datetime import timedelta
from random import Random

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from minka.knowledge.actions.search_index import forget_actors, index_actors
from minka.knowledge.models import Actor
from minka.knowledge.queries.directory import (
    Box,
    DirectoryFilter,
    directory,
    directory_counts,
    directory_version,
    selection,
)
from minka.knowledge.queries.filter_address import AGES, YES_NO, address_of, filter_at
from minka.knowledge.queries.filter_words import filter_words
from minka.knowledge.states import ActorKind, SizeBand
from tests.factories import ActorFactory, PlaceFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def names(**wanted):
    found = directory(viewer=None, wanted=DirectoryFilter(**wanted))
    return sorted(actor.name for actor in found)


def some(values, most=3):
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(
        lambda chosen: tuple(sorted(chosen))
    )


@given(
    st.builds(
        DirectoryFilter,
        words=st.text(max_size=40).map(str.strip),
        kinds=some(ActorKind.values),
        regions=some(range(1, 9)),
        places=some(range(1, 9)),
        countries=some(["PE", "CL", "AU"]),
        sources=some(range(1, 9)),
        themes=some(["agua", "relaves"]),
        sections=some(["B", "0729", "28"]),
        sizes=some(SizeBand.values),
        trl=st.integers(0, 9),
        certifications=some(["ISO 9001", "B & C=D", "Ñ, +%"]),
        verified=some(YES_NO),
        claimed=some(YES_NO),
        fresh=some(AGES),
        located=some(YES_NO),
        box=st.none() | st.just(Box(-72.5, -17.25, -70.0, -15.12345)),
        sort=st.sampled_from(["best", "name", "recent"]),
    )
)
def test_an_address_says_all_of_a_filter_and_is_read_back(wanted):
    assert filter_at(address_of(wanted)) == wanted
    assert address_of(filter_at(address_of(wanted))) == address_of(wanted)


def test_what_makes_no_sense_is_left_out_of_a_filter():
    for address in (
        "box=1,2,3", "box=a,b,c,d", "box=0,5,1,-5", "box=0,0,nan,1", "box=-500,0,1,1", "trl=0",
        "trl=99", "size=huge", "fresh=soon", "activity=ZZ", "verified=maybe", "place=-3&sort=x",
    ):  # fmt: skip
        assert filter_at(address) == DirectoryFilter(), address


def test_a_province_brings_its_districts_and_is_offered_with_its_region():
    region = PlaceFactory(name="Arequipa")
    islay = PlaceFactory(name="Islay", level="province", parent=region)
    mollendo = PlaceFactory(name="Mollendo", level="district", parent=islay)
    elsewhere = PlaceFactory(name="Camaná", level="province", parent=region)
    for name, place in (("Uno", mollendo), ("Dos", islay), ("Tres", elsewhere), ("Región", region)):
        ActorFactory(name=name, place=place, region=region)
    assert names(places=(islay.pk,)) == ["Dos", "Uno"] and names(places=(mollendo.pk,)) == ["Uno"]
    assert directory_counts(viewer=None, wanted=DirectoryFilter()).places == []
    counts = directory_counts(viewer=None, wanted=DirectoryFilter(regions=(region.pk,)))
    assert {(one.name, one.actors) for one in counts.places} == {("Islay", 2), ("Camaná", 1)}
    deeper = directory_counts(viewer=None, wanted=DirectoryFilter(places=(islay.pk,)))
    assert {(one.name, one.within, one.actors) for one in deeper.places} == {
        ("Islay", "", 2), ("Mollendo", "Islay", 1), ("Camaná", "", 1),
    }  # fmt: skip


def test_readiness_is_that_of_the_chosen_theme_and_of_what_is_under_it():
    water = ThemeFactory(slug="agua")
    reuse = ThemeFactory(slug="reuso", broader=water)
    dust = ThemeFactory(slug="polvo")
    far, near, other = (ActorFactory(name=name) for name in ("Lejos", "Cerca", "Otra"))
    far.capabilities.create(theme=reuse, trl=8)
    near.capabilities.create(theme=water, trl=3)
    other.capabilities.create(theme=dust, trl=9)
    assert names(trl=3) == ["Cerca", "Lejos", "Otra"] and names(trl=9) == ["Otra"]
    assert names(themes=("agua",), trl=5) == ["Lejos"] and names(themes=("polvo",), trl=9) == [
        "Otra"
    ]
    counts = directory_counts(viewer=None, wanted=DirectoryFilter(themes=("agua",)))
    assert counts.readiness == [(3, 2), (5, 1), (7, 1)]
    ready = directory_counts(viewer=None, wanted=DirectoryFilter(trl=7))
    assert {theme.slug: count for theme, count in ready.themes} == {
        "agua": 1, "reuso": 1, "polvo": 1,
    }  # fmt: skip


def test_trust_facets_and_certifications_that_ran_out_do_not_count():
    now = timezone.now()
    fresh = ActorFactory(name="Fresca", confirmed_at=now, verified_at=now, size_band="small")
    ActorFactory(name="Del año", confirmed_at=now - timedelta(days=300))
    ActorFactory(name="Vieja", confirmed_at=now - timedelta(days=900), size_band="large")
    never = ActorFactory(name="Nunca")
    fresh.certifications.create(name="ISO 9001")
    never.certifications.create(
        name="ISO 9001", expires_on=timezone.localdate() - timedelta(days=1)
    )
    assert names(fresh=("6",)) == ["Fresca"] and names(fresh=("12",)) == ["Del año", "Fresca"]
    assert names(fresh=("older", "never")) == ["Nunca", "Vieja"]
    assert names(verified=("yes",)) == ["Fresca"] and len(names(verified=("yes", "no"))) == 4
    assert names(certifications=("ISO 9001",)) == ["Fresca"] and names(sizes=("large",)) == [
        "Vieja"
    ]
    counts = directory_counts(viewer=None, wanted=DirectoryFilter(fresh=("never",)))
    assert counts.fresh == [("6", 1), ("12", 2), ("older", 1), ("never", 1)]
    assert (counts.total, counts.verified, counts.claimed) == (1, (0, 1), (0, 1))
    assert counts.certifications == [] and counts.sizes == []


def test_a_box_of_the_map_may_cross_the_date_line():
    ActorFactory(name="Ilo", latitude=-17.6, longitude=-71.3)
    ActorFactory(name="Suva", latitude=-18.1, longitude=178.4)
    ActorFactory(name="Sin lugar")
    assert names(box=Box(-72, -18, -71, -17)) == ["Ilo"]
    assert names(box=Box(170, -20, -70, -10)) == ["Ilo", "Suva"]


def test_every_count_is_what_one_finds_after_ticking_it():
    region = PlaceFactory(name="Puno")
    for number in range(12):
        actor = ActorFactory(
            kind=["supplier", "fund"][number % 2], size_band=["", "small", "large"][number % 3],
            region=region if number % 4 else None, country="PE" if number % 5 else "CL",
        )  # fmt: skip
        actor.activities.create(code="07" if number % 3 else "2824")
    wanted = DirectoryFilter(kinds=("supplier",), sizes=("small",))
    counts = directory_counts(viewer=None, wanted=wanted)
    for size, count in counts.sizes:
        assert len(names(kinds=("supplier",), sizes=(size,))) == count
    for kind, count in counts.kinds:
        assert len(names(kinds=(kind,), sizes=("small",))) == count
    for code, count in counts.sections:
        assert len(names(kinds=("supplier",), sizes=("small",), sections=(code,))) == count


def test_memory_and_database_agree_on_who_fits_and_in_which_order():
    water, reuse = ThemeFactory(slug="agua"), ThemeFactory(slug="reuso")
    reuse.broader = water
    reuse.save()
    region = PlaceFactory(name="Puno")
    islay = PlaceFactory(name="Islay", level="province", parent=region)
    now = timezone.now()
    for number in range(30):
        actor = ActorFactory(
            name=f"Actor {number * 7 % 30:02d}", kind=ActorKind.values[number % 3],
            size_band=["", "small", "large"][number % 3], country="PE" if number % 5 else "CL",
            region=region if number % 4 else None, place=islay if number % 3 else None,
            latitude=-16 - number / 10 if number % 2 else None,
            longitude=-71 if number % 2 else None,
            verified_at=now if number % 6 else None,
            confirmed_at=now - timedelta(days=80 * number) if number % 7 else None,
        )  # fmt: skip
        actor.activities.create(code=("07", "2824", "B")[number % 3])
        actor.themes.add((water, reuse)[number % 2])
        actor.capabilities.create(theme=(reuse, water)[number % 2], trl=1 + number % 9)
        actor.certifications.create(name=("ISO 9001", "ISO 14001")[number % 2])
    chance = Random(4)
    asked = {
        "kinds": ActorKind.values[:4], "sizes": ["small", "large", "micro"],
        "countries": ["PE", "CL", "AU"], "regions": [region.pk, 999], "places": [islay.pk],
        "themes": ["agua", "reuso", "nada"], "sections": ["B", "07", "2824", "Z"],
        "certifications": ["ISO 9001", "no"], "located": YES_NO, "verified": YES_NO,
        "claimed": YES_NO, "fresh": AGES,
    }  # fmt: skip
    for _time in range(150):
        chosen = {
            name: tuple(chance.sample(values, chance.randint(1, len(values))))
            for name, values in asked.items()
            if chance.random() < 0.2
        }
        wanted = DirectoryFilter(
            **chosen,
            trl=chance.choice([0, 0, 0, 4, 9]),
            box=chance.choice([None, None, Box(-72, -17.5, -70, -16)]),
            sort=chance.choice(["best", "name", "recent"]),
        )
        found = list(directory(viewer=None, wanted=wanted).values_list("pk", flat=True))
        assert selection(viewer=None, wanted=wanted).keys.tolist() == found, wanted
        assert directory_counts(viewer=None, wanted=wanted).total == len(found)


def test_a_chosen_value_stays_in_its_facet_when_nothing_is_left_of_it(client):
    empty = PlaceFactory(name="Moquegua")
    ActorFactory(name="Otra")
    page = client.get(reverse("knowledge:directory") + f"?region={empty.pk}&box=-72,-18,-71,-17")
    text = page.content.decode()
    assert f'name="region" value="{empty.pk}" checked' in text
    assert 'type="hidden" name="box" value="-72.0,-18.0,-71.0,-17.0"' in text


def test_filters_are_said_in_words_with_a_constant_number_of_statements(
    django_assert_num_queries,
):
    region, theme = PlaceFactory(name="Tacna"), ThemeFactory(slug="agua", label_es="agua")
    many = [DirectoryFilter(regions=(region.pk,), themes=("agua",), trl=4)] * 30
    with django_assert_num_queries(2):
        words = filter_words(many)
    assert words[29][0][1] == "Tacna" and theme.label_es in {text for _label, text in words[0]}


def test_the_version_of_the_map_changes_when_somebody_goes():
    newest, other = ActorFactory(name="Una", kind="supplier"), ActorFactory(name="Otra")
    index_actors(actors=[newest.pk, other.pk])
    Actor.objects.filter(pk=other.pk).update(updated_at=newest.updated_at - timedelta(days=1))
    before = directory_version(viewer=None)
    assert directory_version(viewer=None) == before
    forget_actors(actors=[other.pk])
    other.delete()
    assert directory_version(viewer=None) != before
