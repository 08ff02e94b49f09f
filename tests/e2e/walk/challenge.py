"""Step 3: rated problems become a public challenge in two languages."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.e2e.walk import problem
from tests.e2e.walk.hands import chosen, es, follow, heading, press, write
from tests.e2e.walk.sheets import MINE

TITLE_ES = "Revestimientos de molino que duren una campaña completa"
TITLE_EN = "Mill liners that last a whole campaign"
SUMMARY_EN = "We seek liners that last six months between changes."
TEXTS = {
    "Title": (TITLE_ES, TITLE_EN),
    "Summary": ("Buscamos revestimientos que duren seis meses entre cambios.", SUMMARY_EN),
    "Background": (
        "Hoy duran tres meses en dos de tres molinos.",
        "Today they last three months in two of three mills.",
    ),
    "What is sought": (
        "Un material o un diseño que resista el doble.",
        "A material or a design that resists twice as long.",
    ),
    "Measure of success": (
        "Meses entre cambios: de tres a seis.",
        "Months between changes: from three to six.",
    ),
}
CRITERIA = [("Impacto", "Impact", 60), ("Viabilidad", "Feasibility", 40)]
LIMA = ZoneInfo("America/Lima")


def open_edition(page: Page) -> None:
    """The team opens an edition and says what problems are rated by."""
    page.goto("/ediciones/")
    write(page, {es("Name, in Spanish"): "Edición 2026", es("Name, in English"): "2026 edition"})
    press(page, es("Create the edition"))
    expect(page.get_by_role("link", name="Edición 2026")).to_be_visible()
    page.goto("/priorizacion/criterios/")
    _write_criteria(
        page,
        [
            ("Costo para la empresa", "Cost for the company", 60),
            ("Interés de la región", "Regional interest", 40),
        ],
    )
    press(page, es("Save the criteria"))
    heading(page, es("Shortlist"))


def rate(page: Page) -> None:
    """A representative of another company gives points; each saves itself."""
    page.goto("/priorizacion/calificar/")
    page.get_by_role("main").get_by_role("link", name=problem.TITLE).click()
    expect(page.get_by_role("main")).not_to_contain_text(MINE)
    chosen(page, "Costo para la empresa", 5)
    expect(page.get_by_text(es("Saved"), exact=True)).to_have_count(1)
    chosen(page, "Interés de la región", 4)
    expect(page.get_by_text(es("Saved"), exact=True)).to_have_count(2)
    follow(page, es("All are rated"))


def shortlist(page: Page) -> None:
    """The team sees the weighted points and chooses, with a reason."""
    page.goto("/priorizacion/")
    row = page.get_by_role("row", name=re.compile(problem.TITLE))
    expect(row).to_contain_text(re.compile("4[.,]60"))
    row.get_by_role("checkbox").check()
    write(
        page,
        {es("Reason for the choice"): "El de mayor costo, y hay proveedores que pueden responder."},
    )
    press(page, es("Save the shortlist"))
    expect(page.get_by_role("main")).to_contain_text(es("The last choice"))


def write_challenge(page: Page) -> None:
    """Draft it in both languages with its criteria, weights and dates."""
    page.goto("/desafios/en-preparacion/")
    page.get_by_role("checkbox", name=re.compile(problem.TITLE)).check()
    press(page, es("Start a challenge"))
    heading(page, problem.TITLE)
    for name, (spanish, english) in TEXTS.items():
        write(
            page,
            {
                f"{es(name)}, {es('in Spanish')}": spanish,
                f"{es(name)}, {es('in English')}": english,
            },
        )
    now = datetime.now(LIMA)
    write(
        page,
        {
            es("The call opens"): f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}",
            es("The call closes"): f"{now + timedelta(days=30):%Y-%m-%dT17:00}",
        },
    )
    _write_criteria(page, CRITERIA)
    press(page, es("Save the draft"))
    expect(page.get_by_role("complementary").locator("li.is-missing")).to_have_count(0)


def publish(page: Page) -> str:
    """Publish it and return its address."""
    press(page, es("Publish"))
    page.get_by_role("dialog").get_by_role("button", name=es("Publish now")).click()
    heading(page, TITLE_ES)
    return page.url


def read_in_public(page: Page, address: str) -> None:
    """A stranger reads it in both languages, and does not learn whose problem it is."""
    page.goto(address)
    heading(page, TITLE_ES)
    expect(page.get_by_role("main")).to_contain_text("17:00 (Lima)")
    expect(page.get_by_role("main")).not_to_contain_text(MINE)
    page.get_by_role("banner").get_by_role("link", name="English").click()
    heading(page, TITLE_EN)
    expect(page.get_by_role("main")).to_contain_text(SUMMARY_EN)
    expect(page.get_by_role("row", name=re.compile("Impact"))).to_contain_text("60 %")
    page.get_by_role("banner").get_by_role("link", name="Español").click()
    heading(page, TITLE_ES)


def _write_criteria(page: Page, criteria: list[tuple[str, str, int]]) -> None:
    for number, (spanish, english, weight) in enumerate(criteria, start=1):
        row = page.locator(f"#criteria-{number}")
        write(
            row,
            {
                es("Name, in Spanish"): spanish,
                es("Name, in English"): english,
                es("Weight"): str(weight),
            },
        )
