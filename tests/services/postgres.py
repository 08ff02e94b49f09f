"""A PostgreSQL cluster that lives as long as one command.

    python -m tests.services.postgres pytest tests/core

starts a cluster in a temporary folder, runs the command with MINKA_DATABASE_URL naming it, and
stops the cluster whatever becomes of the command. Nothing listens on the network.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

OWNER = "postgres"  # initdb refuses to run as root
STARTS_WITHIN_S = 60
DURABLE = ["listen_addresses=''"]  # as it comes: what was committed is on the disk
QUICK = [*DURABLE, "fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# What hundreds of tests left behind in the tables makes long statements seem dear, and compiling
# one takes seconds that running it, on the few rows of a test, never gives back.
QUICK += ["jit=off"]


def binaries() -> Path | None:
    """Return the folder of the newest installed server, or None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A server of its own: started, stopped, or killed as the power supply would."""

    def __init__(self, server: Path, folder: Path, settings: list[str]) -> None:
        self._server, self._folder, self._settings = server, folder, settings
        self._account = _account(folder)
        self.url = f"postgres://{OWNER}@{quote(str(folder), safe='')}/postgres"

    def make(self) -> None:
        """Make its files."""
        options = ["-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run(self._account, self._server / "initdb", "-D", self._folder / "data", *options)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = " ".join([f"-k {self._folder}", *(f"-c {one}" for one in self._settings)])
        log = self._folder / "log"
        self._control("start", "-w", "-t", STARTS_WITHIN_S, "-l", log, "-o", options)

    def stop(self) -> None:
        """Stop it at once, unless it was killed."""
        if self.processes():
            self._control("stop", "-w", "-m", "immediate")

    def processes(self) -> list[int]:
        """Return its processes: the postmaster first, then those that it started."""
        data = str(self._folder / "data")
        found = [int(one.name) for one in Path("/proc").iterdir() if _works_in(one, data)]
        first = (self._folder / "data" / "postmaster.pid").read_text().split()[0] if found else ""
        return sorted(found, key=lambda process: (str(process) != first, process))

    def kill(self) -> None:
        """End every process with SIGKILL, the postmaster first; return when none is left."""
        while left := self.processes():
            for process in left:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.01)
        # nothing lives; where nobody waits for orphans, the postmaster would still seem to
        for lock in (self._folder / "data" / "postmaster.pid", *self._folder.glob(".s.*.lock")):
            lock.unlink(missing_ok=True)

    def lose(self, process: int) -> None:
        """Kill one of its processes; return when it has ended the others and recovered."""
        before = set(self.processes()[1:])
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        while process in before and before & set(self.processes()):
            time.sleep(0.01)
        self._wait()

    def _wait(self) -> None:
        """Return when it answers."""
        import psycopg

        until = time.monotonic() + STARTS_WITHIN_S
        while True:
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return

    def _control(self, *command: object) -> None:
        _run(self._account, self._server / "pg_ctl", "-D", self._folder / "data", *command)


@contextmanager
def own_cluster(settings: list[str]) -> Iterator[Cluster]:
    """Run a cluster with these settings and give it.

    Raises:
        RuntimeError: no server is installed, or it does not start.
    """
    server = binaries()
    if server is None:
        raise RuntimeError("There is no PostgreSQL server on this machine.")
    # a short name: a socket's path is limited
    folder = Path(tempfile.mkdtemp(prefix="minka-pg-", dir="/tmp"))
    made = Cluster(server, folder, settings)
    try:
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """Run a quick cluster and give its address; raises what `own_cluster` raises."""
    with own_cluster(QUICK) as running:
        yield running.url


def _works_in(entry: Path, folder: str) -> bool:
    """True for a process that lives and has this working folder; a server's is that of its data."""
    try:
        return entry.name.isdecimal() and str((entry / "cwd").readlink()) == folder
    except OSError:
        return False


def _account(folder: Path) -> dict[str, object]:
    """Hand the folder to the server's account where we are root; otherwise it runs as we do."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(OWNER)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": folder}


def _run(account: dict[str, object], *command: object) -> None:
    # A group of its own: Ctrl-C reaches us, and we stop the server in order. Its output goes to a
    # file, because the server would keep a pipe of pg_ctl open for as long as it lives.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            process_group=0,
            check=False,
            **account,
        )
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]} failed:\n{output.read().decode(errors='replace')}")


def main() -> int:
    """Run the command of the command line against a cluster; return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "MINKA_DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
