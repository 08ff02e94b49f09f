"""Step 4: a supplier answers the challenge, from a telephone."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.walk import challenge
from tests.e2e.walk.hands import es, field, follow, heading, press, saved, write

FIRM = "Abrasión Cero S.A.C."
RUC = "20500000156"
TITLE = "Revestimiento compuesto de caucho y acero"
FULL = {
    "Summary": "Un revestimiento compuesto que dura el doble y se cambia en la mitad del tiempo.",
    "Qué propone y cómo funciona": "Se instala en un molino, se mide el desgaste cada mes y se compara.",
    "Evidencia de que funciona": "Dos pilotos en plantas por encima de 3 800 m s. n. m.",
    "Equipo": "Cuatro metalurgistas y dos técnicos de mantenimiento.",
    "Amount requested (US$)": "38000",
    "Duration (months)": "9",
}


def register_firm(page: Page, address: str) -> None:
    """From the challenge to an organisation of one's own, and back to the challenge."""
    page.goto(address)
    follow(page, es("Write a proposal"))
    page.get_by_role("link", name=es("Find or register my organisation")).click()
    write(page, {"Razón social": FIRM, "RUC o n.º tributario": RUC})
    field(page, "Tipo de organización").select_option(label="Proveedor minero")
    press(page, "Registrar")
    heading(page, es("Answer this challenge"))
    expect(page.get_by_role("main")).to_contain_text(FIRM)


def draft(page: Page, address: str) -> None:
    """Begin with half of it: it saves itself, and it is still there afterwards."""
    page.goto(address)
    follow(page, es("Write a proposal"))
    press(page, es("Begin the proposal"))
    heading(page, es("Your proposal"))
    write(page, {es("Title"): TITLE})
    saved(page)
    page.goto("/propuestas/")
    expect(page.get_by_role("main")).to_contain_text(es("Not submitted yet."))
    follow(page, TITLE)
    press(page, es("Check and submit"))
    expect(page.get_by_role("heading", name=es("Before it can be submitted"))).to_be_visible()
    follow(page, es("Go on writing"))


def complete(page: Page) -> None:
    """Fill in the rest and attach a file."""
    write(page, {es(label): text for label, text in FULL.items()})
    field(page, es("Readiness today")).select_option("6")
    field(page, es("Readiness at the end")).select_option("8")
    field(page, es("Add files")).set_input_files(
        {"name": "ensayos.csv", "mimeType": "text/csv", "buffer": b"mes;desgaste\n1;4,2\n"}
    )
    press(page, es("Add the chosen files"))
    expect(page.get_by_role("link", name="ensayos.csv")).to_be_visible()


def submit(page: Page) -> str:
    """Hand it in and keep the number of the receipt."""
    press(page, es("Check and submit"))
    press(page, es("Submit the proposal"))
    heading(page, es("Receipt of a proposal"))
    expect(page.get_by_role("main")).to_contain_text(es("Received in time"))
    expect(page.get_by_role("main")).to_contain_text(challenge.TITLE_ES)
    expect(page.get_by_role("row", name=re.compile("ensayos.csv"))).to_be_visible()
    return page.url.rstrip("/").rpartition("/")[2]
