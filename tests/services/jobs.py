"""Run the waiting background jobs in this process, with the worker's own code."""

from unittest.mock import patch

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def run_jobs(*, may_fail: bool = False) -> int:
    """Run every job that is due, jobs that they enqueue included; return how many ran.

    Raises:
        AssertionError: one of them failed, and `may_fail` was not given.
    """
    finished = set(DBTaskResult.objects.finished().values_list("pk", flat=True))
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    with patch(f"{Worker.__module__}.close_old_connections"):  # this connection is the test's
        worker.run()
    ran = [job for job in DBTaskResult.objects.finished() if job.pk not in finished]
    failed = [f"{job.task_path}:\n{job.traceback}" for job in ran if job.exception_class_path]
    assert may_fail or not failed, "\n".join(failed)
    return len(ran)
