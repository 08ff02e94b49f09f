"""`minka worker`: one more background worker of an installation that runs on PostgreSQL."""

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from types import FrameType
from typing import Any
from uuid import uuid4

import click

from minka.cli import start_django

BEATS_EVERY_S = 15
MAKES_UP_EVERY = 20  # beats: five minutes
GIVES_WAY = 10  # steps of priority below the pages: a message can wait, a person who submits cannot


@click.command("worker")
@click.option("--lease", default=60, show_default=True, help="Seconds without a sign of life.")
@click.option(
    "--nice",
    default=GIVES_WAY,
    show_default=True,
    type=click.IntRange(0, 19),
    help="How far to give way to the pages when the processor is short.",
)
@click.option(
    "--interval",
    default=1.0,
    show_default=True,
    help="Seconds between two looks for a job when there is none.",
)
@click.option("--quiet", is_flag=True, help="Say nothing about the jobs.")
def command(lease: int, nice: int, interval: float, *, quiet: bool) -> None:
    """Run background jobs until Ctrl-C; take over the jobs of workers that died."""
    start_django()
    os.nice(nice)
    from django.core.management import call_command

    from minka.core.jobs import beat

    _take_our_worker()
    worker_id = f"worker-{uuid4().hex[:12]}"
    _once_free(lambda: beat(worker_id=worker_id, lease=timedelta(seconds=lease)))  # before any job
    stop = threading.Event()
    pulse = threading.Thread(target=_keep_beating, args=(worker_id, lease, stop), daemon=True)
    pulse.start()
    try:
        call_command(
            "db_worker",
            queue_name="*",
            worker_id=worker_id,
            interval=interval,
            reload=False,
            startup_delay=False,
            verbosity=0 if quiet else 1,
        )
    finally:
        stop.set()


def _once_free(write: Callable[[], object]) -> None:
    """Write as soon as nobody else holds the database; on SQLite that can take its time."""
    from django.db import OperationalError
    from django_tasks_db.utils import is_locked_database_exception

    while True:
        try:
            write()
        except OperationalError as error:
            if not is_locked_database_exception(error):
                raise
        else:
            return


def _take_our_worker() -> None:
    """Let the second Ctrl-C end the process as a kill does, and a busy database not end it at all.

    A job that is cut off says that it runs, and whoever finds this worker silent takes it over.
    """
    from django.db import OperationalError
    from django_tasks_db.management.commands import db_worker
    from django_tasks_db.utils import is_locked_database_exception

    class PatientWorker(db_worker.Worker):
        """A worker that lets itself be ended, and waits for a database that others write to."""

        has_job = False

        def run(self) -> None:
            """Look for jobs; on SQLite others may hold the database for longer than one waits."""
            while self.running:
                try:
                    super().run()
                except OperationalError as error:
                    if self.has_job or not is_locked_database_exception(error):
                        raise
                else:
                    return

        def run_task(self, db_task_result: Any) -> None:
            """Run a job; what happens before its end is written concerns it, and not the queue."""
            self.has_job = True
            super().run_task(db_task_result)
            self.has_job = False

        def shutdown(self, signum: int, frame: FrameType | None) -> None:
            if not self.running:
                os._exit(1)
            super().shutdown(signum, frame)

    vars(db_worker)["Worker"] = PatientWorker  # which the command takes by this name


def _keep_beating(worker_id: str, lease: int, stop: threading.Event) -> None:
    """Beat until told to stop; nothing that goes wrong meanwhile stops the heart."""
    import logging
    from itertools import count

    from django.db import close_old_connections

    from minka.core.delivery import recover_stuck
    from minka.core.jobs import beat
    from minka.core.standing_jobs import make_up

    for number in count():
        try:
            close_old_connections()
            beat(worker_id=worker_id, lease=timedelta(seconds=lease))
            recover_stuck()
            if number % MAKES_UP_EVERY == 0:
                make_up()
        except Exception:
            logging.getLogger(__name__).exception("the heart of the worker missed a beat")
        if stop.wait(min(BEATS_EVERY_S, lease / 3)):
            return
