"""Step 2: a user area states a problem, and the cluster team takes it through triage."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.site import Site
from tests.e2e.walk.hands import Newcomer, es, field, follow, heading, press, saved, write

TITLE = "Los revestimientos del molino SAG duran la mitad de lo previsto"
QUESTION = "¿Desde cuándo ocurre y en cuántos molinos?"
WHEN = "Desde la campaña de 2024, en dos de los tres molinos."


def state_problem(page: Page) -> None:
    """Write it in one go; it saves itself; come back, finish and submit."""
    page.goto("/problemas/")
    page.get_by_role("link", name=es("State a problem"), exact=True).click()
    write(page, {es("What is the problem, in one line?"): TITLE})
    press(page, es("Continue"))
    follow(page, es("Everything on one page"))
    heading(page, es("The problem in full"))
    write(
        page,
        {
            es(
                "What happens?"
            ): "Los revestimientos se cambian cada tres meses en vez de cada seis.",
            es("How is that cost known?"): "Órdenes de trabajo y repuestos de 2025.",
        },
    )
    saved(page)
    page.reload()
    expect(field(page, es("How is that cost known?"))).to_have_value(
        "Órdenes de trabajo y repuestos de 2025."
    )
    field(page, es("Where in the value chain?")).select_option(index=1)
    write(
        page,
        {
            es("Site or operation"): "Planta concentradora 2",
            es("Cost per year, in US dollars"): "480000",
            es(
                "What was tried, and why did it fail?"
            ): "Dos aleaciones; ninguna resistió más de cuatro meses.",
            es(
                "How would you know that it is solved?"
            ): "Seis meses entre cambios, medidos en dos campañas.",
        },
    )
    press(page, es("Save and review"))
    heading(page, TITLE)
    press(page, es("Submit the problem"))
    expect(page.get_by_role("main")).to_contain_text(es("To be triaged"))


def ask_for_more(page: Page) -> None:
    """The team asks before it accepts."""
    _triage(page, es("Ask for more information"), QUESTION)
    expect(page.get_by_role("main")).to_contain_text(es("More information asked for"))


def answer(page: Page, site: Site, who: Newcomer) -> None:
    """The question came by e-mail; the answer goes with the corrected problem."""
    message = site.mail.wait_for(to=who.email, subject=TITLE)
    assert QUESTION in message.get_body(("plain",)).get_content()
    page.goto("/mi-trabajo/")
    page.get_by_role("main").get_by_role("link", name=re.compile(TITLE)).click()
    heading(page, TITLE)
    follow(page, es("Write on"))
    write(page, {es("What happens?"): f"Los revestimientos se cambian cada tres meses. {WHEN}"})
    press(page, es("Save and review"))
    write(page, {es("Your answer to the cluster team"): WHEN})
    press(page, es("Submit the problem"))
    expect(page.get_by_role("main")).to_contain_text(es("To be triaged"))


def accept(page: Page) -> None:
    """What was missing is there now."""
    _triage(page, es("Accept it for rating"), "")
    expect(page.get_by_role("main")).to_contain_text(es("Accepted for rating"))


def _triage(page: Page, answer: str, reason: str) -> None:
    page.goto("/problemas/")
    follow(page, TITLE)
    page.get_by_role("radio", name=answer).check()
    if reason:
        write(page, {es("Question or reason"): reason})
    press(page, es("Send the answer"))
