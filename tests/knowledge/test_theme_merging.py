import json

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, OWL, Graph, Literal, URIRef

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.models import LedgerEntry
from minka.knowledge.actions.theme_merging import delete_theme, merge_themes, pointers
from minka.knowledge.actions.theme_unmerging import undo_theme_merge
from minka.knowledge.actions.thesaurus import Concept, difference, load_themes
from minka.knowledge.models import Capability, Theme, ThemeMerge, ThemeRefusal
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
    assert (answer.status_code, answer.url) == (302, reverse("knowledge:theme", args=["mina"]))
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


def test_undoing_gives_each_its_own_back_and_leaves_what_came_since(team, pit, open_pit, client):
    both, only, since = (ActorFactory() for _ in range(3))
    both.themes.add(pit, open_pit)
    only.themes.add(pit)
    Capability.objects.create(actor=only, theme=pit, trl=7)
    Capability.objects.create(actor=only, theme=open_pit, trl=3)
    below = ThemeFactory(broader=pit)
    merge_themes(by=team, theme=pit, into=open_pit)
    since.themes.add(open_pit)
    open_pit.refresh_from_db()
    open_pit.synonyms_es = [*open_pit.synonyms_es, "mina a cielo abierto"]
    open_pit.save()
    step = ThemeMerge.objects.get()
    url = reverse("knowledge:theme_unmerge", args=[open_pit.slug, step.pk])
    client.force_login(UserFactory())
    assert client.post(url).status_code == 403
    client.force_login(team)
    page = client.get(reverse("knowledge:theme", args=[open_pit.slug])).content.decode()
    assert url in page
    assert client.post(url).url == reverse("knowledge:theme", args=["tajo"])
    assert set(both.themes.all()) == {pit, open_pit}
    assert (set(only.themes.all()), set(since.themes.all())) == ({pit}, {open_pit})
    assert set(only.capabilities.values_list("theme", "trl")) == {(pit.pk, 7), (open_pit.pk, 3)}
    below.refresh_from_db()
    open_pit.refresh_from_db()
    assert below.broader == pit
    assert open_pit.synonyms_es == ["rajo", "mina a cielo abierto"]
    assert LedgerEntry.objects.filter(verb="knowledge.theme_unmerge").count() == 1
    assert client.post(url).status_code == 404
    with pytest.raises(WrongState):
        undo_theme_merge(by=team, step=step)


def test_of_two_merges_the_later_is_undone_first(team, pit, open_pit):
    mine = ThemeFactory(slug="mina")
    merge_themes(by=team, theme=pit, into=open_pit)
    merge_themes(by=team, theme=open_pit, into=mine)
    first, second = ThemeMerge.objects.order_by("pk")
    with pytest.raises(NotAllowed):
        undo_theme_merge(by=UserFactory(), step=second)
    with pytest.raises(WrongState):
        undo_theme_merge(by=team, step=first)
    undo_theme_merge(by=team, step=second)
    undo_theme_merge(by=team, step=first)
    assert set(Theme.objects.all()) == {pit, open_pit, mine}


def links() -> dict[str, object]:
    """Return every link to and between concepts, and their names."""
    tree = Theme.every.order_by("pk").values_list(
        "pk", "broader", "replaced_by", "synonyms_es", "synonyms_en"
    )
    return {
        "tree": list(tree),
        **{
            f"{model._meta.label}.{name}": sorted(
                json.dumps(row, sort_keys=True, default=str) for row in model._base_manager.values()
            )
            for model, name in pointers()
        },
    }


PICK = st.integers(min_value=0, max_value=10**6)


@settings(
    max_examples=20,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
@given(
    carried=st.lists(st.tuples(PICK, PICK, PICK), max_size=14),
    tree=st.lists(PICK, min_size=5, max_size=5),
    merges=st.lists(st.tuples(PICK, PICK), min_size=1, max_size=4),
)
def test_merges_undone_in_turn_restore_every_link(team, carried, tree, merges):
    with transaction.atomic():
        themes = [ThemeFactory() for _ in range(5)]
        for n, pick in enumerate(tree[1:], start=1):  # each under an earlier one, or under none
            themes[n].broader = [None, *themes[:n]][pick % (n + 1)]
            themes[n].save()
        actors = [ActorFactory() for _ in range(3)]
        for who, what, how in carried:
            actor, theme = actors[who % 3], themes[what % 5]
            if how % 3 == 0:
                actor.themes.add(theme)
            elif how % 3 == 1:
                Capability.objects.get_or_create(
                    actor=actor, theme=theme, defaults={"trl": 1 + how % 9}
                )
            else:
                ThemeRefusal.objects.get_or_create(
                    actor=actor, theme=theme, defaults={"refused_by": team}
                )
        pictures = []
        for one, other in merges:
            living = list(Theme.objects.order_by("pk"))
            theme, into = living[one % len(living)], living[other % len(living)]
            if theme == into:
                continue
            pictures.append(links())
            merge_themes(by=team, theme=theme, into=into)
            assert not any(
                model._base_manager.filter(**{name: theme}).exists() for model, name in pointers()
            )
        for before, step in zip(
            reversed(pictures), ThemeMerge.objects.order_by("-pk"), strict=True
        ):
            undo_theme_merge(by=team, step=step)
            assert links() == before
        transaction.set_rollback(True)
