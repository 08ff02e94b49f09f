import pytest
from django.db import connection
from django.db.models import Sum

from minka.knowledge.actions.actors import change_actor
from minka.knowledge.actions.identity import merge_actors
from minka.knowledge.actions.search_index import (
    forget_actors,
    index_actors,
    rebuild_index,
    sum_words,
)
from minka.knowledge.actions.thesaurus import save_theme
from minka.knowledge.models import Actor, ActorName, Product, SearchDocument, SearchWord
from minka.knowledge.queries.search import find, search
from minka.knowledge.queries.suggest import suggest
from tests.factories import ActorFactory, PlaceFactory, ThemeFactory

pytestmark = pytest.mark.django_db
NAMES = [
    "Consejo Nacional de Investigaciones Científicas y Técnicas", "Minera Cerro Azul S.A.C.",
    "Perforaciones Andinas S.R.L.", "Universidad Nacional de Ingeniería", "Talleres Ñaña E.I.R.L.",
    "Hydraulic Pumps Peru", "Bombas Hidráulicas del Sur S.A.", "Instituto Geológico Minero",
    "Transportes Cerro Azul", "Laboratorio de Ensayos Metalúrgicos", "Cámara Minera del Perú",
]  # fmt: skip
# What each question finds, in its order, as indices of NAMES. One list for both databases.
ORDERS = {
    "cerro azul": [1, 8], "ñaña": [4], "NANA talleres": [4], "hydraulic pumps": [5, 6],
    "bombas hidraulicas": [6, 5], "perforasiones andinas": [2], "CONICET": [0],
    "university of engineering": [3], "metallurgical testing laboratory": [9],
}  # fmt: skip


@pytest.fixture
def corpus():
    return [ActorFactory(name=name, country="PE") for name in NAMES]


def names(text, many=3):
    held = Actor.objects.in_bulk(search(viewer=None, text=text))
    return [held[pk].name for pk in search(viewer=None, text=text)[:many]]


@pytest.mark.parametrize("text", ORDERS)
def test_both_databases_give_one_order(corpus, text):
    wanted = [corpus[at].name for at in ORDERS[text]]
    assert names(text, len(wanted)) == wanted


def test_what_the_factory_lays_down_is_what_the_index_composes():
    puno = PlaceFactory(name="Puno")
    lampa = PlaceFactory(name="Lampa", level="province", parent=puno)
    made = [
        ActorFactory(),
        ActorFactory(description="Fabrica celdas", activity="Fundición", country="CL"),
        ActorFactory(place=lampa, region=puno, country="PE"),
    ]
    assert SearchDocument.objects.count() == len(made)
    assert index_actors(actors=[one.pk for one in made]) == 0


def test_products_descriptions_and_themes_are_found_and_contacts_are_not():
    theme = ThemeFactory(label_es="molienda", label_en="grinding")
    actor = ActorFactory(description="Fabrica celdas de flotación", email="ventas@celdas.example")
    actor.themes.add(theme)
    Product.objects.create(actor=actor, name="Revestimiento de caucho")
    index_actors(actors=[actor.pk])
    for text in ("flotacion", "rubber lining", "grinding", "celdas"):
        assert search(viewer=None, text=text) == [actor.pk], text
    assert "ventas" not in SearchDocument.objects.get().words


def test_the_thesaurus_says_what_means_the_same(team):
    crusher = ActorFactory(description="Venta de quebrantadores de quijada")
    save_theme(
        by=team, theme=None, label_es="chancadora", label_en="crusher", synonyms_es=["quebrantador"]
    )
    assert search(viewer=None, text="crusher") == [crusher.pk]


def test_a_change_is_found_at_once_and_what_it_replaced_is_not(team):
    actor = ActorFactory(name="Servicios Generales Uno", description="alquiler de grúas")
    change_actor(by=team, actor=actor, changes={"description": "venta de explosivos"})
    assert search(viewer=None, text="explosivos") == [actor.pk]
    assert search(viewer=None, text="grúas") == []


def test_who_was_merged_is_found_by_the_name_of_either_and_only_once(team):
    keep, gone = ActorFactory(name="Zafiro Minería"), ActorFactory(name="Turquesa Ingenieros")
    merge_actors(by=team, keep=keep, gone=gone)
    assert search(viewer=None, text="turquesa") == [keep.pk]


def test_counts_of_words_follow_what_comes_and_goes(corpus):
    index_actors(actors=[one.pk for one in corpus])  # nothing has changed
    forget_actors(actors=[corpus[0].pk])
    grown = _counts()
    corpus[0].delete()
    rebuild_index()
    assert grown == _counts()
    assert grown[""] == len(corpus) - 1


def test_any_number_of_edits_leaves_the_counts_of_a_rebuild(team, corpus):
    said = ["bombas de agua. Venta de repuestos", "", "alquiler de grúas", "bombas; bombas"]
    for number in range(12):
        actor = corpus[number % 5]
        change_actor(by=team, actor=actor, changes={"description": said[number % 4]})
    merge_actors(by=team, keep=corpus[5], gone=corpus[6])
    grown = _counts()
    sum_words()
    assert _counts() == grown
    assert SearchWord.objects.count() == SearchWord.objects.values("root").distinct().count()
    rebuild_index()
    assert _counts() == grown


def test_a_word_is_not_taken_for_one_that_only_begins_like_it():
    actor = ActorFactory(name="Servicios Generales")
    assert search(viewer=None, text="socios") == []
    assert search(viewer=None, text="servisios") == [actor.pk]


def test_a_country_is_told_by_its_adjective_or_by_the_address_alone():
    other = ActorFactory(name="Sociedad de Geología", country="CL")
    own = ActorFactory(name="Sociedad de Geología", country="PE")
    assert search(viewer=None, text="Peruvian Society of Geology")[0] == own.pk
    assert search(viewer=None, text="Sociedad Chilena de Geología")[0] == other.pk


def test_a_description_finds_who_did_such_things_and_not_who_is_called_so():
    called = ActorFactory(name="Agua Norte", description="Venta de libros")
    did = ActorFactory(name="Rivera Hermanos", description="Perforación de pozos de agua. Bombas")
    ActorFactory(name="Transportes Sur", description="Perforación de taladros")
    text = "perforación de pozos profundos para abastecer agua al campamento"
    found = search(viewer=None, text=text)
    assert found[0] == did.pk
    assert called.pk in found


def _counts():
    rows = SearchWord.objects.values_list("root").annotate(total=Sum("change")).order_by("root")
    return {root: total for root, total in rows if total}


def test_all_words_are_wanted_unless_nobody_has_them_all(corpus):
    both = Actor.objects.filter(find(viewer=None, text="cerro azul minera").condition)
    assert [one.name for one in both] == ["Minera Cerro Azul S.A.C."]
    nearest = Actor.objects.filter(find(viewer=None, text="cerro azul molibdeno").condition)
    assert {one.name for one in nearest} >= {"Minera Cerro Azul S.A.C.", "Transportes Cerro Azul"}


def test_suggestions_go_on_from_what_is_typed(corpus):
    assert suggest(viewer=None, text="cerro az")[0].title == "Transportes Cerro Azul"
    assert suggest(viewer=None, text="Minera ce")[0].title == "Minera Cerro Azul S.A.C."
    ActorName.objects.create(actor=corpus[3], text="UNI", text_key="uni")
    index_actors(actors=[corpus[3].pk])
    assert NAMES[3] in [hit.title for hit in suggest(viewer=None, text="uni")]


@pytest.mark.parametrize("copies", [1, 20])
def test_a_search_costs_the_same_for_few_and_many(copies, django_assert_max_num_queries):
    for number in range(copies):
        ActorFactory(name=f"Minera Cerro Azul {number}", description="minería de cobre")
    with django_assert_max_num_queries(8):
        search(viewer=None, text="minera cobre azlu")


@pytest.mark.parametrize(
    "text", ["", " ", "de la", '"', "a AND (", "x* OR", "'; --", "Ω мед", "🙂"]
)
def test_nothing_that_is_typed_breaks_it(corpus, text):
    find(viewer=None, text=text)
    find(viewer=None, text=text, typing=True)
    suggest(viewer=None, text=text)


def test_the_full_text_is_of_the_database_in_use():
    table = {"sqlite": "knowledge_searchfts", "postgresql": "knowledge_searchdocument"}
    assert table[connection.vendor] in connection.introspection.table_names()
