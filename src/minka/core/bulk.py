"""Writing many rows at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router


def write_all(objects: Iterable[models.Model], fields: Sequence[str]) -> None:
    """Write these fields of rows that exist; the caller has locked them.

    `bulk_update` writes a CASE with a branch per row and column, which takes many times as long to
    compose as to execute. Here one statement is made once, and the rows are handed over one after
    the other: only the columns that are named, and only their indexes, are touched.
    """
    rows: list[Any] = list(objects)
    if not rows:
        return
    model = type(rows[0])
    connection = connections[router.db_for_write(model)]
    written = [model._meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    places = ", ".join(f"{quote(str(field.column))} = %s" for field in written)
    key = model._meta.pk
    statement = f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE {quote(key.column)} = %s"  # noqa: S608 -- names of our own tables and columns
    values = [_values(field, rows, connection) for field in (*written, key)]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*values, strict=True)))


def _values(field: "models.Field[Any, Any]", rows: Sequence[Any], connection: Any) -> Sequence[Any]:
    """Return the values of one column as the database takes them."""
    name, prepare = field.attname, field.get_db_prep_save
    return [prepare(getattr(row, name), connection) for row in rows]
