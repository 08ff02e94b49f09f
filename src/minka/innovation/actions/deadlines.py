"""More time for one organisation: by a named person, for a reason, quoted in its receipt."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import locked_call
from minka.innovation.models import CallKey, Challenge, DeadlineException
from minka.innovation.notices.sealing import tell_more_time
from minka.innovation.queries.deadlines import deadline_for
from minka.innovation.states import ChallengeState, KeyState
from minka.knowledge.models import Actor

SHORTEST_REASON = 20  # characters: less explains nothing
MOST_DAYS_MORE = 60  # after the closing of the call: nothing is opened before it has passed


@transaction.atomic
def grant_more_time(  # noqa: PLR0913 -- an exception is its parts
    *,
    by: User,
    challenge: Challenge,
    lead: Actor,
    until: datetime,
    reason: str,
    authorised_by: str,
) -> DeadlineException:
    """Let one organisation hand in after the others; also when the call has closed already.

    Nothing is opened before it has passed.

    Raises:
        NotAllowed: `by` is not of the team, or competes in the challenge.
        WrongState: the challenge is not published, not sealed, or its proposals were opened.
        InvalidInput: no name, no reason, not later than the deadline in force and than now, or
            more than 60 days after the closing.
    """
    require(by, "innovation.deadline_except", challenge)
    call = locked_call(challenge.pk)
    if call.challenge.state != ChallengeState.PUBLISHED:
        raise WrongState(_("The challenge does not receive proposals."))
    if not call.is_sealed:
        raise WrongState(_("Only a sealed call knows exceptions: others are read when they close."))
    if CallKey.objects.filter(challenge=challenge, state=KeyState.OPENED).exists():
        raise WrongState(_("The proposals can be read by now; nobody can be given more time."))
    wrong = {}
    if until <= max(timezone.now(), deadline_for(call=call, lead_id=lead.pk).at):
        wrong["until"] = _("The new deadline has to be later than the one in force.")
    elif until > call.closes_at + timedelta(days=MOST_DAYS_MORE):
        wrong["until"] = _("At most %(days)s days after the call closes.") % {
            "days": MOST_DAYS_MORE
        }
    if len(reason.strip()) < SHORTEST_REASON:
        wrong["reason"] = _("Write at least %(least)s characters.") % {"least": SHORTEST_REASON}
    if not authorised_by.strip():
        wrong["authorised_by"] = _("Say who authorises it.")
    if wrong:
        raise InvalidInput(fields=wrong)
    exception = DeadlineException.objects.create(
        challenge=challenge,
        lead=lead,
        until=until,
        reason=reason.strip(),
        authorised_by=authorised_by.strip(),
        granted_by=by,
        granted_at=timezone.now(),
    )
    data = {
        "lead": lead.public_id,
        "until": until.isoformat(),
        "reason": exception.reason,
        "authorised_by": exception.authorised_by,
    }
    record(by=by, verb="innovation.deadline_except", obj=challenge, data=data)
    tell_more_time(exception=exception)
    return exception
