"""The core of the main job works where scripts do not run."""

import re

import pytest
from playwright.sync_api import expect

from minka.knowledge.sources.reference import ensure_reference_data
from tests.e2e.stories import company_person, draft_and_author, evaluation_to_score, stored
from tests.e2e.walk import sheets
from tests.e2e.walk.hands import es, field, follow, heading, press, until, write
from tests.factories import ActorFactory, EditionFactory, PlaceFactory, UserFactory


@pytest.fixture
def plain(person):
    """Open a browser that runs no scripts."""
    return lambda user=None: person(user, java_script_enabled=False)


def test_the_directory_is_searched_and_filtered(site, plain):
    with site.database():
        region = PlaceFactory(name="Región de prueba")
        for name in ("Ventiladores Altiplano S.A.C.", "Ventiladores Costa S.A.C."):
            ActorFactory(name=name, region=region if "Altiplano" in name else None)
    page = plain()
    page.goto("/directorio/")
    page.get_by_label("Buscar", exact=True).fill("ventiladores")
    press(page, "Aplicar")
    results = page.locator("#results")
    expect(results.get_by_role("status")).to_have_text("2 organizaciones")
    _open(page, page.get_by_text("Filtros", exact=True))
    box = page.get_by_role("checkbox", name=re.compile("Región de prueba"))
    if not box.is_visible():
        page.locator("summary").filter(has_text=re.compile(r"^\s*Región\s*$")).click()
    box.check()
    press(page, "Aplicar")
    expect(results.get_by_role("status")).to_have_text("1 organización")
    expect(results.get_by_role("link", name="Ventiladores Altiplano S.A.C.")).to_be_visible()


def test_a_sheet_is_imported(site, plain, tmp_path):
    with site.database():
        ensure_reference_data()
        staff = UserFactory(is_staff=True)
    page = plain(staff)
    page.goto("/importar/nuevo/")
    field(page, "Archivo").set_input_files(sheets.write_csv(tmp_path))
    write(page, {"Fuente": "Padrón sin programas"})
    press(page, "Continuar con las columnas")
    heading(page, "Confirme las columnas")
    page.get_by_label("Rubro", exact=True).select_option(label="Descripción")
    press(page, "Actualizar la vista previa")
    expect(page.get_by_label("Rubro", exact=True)).to_have_value("description")
    press(page, "Importar estas filas")
    done = page.get_by_text("La hoja está en el mapa")
    until(page, lambda: page.reload() is not None and done.is_visible())


def test_a_problem_is_stated_and_submitted(site, plain):
    with site.database():
        ensure_reference_data()
        EditionFactory()
        user = company_person(ActorFactory(kind="mining_company"), "user_area")
    page = plain(user)
    page.goto("/problemas/nuevo/")
    write(page, {es("What is the problem, in one line?"): "Se atora el chancado"})
    press(page, es("Continue"))
    follow(page, es("Everything on one page"))
    heading(page, es("The problem in full"))
    write(
        page,
        {
            es("What happens?"): "Se atora dos veces por turno.",
            es("Site or operation"): "Planta 1",
            es("Cost per year, in US dollars"): "90000",
            es("How is that cost known?"): "Horas paradas de 2025.",
            es("What was tried, and why did it fail?"): "Nada todavía.",
            es("How would you know that it is solved?"): "Menos de un atoro por semana.",
        },
    )
    field(page, es("Where in the value chain?")).select_option(index=1)
    press(page, es("Save and review"))
    press(page, es("Submit the problem"))
    expect(page.get_by_role("main")).to_contain_text(es("To be triaged"))


def test_a_proposal_is_drafted_and_submitted(site, plain):
    with site.database():
        proposal, author = draft_and_author(summary="")
    page = plain(author)
    page.goto(f"/propuestas/{proposal.public_id}/editar/")
    press(page, es("Check and submit"))
    expect(page.get_by_role("heading", name=es("Before it can be submitted"))).to_be_visible()
    page.goto(f"/propuestas/{proposal.public_id}/editar/")
    write(page, {es("Summary"): "Escrita sin programas en el navegador."})
    field(page, es("Add files")).set_input_files(
        {"name": "ensayo.csv", "mimeType": "text/csv", "buffer": b"mes;desgaste\n1;4\n"}
    )
    press(page, es("Add the chosen files"))
    expect(page.get_by_role("link", name="ensayo.csv")).to_be_visible()
    press(page, es("Check and submit"))
    press(page, es("Submit the proposal"))
    heading(page, es("Receipt of a proposal"))
    with site.database():
        assert stored(proposal).state == "submitted"


def test_words_sent_after_the_session_ended_come_back(site, plain, watch):
    with site.database():
        proposal, author = draft_and_author()
    watch.tolerate("status of 401")  # the session is over: what is tested
    page = plain(author)
    page.goto(f"/propuestas/{proposal.public_id}/editar/")
    write(page, {es("Summary"): "Palabras que no deben perderse."})
    page.context.clear_cookies(name="sessionid")
    page.locator("button[name=do][value=save]").last.click()
    heading(page, es("Your session has ended"))
    texts = [box.input_value() for box in page.get_by_role("textbox").all()]
    assert "Palabras que no deben perderse." in texts


def test_an_evaluation_is_declared_and_scored(site, plain):
    with site.database():
        (assignment,) = evaluation_to_score()
        assignment.state, assignment.declared_at = "assigned", None
        assignment.save()
    page = plain(assignment.evaluator)
    page.goto(f"/evaluaciones/{assignment.pk}/")
    page.get_by_role("radio", name=es("I have no conflict of interest with this proposal")).check()
    press(page, es("Declare"))
    for card in page.locator("section.criterion").all():
        card.locator("label.scale-point").filter(has_text="4").click()
        card.get_by_role("textbox").fill("Lo midieron en planta.")
    press(page, es("Hand in for good"))
    expect(page.get_by_role("main")).to_contain_text(es("Your evaluation is handed in"))


def _open(page, summary):
    page.wait_for_load_state("load")  # before its styles come, what they hide can be seen
    if summary.is_visible():
        summary.click()
