"""Jobs that have to be in the queue, though the one before them failed or was lost.

A job that asks for its own successor ends for ever at its first exception, and so does one that
nobody asks for again. The heart of every worker looks for them.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from minka.core.jobs import enqueue

Args = tuple[int | str, ...]
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)
STALLED_FROM = 3  # failures: fewer may be those of a database that was away


@dataclass(frozen=True, slots=True)
class Standing:
    """Jobs of one kind that have to be waiting or running.

    `wanted` says with which arguments; `most` is how often one may fail before it is left to
    people, or None: then it is tried once a day for as long as it is wanted.
    """

    path: str
    wanted: Callable[[], Iterable[Args]]
    most: int | None = None


_standing: dict[str, Standing] = {}


def register_standing(one: Standing) -> None:
    """Have jobs of a kind queued again when they are missing."""
    _standing[one.path] = one


def make_up() -> int:
    """Queue what is missing, the more often it failed the later; return how many.

    Two workers that do this at once queue a job twice: done twice, it repeats nothing.
    """
    queued = 0
    for one in _standing.values():
        present, failures = _known(one.path)
        for args in set(one.wanted()) - present:
            failed = failures[args]
            if one.most is None or failed < one.most:
                enqueue(one.path, *args, wait=_pause(failed))
                queued += 1
    return queued


def stalled() -> list[str]:
    """Return the jobs that are wanted and have failed several times, as people can read them."""
    found = []
    for one in _standing.values():
        failures = _known(one.path)[1]
        found += [
            f"{one.path.rpartition('.')[2]} {' '.join(map(str, args))}".strip()
            for args in sorted(set(one.wanted()))
            if failures[args] >= STALLED_FROM
        ]
    return found


def failed_last(path: str) -> set[Args]:
    """Return the arguments of the jobs of a kind that failed and have not been done since."""
    rows = DBTaskResult.objects.filter(task_path=path).order_by("enqueued_at")
    failed: set[Args] = set()
    for status, kept in rows.values_list("status", "args_kwargs"):
        args = tuple(kept["args"])
        if status == "FAILED":
            failed.add(args)
        elif status == "SUCCESSFUL":
            failed.discard(args)
    return failed


def _known(path: str) -> tuple[set[Args], Counter[Args]]:
    """Return which jobs of a kind wait or run, and how often each has failed."""
    rows = DBTaskResult.objects.filter(task_path=path, status__in=["READY", "RUNNING", "FAILED"])
    present: set[Args] = set()
    failures: Counter[Args] = Counter()
    for status, kept in rows.values_list("status", "args_kwargs"):
        args = tuple(kept["args"])
        if status == "FAILED":
            failures[args] += 1
        else:
            present.add(args)
    return present, failures


def _pause(failed: int) -> timedelta:
    if not failed:
        return timedelta()
    longer: int = 4 ** min(failed - 1, 10)
    return min(FIRST_PAUSE * longer, LONGEST_PAUSE)
