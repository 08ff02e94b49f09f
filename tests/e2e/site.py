"""A whole Minka for a browser to visit: web server, worker, mail server, a database of its own."""

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler

from tests.services.ports import free_port, wait_until_answered
from tests.services.smtp import Mailbox, mailbox
from tests.services.sqlite import QUICK, unconfirmed

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "build" / "test-static"
STARTS_WITHIN_S = 180  # of a machine that does other things, too
STOPS_WITHIN_S = 10
FIRST_PAGE = "/privacidad/"  # with it come addresses, templates and database
PR_SET_PDEATHSIG = 1  # of <sys/prctl.h>
LIBC = ctypes.CDLL(None)
COMMANDS = {
    "web": (
        "granian", "--interface", "wsgi", "--port", "{port}", "--blocking-threads", "4",
        "minka.config.wsgi:application",
    ),
    "worker": ("minka.cli", "worker", "--nice", "{nice}", "--interval", "0.2"),
}  # fmt: skip
Unblock = Callable[[], AbstractContextManager[Any]]  # lets a test use the ORM


@dataclass
class Site:
    """A running installation. `url` is its address, `mail` what it sent."""

    url: str
    mail: Mailbox
    database_url: str
    environment: dict[str, str]
    log: Path
    unblock: Unblock
    worker_nice: int = 0

    @property
    def port(self) -> int:
        """Where its web server listens."""
        return int(self.url.rpartition(":")[2])

    @contextmanager
    def database(self) -> Iterator[None]:
        """Let the test's own code read and write the site's database with the models."""
        from minka.config.settings.environment import database

        config = database(self.database_url)
        if self.environment[QUICK]:
            config = unconfirmed(config)
        own = ConnectionHandler({"default": config})["default"]
        before = connections["default"]
        connections["default"] = own
        try:
            with self.unblock():
                yield
        finally:
            own.close()
            connections["default"] = before

    def session_cookie(self, user: Any) -> dict[str, str]:
        """Return a cookie that is a signed-in session of `user`, as the browser wants it."""
        with self.database():
            key = new_session(user)
        return {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.url}


def new_session(user: Any) -> str:
    """Sign `user` in without the form; return the key of the session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@contextmanager
def running_site(folder: Path, *, worker_nice: int = 0, **kind: Any) -> Iterator[Site]:
    """Start web server and worker with their files in `folder`; stop both at the end.

    The other keywords are those of `prepared_site`.

    Raises:
        AssertionError: the server does not answer in time; its log is in the message.
    """
    with ExitStack() as stack:
        site = stack.enter_context(prepared_site(folder, **kind))
        site.worker_nice = worker_nice
        output = stack.enter_context(site.log.open("wb"))
        for name in COMMANDS:
            stack.enter_context(_child(site, name, output))
        answered = wait_until_answered(f"{site.url}{FIRST_PAGE}", within_s=STARTS_WITHIN_S)
        assert answered, site.log.read_text()[-4000:]
        yield site


@contextmanager
def prepared_site(
    folder: Path,
    *,
    settings_module: str = "tests.e2e.settings",
    unblock: Unblock = nullcontext,
    server: str | None = None,
    quick: bool = False,
) -> Iterator[Site]:
    """Give a site that is ready to be started.

    Its database is a new one of the PostgreSQL `server`, a file if that is empty; without `server`
    it is next to the one that the tests run on. A `quick` one in a file does not wait for the disk.
    """
    with ExitStack() as stack:
        mail = stack.enter_context(mailbox())
        beside = os.environ.get("MINKA_DATABASE_URL", "") if server is None else server
        url = stack.enter_context(_fresh_database(folder, beside))
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings_module,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
            "MINKA_DATABASE_URL": url,
            "MINKA_DATA": str(folder / "data"),
            "MINKA_TEST_SMTP_PORT": str(mail.port),
            "MINKA_TEST_STATIC": str(STATIC),
            QUICK: "1" if quick else "",
        }
        log = folder / "site.log"
        _prepare(environment, folder)
        port = free_port()  # not before: while a site is prepared, somebody else may be given it
        yield Site(f"http://127.0.0.1:{port}", mail, url, environment, log, unblock)


@contextmanager
def _fresh_database(folder: Path, server: str) -> Iterator[str]:
    """Give the address of an empty database of this server, or of a file."""
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    import psycopg

    name = f"site_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield server.rpartition("/")[0] + f"/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _prepare(environment: dict[str, str], folder: Path) -> None:
    """Bring the database up to date.

    A site on SQLite is prepared once in a run of the tests; the others begin with a copy of it.
    """
    prepared = _prepared_site(environment)
    if prepared is None:
        _bring_up_to_date(environment)
        return
    with only_one("test-site"):  # of two processes one prepares, the other finds it done
        if prepared.exists():
            shutil.copytree(prepared, folder, dirs_exist_ok=True)
            return
        _bring_up_to_date(environment)
        for older in prepared.parent.glob("test-site-*"):
            shutil.rmtree(older)
        shutil.copytree(folder, prepared)


def _bring_up_to_date(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.prepare"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]


@contextmanager
def only_one(what: str) -> Iterator[None]:
    """Wait while another process does this."""
    STATIC.mkdir(parents=True, exist_ok=True)
    with STATIC.with_name(f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepared_site(environment: dict[str, str]) -> Path | None:
    """Return where the prepared site of this run is kept; None where each prepares its own."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None or not environment["MINKA_DATABASE_URL"].startswith("sqlite"):
        return None
    return STATIC.with_name(f"test-site-{run}-{environment['DJANGO_SETTINGS_MODULE']}")


def start(site: Site, name: str, output: Any) -> subprocess.Popen[bytes]:
    """Start a process of a site, in a group of its own: `web` or `worker`."""
    said = {"port": site.port, "nice": site.worker_nice}
    command = [part.format(**said) for part in COMMANDS[name]]
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        env=site.environment,
        stdout=output,
        stderr=output,
        process_group=0,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 -- one system call
    )


@contextmanager
def _child(site: Site, name: str, output: Any) -> Iterator[None]:
    child = start(site, name, output)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(timeout=STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _end_with_parent() -> None:
    """Ask the kernel to end this process when the test's own is killed: nothing may stay behind."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
