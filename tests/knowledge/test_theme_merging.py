import json

import pytest
from django.urls import reverse
from rdflib import DCTERMS, OWL, Graph, Literal, URIRef

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions.theme_merging import delete_theme, merge_themes
from minka.knowledge.actions.thesaurus import Concept, difference, load_themes
from minka.knowledge.models import Capability, Theme, ThemeRefusal
from minka.knowledge.queries.themes import all_themes, merged_themes
from minka.knowledge.sources.thesaurus import read_concepts, to_turtle
from tests.factories import ActorFactory, ChallengeFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pit(db):
    return ThemeFactory(slug="tajo", label_es="tajo", label_en="pit", synonyms_es=["rajo"])


@pytest.fixture
def open_pit(db):
    return ThemeFactory(
        slug="tajo-abierto", label_es="tajo abierto", label_en="open pit", synonyms_es=["rajo"]
    )


def test_everything_that_points_at_a_merged_concept_follows_once(team, pit, open_pit):
    both, only, able = (ActorFactory() for _ in range(3))
    both.themes.add(pit, open_pit)
    only.themes.add(pit)
    challenge = ChallengeFactory()
    challenge.themes.add(pit)
    Capability.objects.create(actor=able, theme=pit, trl=7)
    Capability.objects.create(actor=able, theme=open_pit, trl=3)
    ThemeRefusal.objects.create(actor=both, theme=pit, refused_by=team)
    below = ThemeFactory(broader=pit)
    merge_themes(by=team, theme=pit, into=open_pit)
    for holder in (both, only, challenge):
        assert list(holder.themes.all()) == [open_pit]
    assert [(one.theme, one.trl) for one in able.capabilities.all()] == [(open_pit, 7)]
    below.refresh_from_db()
    open_pit.refresh_from_db()
    assert below.broader == open_pit
    assert (open_pit.synonyms_es, open_pit.synonyms_en) == (["rajo", "tajo"], ["pit"])
    entry = LedgerEntry.objects.get(verb="knowledge.theme_merge")
    told = json.loads(entry.data)
    assert told["label_es"] == "tajo" and told["moved"]["knowledge.Capability"] == 1
    with pytest.raises(WrongState):
        merge_themes(by=team, theme=pit, into=open_pit)


def test_the_old_address_leads_to_the_one_that_stays_even_after_two_merges(
    team, pit, open_pit, client
):
    mine = ThemeFactory(slug="mina")
    merge_themes(by=team, theme=pit, into=open_pit)
    merge_themes(by=team, theme=open_pit, into=mine)
    answer = client.get(reverse("knowledge:theme", args=["tajo"]))
    assert (answer.status_code, answer.url) == (301, reverse("knowledge:theme", args=["mina"]))
    assert list(all_themes(viewer=None)) == [mine]


def test_a_concept_merged_into_one_under_it_makes_no_circle(team, pit):
    middle = ThemeFactory(broader=pit)
    lowest = ThemeFactory(broader=middle)
    merge_themes(by=team, theme=pit, into=lowest)
    lowest.refresh_from_db()
    middle.refresh_from_db()
    assert lowest.broader is None and middle.broader == lowest


def test_a_merged_concept_is_deprecated_in_turtle_and_does_not_come_back(team, pit, open_pit):
    merge_themes(by=team, theme=pit, into=open_pit)
    base = "https://c.example/temas/"
    text = to_turtle(
        list(all_themes(viewer=None)), scheme_url=base, title="T", merged=merged_themes(viewer=None)
    )
    graph = Graph().parse(data=text, format="turtle")
    old = URIRef(f"{base}tajo/")
    assert graph.value(old, OWL.deprecated) == Literal(True)
    assert graph.value(old, DCTERMS.isReplacedBy) == URIRef(f"{base}tajo-abierto/")
    rows = [
        Concept(r.es, r.en, r.synonyms_es, r.synonyms_en, r.parent)
        for r in read_concepts(text.encode())
    ]
    found = difference(concepts=rows)
    assert (found.new, found.changed, found.unnamed, found.problems) == ((), (), (), ())
    assert load_themes(concepts=[Concept("tajo", "pit", (), (), "")]) == 0
    assert Theme.objects.count() == 1


def test_only_what_nobody_uses_is_deleted_and_only_by_the_team(team, pit, open_pit, client):
    actor = ActorFactory()
    actor.themes.add(pit)
    with pytest.raises(WrongState):
        delete_theme(by=team, theme=pit)
    for act in (
        lambda who: delete_theme(by=who, theme=open_pit),
        lambda who: merge_themes(by=who, theme=pit, into=open_pit),
    ):
        with pytest.raises(NotAllowed):
            act(UserFactory())
    with pytest.raises(InvalidInput):
        merge_themes(by=team, theme=pit, into=pit)
    client.force_login(team)
    page = client.get(reverse("knowledge:theme_merge", args=["tajo-abierto"]))
    assert page.context["may_delete"]
    assert client.post(reverse("knowledge:theme_delete", args=["tajo"])).status_code == 409
    assert client.post(reverse("knowledge:theme_delete", args=["tajo-abierto"])).status_code == 302
    assert list(Theme.every.all()) == [pit]
    entry = LedgerEntry.objects.get(verb="knowledge.theme_delete")
    assert json.loads(entry.data)["label_en"] == "open pit"


def test_the_page_merges_and_a_stranger_does_not_get_there(team, pit, open_pit, client):
    url = reverse("knowledge:theme_merge", args=["tajo"])
    client.force_login(UserFactory())
    assert client.post(url, {"into": open_pit.pk}).status_code == 403
    client.force_login(team)
    assert client.post(url, {"into": pit.pk}).status_code == 422
    assert client.post(url, {"into": open_pit.pk}).status_code == 302
    assert list(all_themes(viewer=None)) == [open_pit]
