"""A worker is killed in the middle of a job; another one finishes it. A busy database kills none."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core.models import Notice, WorkerPulse
from minka.core.notices import DELIVER, Message, notify
from tests.factories import UserFactory
from tests.services.smtp import mailbox

WITHIN_S = 40


def worker(port, settings="tests.e2e.settings"):
    name = connection.settings_dict["NAME"]
    server = os.environ.get("MINKA_DATABASE_URL", "")
    url = (
        f"sqlite:///{name}"
        if connection.vendor == "sqlite"
        else f"{server.rpartition('/')[0]}/{name}"
    )
    return subprocess.Popen(
        [sys.executable, "-c", "from minka.cli import main; main(['worker', '--lease', '2'])"],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": settings,
            "MINKA_DATABASE_URL": url,
            "MINKA_TEST_SMTP_PORT": str(port),
            "MINKA_TEST_STATIC": "/nonexistent",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(condition):
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen in time")


def letters():
    return DBTaskResult.objects.filter(task_path=DELIVER)


def ended(one, *, by):
    """End a worker, with one signal after the other."""
    for signal_number in by:
        one.send_signal(signal_number)
        time.sleep(0.5)
    one.wait(timeout=10)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", [[signal.SIGKILL], [signal.SIGINT, signal.SIGINT]])
def test_a_job_whose_worker_was_ended_in_the_middle_of_it_is_done_by_another(by):
    with mailbox() as box, socket.create_server(("127.0.0.1", 0)) as silent:
        notify(
            recipients=[UserFactory()],
            kind="test.told",
            key="k",
            compose=lambda _person: Message(subject="Constancia", body="·"),
        )
        first = worker(silent.getsockname()[1])  # a mail server that never says a word
        try:
            wait_for(lambda: Notice.objects.filter(delivery="sending").exists())
        finally:
            ended(first, by=by)
        assert letters().get().status == "RUNNING"  # neither done nor failed
        long_ago = timezone.now() - timedelta(hours=1)
        Notice.objects.update(claimed_at=long_ago)  # so that nobody waits a quarter of an hour
        second = worker(box.port)
        try:
            wait_for(lambda: Notice.objects.get().delivery == "sent")
            wait_for(lambda: set(letters().values_list("status", flat=True)) == {"SUCCESSFUL"})
        finally:
            ended(second, by=[signal.SIGTERM])
        assert len(box.messages) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets many write at once")
@pytest.mark.django_db(transaction=True)
def test_a_worker_outlives_a_database_that_somebody_else_writes_to_for_long():
    with mailbox() as box:
        one = worker(box.port, settings="tests.core.impatient_settings")
        try:
            wait_for(WorkerPulse.objects.exists)
            name = connection.settings_dict["NAME"]
            with closing(sqlite3.connect(name, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                time.sleep(3)  # it looks for a job every second
            notify(
                recipients=[UserFactory()],
                kind="test.told",
                key="k",
                compose=lambda _person: Message(subject="Constancia", body="·"),
            )
            wait_for(lambda: Notice.objects.get().delivery == "sent")
        finally:
            ended(one, by=[signal.SIGTERM])
