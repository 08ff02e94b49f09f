"""A worker that is killed in the middle of an import, and the one that takes over."""

import json
import signal

from tests.services.tables import installed, run_step


def step(name, place):
    return run_step("tests.knowledge.crash", name, place)


def picture(place):
    return json.loads(step("show", place).stdout)


def test_a_killed_import_that_is_taken_up_leaves_what_an_undisturbed_one_leaves(
    installation, tmp_path
):
    disturbed = installation
    prepared = step("prepare", disturbed)
    assert prepared.returncode == 0, prepared.stderr
    with installed(tmp_path / "calm", like=disturbed) as calm:
        assert step("die", disturbed).returncode == -signal.SIGKILL
        half = picture(disturbed)
        assert (len(half["records"]), half["imports"][0][:2]) == (150, ["running", 150])
        assert step("run", disturbed).returncode == 0
        assert step("run", calm).returncode == 0
        assert picture(disturbed) == picture(calm)
        assert picture(calm)["imports"][0][:3] == ["done", 400, 400]
