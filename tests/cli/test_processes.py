"""Web and worker live together and end together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.services.ports import free_port, wait_until_open

ROOT = Path(__file__).resolve().parents[2]
SERVE = """
from minka.cli import processes, start_django
start_django()
processes._web = lambda host, port: ["http.server", str(port), "--bind", host]
processes._worker = lambda: {worker!r}
raise SystemExit(processes.serve(host="127.0.0.1", port={port}, when_ready=lambda: print("ready", flush=True)))
"""
SLEEPS = ["tests.cli.sleeper"]
DIES = ["tests.cli.sleeper", "dies"]


def _start(worker: list[str], port: int) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "minka.config.settings.test",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
    }
    code = SERVE.format(worker=worker, port=port)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_both(number):
    port = free_port()
    with _start(SLEEPS, port) as parent:
        assert wait_until_open(port, within_s=20)
        time.sleep(0.3)
        parent.send_signal(number)
        told, _ = parent.communicate(timeout=20)
    assert parent.returncode == 0
    assert "ready" in told
    assert "Minka has stopped" in told
    assert not wait_until_open(port, within_s=0.3)


def test_when_one_dies_the_other_is_stopped_and_the_reason_told():
    port = free_port()
    with _start(DIES, port) as parent:
        told, _ = parent.communicate(timeout=20)
    assert parent.returncode == 1
    assert "The worker ended by itself (exit code 7)" in told
    assert not wait_until_open(port, within_s=0.3)
