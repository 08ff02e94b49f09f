"""The watch itself: what it has to find, it finds."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.walk.hands import WAITS_MS
from tests.e2e.watch import Sound, Watch

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'"
)
BODIES = {
    "/fine": "<h1>Fine</h1><a href='/second'>On</a>",
    "/second": "<h1>Second</h1>",
    "/third": "<h1>The third one</h1>",
    "/nameless": "<h1>A field</h1><input type='text'><a href='/second'>On</a>",
    "/inline": "<h1>Inline</h1><p style='color: red'>red</p>",
    "/abroad": "<h1>Abroad</h1><img src='https://elsewhere.example/x.png' alt=''>",
    "/missing": "<h1>Missing</h1><script src='/none.js'></script>",
    "/broken": "<h1>Broken</h1><script src='/throws.js'></script>",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body, kind = BODIES.get(self.path), "text/html; charset=utf-8"
        if self.path == "/throws.js":
            body, kind = "throw new Error('on purpose')", "text/javascript"
        page = f"<!doctype html><html lang='en'><head><title>Page</title></head><body><main>{body}</main></body></html>"
        content = (page if kind.startswith("text/html") else body or "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def visit(origin: str, new_context: Callable[..., Any], tmp_path: Path) -> tuple[Page, Watch]:
    watch = Watch(origin, Sound(tmp_path / "sound"))
    context = new_context(base_url=origin)
    context.set_default_timeout(WAITS_MS)
    watch.follow(context)
    return context.new_page(), watch


def test_pages_without_fault_pass_and_each_is_examined(visit):
    page, watch = visit
    page.goto("/fine")
    page.get_by_role("link", name="On").click()
    page.wait_for_url("**/second")
    watch.conclude()
    assert watch.examined == ["/fine", "/second"]


def test_axe_is_asked_once_about_documents_that_differ_by_their_words(visit):
    page, watch = visit
    asked = []
    for path in ("/second", "/third", "/nameless", "/nameless"):
        page.goto(path)
        watch.examine(page)
        asked.append(page.evaluate("window.axe !== undefined"))
    assert asked == [True, False, True, True]  # what is at fault is asked again, whoever comes
    assert len(watch.examined) == 4 + 3  # and when it is left


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/nameless", "label"),
        ("/inline", "content security policy|Content Security Policy"),
        ("/abroad", "another host: https://elsewhere.example/x.png|Content Security Policy"),
        ("/missing", "status of 404"),
        ("/broken", "exception: .*on purpose"),
    ],
)
def test_a_fault_fails_even_when_the_page_was_left(visit, path, fault):
    page, watch = visit
    page.goto(path)
    page.goto("/second")
    with pytest.raises(AssertionError, match=fault):
        watch.conclude()


def test_what_a_test_provokes_may_be_tolerated(visit):
    page, watch = visit
    page.goto("/missing")
    watch.tolerate("status of 404")
    watch.conclude()
