"""`minka worker`: one more background worker of an installation that runs on PostgreSQL."""

import os
import threading
from datetime import timedelta
from types import FrameType
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
@click.option("--quiet", is_flag=True, help="Say nothing about the jobs.")
def command(lease: int, nice: int, *, quiet: bool) -> None:
    """Run background jobs until Ctrl-C; take over the jobs of workers that died."""
    start_django()
    os.nice(nice)
    from django.core.management import call_command

    from minka.core.jobs import beat

    _end_at_once_when_forced()
    worker_id = f"worker-{uuid4().hex[:12]}"
    beat(worker_id=worker_id, lease=timedelta(seconds=lease))  # before the first job is taken
    stop = threading.Event()
    pulse = threading.Thread(target=_keep_beating, args=(worker_id, lease, stop), daemon=True)
    pulse.start()
    try:
        call_command(
            "db_worker",
            queue_name="*",
            worker_id=worker_id,
            reload=False,
            startup_delay=False,
            verbosity=0 if quiet else 1,
        )
    finally:
        stop.set()


def _end_at_once_when_forced() -> None:
    """Let the second Ctrl-C end the process as a kill does, and not the job as failed.

    The job says that it runs, and whoever finds this worker silent takes it over.
    """
    from django_tasks_db.management.commands import db_worker

    class ForcedWorker(db_worker.Worker):
        """A worker that lets itself be ended."""

        def shutdown(self, signum: int, frame: FrameType | None) -> None:
            if not self.running:
                os._exit(1)
            super().shutdown(signum, frame)

    vars(db_worker)["Worker"] = ForcedWorker  # which the command takes by this name


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
