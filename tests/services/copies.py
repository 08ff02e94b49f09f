"""Rows that are dear to make, kept as the database has them and laid down again for a later test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Kept:
    """What one function writes into an empty database: its rows, table by table.

    The first call makes them; a later one, in another test of this process, copies what was made.
    It makes them again where it finds rows of others in those tables.
    """

    make: Callable[[], Any]
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    done: bool = False

    def lay(self) -> None:
        """Have the rows in the database."""
        with connection.cursor() as cursor:
            if self.done and not any(_holds_rows(cursor, table) for table in self.rows):
                for table, rows in self.rows.items():
                    places = ", ".join(["%s"] * len(rows[0]))
                    name = connection.ops.quote_name(table)
                    cursor.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
                return
            tables = connection.introspection.django_table_names(only_existing=True)
            empty = [] if self.done else [one for one in tables if not _holds_rows(cursor, one)]
            counts = (
                {} if self.done else {one: _count(cursor, one) for one in set(tables) - {*empty}}
            )
            self.make()
            if not self.done and counts == {one: _count(cursor, one) for one in counts}:
                self.rows = {one: rows for one in empty if (rows := _rows(cursor, one))}
                self.done = True


def _holds_rows(cursor: Any, table: str) -> bool:
    cursor.execute(f"SELECT EXISTS(SELECT 1 FROM {connection.ops.quote_name(table)})")
    return bool(cursor.fetchone()[0])


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
    return int(cursor.fetchone()[0])


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return [tuple(row) for row in cursor.fetchall()]
