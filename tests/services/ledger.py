"""Take the ledger's guard off a test database. Nothing like this exists outside the tests."""

from django.db import connection

from minka.core.ledger import TABLE, unguarded_triggers


def lift_guard() -> None:
    """Drop the triggers; the next `migrate` or `flush` puts them back."""
    missing = set(unguarded_triggers())
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    names = {
        "sqlite": ["ledger_refuses_update", "ledger_refuses_delete"],
        "postgresql": ["ledger_refuses_change", "ledger_refuses_truncate"],
    }[connection.vendor]
    with connection.cursor() as cursor:
        for name in names:
            if name not in missing:
                cursor.execute(f"DROP TRIGGER {name}{on_table}")
