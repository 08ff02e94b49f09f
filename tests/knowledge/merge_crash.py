"""Steps of a merge in a process of their own: `python -m tests.knowledge.merge_crash STEP …`.

`prepare` makes two actors; `die` is killed in the middle of merging them; `run` merges; `show` prints.
"""

# ruff: noqa: E402 -- Django is set up before anything that needs its models

import os
import signal
import sys

import django

django.setup()

from minka.core.models import User
from minka.knowledge.actions import identity
from minka.knowledge.models import Actor
from tests.factories import MembershipFactory, ProblemFactory
from tests.knowledge.resolution import everything, number, recorded
from tests.services.tables import ensure_tables


def prepare() -> None:
    ensure_tables()
    User.objects.create_user("equipo@cluster.example", is_staff=True, full_name="Equipo")
    recorded("Aceros Andinos", email=["a@aceros.example"])
    gone = recorded("Aceros Andinos SAC", phone=["054 555123"])
    number(gone, "20100010721")
    MembershipFactory(actor=gone)
    ProblemFactory(company=gone)


def die() -> None:
    """Be killed when everything has moved and the step is not yet written."""
    identity.refresh_actors = lambda actors: os.kill(os.getpid(), signal.SIGKILL)
    run()


def run() -> None:
    team = User.objects.get(email="equipo@cluster.example")
    keep, gone = Actor.objects.filter(state="live").order_by("pk")[:2]
    identity.merge_actors(by=team, keep=keep, gone=gone)


def show() -> None:
    sys.stdout.write(everything())


if __name__ == "__main__":
    steps = {"prepare": prepare, "die": die, "run": run, "show": show}
    for step in sys.argv[1:]:
        steps[step]()
