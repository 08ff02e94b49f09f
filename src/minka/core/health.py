"""Checks of a running installation, for `minka doctor`: each says what it saw and what to do."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core import server_keys
from minka.core.ledger import unguarded_triggers, verify_ledger
from minka.core.models import Notice
from minka.core.standing_jobs import stalled
from minka.core.states import Delivery

LEAST_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's table."""

    name: str
    good: bool
    seen: str
    advice: str = ""


Inspection = Callable[[], Finding]


def checks(more: Sequence[Inspection] = ()) -> Iterator[Finding]:
    """Yield every finding; a check that itself fails is a bad finding, not an exception.

    Args:
        more: what the lines look at.
    """
    inspections: list[Inspection] = [
        _database,
        _migrations,
        _ledger_guard,
        _ledger_chain,
        _keys,
        _files,
        _disk,
        _front_end,
        _mail,
        _jobs,
        _notices,
        *more,
    ]
    for inspect in inspections:
        try:
            yield inspect()
        except Exception as error:  # noqa: BLE001 -- each storage and mail server has its own
            seen = str(error) or type(error).__name__
            yield Finding(inspect.__name__.strip("_").replace("_", " "), good=False, seen=seen)


def _database() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check(1)")
            answer = cursor.fetchone()[0]
            return Finding("database", answer == "ok", f"SQLite: {answer}", "Restore a back-up.")
        cursor.execute("SHOW server_version")
        return Finding("database", good=True, seen=f"PostgreSQL {cursor.fetchone()[0]}")


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Finding(
        "migrations", not waiting, f"{len(waiting)} waiting", "Run: minka manage migrate"
    )


def _ledger_guard() -> Finding:
    missing = unguarded_triggers()
    return Finding(
        "ledger guard", not missing, ", ".join(missing) or "in place", "Run: minka manage migrate"
    )


def _ledger_chain() -> Finding:
    found = verify_ledger()
    seen = f"{found.entries} entries, head {found.head[:12]}…"
    return Finding("ledger", found.whole, found.reason or seen, "Compare with a back-up.")


def _keys() -> Finding:
    names = (server_keys.RECEIPTS, server_keys.DRAFTS)
    missing = [name for name in names if not server_keys.has_secret(name)]
    if missing:
        advice = "Put it back from where the keys are kept; on a new site: minka prepare"
        return Finding("keys", good=False, seen=f"missing: {', '.join(missing)}", advice=advice)
    for name in names:
        server_keys.server_secret(name)  # it is there; is it one?
    bare = server_keys.readable_by_others()
    seen = f"others may read: {', '.join(bare)}" if bare else "in place"
    return Finding("keys", not bare, seen, "Let the server's account alone read the files.")


def _files() -> Finding:
    name = default_storage.save(f"doctor/{uuid4().hex}", ContentFile(b"minka"))
    try:
        with default_storage.open(name) as stored:
            good = stored.read() == b"minka"
    finally:
        default_storage.delete(name)
    return Finding("files", good, type(default_storage).__name__, "Check the folder or the bucket.")


def _disk() -> Finding:
    free = shutil.disk_usage(settings.MINKA_DATA).free
    return Finding("disk", free > LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free", "Make room.")


def _front_end() -> Finding:
    manifest = settings.PACKAGE / "static/minka/.vite/manifest.json"
    return Finding(
        "front end",
        manifest.exists(),
        "built" if manifest.exists() else "not built",
        "Build the package again.",
    )


def _mail() -> Finding:
    server = get_connection()
    server.open()
    server.close()
    return Finding("mail", good=True, seen=type(server).__module__.rsplit(".", 1)[-1])


def _jobs() -> Finding:
    late = timezone.now() - timedelta(minutes=10)
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=late).count()
    failed = DBTaskResult.objects.filter(status="FAILED").count()
    stuck = stalled()
    seen = ", ".join([f"{waiting} late, {failed} failed", *(f"stalled: {one}" for one in stuck)])
    advice = "Is a worker running? minka worker"
    if stuck:
        advice = "Its log says why these fail; they are tried again, an import's five times."
    return Finding("jobs", not waiting and not stuck, seen, advice)


def _notices() -> Finding:
    bad = Notice.objects.filter(delivery__in=[Delivery.FAILED, Delivery.UNCERTAIN]).count()
    return Finding("notices", not bad, f"{bad} undelivered or uncertain", "Check the mail server.")
