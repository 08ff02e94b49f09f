"""Knowledge: sheets that overlap, the review with the keyboard, a claim, a correction."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.site import Site
from tests.e2e.walk.ecosystem import upload
from tests.e2e.walk.hands import es, field, follow, heading, press, until, write

CODE = re.compile(r"\b(\d{8})\b")
PUMPS, CARRIER, LABORATORY = "Bombas Chachani", "Transportes Apaza", "Laboratorio Ensaye"
DOMAIN = "bombaschachani.example"
HEADERS = "Razón social;RUC;Rubro;Departamento;Provincia;Distrito;Teléfono;Página web"
CHAMBER = [
    f"{PUMPS} S.A.C.;20500000202;Bombas y válvulas;AREQUIPA;AREQUIPA;CAYMA;054 555201;www.{DOMAIN}",
    f"{CARRIER} Hermanos E.I.R.L.;20500000211;Transporte de carga;PUNO;PUNO;PUNO;051 555202;",
    f"{LABORATORY} del Misti S.A.;20500000229;Ensayos metalúrgicos;AREQUIPA;ISLAY;MOLLENDO;054 555203;",
]
FAIR = [
    f"BOMBAS CHACHANI;;Bombas y válvulas;AREQUIPA;AREQUIPA;CAYMA;054 555201;www.{DOMAIN}",
    f"{CARRIER} Hnos.;;Transporte de carga;PUNO;PUNO;PUNO;051 555202;",
    "Laboratorio Ensayes del Misti;;Ensayos metalúrgicos;AREQUIPA;ISLAY;MOLLENDO;054 555203;",
]
NEW_ACTIVITY = "Bombas, válvulas y sellos para pulpas"
WHY = "Me lo dijeron en su puesto de la feria."
MOST_PAIRS = 25
WAITING = re.compile(r"(\d+) en espera")


def ask_about_everything(page: Page) -> None:
    """Nothing is joined without a person while these sheets come in."""
    page.goto("/revisar/umbrales/")
    write(page, {es("Join from, in percent"): "100", es("Ask from, in percent"): "5"})
    press(page, es("Save"))
    expect(page.get_by_role("main")).to_contain_text(es("What to expect"))
    expect(field(page, es("Ask from, in percent"))).to_have_value("5")


def bring_in(page: Page, folder: Path, *, source: str, rows: list[str]) -> None:
    """Upload a sheet through the pages; the worker of the site imports and resolves it."""
    path = folder / f"{source}.csv"
    path.write_text("\n".join([HEADERS, *rows]) + "\n", encoding="utf-8")
    page.goto("/importar/nuevo/")
    upload(page, path, source=source)
    press(page, "Importar estas filas")
    expect(page.get_by_role("main")).to_contain_text("La hoja está en el mapa")


def review_with_the_keyboard(page: Page) -> None:
    """The same, different after taking “the same” back, and one that nobody knows."""
    _until_it_waits(page)
    taken_back = False
    for _turn in range(MOST_PAIRS):
        pair = page.locator("#desk > [data-pair]")
        if not pair.count():
            break
        words = pair.inner_text()
        if PUMPS.lower() in words.lower():
            _answer(page, "1")
        elif CARRIER in words and not taken_back:
            _answer(page, "s")
            page.keyboard.press("u")
            expect(page.locator("#desk")).to_contain_text(CARRIER)
            taken_back = True
        elif CARRIER in words:
            _answer(page, "d")
        else:
            _answer(page, "n")
    expect(page.locator("#desk")).to_contain_text(es("No pair is waiting"))
    assert taken_back


def _until_it_waits(page: Page) -> None:
    """The worker resolves after the import has said that it is done."""

    def enough() -> bool:
        page.goto("/revisar/")
        left = WAITING.search(page.locator("#desk").inner_text())
        return left is not None and int(left[1]) >= len(FAIR)

    until(page, enough)


def _answer(page: Page, key: str) -> None:
    """Press a key and wait until the answer is kept."""
    with page.expect_response(re.compile(r"/revisar/\d+/")) as told:
        page.keyboard.press(key)
    assert told.value.ok


def claim(page: Page, site: Site, address: str, *, email: str) -> None:
    """From a telephone: prove by a code that goes to the web domain of the organisation."""
    page.goto(address)
    follow(page, es("Claim this profile"))
    write(page, {es("E-mail at the organisation"): "cualquiera@correo.example"})
    press(page, es("Send the code"))
    expect(page.get_by_role("main")).to_contain_text(f"@{DOMAIN}")
    write(page, {es("E-mail at the organisation"): email})
    press(page, es("Send the code"))
    letter = site.mail.wait_for(to=email).get_body(("plain",))
    assert letter is not None
    code = CODE.search(letter.get_content())
    assert code, letter.get_content()
    write(page, {es("Code of eight digits"): code[1]})
    press(page, es("Give the code"))
    expect(page.get_by_role("main")).to_contain_text(
        es("The profile is yours. Keep it up to date.")
    )
    expect(page.get_by_text(es("Claimed profile"), exact=True)).to_be_visible()


def propose_activity(page: Page, address: str) -> None:
    """Somebody from outside says what is not right."""
    page.goto(address)
    follow(page, es("Propose a correction"))
    field(page, es("What is wrong?")).select_option(label=es("Activity"))
    press(page, es("Continue"))
    write(page, {es("What it should be"): NEW_ACTIVITY, es("How do you know?"): WHY})
    press(page, es("Propose"))
    expect(page.get_by_role("main")).to_contain_text(es("Proposed"))
    page.goto(address)
    expect(page.get_by_role("main")).not_to_contain_text(NEW_ACTIVITY)


def accept_correction(page: Page, address: str) -> None:
    """The owner, whom a notice told, says yes."""
    page.goto("/avisos/")
    page.get_by_role("main").get_by_role("button", name=re.compile(PUMPS)).first.click()
    expect(page.get_by_role("main")).to_contain_text(WHY)
    press(page, es("Accept"))
    expect(page.get_by_role("main")).to_contain_text(es("Accepted"))
    page.goto(f"{address}historial/")
    change = page.get_by_role("listitem").filter(has_text=NEW_ACTIVITY)
    expect(change).to_contain_text(es("An accepted correction"))
    expect(change).to_contain_text(WHY)


def read_in_public(page: Page, address: str) -> None:
    """Everybody sees it, with who says so; not whom the correction came from."""
    page.goto(address)
    main = page.get_by_role("main")
    expect(main).to_contain_text(NEW_ACTIVITY)
    page.get_by_text(es("Who says each thing, and since when")).click()
    row = main.get_by_role("row", name=re.compile(es("Activity")))
    expect(row).to_contain_text(NEW_ACTIVITY)
    expect(row).to_contain_text(es("The organisation"))
    heading(page, f"{PUMPS} S.A.C.")
