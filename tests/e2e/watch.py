"""Watch a browser while a test drives it: nothing may be wrong on any page it visits.

Every document is examined by axe just before it is left (and the last one at the end), so in the
state in which the person saw it, with everything that was opened or swapped in. Console errors,
uncaught exceptions, violations of the Content-Security-Policy and requests to other hosts are
kept as faults as they happen.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Route

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LOCAL_SCHEMES = {"data", "blob", "about", "chrome-error"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Evaluated by the debugger, not by the page, so the page's policy stays as strict as it is.
RUN_AXE = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.map(rule => rule.id + ': ' + rule.help + '\\n' +
    rule.nodes.slice(0, 5).map(node => '    ' + node.target.join(' ') + '\\n      ' +
    (node.failureSummary || '').replace(/\\n\\s*/g, ' ')).join('\\n'));
}"""
REPORT_POLICY = """document.addEventListener('securitypolicyviolation', event =>
  console.error('content security policy: ' + event.effectiveDirective + ' ' + event.blockedURI));"""


@dataclass
class Watch:
    """What went wrong in the browsers of one test, and which pages were examined."""

    origin: str
    faults: list[str] = field(default_factory=list)
    examined: list[str] = field(default_factory=list)
    tolerated: list[re.Pattern[str]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def tolerate(self, pattern: str) -> None:
        """Let faults that match pass; say in the test why: the fault is what it provokes."""
        self.tolerated.append(re.compile(pattern))

    def follow(self, context: BrowserContext) -> None:
        """Watch everything that happens in a context from now on."""
        context.add_init_script(REPORT_POLICY)
        context.route("**/*", self._route)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._fault(f"exception: {error.error}"))
        context.on("page", lambda page: self.pages.append(page))

    def examine(self, page: Page) -> None:
        """Run axe on a page as it is now."""
        if page.is_closed() or urlsplit(page.url).scheme not in {"http", "https"}:
            return
        if "html" not in page.evaluate("document.contentType"):
            return
        where = urlsplit(page.url).path
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE.read_text())
        for violation in page.evaluate(RUN_AXE, TAGS):
            self._fault(f"axe on {where}: {violation}")
        self.examined.append(where)

    def conclude(self) -> None:
        """Examine what is still open and fail if anything was wrong.

        Raises:
            AssertionError: with every fault, each once.
        """
        for page in self.pages:
            self.examine(page)
        faults = [fault for fault in dict.fromkeys(self.faults) if not any(one.search(fault) for one in self.tolerated)]
        assert not faults, "The browser found faults:\n" + "\n".join(faults)

    def _fault(self, text: str) -> None:
        self.faults.append(text)

    def _route(self, route: Route, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and not request.url.startswith(self.origin + "/"):
            self._fault(f"request to another host: {request.url}")
            route.abort()
            return
        if request.is_navigation_request() and request.frame.parent_frame is None:
            self._leave(request.frame.page)
        route.continue_()

    def _leave(self, page: Page) -> None:
        try:
            self.examine(page)
        except Error as error:  # the document went away under axe: then it was never examined
            self._fault(f"axe could not finish on {page.url}: {error.message.splitlines()[0]}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = urlsplit(message.location.get("url", "")).path
            self._fault(f"console on {where}: {message.text}")
