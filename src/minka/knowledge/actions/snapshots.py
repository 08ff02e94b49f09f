"""The map is frozen: each month by itself, and whenever the team wants."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.knowledge.models import Snapshot
from minka.knowledge.models.snapshot import FOLDER
from minka.knowledge.queries.snapshots import snapshot_rows

LOOK = "minka.knowledge.tasks.look_at_the_month"
A_DAY = timedelta(days=1)
Writer = Callable[[IO[bytes], Iterator[list[Any]], datetime], str]


def take_snapshot(*, by: User, note: str, write: Writer) -> Snapshot:
    """Freeze the map as it stands.

    Args:
        by: who wants it.
        note: why, in a few words.
        write: writes rows into a file and returns the digest of what it wrote.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: it is not said why.
    """
    require(by, "knowledge.snapshot_take")
    words = " ".join(note.split())[:200]
    if not words:
        raise InvalidInput(fields={"note": _("Say why: whoever compares will want to know.")})
    return _freeze(by=by, note=words, month="", write=write)


def take_monthly(*, write: Writer) -> Snapshot | None:
    """Freeze the map for this month, unless that was done; run again, it does nothing.

    No person: the month itself asks for it.
    """
    month = timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m")
    if Snapshot.objects.filter(month=month).exists():
        return None
    try:
        return _freeze(by=None, note="", month=month, write=write)
    except IntegrityError:
        if Snapshot.objects.filter(month=month).exists():  # another worker was faster
            return None
        raise


def look_each_day() -> None:
    """Queue tomorrow's look at whether the month has its snapshot, unless one waits already.

    No person: the look itself asks for the next; whoever prepares an installation for the first.
    A look a day, and not a month, so that one that fails is made up for the day after.
    """
    if not DBTaskResult.objects.filter(task_path=LOOK, status="READY").exists():
        enqueue(LOOK, wait=A_DAY)


def forget_unfinished() -> int:
    """Delete the files of snapshots whose worker was cut off before the row was written.

    No person: housekeeping of the daily look. A file of less than a day may be one that is being
    written now.
    """
    storage = Snapshot._meta.get_field("content").storage
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    known = set(Snapshot.objects.values_list("content", flat=True))
    long_ago = timezone.now() - A_DAY
    unfinished = [
        place
        for place in (f"{FOLDER}/{name}" for name in names)
        if place not in known and storage.get_modified_time(place) < long_ago
    ]
    for place in unfinished:
        storage.delete(place)
    return len(unfinished)


def _freeze(*, by: User | None, note: str, month: str, write: Writer) -> Snapshot:
    """Write the file first and the row last: whoever sees the row has the whole file."""
    started, taken_at = time.perf_counter(), timezone.now()
    figures: dict[str, Any] = {}
    with TemporaryFile() as file:
        with _one_moment():
            digest = write(file, snapshot_rows(figures), taken_at)
        size = file.tell()
        file.seek(0)
        snapshot = Snapshot(
            taken_at=taken_at, month=month, note=note, made_by=by, sha256=digest, size_bytes=size,
            actors=figures["actors"], ties=figures["ties"], figures=figures,
        )  # fmt: skip
        snapshot.content.save("snapshot", File(file), save=False)
    snapshot.seconds = round(time.perf_counter() - started, 2)
    try:
        with transaction.atomic():
            snapshot.save()
            data = {"sha256": digest, "actors": snapshot.actors, "ties": snapshot.ties}
            record(by=by, verb="knowledge.snapshot_take", obj=snapshot, data=data)
    except BaseException:
        snapshot.content.delete(save=False)
        raise
    return snapshot


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as of one moment where the database can without keeping writers out.

    PostgreSQL can. SQLite would make everybody wait for as long as the writing takes, so there
    each statement reads its own moment; what points to somebody who came later is left out.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
