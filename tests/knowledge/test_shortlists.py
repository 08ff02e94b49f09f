import pytest
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed
from minka.core.models import LedgerEntry
from minka.knowledge.actions.identity import merge_actors, undo_resolution
from minka.knowledge.actions.shortlists import (
    add_to_shortlist,
    change_shortlist,
    create_shortlist,
    delete_shortlist,
    link_shortlist,
    move_entry,
    note_entry,
    take_off_shortlist,
)
from minka.knowledge.models import ResolutionStep, Shortlist, ShortlistEntry
from minka.knowledge.queries.shortlists import listed_actors, shortlist_ids, visible_shortlists
from tests.factories import ActorFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def three(owner):
    """A list of Alfa, Beta and Gama, in this order."""
    made = create_shortlist(by=owner, name="Para la feria")
    actors = [ActorFactory(name=name) for name in ("Alfa", "Beta", "Gama")]
    assert add_to_shortlist(by=owner, shortlist=made, actors=actors) == 3
    return made


def entry(shortlist, name):
    return ShortlistEntry.objects.select_related("actor").get(shortlist=shortlist, actor__name=name)


def order(shortlist, viewer=None):
    listed = listed_actors(viewer=viewer or shortlist.owner, shortlist=shortlist)
    return [one.actor.name for one in listed]


def test_a_list_has_an_order_notes_and_everybody_once(owner, three):
    again = entry(three, "Beta").actor
    assert (
        add_to_shortlist(by=owner, shortlist=three, actors=[again, ActorFactory(name="Delta")]) == 1
    )
    move_entry(by=owner, shortlist=three, entry=entry(three, "Gama"), up=True)
    move_entry(by=owner, shortlist=three, entry=entry(three, "Alfa"), up=True)  # the first stays
    note_entry(by=owner, shortlist=three, entry=entry(three, "Gama"), note=" buena ")
    assert order(three) == ["Alfa", "Gama", "Beta", "Delta"]
    take_off_shortlist(by=owner, shortlist=three, entry=entry(three, "Alfa"))
    assert order(three) == ["Gama", "Beta", "Delta"]
    assert listed_actors(viewer=owner, shortlist=three)[0].notes == ("buena",)
    assert LedgerEntry.objects.filter(verb="knowledge.shortlist_change").count() == 3


def test_a_merged_organisation_follows_with_both_notes_and_parts_again(owner, three, team):
    alfa, beta = entry(three, "Alfa"), entry(three, "Beta")
    for one in (alfa, beta):
        note_entry(by=owner, shortlist=three, entry=one, note=f"nota de {one.actor.name}")
    outside = ActorFactory(name="Heredera")
    merge_actors(by=team, keep=alfa.actor, gone=beta.actor)  # both are on the list
    assert (
        order(three) == ["Alfa", "Gama"] and len(shortlist_ids(viewer=owner, shortlist=three)) == 2
    )
    assert listed_actors(viewer=owner, shortlist=three)[0].notes == ("nota de Alfa", "nota de Beta")
    merge_actors(by=team, keep=outside, gone=entry(three, "Gama").actor)  # only one is
    assert order(three) == ["Alfa", "Heredera"]
    for step in ResolutionStep.objects.order_by("-pk"):
        undo_resolution(by=team, step=step)
    assert order(three) == ["Alfa", "Beta", "Gama"]
    assert [one.notes for one in listed_actors(viewer=owner, shortlist=three)][1] == (
        "nota de Beta",
    )


def test_others_neither_see_nor_change_a_list(owner, three, team, client):
    other = UserFactory()
    note_entry(by=owner, shortlist=three, entry=entry(three, "Alfa"), note="secreto")
    url = reverse("knowledge:shortlist", args=[three.public_id])
    for person in (other, team):
        client.force_login(person)
        assert client.get(url).status_code == 404
        assert list(visible_shortlists(viewer=person)) == []
        with pytest.raises(NotAllowed):
            change_shortlist(by=person, shortlist=three, name="Mía")
        with pytest.raises(NotAllowed):
            delete_shortlist(by=person, shortlist=three)
        post = client.post(
            reverse("knowledge:shortlist_entry", args=[three.public_id, entry(three, "Alfa").pk]),
            {"what": "remove"},
        )
        assert post.status_code == 404
    change_shortlist(by=owner, shortlist=three, name="Para la feria", for_team=True)
    client.force_login(team)
    page = client.get(url).content.decode()
    assert "secreto" in page and "what" not in page  # the team reads, and changes nothing
    client.force_login(other)
    assert client.get(url).status_code == 404


def test_a_link_lets_anybody_read_until_it_is_taken_back(owner, three, client):
    token = link_shortlist(by=owner, shortlist=three, shared=True).token
    url = reverse("knowledge:shortlist_shared", args=[token])
    page = client.get(url)
    assert "Gama" in page.content.decode() and page["X-Robots-Tag"] == "noindex"
    export = reverse("knowledge:export") + f"?link={token}"
    body = b"".join(client.post(export, {"format": "csv"}).streaming_content).decode()
    assert "Alfa" in body and "Beta" in body
    link_shortlist(by=owner, shortlist=three, shared=False)
    assert client.get(url).status_code == 404 and client.get(export).status_code == 404
    by_name = reverse("knowledge:export") + f"?list={three.public_id}"
    assert client.get(by_name).status_code == 404  # a stranger needs the link


def test_from_the_directory_to_a_new_list_without_scripts(owner, client):
    actors = [ActorFactory() for _ in range(3)]
    client.force_login(owner)
    page = client.get(reverse("knowledge:directory")).content.decode()
    assert page.count('form="pick" name="actor"') == 3
    url = reverse("knowledge:shortlist_add")
    asked = {"actor": [one.public_id for one in actors[:2]] + ["nobody"]}
    assert client.get(url, asked).content.decode().count('type="hidden" name="actor"') == 2
    assert client.post(url, {**asked, "name": " "}).status_code == 422
    answer = client.post(url, {**asked, "name": "Nueva"})
    made = Shortlist.objects.get()
    assert answer.url == reverse("knowledge:shortlist", args=[made.public_id])
    client.post(url, {"actor": actors[2].public_id, "shortlist": str(made.public_id)})
    assert made.entries.count() == 3
    with pytest.raises(InvalidInput):
        create_shortlist(by=owner, name="Nueva")


@pytest.mark.parametrize("count", [3, 60])
def test_a_list_costs_the_same_for_few_or_many(owner, client, count, django_assert_num_queries):
    made = create_shortlist(by=owner, name="Larga")
    add_to_shortlist(by=owner, shortlist=made, actors=[ActorFactory() for _ in range(count)])
    client.force_login(owner)
    with django_assert_num_queries(8):
        page = client.get(reverse("knowledge:shortlist", args=[made.public_id]))
    assert page.content.decode().count('<li class="row"') == count
