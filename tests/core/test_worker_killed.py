"""A worker is killed in the middle of a job; another one finishes it."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection
from django.utils import timezone

from minka.core.models import Notice
from minka.core.notices import Message, notify
from tests.factories import UserFactory
from tests.services.smtp import mailbox

WITHIN_S = 40


def worker(port):
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
            "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
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


@pytest.mark.django_db(transaction=True)
def test_a_notice_survives_the_death_of_the_worker_that_was_about_to_send_it():
    with mailbox() as box:
        box.refuse = "451 later, please"
        notify(
            recipients=[UserFactory()],
            kind="test.told",
            key="k",
            compose=lambda _person: Message(subject="Constancia", body="·"),
        )
        first = worker(box.port)
        try:
            # refused once and waiting again: not in the middle of handing over
            wait_for(lambda: Notice.objects.filter(attempts__gte=1, delivery="pending").exists())
        finally:
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
        box.refuse = ""
        from django_tasks_db.models import DBTaskResult

        DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())  # no pause
        second = worker(box.port)
        try:
            wait_for(lambda: Notice.objects.get().delivery == "sent")
        finally:
            second.terminate()
            second.wait(timeout=20)
        assert len(box.messages) == 1
