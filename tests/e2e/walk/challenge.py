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
EMPTY = ("Confidential details", "Confidential conditions", "Confidential data and site")
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


def write_challenge(page: Page) -> str:
    """Draft it in both languages with its criteria, scales and dates; return its address."""
    page.goto("/desafios/en-preparacion/")
    page.get_by_role("checkbox", name=re.compile(problem.TITLE)).check()
    press(page, es("Start a challenge"))
    heading(page, problem.TITLE)
    slug = page.url.rstrip("/").split("/")[-2]
    editor = page.locator("#editor")
    for name, (spanish, english) in TEXTS.items():
        write(editor, {_in("Spanish", name): spanish, _in("English", name): english})
    for name in EMPTY:  # what the problem says for solvers only is not asked for here
        write(editor, {_in("Spanish", name): "", _in("English", name): ""})
    now = datetime.now(LIMA)
    write(
        editor,
        {
            es("The call opens"): f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}",
            es("The call closes"): f"{now + timedelta(days=30):%Y-%m-%dT17:00}",
            es("Questions until"): f"{now + timedelta(days=20):%Y-%m-%dT17:00}",
            es("Evaluation until"): f"{now + timedelta(days=50):%Y-%m-%d}",
            es("Decision announced"): f"{now + timedelta(days=60):%Y-%m-%d}",
        },
    )
    _write_criteria(page, CRITERIA, scales=True)
    press(page, es("Save the draft"))
    expect(page.locator("body")).to_contain_text(es("The draft is saved; it is not public yet."))
    hide_by_rule(page, slug)
    page.goto(f"/desafios/{slug}/editar/")
    press(page, es("Ask for approval"))
    expect(page.get_by_role("main")).to_contain_text(es("Asked for on"))
    return slug


def hide_by_rule(page: Page, slug: str) -> None:
    """Its proposals are hidden by the rule of access; sealing is walked in tests of its own."""
    page.goto(f"/desafios/{slug}/sello/")
    page.get_by_role("radio", name=es("Hidden by a rule of access until the call closes")).check()
    press(page, es("Save how they are protected"))
    expect(page.get_by_role("heading", name=es("Custodians"))).to_have_count(0)


def approve(page: Page, slug: str) -> None:
    """Read what everybody will read, and approve it."""
    page.goto(f"/desafios/{slug}/aprobacion/")
    heading(page, TITLE_ES)
    expect(page.get_by_role("main")).to_contain_text(es("It does not say whose problem it is."))
    press(page, es("I approve it as it is"))
    expect(page.get_by_role("main")).to_contain_text(es("You have approved it."))


def publish(page: Page, slug: str) -> str:
    """Publish what everybody has approved, and return its address."""
    page.goto(f"/desafios/{slug}/editar/")
    expect(page.get_by_role("complementary").locator("li.is-missing")).to_have_count(0)
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


def _in(language: str, name: str) -> str:
    return es(f"%(text)s, in {language}") % {"text": es(name)}


def _write_criteria(
    page: Page, criteria: list[tuple[str, str, int]], *, scales: bool = False
) -> None:
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
        if scales:
            write(
                row,
                {
                    es("1 means, in Spanish"): "Nada",
                    es("1 means, in English"): "Nothing",
                    es("5 means, in Spanish"): "Todo",
                    es("5 means, in English"): "Everything",
                },
            )
    if scales:  # the rest of the rubric that a draft begins with is taken away
        for at in range(len(criteria) + 1, page.locator("fieldset.criterion").count() + 1):
            row = page.locator(f"#criteria-{at}")
            empty = (es("Name, in Spanish"), es("Name, in English"), es("Weight"))
            write(row, dict.fromkeys(empty, ""))
        for gate in page.locator("select[name$=-gate]").all():
            gate.select_option("")
