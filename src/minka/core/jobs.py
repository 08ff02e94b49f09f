"""Background jobs that lost their worker go back to the queue.

Every job is written so that running it again finishes what is left and repeats nothing.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult


def requeue_orphans(*, alive: frozenset[str] = frozenset()) -> int:
    """Make jobs ready again that say they run in a worker that is not `alive`; return how many.

    Called where it is known which workers live: before the only worker of an installation starts.
    """
    orphans = DBTaskResult.objects.filter(status="RUNNING")
    ids = [job.pk for job in orphans if not alive.intersection(job.worker_ids)]
    return DBTaskResult.objects.filter(pk__in=ids, status="RUNNING").update(
        status="READY", started_at=None
    )


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
