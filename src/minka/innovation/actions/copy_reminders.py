"""The team is asked to confirm copies again after an opening, and reminded until it has."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from minka.core.jobs import enqueue, waiting
from minka.core.models import User
from minka.innovation.models import Challenge
from minka.innovation.notices.copies import tell_stale
from minka.innovation.queries.stale_copies import stale_copies, stale_for

REMIND = "minka.innovation.tasks.remind_of_copies"
AGAIN = timedelta(days=2)


@transaction.atomic
def ask_for_copies(*, challenge: Challenge) -> int:
    """Tell the impartial team which copies wait, and look again in two days; return of how many.

    No person: an opening calls it, and then the job that it asks for. Where none waits, or the
    decisions are released, nothing is told or asked for.
    """
    copies = stale_copies(challenge=challenge)
    if not copies:
        return 0
    people = [
        one
        for one in User.objects.filter(is_staff=True, is_active=True).order_by("pk")
        if one.has_perm("innovation.evaluator_assign", challenge)
    ]
    counts = stale_for(people=people, copies=copies)
    tell_stale(challenge=challenge, counts=counts, people=people, on=timezone.localdate())
    if [challenge.pk] not in waiting(REMIND).values():
        enqueue(REMIND, challenge.pk, wait=AGAIN)
    return len(copies)
