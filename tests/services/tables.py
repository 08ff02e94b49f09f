"""The tables of a database in words, and one that went through every migration there ever was.

    python -m tests.services.tables

applies to the empty database of the settings all migrations from the first on, without those that
stand for several, and prints its tables as JSON.
"""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def tables() -> dict[str, list[list[str]]]:
    """Return columns, constraints and indexes of every table, without regard to their order."""
    inspect = connection.introspection
    found = {}
    with connection.cursor() as cursor:
        for table in inspect.table_names(cursor):
            columns = [
                ["column", one.name, str(one.type_code), str(one.null_ok), str(one.collation)]
                for one in inspect.get_table_description(cursor, table)
            ]
            rules = [
                ["rule", *(f"{key}={value}" for key, value in sorted(one.items()))]
                for one in inspect.get_constraints(cursor, table).values()
            ]
            named = [["name", name] for name in inspect.get_constraints(cursor, table)]
            found[table] = sorted([*columns, *rules, *_lasting(named)])
        cursor.execute(TRIGGERS[connection.vendor])
        made = [["trigger", name] for (name,) in cursor.fetchall()]
    guard = "ledger_"  # made when all migrations are through, each time
    found["triggers"] = sorted(one for one in made if not one[1].startswith(guard))
    return found


def _lasting(names: list[list[str]]) -> list[list[str]]:
    """Leave out the names that a database gave of itself; they count what was there before."""
    return [one for one in names if not one[1].startswith("__") and "_fk_" not in one[1]]


def step_by_step() -> None:
    """Apply every migration from the first on."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    kept = executor.loader.disk_migrations
    executor.migrate(
        [leaf for leaf in executor.loader.graph.leaf_nodes() if not kept[leaf].replaces]
    )


def lay_tables(folder: Path) -> None:
    """Give an installation in `folder` the tables of the tests' database, if that is a file.

    Where there is none, because nothing else of this run uses one, it makes its own.
    """
    if connection.vendor != "sqlite" or not Path(connection.settings_dict["NAME"]).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    target = sqlite3.connect(folder / "minka.sqlite3")
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as kept, closing(target):
        kept.backup(target)


if __name__ == "__main__":
    django.setup()
    step_by_step()
    json.dump(tables(), sys.stdout)
