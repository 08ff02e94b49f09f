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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

OWNER = "postgres"  # initdb refuses to run as root
STARTS_WITHIN_S = 60
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=''"]


def binaries() -> Path | None:
    """Return the folder of the newest installed server, or None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster and give its address.

    Raises:
        RuntimeError: no server is installed, or it does not start.
    """
    server = binaries()
    if server is None:
        raise RuntimeError("There is no PostgreSQL server on this machine.")
    folder = Path(
        tempfile.mkdtemp(prefix="minka-pg-", dir="/tmp")
    )  # short: a socket's path is limited
    account = _account(folder)
    try:
        _run(
            account,
            server / "initdb",
            "-D",
            folder / "data",
            "-A",
            "trust",
            "-U",
            OWNER,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = " ".join([f"-k {folder}", *(f"-c {setting}" for setting in QUICK)])
        start = ["start", "-w", "-t", str(STARTS_WITHIN_S), "-l", folder / "log", "-o", options]
        _run(account, server / "pg_ctl", "-D", folder / "data", *start)
        try:
            yield f"postgres://{OWNER}@{quote(str(folder), safe='')}/postgres"
        finally:
            _run(account, server / "pg_ctl", "-D", folder / "data", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
