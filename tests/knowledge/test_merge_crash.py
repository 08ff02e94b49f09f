"""Whoever is killed in the middle of a merge leaves nothing half done."""

import signal

from tests.services.tables import run_step


def step(name, place):
    return run_step("tests.knowledge.merge_crash", name, place)


def test_a_killed_merge_has_not_happened_and_can_be_done_again(installation):
    prepared = step("prepare", installation)
    assert prepared.returncode == 0, prepared.stderr
    before = step("show", installation).stdout
    assert step("die", installation).returncode == -signal.SIGKILL
    assert step("show", installation).stdout == before != ""
    done = step("run", installation)
    assert done.returncode == 0, done.stderr
    assert '"merged"' in step("show", installation).stdout
