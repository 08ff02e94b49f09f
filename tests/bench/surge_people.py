"""Solvers of a surge, and what each sends."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

from minka.core.models import StoredFile
from minka.innovation.models import CallKey, Receipt, SealedPart
from minka.methods.sealing.container import Context, seal
from tests.e2e.site import Site, new_session
from tests.innovation.killing import unkept_parts
from tests.innovation.sealing_stories import WORDS, quick_passphrases, sealed_call, sealed_draft
from tests.services.multipart import CONTENT_TYPE, Part, multipart

TOKEN = "b" * 32
WAITS_S = 300.0


@dataclass
class Solver:
    """Somebody with a draft, and the receipts that were given to them."""

    port: int
    user_id: int
    cookie: str
    proposal: str
    call: str
    key: bytes
    revision: int = 1
    is_handed_in: bool = False
    given: list[str] = field(default_factory=list)

    def bare(self, content: bytes) -> Callable[[], None]:
        """Let the bare endpoint keep a file."""

        return lambda: self._bare("/bare/", content)

    def bare_sealed(self, content: bytes) -> Callable[[], None]:
        """Let it be sealed on the way, and nothing else."""
        return lambda: self._bare("/bare/sealed/", content)

    def editor(self, content: bytes) -> Callable[[], None]:
        """Hand in as the editor does: words and file come together, in one request."""
        self._reopen()
        words = {**WORDS, "title": f"Revisión {self.revision}", "revision": self.revision}
        files = [("uploads", "plano.pdf", content)]

        def act() -> None:
            self._keep(
                self._send(f"{self._own}editar/?do=submit", {**words, "do": "submit"}, files)[1]
            )

        return act

    def browser(self, content: bytes) -> Callable[[], None]:
        """Hand in what was sealed before."""
        self._reopen()
        sealed = [
            ("part", name, self._sealed(name, body, self.revision + 1))
            for name, body in (("proposal", b"{}"), ("attachment-1", content))
        ]

        def act() -> None:
            path = f"{self._own}sellar/recibir/"
            status, answer = self._send(path, {"revision": self.revision}, sealed)
            assert status == 200, answer
            self._keep(answer.partition('"url": "')[2].partition('"')[0])

        return act

    def _bare(self, path: str, content: bytes) -> None:
        status, answer = self._send(path, {}, [("uploads", "plano.pdf", content)])
        assert status == 204, answer

    @property
    def _own(self) -> str:
        return f"/propuestas/{self.proposal}/"

    def _sealed(self, part: str, body: bytes, revision: int) -> bytes:
        target = BytesIO()
        context = Context(self.call, self.proposal, revision, part)
        seal(BytesIO(body), target, context=context, name="plano.pdf", public_key=self.key)
        return target.getvalue()

    def _reopen(self) -> None:
        if self.is_handed_in:
            status, answer = self._send(f"{self._own}reabrir/", {})
            assert status == 302, answer
            self.is_handed_in, self.revision = False, self.revision + 1

    def _keep(self, address: str) -> None:
        assert "/constancias/" in address, address
        self.given.append(address.rstrip("/").rpartition("/")[2])
        self.is_handed_in, self.revision = True, self.revision + 1

    def _send(
        self, path: str, values: dict[str, Any], files: list[Part] | None = None
    ) -> tuple[int, str]:
        """Post, and return the status with where it leads, or with the answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAITS_S)
        kind = "application/x-www-form-urlencoded"
        body = urlencode(values).encode()
        if files:
            kind, body = CONTENT_TYPE, multipart(values, files)
        headers = {
            "Cookie": f"{self.cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": kind,
        }
        with closing(connection):  # the server ends those that wait for the next batch
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        return answer.status, answer.headers.get("Location") or text[:500]


def let_go(solvers: list[Solver]) -> list[str]:
    """Say what of their last receipts is not as it was received, and empty its files.

    What the bare endpoint kept is removed as well; call it inside `database()`.
    """
    receipts = Receipt.objects.filter(number__in=[solver.given[-1] for solver in solvers])
    faults = unkept_parts(receipts)
    for part in SealedPart.objects.filter(receipt__in=receipts).select_related("file"):
        os.truncate(part.file.content.path, 0)
    for stored in StoredFile.objects.filter(name="bare"):
        stored.content.delete(save=False)
        stored.delete()
    return faults


def people(site: Site, count: int, patch: pytest.MonkeyPatch) -> list[Solver]:
    """Return solvers with drafts to one sealed call; call it inside `database()`."""
    quick_passphrases(patch)
    held = sealed_call()
    key = CallKey.objects.get(challenge=held.challenge)
    solvers = []
    for _ in range(count):
        draft, author = sealed_draft(held)
        cookie = f"{settings.SESSION_COOKIE_NAME}={new_session(author)}"
        solvers.append(
            Solver(
                site.port,
                author.pk,
                cookie,
                str(draft.public_id),
                key.code,
                bytes.fromhex(key.public_key),
            )
        )
    return solvers
