"""A look a day at what is due in agreements; everybody is reminded once of each thing."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from minka.core.jobs import enqueue
from minka.innovation.models import Milestone
from minka.innovation.notices.agreements import tell_due
from minka.innovation.states.agreements import MILESTONE_OPEN, AgreementState

LOOK = "minka.innovation.tasks.remind_of_milestones"
A_DAY = timedelta(days=1)
SOON = timedelta(days=7)


def look_each_day_at_agreements() -> None:
    """Queue tomorrow's look, unless one waits already.

    No person: the look itself asks for the next; whoever prepares an installation for the first.
    """
    if not DBTaskResult.objects.filter(task_path=LOOK, status="READY").exists():
        enqueue(LOOK, wait=A_DAY)


def remind_of_milestones() -> int:
    """Remind of milestones that are due within seven days, or overdue; return how many notices.

    No person: the clock acts. A milestone that moves to another day is reminded of again.
    """
    today = timezone.localdate()
    waiting = Milestone.objects.filter(
        agreement__state=AgreementState.IN_FORCE,
        state__in=MILESTONE_OPEN,
        due_on__lte=today + SOON,
    ).select_related("agreement__decision__proposal__challenge")
    return sum(
        len(tell_due(milestone=one, agreement=one.agreement, is_late=one.due_on < today))
        for one in waiting.order_by("due_on", "pk")
    )
