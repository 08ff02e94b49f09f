"""Problems from a sheet: columns as people name them, nothing lost; and typed in a workshop."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from minka.core.errors import InvalidInput, NotAllowed, WrongState
from minka.core.files import store_upload
from minka.innovation.actions.problem_content import content_of
from minka.innovation.actions.problem_drafts import (
    add_card,
    discard_card,
    edit_card,
    keep_sheet,
    move_card,
    open_workshop,
    take_sheet,
)
from minka.innovation.actions.problems import save_problem
from minka.innovation.models import Problem, ProblemSheet
from minka.innovation.queries.problems import visible_problems
from minka.innovation.sources.problem_columns import columns_of
from minka.innovation.sources.problem_rows import as_number, read_sheet
from tests.factories import EditionFactory, ThemeFactory, UserFactory
from tests.innovation.people import company, person_of, staff

pytestmark = pytest.mark.django_db

SHEET = """Problema;Descripción del problema;Costo anual (US$);Área;Urgencia;Prioridad interna;TRL
La faja se corta;Dos veces al mes;1.250.000,50;Chancado;Alta;A1;TRL 6
;Se tapan los aspersores de las pilas de noche y nadie los ve;como un millón;Lixiviación;ayer;;
;;;;;;
Polvo en rampas;;US$ 300 000;Mina;media;;12
"""


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stored(by, text=SHEET, name="problemas.csv"):
    upload = SimpleUploadedFile(name, text.encode(), "text/csv")
    return store_upload(by=by, upload=upload, kinds=("sheet",))


def test_columns_are_known_by_what_people_call_them():
    headers = [
        "N°",
        "PROBLEMA",
        "Descripción",
        "Costo anual (US$)",
        "Yearly cost",
        "¿Qué se intentó?",
    ]
    # a whole name fits better than one that goes on
    assert columns_of(headers) == ["", "title", "what_happens", "", "yearly_cost_usd", "tried"]
    assert columns_of(["Costo anual (US$)"]) == ["yearly_cost_usd"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.250.000,50", "1250000.50"), ("1,250,000.50", "1250000.50"), ("1 250 000", "1250000"),
        ("US$ 300,000", "300000"), ("12,5", "12.5"), ("0.75", "0.75"), ("3.100 USD", "3100"),
        ("-4", "-4"), ("como un millón", None), ("", None), ("1e9", None), ("2 a 3", None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text, number):
    assert as_number(text) == (None if number is None else Decimal(number))


@pytest.mark.usefixtures("files")
def test_every_row_becomes_a_draft_and_what_does_not_fit_stays_as_text():
    by = staff()
    read = read_sheet(stored=stored(by))
    assert len(read.rows) == 3
    first, second, third = (row.content for row in read.rows)
    assert (first.title, first.yearly_cost_usd, first.urgency, first.trl_entry) == (
        "La faja se corta", Decimal("1250000.50"), "high", 6,
    )  # fmt: skip
    assert "Prioridad interna: A1" in first.what_happens
    assert second.title.startswith("Se tapan los aspersores") and second.yearly_cost_usd is None
    assert "como un millón" in second.what_happens and "Urgencia: ayer" in second.what_happens
    assert "TRL: 12" in third.what_happens and third.trl_entry is None
    everything = " ".join(
        f"{c.title} {c.what_happens} {c.user_area}" for c in (first, second, third)
    )
    for cell in ("Dos veces al mes", "Chancado", "Lixiviación", "Mina", "A1"):
        assert cell in everything
    assert read.rows[1].notes and not read.rows[0].notes


@pytest.mark.usefixtures("files")
def test_a_title_that_is_too_long_is_kept_whole_as_text():
    long = "palabra " * 60
    (row,) = read_sheet(stored=stored(staff(), f"Problema;Área\n{long};Mina\n")).rows
    assert len(row.content.title) <= 200 and long.strip() in row.content.what_happens


@pytest.mark.usefixtures("files")
def test_a_sheet_without_problems_says_so():
    with pytest.raises(InvalidInput):
        read_sheet(stored=stored(staff(), "Color;Peso\nrojo;3\n"))


@pytest.mark.usefixtures("files")
def test_stages_and_themes_are_known_by_their_labels_in_both_languages():
    theme = ThemeFactory()
    text = f"Problema;Temas\nUno;{theme.label_en}\nDos;{theme.label_es}, inventado\n"
    one, two = (row.content for row in read_sheet(stored=stored(staff(), text)).rows)
    assert list(one.themes) == [theme] and "inventado" in two.what_happens and not two.themes


@pytest.mark.usefixtures("files")
def test_a_sheet_is_looked_at_and_then_taken_in_once(client):
    EditionFactory()
    actor = company()
    by = person_of(actor)
    client.force_login(by)
    upload = SimpleUploadedFile("p.csv", SHEET.encode(), "text/csv")
    new = reverse("innovation:problem_sheet_new")
    page = client.post(new, {"company": actor.pk, "upload": upload})
    kept = ProblemSheet.objects.get()
    assert page.url == reverse("innovation:problem_sheet", args=[kept.pk])
    preview = client.get(page.url)
    assert "La faja se corta" in preview.text and Problem.objects.count() == 0
    client.post(page.url)
    assert set(Problem.objects.values_list("state", "author")) == {("draft", by.pk)}
    assert client.post(page.url).status_code == 422 and Problem.objects.count() == 3
    client.force_login(person_of(actor))
    assert client.get(page.url).status_code == 404  # somebody else's


@pytest.mark.usefixtures("files")
def test_nobody_imports_into_a_company_that_is_not_theirs():
    EditionFactory()
    mine, other = company(), company("Otra S.A.")
    by = person_of(mine)
    with pytest.raises(NotAllowed):
        keep_sheet(by=by, company=other, stored=stored(by))
    sheet = keep_sheet(by=by, company=mine, stored=stored(by))
    contents = [row.content for row in read_sheet(stored=sheet.file).rows]
    with pytest.raises(NotAllowed):
        take_sheet(by=staff(), sheet=sheet, contents=contents)
    with pytest.raises(InvalidInput):
        take_sheet(by=by, sheet=sheet, contents=[])


def test_cards_are_drafts_at_once_in_the_order_in_which_they_are_typed(client):
    EditionFactory()
    team, actor = staff(), company()
    client.force_login(team)
    page = client.post(reverse("innovation:workshops"), {"company": actor.pk, "user_area": "Mina"})
    for title in ("Uno", "Dos", "Tres"):
        client.post(page.url, {"title": title})
    assert client.post(page.url, {"title": " "}).status_code == 422
    assert set(Problem.objects.values_list("state", "user_area", "company")) == {
        ("draft", "Mina", actor.pk)
    }
    fragment = client.post(page.url, {"title": "Cuatro"}, headers={"HX-Request": "true"})
    assert fragment.text.lstrip().startswith('<div id="cards">') and "Cuatro" in fragment.text
    titles = [
        card.problem.title
        for card in Problem.objects.get(title="Uno").workshop_card.workshop.cards.all()
    ]
    assert titles == ["Uno", "Dos", "Tres", "Cuatro"]


def test_cards_are_moved_edited_and_thrown_away():
    EditionFactory()
    team = staff()
    shop = open_workshop(by=team, company=company())
    one, two = (add_card(by=team, workshop=shop, title=t).workshop_card for t in ("Uno", "Dos"))
    move_card(by=team, card=two, up=True)
    move_card(by=team, card=two, up=True)  # it is the first already
    assert [card.problem.title for card in shop.cards.all()] == ["Dos", "Uno"]
    edit_card(by=team, card=one, title="Uno mejor", what_happens="Pasa esto", revision=0)
    one.problem.refresh_from_db()
    assert (one.problem.title, one.problem.what_happens) == ("Uno mejor", "Pasa esto")
    discard_card(by=team, card=two)
    assert [problem.title for problem in Problem.objects.all()] == ["Uno mejor"]


def test_a_card_is_the_companys_and_its_facilitators_and_nobody_elses(client):
    EditionFactory()
    team, actor = staff(), company()
    shop = open_workshop(by=team, company=actor)
    problem = add_card(by=team, workshop=shop, title="Secretox")
    assert visible_problems(viewer=team) and visible_problems(viewer=person_of(actor))
    rival = person_of(company("Otra S.A."), role="representative")
    for person in (staff(), rival, UserFactory(), UserFactory(roles=["committee"])):
        assert not visible_problems(viewer=person)
        client.force_login(person)
        shop_url = reverse("innovation:workshop", args=[shop.pk])
        card_url = reverse("innovation:workshop_card", args=[shop.pk, problem.workshop_card.pk])
        assert client.get(shop_url).status_code == 404
        assert client.post(card_url, {"title": "x"}).status_code == 404
        with pytest.raises(NotAllowed):
            add_card(by=person, workshop=shop, title="x")
    assert not team.has_perm("innovation.problem_triage", problem)


def test_what_the_company_has_submitted_the_facilitator_does_not_throw_away():
    EditionFactory()
    team, actor = staff(), company()
    problem = add_card(by=team, workshop=open_workshop(by=team, company=actor), title="Uno")
    save_problem(by=person_of(actor), problem=problem, revision=0, content=content_of(problem))
    Problem.objects.filter(pk=problem.pk).update(state="submitted", submitted_at=problem.created_at)
    with pytest.raises(WrongState):
        discard_card(by=team, card=problem.workshop_card)
