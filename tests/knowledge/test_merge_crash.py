"""Whoever is killed in the middle of a merge leaves nothing half done."""

import signal

from tests.services.tables import run_step


def steps(place, *names):
    return run_step("tests.knowledge.merge_crash", names, place)


def test_a_killed_merge_has_not_happened_and_can_be_done_again(installation):
    before = steps(installation, "prepare", "show")
    assert before.returncode == 0, before.stderr
    assert steps(installation, "die").returncode == -signal.SIGKILL
    assert steps(installation, "show").stdout == before.stdout != ""
    done = steps(installation, "run", "show")
    assert done.returncode == 0, done.stderr
    assert '"merged"' in done.stdout
