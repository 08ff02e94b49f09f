"""`make screenshots`: the pictures of the manual, taken from the demo with its own people.

The main pages in both languages, both themes, on a desktop and a phone; the others as most people
see them: docs/manual/pictures/<page>-<language>-<theme>-<size>.jpg
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby, product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console

from tests.e2e.conftest import FLAGS
from tests.e2e.site import ROOT, Site, new_session, running_site
from tests.services.system import chromium

TARGET = ROOT / "docs" / "manual" / "pictures"
LOCALES = {"es": "es-PE", "en": "en-GB"}
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
THEMES = ("light", "dark")
USUAL = ("es", "light", "desktop")
QUALITY = 80  # per cent; a JPEG of a page is a quarter of its PNG
MOST_BYTES = 12_000_000  # all pictures together; they are committed
WAITS_MS = 20_000
console = Console(highlight=False)


class Studio:
    """Opens pages as one person in one variant, and takes their picture."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site, self.taken = browser, site, 0

    @contextmanager
    def visit(self, who: str, variant: tuple[str, str, str] = USUAL) -> Iterator[Page]:
        """Open a browser for the person with this name before the @; nobody when empty."""
        from django.conf import settings

        from minka.core.models import User

        language, theme, size = variant
        context = self.browser.new_context(
            base_url=self.site.url,
            locale=LOCALES[language],
            color_scheme=theme,
            viewport=dict(zip(("width", "height"), SIZES[size], strict=True)),
            timezone_id="America/Lima",
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAITS_MS)
        cookies: list[Any] = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language}]
        if who:
            user = User.objects.get(email=f"{who}@minka.example")
            cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": new_session(user)})
        context.add_cookies([{**cookie, "url": self.site.url} for cookie in cookies])
        yield context.new_page()
        context.close()

    def take(
        self, page: Page, name: str, variant: tuple[str, str, str] = USUAL, *, at: str = ""
    ) -> None:
        """Take what is open; `at` is scrolled to the top first, below the bar."""
        page.wait_for_load_state("networkidle")
        if at:
            page.locator(at).first.evaluate(
                "part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 90)"
            )
        path = TARGET / f"{'-'.join((name, *variant))}.jpg"
        page.screenshot(path=path, type="jpeg", quality=QUALITY, animations="disabled")
        self.taken += 1

    def open(self, page: Page, address: str) -> None:
        """Go there; a page that does not answer 200 is no picture.

        Raises:
            RuntimeError: it answered something else.
        """
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{address} answers {answer and answer.status}")


def main() -> int:
    """Take them all."""
    browser_path = chromium()
    if browser_path is None:
        console.print("[bold red]There is no Chromium on this machine.[/]")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.jpg"):
        old.unlink()
    with (
        tempfile.TemporaryDirectory(prefix="minka-pictures-") as folder,
        running_site(Path(folder), settings_module="tests.bench.settings") as site,
        sync_playwright() as playwright,
    ):
        os.environ.update(site.environment, DJANGO_ALLOW_ASYNC_UNSAFE="1")
        import django

        django.setup()
        from tests.e2e import scenes

        browser = playwright.chromium.launch(executable_path=str(browser_path), args=FLAGS)
        studio = Studio(browser, site)
        main_pages, others = scenes.main_pages(), scenes.other_pages()
        for variant in product(LOCALES, THEMES, SIZES):
            _take_shots(studio, main_pages, variant)
        _take_shots(studio, others, USUAL)
        scenes.take_challenge_in_preparation(studio)
        scenes.take_import(studio, Path(folder))
        browser.close()
    size = sum(path.stat().st_size for path in TARGET.glob("*.jpg"))
    console.print(
        f"{studio.taken} pictures, {size / 1e6:.1f} MB, are in {TARGET.relative_to(ROOT)}."
    )
    if size > MOST_BYTES:
        console.print(f"[bold red]That is more than {MOST_BYTES / 1e6:.0f} MB.[/]")
        return 1
    return 0


def _take_shots(studio: Studio, shots: list[Any], variant: tuple[str, str, str]) -> None:
    """Take pages that only have to be opened, one browser for each person."""
    for who, group in groupby(sorted(shots, key=lambda shot: shot.who), lambda shot: shot.who):
        with studio.visit(who, variant) as page:
            for shot in group:
                studio.open(page, shot.address)
                studio.take(page, shot.name, variant, at=shot.at)


if __name__ == "__main__":
    sys.exit(main())
