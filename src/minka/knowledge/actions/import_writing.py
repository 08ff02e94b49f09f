"""Write new rows by the thousand: one statement made once, and its values one row after another.

Composing a statement with a place for every value of every row takes many times as long as the
database takes to keep them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connections, models, router
from django.utils import timezone

Prepare = Callable[[Any], Any]
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.FloatField)


def reserve_keys(*, model: type[models.Model], count: int) -> Sequence[int]:
    """Return primary keys that nobody else will give to new rows; the caller holds a transaction.

    No person: a step of acts that write.
    """
    connection = connections[router.db_for_write(model)]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), model._meta.pk.column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # SQLite has one writer at a time, and that is us
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
        return range(last + 1, last + 1 + count)


def insert_rows(*, model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new rows, each given as the same columns by name; what is not given has its default.

    Dates of creation and of change are now. The database checks what it checks for any row.

    No person: a step of acts that write.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key or field.attname in rows[0]
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 -- names of our own tables and columns
    values = [_column(field, rows, connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, strict=True)))


def _column(
    field: "models.Field[Any, Any]", rows: Sequence[Mapping[str, Any]], connection: Any
) -> Sequence[Any]:
    """Return the values of one column as the database takes them."""
    name = field.attname
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return [field.get_db_prep_save(timezone.now(), connection)] * len(rows)
    if name not in rows[0]:
        return [field.get_db_prep_save(field.get_default(), connection)] * len(rows)
    if isinstance(field, PLAIN) or field.is_relation:
        return [row[name] for row in rows]
    return [field.get_db_prep_save(row[name], connection) for row in rows]
