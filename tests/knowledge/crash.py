"""Steps of an import in a process of its own: `python -m tests.knowledge.crash STEP …`.

`prepare` offers and confirms a sheet; `die` imports and is killed within the fourth chunk;
`run` imports; `show` prints what is there.
"""

# ruff: noqa: E402 -- Django is set up before anything that needs its models

import json
import os
import signal
import sys

import django

django.setup()

from minka.core.models import User
from minka.knowledge.actions import import_rows
from minka.knowledge.models import Record, SheetImport
from minka.knowledge.sources import intake
from tests.knowledge.sheets import confirm_import, offered, picture, rows
from tests.services.tables import ensure_tables

intake.CHUNK_ROWS = 50
ROWS = 400


def prepare() -> None:
    ensure_tables()
    team = User.objects.create_user("equipo@cluster.example", is_staff=True, full_name="Equipo")
    sheet_import = offered(by=team, content=rows(ROWS))
    confirm_import(by=team, sheet_import=sheet_import, mapping=sheet_import.mapping)


def die() -> None:
    keep = import_rows.insert_rows

    def killed(*, model: type, rows: list) -> None:
        keep(model=model, rows=rows)
        if model is Record and Record.objects.count() >= ROWS / 2:
            os.kill(os.getpid(), signal.SIGKILL)

    import_rows.insert_rows = killed
    run()


def run() -> None:
    intake.run_import(import_id=SheetImport.objects.get().pk)


def show() -> None:
    sys.stdout.write(json.dumps(picture(), sort_keys=True, default=str))


if __name__ == "__main__":
    steps = {"prepare": prepare, "die": die, "run": run, "show": show}
    for step in sys.argv[1:]:
        steps[step]()
