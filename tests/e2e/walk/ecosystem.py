"""Step 1: sheets become the map of the ecosystem."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.walk import sheets
from tests.e2e.walk.hands import Newcomer, field, follow, heading, press, write


def import_organisations(page: Page, folder: Path) -> None:
    """Upload a messy CSV, see row by row what is wrong with it, import it."""
    page.goto("/")
    follow(page.get_by_role("navigation", name="Secciones"), "Importar")
    page.get_by_role("link", name="Importar una hoja").first.click()
    upload(page, sheets.write_csv(folder), source="Padrón de proveedores del sur")
    for column, meaning in {
        "RUC": "tax_id",
        "Razón social": "name",
        "Tipo de organización": "kind",
        "Rubro": "activity",
        "Departamento": "region",
        "Correo": "email",
    }.items():
        expect(
            page.get_by_role("table", name="Qué significa cada columna").get_by_label(column)
        ).to_have_value(meaning)
    problems = page.get_by_role("main").locator("#preview")
    expect(problems).to_contain_text("8 filas leídas")
    expect(problems).to_contain_text("letras dañadas, reparadas")
    preview = page.get_by_role("region", name="Vista previa de las primeras filas")
    expect(preview.get_by_role("row", name=re.compile("Talleres Unidos"))).to_contain_text(
        sheets.BAD_RUC
    )
    expect(
        preview.get_by_role("row", name=re.compile("Ingeniería y Automatización"))
    ).to_be_visible()
    press(page, "Importar estas filas")
    _finished(page, rows=8)
    expect(page.locator(".facts")).to_contain_text(
        re.compile(r"Unidas a una organización conocida\s*1")
    )


def import_universities(page: Page, folder: Path) -> None:
    """A workbook, with a column that the person maps by hand."""
    page.goto("/importar/nuevo/")
    upload(page, sheets.write_workbook(folder), source="Universidades del sur")
    with page.expect_response(lambda answer: "/columnas/" in answer.url):
        page.get_by_label("Página web", exact=True).select_option("")
    with page.expect_response(lambda answer: "/columnas/" in answer.url):
        page.get_by_label("Página web", exact=True).select_option(label="Página web")
    press(page, "Importar estas filas")
    _finished(page, rows=2)


def find_in_directory(page: Page) -> None:
    """Search with a word and a facet, open the page of what was found."""
    follow(page.get_by_role("navigation", name="Secciones"), "Directorio")
    results = page.locator("#results")
    expect(results.get_by_role("status")).to_have_text("8 organizaciones")
    page.get_by_label("Buscar", exact=True).fill("revestimientos")
    expect(results.get_by_role("status")).to_have_text("1 organización")
    page.get_by_label("Buscar", exact=True).fill("")
    expect(results.get_by_role("status")).to_have_text("8 organizaciones")
    facets = page.locator("#facets")
    if not facets.get_by_role("checkbox", name=re.compile("Proveedor minero")).is_visible():
        facets.get_by_text("Tipo de organización").click()
    facets.get_by_role("checkbox", name=re.compile("Proveedor minero")).check()
    expect(results.get_by_role("status")).to_have_text("4 organizaciones")
    results.get_by_role("link", name=sheets.WORKSHOP).click()
    heading(page, sheets.WORKSHOP)
    expect(page.get_by_role("region", name="Resumen")).to_contain_text("20500000032")
    expect(page.get_by_role("main")).to_contain_text("2 filas de hojas")


def see_the_map(page: Page) -> None:
    """The map has the located organisations as points, and says how many they are."""
    with page.expect_response(re.compile("/mapa/puntos/")) as points:
        follow(page.get_by_role("navigation", name="Secciones"), "Mapa")
    count = int.from_bytes(points.value.body()[:4], "little")
    expect(page.locator("#map canvas")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(
        f"{count} de 8 organizaciones tienen ubicación"
    )
    assert count >= 2


def give_role(page: Page, who: Newcomer, *, actor: str, role: str, area: str = "") -> None:
    """Staff say what somebody is in an organisation, on its page."""
    page.goto("/directorio/?q=" + actor.replace(" ", "+"))
    page.get_by_role("link", name=actor).click()
    page.get_by_role("complementary").get_by_role("link", name="Miembros y roles").click()
    field(page, "Persona").select_option(label=f"{who.name} <{who.email}>")
    field(page, "Rol").select_option(label=role)
    if area:
        write(page, {"Área usuaria": area})
    press(page, "Asignar el rol")
    expect(
        page.get_by_role("main").get_by_role("list").filter(has_text=who.name).first
    ).to_be_visible()


def make_evaluator(page: Page, who: Newcomer) -> None:
    """Staff give a role of the whole cluster."""
    page.goto("/personas/?q=" + who.email)
    page.get_by_label(f"Rol de {who.name}").select_option(label="Evaluador")
    press(page, "Dar el rol")
    expect(page.get_by_role("button", name=re.compile("Evaluador"))).to_be_visible()


def upload(page: Page, path: Path, *, source: str) -> None:
    """Hand a file in and come to its columns."""
    heading(page, "Importar una hoja")
    field(page, "Archivo").set_input_files(path)
    write(page, {"Fuente": source})
    press(page, "Continuar con las columnas")
    heading(page, "Confirme las columnas")
    page.wait_for_load_state()  # its script sends what is chosen


def _finished(page: Page, *, rows: int) -> None:
    """Wait at the progress page, which refreshes itself, until the worker is done."""
    expect(page.get_by_role("main")).to_contain_text("La hoja está en el mapa")
    expect(page.get_by_role("main")).to_contain_text(f"Las {rows} filas se guardaron")
