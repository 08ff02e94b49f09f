"""Evaluators are reminded: by hand, and once by itself before the day their evaluations are due."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.jobs import enqueue
from minka.core.models import User
from minka.innovation.models import Assignment, Challenge
from minka.innovation.notices.reminders import tell_due
from minka.innovation.queries.conflicts import closed_to, conflicts
from minka.innovation.queries.evaluation_modes import due_at
from minka.innovation.states import ASSIGNMENT_OPEN, ChallengeState, ProposalState

WARNING = timedelta(days=3)  # before the day is over
AGAIN = timedelta(hours=20)  # that have to pass between two reminders by hand
WARN = "minka.innovation.tasks.warn_evaluators"


@transaction.atomic
def remind(*, by: User, challenge: Challenge, people: Collection[User]) -> int:
    """Remind people of what they owe in a challenge, once a day at most; return how many were told.

    Of proposals with which `by` has a conflict nobody is reminded by them.

    Raises:
        NotAllowed: `by` is not of the impartial team.
        WrongState: nobody of them owes anything, or all were reminded today.
    """
    require(by, "innovation.evaluator_assign", challenge)
    owed = _owed(challenge).filter(evaluator__in=people).exclude(proposal__in=closed_to(viewer=by))
    fresh = owed.filter(Q(reminded_at=None) | Q(reminded_at__lt=timezone.now() - AGAIN))
    told = _tell(challenge, fresh, by_itself=False)
    if not told:
        raise WrongState(_("Nothing is owed, or it was reminded today already."))
    record(by=by, verb="innovation.evaluator_remind", obj=challenge, data={"people": told})
    return told


@transaction.atomic
def warn_before_due(*, challenge_id: int) -> int:
    """No person: warn of what is due within three days, each evaluation once; return of whom.

    Called by a job. Too early, because the day was moved, it asks to be called again.
    """
    challenge = Challenge.objects.select_related("call", "evaluation_terms").get(pk=challenge_id)
    until = due_at(challenge)
    if challenge.state != ChallengeState.PUBLISHED or until is None:
        return 0
    now = timezone.now()
    if now >= until:
        return 0
    if now < until - WARNING:
        plan_warning(challenge)
        return 0
    told = _tell(challenge, _owed(challenge).filter(warned_at=None), by_itself=True)
    if told:
        record(by=None, verb="innovation.evaluator_remind", obj=challenge, data={"people": told})
    return told


def plan_warning(challenge: Challenge) -> None:
    """No person: put the warning of a challenge in the queue, for three days before it is due."""
    known = Challenge.objects.select_related("call", "evaluation_terms").get(pk=challenge.pk)
    until = due_at(known)
    if until is None or until <= timezone.now():
        return
    wait = max(until - WARNING - timezone.now(), timedelta())
    enqueue(WARN, challenge.pk, wait=wait)


def _owed(challenge: Challenge) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        proposal__challenge=challenge,
        proposal__state=ProposalState.SUBMITTED,
        proposal__ineligible_at__isnull=True,
        state__in=ASSIGNMENT_OPEN,
    ).select_related("evaluator", "proposal")


def _tell(challenge: Challenge, owed: QuerySet[Assignment], *, by_itself: bool) -> int:
    """Tell each person once, with how many evaluations they owe; mark what was spoken of.

    Whoever has a conflict by now is not told of what they no longer see.
    """
    rows = list(owed)
    people = {one.evaluator_id: one.evaluator for one in rows}
    known = conflicts(proposals=[one.proposal for one in rows], people=people.values())
    open_rows = [one for one in rows if not known.standing(one.proposal_id, one.evaluator_id)]
    column = "warned_at" if by_itself else "reminded_at"
    now = timezone.now()
    Assignment.objects.filter(pk__in=[one.pk for one in open_rows]).update(**{column: now})
    owing = {one.evaluator_id for one in open_rows}
    for pk in sorted(owing):
        count = sum(one.evaluator_id == pk for one in open_rows)
        tell_due(evaluator=people[pk], challenge=challenge, count=count, at=now)
    return len(owing)
