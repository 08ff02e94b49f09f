"""What has to be in the queue comes back to it, the more often it failed the later."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core import standing_jobs
from minka.core.health import checks
from minka.core.jobs import LEASE, beat, enqueue
from minka.core.models import WorkerPulse
from minka.core.standing_jobs import Standing, failed_last, make_up, register_standing

pytestmark = pytest.mark.django_db
PATH = "minka.core.tasks.deliver_notice"  # any job: none of them is run here


@pytest.fixture
def alone(monkeypatch):
    monkeypatch.setattr(standing_jobs, "_standing", {})


def waits():
    return [
        (job.args_kwargs["args"], job.run_after - timezone.now())
        for job in DBTaskResult.objects.filter(status="READY")
    ]


def fail():
    return DBTaskResult.objects.filter(status="READY").update(
        status="FAILED", finished_at=timezone.now()
    )


def test_what_is_missing_is_queued_once(alone):
    register_standing(Standing(PATH, lambda: [(1, 5), (2, 7)]))
    enqueue(PATH, 1, 5)
    assert (make_up(), make_up()) == (1, 0)
    assert sorted(args for args, _wait in waits()) == [[1, 5], [2, 7]]


def test_what_fails_is_tried_again_later_and_later_and_the_doctor_says_so(alone):
    register_standing(Standing(PATH, lambda: [(1, 5)]))
    pauses = []
    for _time in range(7):
        make_up()
        pauses += [wait for _args, wait in waits()]
        assert fail() == 1
    minutes = [round(pause / timedelta(minutes=1)) for pause in pauses[1:]]
    assert minutes == [5, 20, 80, 320, 1280, 1440]
    found = next(one for one in checks() if one.name == "jobs")
    assert (found.good, "stalled: deliver_notice 1 5" in found.seen) == (False, True)


def test_some_are_left_to_people_after_some_tries(alone):
    register_standing(Standing(PATH, lambda: [(1,)], most=3))
    assert [(make_up(), fail()) for _time in range(5)] == [(1, 1)] * 3 + [(0, 0)] * 2


def test_what_was_done_after_all_has_not_failed():
    enqueue(PATH, 1)
    fail()
    enqueue(PATH, 1)
    assert failed_last(PATH) == {(1,)}
    DBTaskResult.objects.filter(status="READY").update(status="SUCCESSFUL")
    assert failed_last(PATH) == set()


def test_a_worker_that_begins_while_another_looks_keeps_its_job():
    enqueue(PATH, 1)
    WorkerPulse.objects.create(worker_id="dead", seen_at=timezone.now() - 2 * LEASE)
    read = []

    def newcomer(execute, sql, params, many, context):
        """Begin right before the second of the two things that are read."""
        if sql.startswith("DELETE"):
            read.clear()  # the dead ones are gone; now comes what it decides by
        if sql.startswith("SELECT"):
            read.append(sql)
        lists = [one for one in read if "workerpulse" in one or "taskresult" in one]
        if len(lists) == 2 and not DBTaskResult.objects.filter(status="RUNNING").exists():
            WorkerPulse.objects.create(worker_id="new")
            DBTaskResult.objects.get().claim("new")
        return execute(sql, params, many, context)

    WorkerPulse.objects.create(worker_id="mine")
    with connection.execute_wrapper(newcomer):
        assert beat(worker_id="mine") == 0
    assert DBTaskResult.objects.get().status == "RUNNING"
