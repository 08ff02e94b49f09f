"""A worker that is killed in the middle of an import, and the one that takes over."""

import json
import os
import shutil
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
    command = [sys.executable, "-m", "tests.knowledge.crash", name]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def picture(folder: Path) -> dict:
    return json.loads(step("show", folder).stdout)


@pytest.mark.usefixtures("django_db_setup")
def test_a_killed_import_that_is_taken_up_leaves_what_an_undisturbed_one_leaves(tmp_path):
    disturbed, calm = tmp_path / "disturbed", tmp_path / "calm"
    lay_tables(disturbed)
    prepared = step("prepare", disturbed)
    assert prepared.returncode == 0, prepared.stderr
    shutil.copytree(disturbed, calm)
    assert step("die", disturbed).returncode == -signal.SIGKILL
    half = picture(disturbed)
    assert (len(half["records"]), half["imports"][0][:2]) == (150, ["running", 150])
    assert step("run", disturbed).returncode == 0
    assert step("run", calm).returncode == 0
    assert picture(disturbed) == picture(calm)
    assert picture(calm)["imports"][0][:3] == ["done", 400, 400]
