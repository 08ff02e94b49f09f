"""`minka worker`: one more background worker of an installation that runs on PostgreSQL."""

import threading
from datetime import timedelta
from uuid import uuid4

import click

from minka.cli import start_django

BEATS_EVERY_S = 15


@click.command("worker")
@click.option("--lease", default=60, show_default=True, help="Seconds without a sign of life.")
@click.option("--quiet", is_flag=True, help="Say nothing about the jobs.")
def command(lease: int, *, quiet: bool) -> None:
    """Run background jobs until Ctrl-C; take over the jobs of workers that died."""
    start_django()
    from django.core.management import call_command

    from minka.core.jobs import beat

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


def _keep_beating(worker_id: str, lease: int, stop: threading.Event) -> None:
    """Beat until told to stop; a database that is away for a while does not end the worker."""
    import logging

    from django.db import DatabaseError, close_old_connections

    from minka.core.delivery import recover_stuck
    from minka.core.jobs import beat

    while True:
        try:
            close_old_connections()
            beat(worker_id=worker_id, lease=timedelta(seconds=lease))
            recover_stuck()
        except DatabaseError:
            logging.getLogger(__name__).exception("no sign of life could be given")
        if stop.wait(min(BEATS_EVERY_S, lease / 3)):
            return
