"""The tables of a database in words, and one that went through every migration there ever was.

    python -m tests.services.tables

applies to the empty database of the settings all migrations from the first on, without those that
stand for several, and prints its tables as JSON.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from tests.services.states import quick_states

ROOT = Path(__file__).resolve().parents[2]
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
            constraints = inspect.get_constraints(cursor, table)
            rules = [
                ["rule", *(f"{key}={value}" for key, value in sorted(one.items()))]
                for one in constraints.values()
            ]
            named = [["name", name] for name in constraints]
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
    leaves = [leaf for leaf in executor.loader.graph.leaf_nodes() if not kept[leaf].replaces]
    with quick_states():
        executor.migrate(leaves)


@contextmanager
def installed(folder: Path, *, like: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """Give the variables of an installation of its own, of the kind that the tests run on.

    It has the tables of the tests' database, or everything that the one `like` whose it is has.
    """
    if like is not None:
        shutil.copytree(like["MINKA_DATA"], folder)
    folder.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        if like is None:
            lay_tables(folder)
        yield {"MINKA_DATA": str(folder)}
        return
    import psycopg

    connection.close()  # a database that somebody is in is not copied
    server = os.environ["MINKA_DATABASE_URL"]
    model = like["MINKA_DATABASE_URL"] if like else f"/{connection.settings_dict['NAME']}"
    name = f"installed_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model.rpartition("/")[2]}"')
        try:
            url = f"{server.rpartition('/')[0]}/{name}"
            yield {"MINKA_DATA": str(folder), "MINKA_DATABASE_URL": url}
        finally:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run_step(
    module: str, names: Sequence[str], variables: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run steps of a test's module in a process of its own, in an installation of its own."""
    kept = {key: value for key, value in os.environ.items() if key != "MINKA_DATABASE_URL"}
    settings = {
        "DJANGO_SETTINGS_MODULE": "minka.config.settings.dev",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    return subprocess.run(
        [sys.executable, "-m", module, *names],
        cwd=ROOT,
        env=kept | settings | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
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


def ensure_tables() -> None:
    """Make the tables of an installation that was given none."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)


def look_for_words() -> None:
    """Ask for words by their beginning and for names in order, as search and directory do.

    Raises:
        AssertionError: this database answers otherwise than SQLite.
    """
    from minka.knowledge.models import Actor, SearchWord
    from minka.knowledge.queries.search_reading import counts_between

    roots = ["miner", "minz", "mio", "ming"]
    SearchWord.objects.bulk_create([SearchWord(root=r, backwards=r[::-1], change=1) for r in roots])
    assert counts_between([("root", "min")]).keys() == {"miner", "minz", "ming"}
    assert counts_between([("backwards", "zn")]).keys() == {"minz"}
    keys = ["a b", "a-b", "aa", "a1", "ñandu", "nube", "3m", "z"]
    Actor.objects.bulk_create([Actor(name=key, name_key=key, kind="other") for key in keys])
    assert list(Actor.objects.order_by("name_key").values_list("name_key", flat=True)) == sorted(
        keys
    )
    assert Actor.objects.filter(name_key__gte="a", name_key__lt="a\U0010ffff").count() == 4


if __name__ == "__main__":
    django.setup()
    step_by_step()
    look_for_words()
    json.dump(tables(), sys.stdout)
