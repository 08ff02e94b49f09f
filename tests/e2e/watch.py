"""Watch a browser while a test drives it: nothing may be wrong on any page it visits.

Every document is examined by axe just before it is left (and the last one at the end), so in the
state in which the person saw it, with everything that was opened or swapped in. Where a document
differs from one in which axe found nothing by the words and figures of its record alone, axe has
nothing to add and is not asked again (`shape.js` says what else there is). Console errors, uncaught
exceptions, violations of the Content-Security-Policy and requests to other hosts are kept as
faults as they happen.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Route

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SCRIPTS = [Path(__file__).with_name(name) for name in ("shape.js", "watch.js")]
LOCAL_SCHEMES = {"data", "blob", "about", "chrome-error"}


@dataclass
class Sound:
    """The shapes of documents in which axe found nothing; processes that share a folder share them."""

    folder: Path

    def shapes(self) -> list[int]:
        """Return all that are kept."""
        return [int(one.name) for one in self.folder.glob("*")]

    def keep(self, shape: int) -> None:
        """Remember that nothing is wrong with this shape."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / str(shape)).touch()


@dataclass
class Watch:
    """What went wrong in the browsers of one test, and which pages were examined."""

    origin: str
    sound: Sound
    faults: list[str] = field(default_factory=list)
    examined: list[str] = field(default_factory=list)
    tolerated: list[re.Pattern[str]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    held: dict[Page, Route] = field(default_factory=dict)  # navigations that wait for axe
    ready: set[Page] = field(default_factory=set)  # pages whose answer came before the request

    def tolerate(self, pattern: str) -> None:
        """Let faults that match pass; say in the test why: the fault is what it provokes."""
        self.tolerated.append(re.compile(pattern))

    def follow(
        self, context: BrowserContext, *, scripted: bool = True, rules: Sequence[str] = ()
    ) -> None:
        """Watch everything that happens in a context from now on.

        Where scripts are off (`scripted=False`), axe cannot run and the rest is still watched.
        `rules` are the only ones of axe to be asked; all that matter without.
        """
        context.on("console", self._console)
        context.on("weberror", lambda error: self._fault(f"exception: {error.error}"))
        not_ours = re.compile(rf"^(?!{re.escape(self.origin)}/static/)")  # those may go unseen
        context.route(not_ours, lambda route, request: self._route(route, request, hold=scripted))
        if scripted:
            context.on("page", lambda page: self.pages.append(page))  # noqa: PLW0108 -- Playwright marks what it is given
            context.expose_binding("minkaExamined", self._left)
            context.expose_function("minkaSound", self.sound.shapes)
            context.expose_function("minkaIsSound", self.sound.keep)
            # a function that is not called is hardly read
            context.add_init_script(f"window.minkaLoadAxe = () => {{ {AXE.read_text()} }};")
            if rules:
                context.add_init_script(f"window.minkaRules = {json.dumps(rules)};")
            for script in SCRIPTS:
                context.add_init_script(script.read_text())

    def examine(self, page: Page) -> None:
        """Let axe examine a page as it is now."""
        if not page.is_closed() and _holds_a_document(page):
            self._note(urlsplit(page.url).path, page.evaluate("minkaExamine()"))

    def conclude(self) -> None:
        """Examine what is still open and fail if anything was wrong.

        Raises:
            AssertionError: with every fault, each once.
        """
        for page, route in list(self.held.items()):  # a test that failed while a page was left
            del self.held[page]
            if not page.is_closed():
                route.abort()
        for page in self.pages:
            if not page.is_closed():
                page.wait_for_load_state()
            self.examine(page)
        faults = [
            fault
            for fault in dict.fromkeys(self.faults)
            if not any(one.search(fault) for one in self.tolerated)
        ]
        assert not faults, "The browser found faults:\n" + "\n".join(faults)

    def _fault(self, text: str) -> None:
        self.faults.append(text)

    def _note(self, where: str, violations: list[str]) -> None:
        self.examined.append(where)
        for violation in violations:
            self._fault(f"axe on {where}: {violation}")

    def _route(self, route: Route, request: Request, *, hold: bool) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and not request.url.startswith(self.origin + "/"):
            self._fault(f"request to another host: {request.url}")
            route.abort()
            return
        page = _page_that_leaves(request) if hold else None
        if page and _holds_a_document(page) and page not in self.ready:
            self.held[page] = route
            return
        if page:
            self.ready.discard(page)
        route.continue_()

    def _left(self, source: dict[str, Any], where: str, violations: list[str]) -> None:
        """Take the answer of a document that is being left, and let the next one come."""
        self._note(where, violations)
        page = source["page"]
        if route := self.held.pop(page, None):
            route.continue_()
        else:
            self.ready.add(page)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = urlsplit(message.location.get("url", "")).path
            self._fault(f"console on {where}: {message.text}")


def _page_that_leaves(request: Request) -> Page | None:
    """Return the page that this request navigates; None for a resource or a frame."""
    if not request.is_navigation_request():
        return None
    try:
        frame = request.frame
    except Error:  # the first document of a tab that has just been opened
        return None
    return frame.page if frame.parent_frame is None else None


def _holds_a_document(page: Page) -> bool:
    return urlsplit(page.url).scheme in {"http", "https"}
