"""Whoever is killed in the middle of a merge leaves nothing half done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.tables import lay_tables

ROOT = Path(__file__).resolve().parents[2]


def step(name: str, folder: Path) -> subprocess.CompletedProcess:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "minka.config.settings.dev",
        "MINKA_DATA": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    environment.pop("MINKA_DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.knowledge.merge_crash", name]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.usefixtures("django_db_setup")
def test_a_killed_merge_has_not_happened_and_can_be_done_again(tmp_path):
    lay_tables(tmp_path)
    prepared = step("prepare", tmp_path)
    assert prepared.returncode == 0, prepared.stderr
    before = step("show", tmp_path).stdout
    assert step("die", tmp_path).returncode == -signal.SIGKILL
    assert step("show", tmp_path).stdout == before != ""
    done = step("run", tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"merged"' in step("show", tmp_path).stdout
