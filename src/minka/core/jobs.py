"""Background jobs that lost their worker go back to the queue.

Every job is written so that running it again finishes what is left and repeats nothing.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from minka.core.models import WorkerPulse

LEASE = timedelta(seconds=60)


def requeue_orphans(*, alive: frozenset[str] = frozenset()) -> int:
    """Make jobs ready again that say they run in a worker that is not `alive`; return how many.

    Called where it is known which workers live: by `beat`, and before the only worker starts.
    """
    return _give_back(_running(), alive)


def beat(*, worker_id: str, lease: timedelta = LEASE) -> int:
    """Say that a worker lives, and take over what dead ones left; return how many jobs.

    A worker that has not been heard of for `lease` is dead; its jobs become ready again.
    """
    WorkerPulse.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": timezone.now()})
    WorkerPulse.objects.filter(seen_at__lt=timezone.now() - lease).delete()
    running = _running()  # before who lives: a worker says so before it takes its first job
    alive = frozenset(WorkerPulse.objects.values_list("worker_id", flat=True))
    return _give_back(running, alive)


def _running() -> list[Any]:
    return list(DBTaskResult.objects.filter(status="RUNNING"))


def _give_back(jobs: Iterable[Any], alive: frozenset[str]) -> int:
    """Make those ready again whose worker is not alive, unless another has them by now."""
    given = 0
    for job in jobs:
        if not alive.intersection(job.worker_ids[-1:]):
            same = DBTaskResult.objects.filter(
                pk=job.pk, status="RUNNING", started_at=job.started_at
            )
            given += same.update(status="READY", started_at=None)
    return given


def waiting(path: str) -> dict[Any, list[Any]]:
    """Return the arguments of the jobs of one kind that no worker has taken yet, by their keys."""
    found = DBTaskResult.objects.filter(task_path=path, status="READY").order_by("enqueued_at")
    return {job.pk: job.args_kwargs["args"] for job in found}


def take_out(jobs: Iterable[Any]) -> int:
    """Take jobs out of the queue whose work is done, unless a worker has them; return how many."""
    found = DBTaskResult.objects.filter(pk__in=list(jobs), status="READY")
    return found.delete()[0]


def enqueue(path: str, *args: Any, wait: timedelta = timedelta()) -> None:
    """Put a job in the queue, in the caller's transaction.

    Args:
        path: of the task, as the queue itself keeps it: who asks for a job does not have to
            stand above who does it.
        args: plain values that JSON can hold.
        wait: how long the job rests before a worker may take it.
    """
    task: Any = import_string(path)
    (task.using(run_after=timezone.now() + wait) if wait else task).enqueue(*args)
