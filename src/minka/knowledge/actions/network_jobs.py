"""When the measures of the network are reckoned: some minutes after a change, and each month."""

from datetime import timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from minka.core.access import require
from minka.core.audit import record
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.knowledge.models import NetworkRun

MEASURE = "minka.knowledge.tasks.measure_network"
MONTHLY = "minka.knowledge.tasks.measure_network_monthly"
PATIENCE = timedelta(minutes=5)  # changes seldom come alone
MONTH = timedelta(days=30)


def measure_soon(*, wait: timedelta = PATIENCE) -> None:
    """Queue a reckoning, unless one is waiting already.

    No person: a step of the acts that change ties.
    """
    if not _waiting(MEASURE):
        enqueue(MEASURE, wait=wait)


def measure_each_month() -> None:
    """Queue the reckoning of next month, unless it is waiting already.

    No person: the reckoning itself asks for the next.
    """
    if not _waiting(MONTHLY):
        enqueue(MONTHLY, wait=MONTH)


@transaction.atomic
def measure_now(*, by: User) -> None:
    """Ask for the measures at once.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "knowledge.network_measure")
    DBTaskResult.objects.filter(task_path=MEASURE, status="READY").delete()
    enqueue(MEASURE)
    newest = NetworkRun.objects.first() or NetworkRun(pk=0)
    record(by=by, verb="knowledge.network_measure", obj=newest)


def _waiting(path: str) -> bool:
    return DBTaskResult.objects.filter(task_path=path, status="READY").exists()
