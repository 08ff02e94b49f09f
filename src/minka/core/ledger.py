"""Prove the ledger whole, and guard its table against change."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from minka.core.models import LedgerEntry
from minka.core.models.ledger import GENESIS

TABLE = "core_ledgerentry"
_REFUSE_ON_SQLITE = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
_REFUSE_ON_POSTGRESQL = """
    CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
"""
TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS ledger_refuses_{verb.lower()} "
        f"BEFORE {verb} ON {TABLE} {_REFUSE_ON_SQLITE}"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        _REFUSE_ON_POSTGRESQL,
        (
            "CREATE OR REPLACE TRIGGER ledger_refuses_change BEFORE UPDATE OR DELETE "
            f"ON {TABLE} FOR EACH ROW EXECUTE FUNCTION ledger_refuses()"
        ),
        (
            "CREATE OR REPLACE TRIGGER ledger_refuses_truncate BEFORE TRUNCATE "
            f"ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"
        ),
    ],
}


@dataclass(frozen=True)
class Verification:
    """What a walk along the chain found; `broken_at` is None when it is whole."""

    entries: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        """True when every link holds."""
        return self.broken_at is None


def verify_ledger(*, expect: str = "") -> Verification:
    """Recompute every hash from the first entry on and return where the chain first breaks.

    `expect` is a head that was written down earlier: it must still be on the chain, which also
    finds a ledger whose last entries were cut off.
    """
    previous, position, expected_seen = GENESIS, 0, not expect
    for entry in LedgerEntry.objects.order_by("position").iterator(chunk_size=2000):
        position += 1
        if reason := _fault(entry, position, previous):
            return Verification(position - 1, previous, position, reason)
        previous = entry.entry_hash
        expected_seen = expected_seen or previous == expect
    if not expected_seen:
        reason = _("The noted head is not on the chain: entries were cut off or replaced.")
        return Verification(position, previous, position + 1, reason)
    return Verification(position, previous)


def _fault(entry: LedgerEntry, position: int, previous: str) -> str:
    if entry.position != position:
        return _("Entry %(missing)s is missing; the next one kept is %(found)s.") % {
            "missing": position,
            "found": entry.position,
        }
    if entry.previous_hash != previous:
        return _("Entry %(position)s does not follow from the one before it.") % {
            "position": position
        }
    if entry.entry_hash != entry.computed_hash():
        return _("The content of entry %(position)s was changed after it was written.") % {
            "position": position
        }
    return ""


def guard_ledger(**_kwargs: Any) -> None:
    """Install the triggers that refuse change; runs after every migrate, for ever the same."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor]:
            cursor.execute(statement)


def unguarded_triggers() -> list[str]:
    """Return the names of triggers that should stand and do not."""
    listing = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    names = {
        "sqlite": {"ledger_refuses_update", "ledger_refuses_delete"},
        "postgresql": {"ledger_refuses_change", "ledger_refuses_truncate"},
    }
    with connection.cursor() as cursor:
        cursor.execute(listing[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return sorted(names[connection.vendor] - present)
