"""What every person does on every page: write in fields, press buttons, open an account."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from tests.e2e.site import Site

WAITS_MS = 60_000  # a machine that runs two browsers on two cores may stall; nobody waits for what is there
PASSWORD = "una clave larga 1"
CODE = re.compile(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who opens an account with their own hands."""

    name: str
    email: str


def es(text: str) -> str:
    """Return a text of the interface as a Spanish page shows it."""
    with override("es"):
        return gettext(text)


def field(place: Page | Locator, label: str) -> Locator:
    """Return the control with this label, compulsory or not."""
    words = rf"^\s*{re.escape(label)}\s*(\((opcional|optional)\))?\s*$"
    return place.get_by_label(re.compile(words))


def write(place: Page | Locator, texts: dict[str, str]) -> None:
    """Write each text in the field with that label."""
    for label, text in texts.items():
        field(place, label).fill(text)


def press(place: Page | Locator, name: str) -> None:
    """Press the one button with exactly this name."""
    place.get_by_role("button", name=name, exact=True).click()


def follow(place: Page | Locator, name: str) -> None:
    """Follow the one link with exactly this name."""
    place.get_by_role("link", name=name, exact=True).click()


def heading(page: Page, text: str) -> None:
    """Wait until the page with this title is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def saved(page: Page) -> None:
    """Wait until the form has saved itself."""
    expect(page.locator("[data-savestatus][data-tone=ok]")).to_contain_text("Guardado")


def chosen(place: Page | Locator, legend: str, points: int) -> None:
    """Give points on the scale with this legend."""
    group = place.get_by_role("group", name=re.compile(re.escape(legend)))
    group.locator("label").filter(has_text=str(points)).click()
    expect(group.get_by_role("radio", name=str(points), exact=True)).to_be_checked()


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Let the page go on until something has happened; look ten times a second.

    Raises:
        AssertionError: it takes longer than anything may.
    """
    deadline = monotonic() + WAITS_MS / 1000
    while not happened():
        assert monotonic() < deadline, "It did not happen in time."
        page.wait_for_timeout(100)


def sign_up(page: Page, site: Site, who: Newcomer) -> None:
    """Open an account by e-mail, with the code that really arrives."""
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Ingresar").click()
    register = re.compile("reg[ií]str", re.IGNORECASE)
    page.get_by_role("main").get_by_role("link", name=register).click()
    write(page, {"Nombre completo": who.name})
    page.get_by_role("textbox", name="Correo electrónico").fill(who.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").last.click()
    message = site.mail.wait_for(to=who.email).get_body(("plain",))
    assert message is not None
    assert "Clúster Minero" in message.get_content()
    code = CODE.search(message.get_content())
    assert code, message.get_content()
    page.get_by_role("textbox", name=re.compile("Código|Code")).fill(code[1])
    page.get_by_role("main").get_by_role("button").first.click()
    heading(page, "Mi trabajo")
