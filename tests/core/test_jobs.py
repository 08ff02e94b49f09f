import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core.jobs import LEASE, beat, requeue_orphans
from minka.core.models import Notice, WorkerPulse
from minka.core.notices import Message, notify
from tests.factories import UserFactory
from tests.services.jobs import run_jobs


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_was_killed_runs_again():
    notify(
        recipients=[UserFactory()],
        kind="test.told",
        key="k",
        compose=lambda _person: Message(subject="Hola", body="·"),
    )
    DBTaskResult.objects.get().claim("worker-that-dies")
    run_jobs()
    assert Notice.objects.get().delivery == "pending"  # nobody else takes a job that runs
    assert requeue_orphans(alive=frozenset({"worker-that-dies"})) == 0
    assert requeue_orphans() == 1
    run_jobs()
    assert Notice.objects.get().delivery == "sent"


@pytest.mark.django_db(transaction=True)
def test_a_worker_takes_over_only_from_those_that_gave_no_sign_of_life():
    for key in ("a", "b"):
        notify(
            recipients=[UserFactory()],
            kind="test.told",
            key=key,
            compose=lambda _person: Message(subject="Hola", body="·"),
        )
    first, second = DBTaskResult.objects.order_by("enqueued_at")
    first.claim("alive")
    second.claim("dead")
    WorkerPulse.objects.create(worker_id="alive")
    WorkerPulse.objects.create(worker_id="dead", seen_at=timezone.now() - 2 * LEASE)
    assert beat(worker_id="mine") == 1
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"RUNNING", "READY"}
    run_jobs()
    assert Notice.objects.filter(delivery="sent").count() == 1
