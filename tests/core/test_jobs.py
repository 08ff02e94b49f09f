import pytest
from django_tasks_db.models import DBTaskResult

from minka.core.jobs import requeue_orphans
from minka.core.models import Notice
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
