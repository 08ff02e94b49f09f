"""Solvers hand in over HTTP while processes of the site are killed, one after the other.

What a client was given is written down outside of the site, and looked for afterwards: a receipt
is a promise, whatever happens to the machine that made it.
"""

import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import override_settings

from minka.core.ledger import verify_ledger
from minka.innovation.actions.attachments import attach_file
from minka.innovation.models import CallKey, Proposal, Receipt, SealedPart
from minka.innovation.queries.receipts import ledger_matches, sealed_parts, signed_matches
from minka.innovation.queries.sealed_files import context_of, stored_sha256
from minka.methods.sealing.armour import unlock_share
from minka.methods.sealing.container import unseal
from minka.methods.sealing.failures import SealingFailure
from minka.methods.sealing.shares import join_shares
from tests.e2e.site import STARTS_WITHIN_S, Site, prepared_site, start
from tests.innovation.sealing_stories import (
    WORDS,
    SealedCall,
    after_closing,
    quick_passphrases,
    sealed_call,
    sealed_draft,
)
from tests.services.multipart import CONTENT_TYPE, Part, multipart
from tests.services.ports import wait_until_open
from tests.services.postgres import Cluster

SOLVERS = 4
FILE_BYTES = 600_000  # ten pieces of a sealed object, and then some
LATEST_S = 0.25  # after the first receipt of a round
GIVES_UP_S = 60.0
TOKEN = "k" * 32


@dataclass
class Found:
    """What a series of rounds came to."""

    rounds: Counter[str] = field(default_factory=Counter)
    receipts: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass
class Solver:
    """One proposal that is handed in, reopened and handed in again, for as long as it is told.

    Either from its draft, or with words and file in one request.
    """

    site: Site
    proposal: str
    cookie: str
    content: bytes
    at_once: bool
    given: list[str] = field(default_factory=list)
    revision: int = 0
    _connection: HTTPConnection | None = None

    def hand_in(self) -> None:
        """Go once around; whatever is cut off is begun anew."""
        try:
            self._ask("reabrir/", {})
            if self.at_once:
                return self._hand_in_at_once()
            title = f"Handed in {len(self.given) + 1} times"
            status, answer = self._ask("guardar/", {"title": title, "revision": self.revision})
            self._note_revision(answer)
            if status != 200:
                return None
            self._keep(*self._ask("enviar/", {"revision": self.revision, "keep_copy": 1}))
        except (OSError, HTTPException):
            self.close()
            time.sleep(0.02)

    def _hand_in_at_once(self) -> None:
        """Hand in words and file in one request; which revision stands is asked before."""
        _status, answer = self._ask("guardar/", {"title": "Begun", "revision": self.revision})
        self._note_revision(answer)
        words = {**WORDS, "revision": self.revision, "do": "submit"}
        self._keep(*self._ask("editar/?do=submit", words, [("uploads", "plano.pdf", self.content)]))

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _keep(self, status: int, address: str) -> None:
        if status == 302 and "/constancias/" in address:
            self.given.append(address.rstrip("/").rpartition("/")[2])

    def _note_revision(self, answer: str) -> None:
        _before, _name, rest = answer.partition('"revision": ')
        digits = rest.partition(",")[0].strip("} ")
        if digits.isdecimal():
            self.revision = int(digits)

    def _ask(
        self, what: str, values: dict[str, Any], files: list[Part] | None = None
    ) -> tuple[int, str]:
        """Post, and return the status with where it leads, or with the answer."""
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.site.port, timeout=GIVES_UP_S)
        headers = {
            "Cookie": f"{self.cookie}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "X-Requested-With": "fetch",
            "Content-Type": CONTENT_TYPE,
        }
        path = f"/propuestas/{self.proposal}/{what}"
        self._connection.request("POST", path, multipart(values, files or []), headers)
        answer = self._connection.getresponse()
        body = answer.read().decode()
        return answer.status, answer.headers.get("Location") or body


class KilledSite:
    """A site whose processes are killed, and started again."""

    def __init__(self, site: Site, cluster: Cluster | None, output: Any) -> None:
        self._site, self._cluster, self._output = site, cluster, output
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start what does not run."""
        for name in ("web", "worker"):
            if name not in self._running:
                self._running[name] = start(self._site, name, self._output)
        assert wait_until_open(self._site.port, within_s=STARTS_WITHIN_S)

    def kill(self, victim: str, chance: random.Random) -> None:
        """End something with SIGKILL, and wait until it is gone."""
        if victim == "database":
            self._cluster.kill()
            self._cluster.start()
        elif victim == "backend":
            _postmaster, *others = self._cluster.processes()
            self._cluster.lose(chance.choice(others))
        else:
            process = self._running.pop(victim)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def end(self) -> None:
        """End everything."""
        for name in list(self._running):
            self.kill(name, random.Random(0))


def kill_rounds(
    folder: Path,
    *,
    victims: list[str],
    seed: int,
    cluster: Cluster | None = None,
    unblock: Callable[..., Any] | None = None,
) -> Found:
    """Kill the victims in the order of chance, and say what was promised and is not there.

    On PostgreSQL with a cluster, on SQLite without.
    """
    chance, found, began = random.Random(seed), Found(), time.monotonic()
    more = {} if unblock is None else {"unblock": unblock}
    server = "" if cluster is None else cluster.url
    with (
        pytest.MonkeyPatch.context() as patch,
        prepared_site(folder, server=server, **more) as site,
    ):
        quick_passphrases(patch)
        with files_of(site), site.log.open("ab") as output:
            with site.database():
                held = sealed_call()
                solvers = [_solver(site, held, at_once=bool(n % 2)) for n in range(SOLVERS)]
            killed = KilledSite(site, cluster, output)
            killed.start()
            try:
                with _at_work(solvers):
                    for victim in chance.sample(victims, len(victims)):
                        _one_round(killed, victim, solvers, chance, found)
            finally:
                killed.end()
            given = [number for solver in solvers for number in solver.given]
            found.receipts, found.seconds = len(given), time.monotonic() - began
            with site.database():
                found.faults += [*missing_receipts(given), *whole_ledger()]
                found.faults += [*unkept_parts(Receipt.objects.all()), *_unopened(held, patch)]
    return found


def _one_round(
    killed: KilledSite, victim: str, solvers: list[Solver], chance: random.Random, found: Found
) -> None:
    """Wait until a receipt was given since the last round, and a little more; then kill."""
    before = sum(len(solver.given) for solver in solvers)
    until = time.monotonic() + GIVES_UP_S
    while sum(len(solver.given) for solver in solvers) == before:
        assert time.monotonic() < until, f"nothing was handed in after {dict(found.rounds)}"
        time.sleep(0.005)
    time.sleep(chance.uniform(0, LATEST_S))
    killed.kill(victim, chance)
    killed.start()
    found.rounds[victim] += 1


@contextmanager
def _at_work(solvers: list[Solver]) -> Iterator[None]:
    """Let every solver hand in, in a thread of its own, until the end."""
    over = threading.Event()

    def work(solver: Solver) -> None:
        while not over.is_set():
            solver.hand_in()
        solver.close()

    threads = [threading.Thread(target=work, args=[solver], daemon=True) for solver in solvers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(GIVES_UP_S)


def _solver(site: Site, held: SealedCall, *, at_once: bool) -> Solver:
    draft, author = sealed_draft(held)
    content = b"%PDF-1.7 " + random.Random(draft.pk).randbytes(FILE_BYTES)
    if not at_once:
        attach_file(by=author, proposal=draft, upload=SimpleUploadedFile("plano.pdf", content))
    cookie = site.session_cookie(author)
    said = f"{cookie['name']}={cookie['value']}"
    return Solver(site, str(draft.public_id), said, content, at_once)


@contextmanager
def files_of(site: Site) -> Iterator[None]:
    """Let the models find the files of the site."""
    data = Path(site.environment["MINKA_DATA"])
    own = {
        "BACKEND": settings.STORAGES["default"]["BACKEND"],
        "OPTIONS": {"location": data / "files"},
    }
    with override_settings(MINKA_DATA=data, STORAGES={**settings.STORAGES, "default": own}):
        yield


def missing_receipts(given: list[str]) -> list[str]:
    """Say of each receipt that a client was given whether it is gone, or no longer proves itself."""
    there = {receipt.number: receipt for receipt in Receipt.objects.select_related("proposal")}
    faults = [f"{number} was given and is gone" for number in given if number not in there]
    kept = [there[number] for number in given if number in there]
    reasons = {one.number: signed_matches(one) or ledger_matches(one) for one in kept}
    return faults + [f"{number}: {reason}" for number, reason in reasons.items() if reason]


def unkept_parts(receipts: QuerySet[Receipt]) -> list[str]:
    """Say of these receipts whether their sealed parts are not there, byte for byte."""
    faults = []
    for receipt in receipts.prefetch_related("sealed_parts__file"):
        parts = list(receipt.sealed_parts.all())
        if not parts or sealed_parts(parts) != receipt.parts:
            faults.append(f"{receipt.number}: its parts are not all there")
        faults += [
            f"{receipt.number}: {part.name} is not as it was received"
            for part in parts
            if stored_sha256(part.file) != part.file.sha256
        ]
    return faults


def whole_ledger() -> list[str]:
    """Say it when the ledger is not whole."""
    return [] if verify_ledger().whole else ["the ledger is not whole"]


def _unopened(held: SealedCall, patch: pytest.MonkeyPatch) -> list[str]:
    """Open every receipt there is with k shares, and then the call as its custodians do."""
    key = CallKey.objects.get(challenge=held.challenge)
    needed = held.give(*range(1, key.needed + 1))
    private_key = join_shares([unlock_share(one.text, one.passphrase) for one in needed])
    faults = []
    for part in SealedPart.objects.select_related("receipt__proposal", "file"):
        with part.file.content.open("rb") as source:
            try:
                context = context_of(key, part)
                unseal(source, BytesIO(), private_key=private_key, context=context)
            except SealingFailure as error:
                faults.append(f"{part.receipt.number}: {part.name} does not open: {error}")
    after_closing(patch, held.challenge)
    session = held.open()
    if len(session.opened) != Proposal.objects.exclude(submitted_at=None).count():
        faults.append(f"{len(session.opened)} proposals were opened")
    return [*faults, *(f"{one['proposal']}: {one['reason']}" for one in session.failures)]
