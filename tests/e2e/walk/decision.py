"""Steps 6 and 7: the ranking, the decision with its reason, the release; the funnel at home."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.site import Site
from tests.e2e.walk import challenge, proposal
from tests.e2e.walk.hands import Newcomer, es, heading, press, write

FEEDBACK = "Convenció la evidencia en altura; falta detallar el plan de instalación."
REASON = "Mejor promedio y dos pilotos comprobados."


def decide(page: Page, address: str) -> None:
    """Open the discussion and see the ranking, then decide; without a reason nothing is taken."""
    page.goto(address)
    page.get_by_role("main").get_by_role("link", name=es("Results")).click()
    expect(page.get_by_role("main")).not_to_contain_text(re.compile("4[.,]30"))
    press(page.get_by_role("main").locator(".pagehead"), es("Open the discussion"))
    page.get_by_role("dialog").get_by_role("button", name=es("Open the discussion")).click()
    row = page.get_by_role("row", name=re.compile(proposal.TITLE))
    expect(row).to_contain_text(re.compile("4[.,]30"))
    row.get_by_role("link", name=es("Decide")).click()
    page.get_by_role("radio", name=es("Selected"), exact=True).check()
    press(page, es("Save the decision"))
    expect(page.get_by_role("alert")).to_contain_text(es("Reason, for the record"))
    write(page, {es("Reason, for the record"): REASON, es("Feedback for the supplier"): FEEDBACK})
    press(page, es("Save the decision"))
    heading(page, es("Results"))


def release(page: Page) -> None:
    """Tell everybody at once."""
    press(page.get_by_role("main").locator(".pagehead"), es("Release the decisions"))
    page.get_by_role("dialog").get_by_role("button", name=es("Release the decisions")).click()
    expect(page.get_by_role("main")).to_contain_text(es("The decisions are released"))


def nothing_known_yet(page: Page) -> None:
    """A decision that is not released reaches nobody."""
    page.goto("/propuestas/")
    page.get_by_role("main").get_by_role("link", name=proposal.TITLE).click()
    expect(page.get_by_role("main")).not_to_contain_text(FEEDBACK)


def learn_decision(page: Page, site: Site, who: Newcomer) -> None:
    """The supplier is told by e-mail, and reads the letter where the e-mail leads."""
    message = site.mail.wait_for(
        to=who.email,
        subject=es("Decision on your proposal to “%(challenge)s”")
        % {"challenge": challenge.TITLE_ES},
    )
    text = message.get_body(("plain",)).get_content()
    assert FEEDBACK in " ".join(text.split())
    address = re.search(r"https?://[^/\s]+(/cartas/\S+)", text)
    assert address, text
    page.goto(address[1])
    expect(page.get_by_role("main")).to_contain_text(proposal.TITLE)
    expect(page.get_by_role("main")).to_contain_text(FEEDBACK)
    expect(page.get_by_role("main")).to_contain_text(es("Selected"))
    expect(page.get_by_role("main")).not_to_contain_text(REASON)


def see_funnel(page: Page) -> None:
    """Everybody sees at home how far the edition has come."""
    page.goto("/")
    steps = page.locator(".funnel > li")
    for step in ("problema", "desafío", "propuesta"):
        expect(steps.filter(has_text=re.compile(step, re.IGNORECASE)).first).to_contain_text("1")
    expect(page.get_by_role("main")).to_contain_text("Edición 2026")
