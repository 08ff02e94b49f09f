"""Run web and worker as two children: both live, or neither."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from rich.console import Console

STOPS_WITHIN_S = 10
LOOKS_EVERY_S = 0.1
WEB_THREADS = 4  # SQLite writes one at a time; more threads would only wait
console = Console(highlight=False)


def serve(*, host: str, port: int, when_ready: Callable[[], None]) -> int:
    """Run both until a signal comes or one of them ends; return the exit code."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    # Before the children start: a Ctrl-C that comes in between must not leave one behind.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    children = {"web server": _start(_web(host, port)), "worker": _start(_worker())}
    ready = False
    try:
        while not asked:
            for name, child in children.items():
                if child.poll() is not None:
                    console.print(
                        f"[bold red]The {name} ended by itself (exit code {child.returncode}); "
                        "stopping the rest.[/]"
                    )
                    return 1
            if not ready and _answers(host, port):
                ready = True
                when_ready()
            time.sleep(LOOKS_EVERY_S)
    finally:
        _stop(children)
    console.print("Minka has stopped.")
    return 0


def _web(host: str, port: int) -> list[str]:
    granian = ["granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    quiet = ["--no-ws", "--log-level", "warning", "--blocking-threads", str(WEB_THREADS)]
    return [*granian, *quiet, settings.WSGI_APPLICATION.replace(".application", ":application")]


def _worker() -> list[str]:
    return ["minka.cli", "worker", "--quiet"]


def _start(module: list[str]) -> subprocess.Popen[bytes]:
    # A group of its own, so that Ctrl-C reaches us alone and the children are stopped in order.
    command = [sys.executable, "-m", *module]
    return subprocess.Popen(command, process_group=0)  # noqa: S603 -- our own command


def _answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask all of them to end, and end those that do not."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOPS_WITHIN_S
    for name, child in children.items():
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            console.print(f"[yellow]The {name} did not stop in {STOPS_WITHIN_S} s; ending it.[/]")
            child.kill()
            child.wait()
