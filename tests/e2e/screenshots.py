"""`make screenshots`: the pictures of the manual, of every main page, taken from the demo.

Both languages, both themes, desktop and phone: docs/manual/pictures/directory-es-light-desktop.jpg
"""

import os
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from tests.e2e.conftest import FLAGS
from tests.e2e.site import ROOT, Site, new_session, running_site
from tests.services.system import chromium

TARGET = ROOT / "docs" / "manual" / "pictures"
LOCALES = {"es": "es-PE", "en": "en-GB"}
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
THEMES = ("light", "dark")
QUALITY = 80  # per cent; a JPEG of a page is a quarter of its PNG
console = Console(highlight=False)


def pages() -> dict[str, str]:
    """Return the pages of the manual: the name of the picture and the address."""
    from django.urls import reverse

    from minka.knowledge.models import Actor

    actor = Actor.objects.order_by("pk")[0]
    return {
        "home": reverse("portal:home"),
        "work": reverse("portal:work"),
        "directory": reverse("knowledge:directory"),
        "actor": actor.get_absolute_url(),
        "challenges": reverse("innovation:challenges"),
    }


def take(
    browser: Browser,
    site: Site,
    cookies: list[Any],
    addresses: dict[str, str],
    variant: tuple[str, str, str],
) -> None:
    """Take every page in one language, theme and size."""
    language, theme, size = variant
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=site.url,
        locale=LOCALES[language],
        color_scheme=theme,
        viewport={"width": width, "height": height},
        timezone_id="America/Lima",
        reduced_motion="reduce",
    )
    from django.conf import settings

    spoken = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site.url}
    context.add_cookies([*cookies, spoken])
    page = context.new_page()
    for name, address in addresses.items():
        answer = page.goto(address, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{name} ({address}) answers {answer and answer.status}")
        path = TARGET / f"{name}-{language}-{theme}-{size}.jpg"
        page.screenshot(path=path, type="jpeg", quality=QUALITY, animations="disabled")
    context.close()


def main() -> int:
    """Take them all."""
    browser_path = chromium()
    if browser_path is None:
        console.print("[bold red]There is no Chromium on this machine.[/]")
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="minka-pictures-") as folder,
        running_site(Path(folder), settings_module="tests.bench.settings") as site,
    ):
        os.environ.update(site.environment, DJANGO_ALLOW_ASYNC_UNSAFE="1")
        import django

        django.setup()
        from django.conf import settings

        from minka.core.models import User

        staff = User.objects.filter(is_staff=True).order_by("pk")[0]
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": new_session(staff),
            "url": site.url,
        }
        addresses = pages()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(browser_path), args=FLAGS)
            for variant in product(LOCALES, THEMES, SIZES):
                take(browser, site, [cookie], addresses, variant)
            browser.close()
    console.print(
        f"{len(addresses) * len(LOCALES) * len(THEMES) * len(SIZES)} pictures are in {TARGET.relative_to(ROOT)}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
