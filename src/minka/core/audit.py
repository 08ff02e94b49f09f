"""Write to the ledger, in the transaction of the act itself."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.utils import timezone

from minka.core.models import LedgerEntry, User
from minka.core.models.ledger import GENESIS, canonical

CHAIN_LOCK = 0x4D494E4B41  # "MINKA": the advisory lock that makes appenders queue on PostgreSQL


def record(
    *, by: User | None, verb: str, obj: models.Model, data: Mapping[str, Any] | None = None
) -> LedgerEntry:
    """Append one entry to the chain and return it; `by` is None when the system itself acts.

    Nothing that is confidential belongs in `data`: it can be read by auditors for ever.

    Raises:
        RuntimeError: there is no transaction; act and entry must stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb}: a ledger entry needs the transaction of its act.")
    _queue_for_the_chain()
    last = LedgerEntry.objects.order_by("-position").values_list("position", "entry_hash").first()
    position, previous = last or (0, GENESIS)
    kind, number = subject_of(obj)
    entry = LedgerEntry(
        position=position + 1,
        at=timezone.now(),
        by=by,
        verb=verb,
        subject_type=kind,
        subject_id=number,
        data=canonical(dict(data or {})),
        previous_hash=previous,
    )
    entry.entry_hash = entry.computed_hash()
    entry.save(force_insert=True)
    return entry


def subject_of(obj: models.Model) -> tuple[str, str]:
    """Return how entries and notices name something: its kind, and its public id or number."""
    return obj._meta.label_lower, str(getattr(obj, "public_id", None) or obj.pk)


def _queue_for_the_chain() -> None:
    """Let one appender at a time read the head; SQLite's immediate transactions already do."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
