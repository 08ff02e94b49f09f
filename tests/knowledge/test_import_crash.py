"""A worker that is killed in the middle of an import, and the one that takes over."""

import json
import signal

from tests.services.tables import installed, run_step


def steps(place, *names):
    return run_step("tests.knowledge.crash", names, place)


def picture(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_killed_import_that_is_taken_up_leaves_what_an_undisturbed_one_leaves(
    installation, tmp_path
):
    disturbed = installation
    prepared = steps(disturbed, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    with installed(tmp_path / "calm", like=disturbed) as calm:
        assert steps(disturbed, "die").returncode == -signal.SIGKILL
        half = picture(steps(disturbed, "show"))
        assert (len(half["records"]), half["imports"][0][:2]) == (150, ["running", 150])
        taken_up = picture(steps(disturbed, "run", "show"))
        undisturbed = picture(steps(calm, "run", "show"))
        assert taken_up == undisturbed
        assert undisturbed["imports"][0][:3] == ["done", 400, 400]
