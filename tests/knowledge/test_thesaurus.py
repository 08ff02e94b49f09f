import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import Conflict, InvalidInput, NotAllowed
from minka.core.models import LedgerEntry
from minka.knowledge.actions.thesaurus import (
    Concept,
    answer_suggestion,
    apply_concepts,
    difference,
    save_theme,
)
from minka.knowledge.models import Theme
from minka.knowledge.queries.themes import all_themes, suggested_themes
from minka.knowledge.sources.thesaurus import read_concepts, to_csv, to_turtle
from tests.factories import (
    ActorFactory,
    ChallengeFactory,
    MembershipFactory,
    ThemeFactory,
    UserFactory,
)
from tests.knowledge.sheets import statements

pytestmark = pytest.mark.django_db


def concepts(rows):
    return [Concept(r.es, r.en, r.synonyms_es, r.synonyms_en, r.parent) for r in rows]


def table(rows):
    return sorted(
        (r.es, r.en, tuple(sorted(r.synonyms_es)), tuple(sorted(r.synonyms_en)), r.parent)
        for r in rows
    )


def test_what_goes_out_as_turtle_or_csv_comes_back_as_nothing_to_change(places):
    themes = list(all_themes(viewer=None))
    turtle = to_turtle(themes, scheme_url="https://cluster.example/temas/", title="Temas")
    from_turtle, from_csv = read_concepts(turtle.encode()), read_concepts(to_csv(themes).encode())
    assert table(from_turtle) == table(from_csv) and len(from_csv) == len(themes) > 200
    for rows in (from_turtle, from_csv):
        found = difference(concepts=concepts(rows))
        assert (found.new, found.changed, found.unnamed, found.problems) == ((), (), (), ())


def test_turtle_is_skos_with_both_languages():
    broad = ThemeFactory(slug="extraccion", label_es="extracción", label_en="extraction")
    ThemeFactory(slug="tajo", label_es="tajo", label_en="pit", broader=broad, synonyms_es=["rajo"])
    text = to_turtle(
        list(all_themes(viewer=None)), scheme_url="https://c.example/temas/", title="T"
    )
    for part in (
        "skos:ConceptScheme",
        'skos:altLabel "rajo"@es',
        '"pit"@en',
        "skos:broader <https://c.example/temas/extraccion/>",
    ):
        assert part in text


def test_a_list_shows_its_difference_first_and_is_applied_as_shown(team, client):
    ThemeFactory(label_es="tajo", label_en="pit")
    ThemeFactory(label_es="agua", label_en="water")
    client.force_login(team)
    content = (
        "es,en,synonyms_es,synonyms_en,parent\ntajo,open pit,rajo,,\nrelaves,tailings,,TSF,tajo\n"
    )
    page = client.post(
        reverse("knowledge:thesaurus_import"),
        {"upload": SimpleUploadedFile("t.csv", content.encode())},
    )
    assert Theme.objects.count() == 2
    found = page.context["difference"]
    assert [one.label_es for one in found.new] == ["relaves"] and found.unnamed == ("agua",)
    applied = client.post(reverse("knowledge:thesaurus_apply"), {"shown": page.context["shown"]})
    assert applied.status_code == 302
    assert Theme.objects.get(label_es="tajo").synonyms_es == ["rajo"]
    assert Theme.objects.get(label_es="relaves").broader.label_es == "tajo"
    again = client.post(reverse("knowledge:thesaurus_apply"), {"shown": page.context["shown"]})
    assert again.status_code == 409  # the thesaurus is no longer the one it was shown against


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("a", "a", "b"), ("b", "b", "a")], "stands under itself"),
        ([("a", "a", "x")], "not there"),
        ([("a", "a", ""), ("a", "b", "")], "twice"),
        ([("a", "", "")], "lacks a label"),
    ],
)
def test_a_list_with_problems_is_not_applied(team, rows, told, settings):
    from django.utils.translation import override

    listed = [Concept(es, en, (), (), up) for es, en, up in rows]
    with override("en"):
        found = difference(concepts=listed)
        assert any(told in problem for problem in found.problems)
        with pytest.raises(InvalidInput):
            apply_concepts(by=team, concepts=listed, expected=found)
    assert not Theme.objects.exists()


def test_a_list_shown_before_somebody_else_changed_the_thesaurus_is_refused(team):
    listed = [Concept("agua", "water", (), (), "")]
    shown = difference(concepts=listed)
    ThemeFactory(label_es="agua", label_en="agua")
    with pytest.raises(Conflict):
        apply_concepts(by=team, concepts=listed, expected=shown)


def test_the_team_edits_concepts_without_circles_and_the_ledger_knows(team):
    top = save_theme(by=team, theme=None, label_es="Minería ", label_en="mining")
    below = save_theme(by=team, theme=None, label_es="tajo", label_en="pit", broader=top)
    with pytest.raises(InvalidInput) as error:
        save_theme(by=team, theme=top, label_es="x", label_en="x", broader=below)
    assert "broader" in error.value.fields
    with pytest.raises(InvalidInput) as error:
        save_theme(by=team, theme=below, label_es="Minería", label_en="pit")
    assert "label_es" in error.value.fields
    verbs = LedgerEntry.objects.order_by("position").values_list("verb", flat=True)
    assert list(verbs) == ["knowledge.theme_create"] * 2
    with pytest.raises(NotAllowed):
        save_theme(by=UserFactory(), theme=top, label_es="y", label_en="y")


def test_the_tree_is_public_searched_by_synonyms_and_costs_the_same(client):
    broad = ThemeFactory(label_es="extracción", label_en="extraction")
    ThemeFactory(label_es="tajo abierto", label_en="open pit", synonyms_es=["rajo"], broader=broad)
    url = reverse("knowledge:themes")
    one = statements(client, url)
    ThemeFactory.create_batch(20, broader=broad)
    assert statements(client, url) == one
    text = client.get(url, {"q": "RAJO", "lang": "en"}).content.decode()
    assert "open pit" in text and "extraction" in text and "theme " not in text


def test_a_concept_counts_actors_and_public_challenges_only(client):
    theme = ThemeFactory()
    actor = ActorFactory()
    actor.themes.add(theme)
    ChallengeFactory(state="draft").themes.add(theme)
    url = reverse("knowledge:theme", args=[theme.slug])
    page = client.get(url)
    assert actor.name in page.content.decode() and page.context["uses"] == []
    ChallengeFactory(state="published").themes.add(theme)
    assert [count for _label, count, _url in client.get(url).context["uses"]] == [1]


def test_themes_are_suggested_to_who_edits_and_a_refusal_is_remembered(client):
    copper = ThemeFactory(label_es="cobre", label_en="copper", synonyms_es=["Cu"])
    pit = ThemeFactory(label_es="tajo abierto", label_en="open pit", synonyms_es=["rajo", "tajo"])
    actor = ActorFactory(description="Servicios en rajos de Cu; no cubrimos más.")
    member = MembershipFactory(actor=actor).user
    found = suggested_themes(viewer=member, actor=actor)
    assert [one.theme for one in found] == [pit, copper]
    assert suggested_themes(viewer=UserFactory(), actor=actor) == []
    client.force_login(member)
    url = reverse("knowledge:theme_answer", args=[actor.public_id])
    client.post(url, {"theme": copper.slug, "answer": "refuse"})
    client.post(url, {"theme": pit.slug, "answer": "accept"})
    assert list(actor.themes.all()) == [pit]
    actor = type(actor).objects.get(pk=actor.pk)
    assert suggested_themes(viewer=member, actor=actor) == []
    with pytest.raises(NotAllowed):
        answer_suggestion(by=UserFactory(), actor=actor, theme=copper, accept=True)
