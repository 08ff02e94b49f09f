import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from minka.knowledge.actions.identity import merge_actors
from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.queries.comparison import compared
from tests.factories import ActorFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def test_what_differs_is_marked_and_what_is_shared_is_not(client):
    water, dust = ThemeFactory(label_es="agua"), ThemeFactory(label_es="polvo")
    one, two = ActorFactory(name="Una", size_band="small"), ActorFactory(name="Dos", kind="fund")
    one.themes.add(water, dust)
    two.themes.add(water)
    url = reverse("knowledge:compare")
    page = client.get(url, {"actor": [one.public_id, two.public_id]}).content.decode()
    assert '<span class="compared-item">agua</span>' in page
    assert '<span class="compared-item own">polvo</span>' in page
    only = client.get(url, {"actor": [one.public_id, two.public_id], "only": "differences"})
    assert "Verificad" not in only.content.decode() and "polvo" in only.content.decode()


def test_the_address_holds_up_to_five_and_old_ids_lead_to_whom_they_became(client, team):
    actors = [ActorFactory(name=f"Empresa {n}") for n in range(7)]
    merge_actors(by=team, keep=actors[0], gone=actors[1])
    asked = [actor.public_id for actor in (actors[1], actors[0], *actors[2:])] + ["nobody"]
    names = [one.actor.name for one in compared(viewer=AnonymousUser(), public_ids=asked)]
    assert names == [f"Empresa {n}" for n in (0, 2, 3, 4, 5)]
    page = client.get(reverse("knowledge:compare"), {"actor": asked}).content.decode()
    assert "Empresa 5" in page and "Empresa 6" not in page


def test_another_is_found_by_name_without_scripts(client):
    one, two = ActorFactory(name="Primera"), ActorFactory(name="Segunda")
    index_actors(actors=[one.pk, two.pk])
    url = reverse("knowledge:compare")
    page = client.get(url, {"actor": one.public_id, "q": "segunda"}).content.decode()
    assert f"?actor={one.public_id}&amp;actor={two.public_id}" in page
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("count", [2, 5])
def test_a_comparison_costs_the_same_for_two_or_five(client, count, django_assert_num_queries):
    actors = [ActorFactory() for _ in range(count)]
    with django_assert_num_queries(11, exact=False):
        client.get(reverse("knowledge:compare"), {"actor": [one.public_id for one in actors]})


def test_ticks_stay_from_page_to_page_without_scripts(client):
    actors = [ActorFactory(name=f"Marca {number:02d}") for number in range(30)]
    url, keep = reverse("knowledge:directory"), reverse("knowledge:ticks")
    one, two, last = (actors[n].public_id for n in (0, 1, 29))
    back = client.post(f"{keep}?next={url}%3Fpage%3D1%26sort%3Dname", {"actor": [one, two]})
    assert back.url == f"{url}?page=1&sort=name"
    first = client.get(back.url).content.decode()
    assert first.count(" checked data-tick") == 2 and "data-ticks-count>2<" in first
    second = client.get(f"{url}?page=2").content.decode()
    assert " checked data-tick" not in second
    assert second.count('type="hidden" form="pick" name="actor"') == 2
    client.post(f"{keep}?next={url}%3Fpage%3D2", {"actor": [last]})
    client.post(f"{keep}?next={url}", {"actor": [two]})  # the first was unticked on its page
    assert client.session["ticked"] == [two, last]
    away = client.post(
        f"{keep}?next=https://elsewhere.example/%3Fkind%3Dfund", {"actor": [last, "x" * 99]}
    )
    assert away.url == f"{url}?kind=fund" and client.session["ticked"] == [two, last]
    told = client.post(keep, {"one": last}, headers={"X-Requested-With": "fetch"})
    assert told.content == b"1"
    client.post(keep, {"clear": "1"})
    assert client.session["ticked"] == []
