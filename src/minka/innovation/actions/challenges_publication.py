"""Making a challenge public, and giving its call more time."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.challenges import free_slug_for
from minka.innovation.actions.problems import move_problem
from minka.innovation.models import Call, Challenge
from minka.innovation.notices.challenges import tell_of_extension
from minka.innovation.notices.problems import tell_company
from minka.innovation.queries.challenges_checklist import missing_to_publish
from minka.innovation.states import CHALLENGE_REACHED_FROM, ChallengeState, ProblemState


@transaction.atomic
def publish_challenge(*, by: User, challenge: Challenge) -> Challenge:
    """Make the challenge public; its problems become challenged and their companies are told.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: something is missing; `fields` says what.
        WrongState: it is public already, or one of its problems left the shortlist.
    """
    require(by, "innovation.challenge_publish")
    challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if missing := missing_to_publish(challenge):
        raise InvalidInput(_("This is still missing before it can be published."), fields=missing)
    movable = Challenge.objects.filter(
        pk=challenge.pk, state__in=CHALLENGE_REACHED_FROM[ChallengeState.PUBLISHED]
    )
    if not movable.update(
        state=ChallengeState.PUBLISHED,
        published_at=timezone.now(),
        slug=free_slug_for(challenge),
    ):
        raise WrongState(_("This challenge has moved on; reload the page."))
    challenge = Challenge.objects.select_related("call").get(pk=challenge.pk)
    for problem in challenge.problems.select_related("company").order_by("pk"):
        move_problem(
            by=by,
            problem=problem,
            target=ProblemState.CHALLENGED,
            data={"challenge": challenge.slug},
        )
        tell_company(problem=problem, but=by)
    call = challenge.call
    record(
        by=by,
        verb="innovation.challenge_publish",
        obj=challenge,
        data={
            "slug": challenge.slug,
            "opens_at": call.opens_at.isoformat(),
            "closes_at": call.closes_at.isoformat(),
            "names_company": challenge.names_company,
            "weights": [c.weight for c in challenge.criteria.order_by("position")],
        },
    )
    return challenge


@transaction.atomic
def extend_call(*, by: User, challenge: Challenge, closes_at: datetime, reason: str) -> Call:
    """Let the call close later, while it still runs; tell whoever is writing or has submitted.

    A call that has closed is not opened again: some would have had more time than others.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no reason, or the new date is not later.
        WrongState: the challenge is not published, or its call has closed.
    """
    require(by, "innovation.call_extend")
    call = Call.objects.select_for_update().get(challenge=challenge)
    challenge.refresh_from_db()
    if challenge.state != ChallengeState.PUBLISHED or call.closes_at <= timezone.now():
        raise WrongState(_("This call has closed; it cannot be extended any more."))
    wrong = {}
    if not reason.strip():
        wrong["reason"] = _("Write the reason: it is told to whoever takes part.")
    if closes_at <= call.closes_at:
        wrong["closes_at"] = _("The new date has to be later than the one that was published.")
    if wrong:
        raise InvalidInput(fields=wrong)
    before = call.closes_at
    call.closes_at = closes_at
    call.save(update_fields=["closes_at"])
    Challenge.objects.filter(pk=challenge.pk).update(revision=F("revision") + 1)
    data = {"from": before.isoformat(), "to": closes_at.isoformat(), "reason": reason.strip()}
    record(by=by, verb="innovation.call_extend", obj=challenge, data=data)
    tell_of_extension(challenge=challenge, call=call, reason=reason.strip())
    return call
