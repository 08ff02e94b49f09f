import pytest

from minka.knowledge.models import Place, Theme
from minka.knowledge.queries.places import place_index
from minka.knowledge.sources.reference import ensure_reference_data

pytestmark = pytest.mark.django_db


def test_places_and_themes_are_loaded_once(django_assert_num_queries):
    assert ensure_reference_data()
    counts = (Place.objects.count(), Theme.objects.count())
    assert counts[0] > 2000 and counts[1] > 200
    assert Theme.objects.get(label_es="universidad").broader.label_es == "tipos de actor"
    with django_assert_num_queries(2):
        assert not ensure_reference_data()
    assert (Place.objects.count(), Theme.objects.count()) == counts


def test_a_place_is_found_as_far_down_as_it_is_certain():
    ensure_reference_data()
    index = place_index()

    def names(*keys):
        spot = index.find("PE", *keys)
        return spot and spot.names

    assert names("arequipa", "arequipa", "cayma") == ("Cayma", "Arequipa", "Arequipa")
    assert names("arequipa", "", "cayma")[0] == "Cayma"
    assert names("puno", "nowhere", "neither") == ("Puno",)
    assert names("", "islay", "") == ("Islay", "Arequipa")
    assert names("", "", "santa rosa") is None  # several of that name
    assert names("", "", "") is None
    assert index.find("CL", "arequipa", "", "") is None
