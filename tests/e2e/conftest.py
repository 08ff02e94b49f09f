"""A real browser, a real server, and somebody who watches both.

    def test_staff_sees_the_directory(site, person):
        with site.database():
            rosa = UserFactory(is_staff=True)
        page = person(rosa)
        page.goto("/directorio")
        expect(page.get_by_role("heading", level=1)).to_be_visible()

Axe examines every page visited without being asked; `watch.tolerate(r"status of 409")` lets pass
what a test provokes on purpose.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.site import Site, running_site
from tests.e2e.walk.hands import WAITS_MS
from tests.e2e.watch import AXE, Sound, Watch
from tests.services.system import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=WAITS_MS)

Person = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, and say so where there is no browser.

    The long ones come first, so that of two processes neither waits long for the other.
    """
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.e2e)
            if chromium() is None:
                item.add_marker(pytest.mark.skip(reason="NO CHROMIUM on this machine"))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def base_url() -> None:
    """Every site has its own address; the plugin's fixture also warns under this pytest."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": str(chromium()), "args": FLAGS}


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    """Playwright keeps an event loop in this thread; the ORM is used beside it, not inside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Site]:
    """A site that all tests of a process share; what is counted on a page is made by the test."""
    with running_site(
        tmp_path_factory.mktemp("site"), unblock=django_db_blocker.unblock, quick=True
    ) as running:
        yield running


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """What axe found nothing wrong with in this run, in whichever of its processes."""
    own = tmp_path_factory.getbasetemp()
    return Sound((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "sound")


@pytest.fixture
def watch(site: Site, sound: Sound) -> Watch:
    """Faults of every browser of the test; they fail it at the end."""
    assert AXE.exists(), "axe-core is not installed; `make test` does it"
    return Watch(site.url, sound)


@pytest.fixture
def person(site: Site, watch: Watch, new_context: Any) -> Iterator[Person]:
    """Open a browser for somebody: `person(user)` is signed in, `person()` a stranger.

    `rules` narrows what axe is asked; other keywords go to Playwright's `new_context` (viewport,
    color_scheme, java_script_enabled …).
    """

    def open_browser(
        user: Any = None, *, language: str = "es", rules: Sequence[str] = (), **options: Any
    ) -> Page:
        locale = {"es": "es-PE", "en": "en-GB"}[language]
        settings = {
            "timezone_id": "America/Lima",
            "reduced_motion": "reduce",
            "service_workers": "block",
        }
        context = new_context(base_url=site.url, locale=locale, **{**settings, **options})
        context.set_default_timeout(WAITS_MS)
        scripted = options.get("java_script_enabled", True)
        watch.follow(context, scripted=scripted, rules=rules)
        if user is not None:
            context.add_cookies([site.session_cookie(user)])
        return context.new_page()

    yield open_browser
    watch.conclude()
