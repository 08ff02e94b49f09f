"""Background jobs that lost their worker go back to the queue.

Every job is written so that running it again finishes what is left and repeats nothing.
"""

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
