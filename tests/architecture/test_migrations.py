"""An empty database is made at once, one with data goes step by step: both end alike."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from tests.services.tables import tables

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Give the address of a new database, of the kind that the tests run on."""
    server = os.environ.get("MINKA_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'empty.sqlite3'}"
        return
    import psycopg

    name = f"empty_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as link:
        # in the order of a language, as many a server makes them; ours is in that of bytes
        link.execute(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'es-PE'"
        )
        yield server.rpartition("/")[0] + f"/{name}"
        link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.django_db
def test_step_by_step_from_the_first_migration_the_same_tables_stand(tmp_path):
    """Also where the order of words is that of a language, and search finds the same there."""
    with empty_database(tmp_path) as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.services.tables"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "minka.config.settings.dev",
                "MINKA_DATABASE_URL": url,
                "MINKA_DATA": str(tmp_path),
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            },
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    step_by_step, at_once = json.loads(done.stdout), tables()
    assert connection.introspection.django_table_names(only_existing=True)
    assert step_by_step.keys() == at_once.keys()
    for table, expected in step_by_step.items():
        assert at_once[table] == expected, table
