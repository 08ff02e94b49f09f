"""The clock of a call, read under a lock: what is decided by it cannot be overtaken by it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.errors import WrongState
from minka.innovation.models import Call, CallKey, Challenge
from minka.innovation.notices.words import lima
from minka.innovation.queries.deadlines import Deadline, deadline_for
from minka.innovation.states import ChallengeState, KeyState


@dataclass(frozen=True)
class OpenCall:
    """A call that is open to one organisation at the instant of looking."""

    call: Call
    now: datetime
    deadline: Deadline


def open_call(challenge_id: int, *, lead_id: int) -> OpenCall:
    """No person: return the call as the database has it, locked, and the instant of looking.

    Raises:
        WrongState: it has not opened yet, or it has closed. The instant of closing is too late.
    """
    return look_at(locked_call(challenge_id), lead_id=lead_id)


def look_at(call: Call, *, lead_id: int) -> OpenCall:
    """No person: say whether a call is open to an organisation now; raises what `open_call` does.

    Without the lock it decides nothing: it spares whoever is too late the work before it.
    """
    deadline = deadline_for(call=call, lead_id=lead_id)
    now = timezone.now()
    if call.challenge.state == ChallengeState.DRAFT or now < call.opens_at:
        raise WrongState(_("This call is not open yet."))
    if now >= deadline.at or call.challenge.state != ChallengeState.PUBLISHED:
        raise WrongState(
            _("The call closed on %(when)s. What you wrote is kept, but nothing was handed in.")
            % {"when": lima(deadline.at)}
        )
    return OpenCall(call, now, deadline)


def closed_call(challenge_id: int) -> Call:
    """No person: return the call, locked, once it has closed and before decisions are released.

    Of a sealed call, once its proposals were opened.

    Raises:
        WrongState: it is still open, or sealed, or everything was released already.
    """
    call = locked_call(challenge_id)
    if call.challenge.state == ChallengeState.DECIDED:
        raise WrongState(_("The decisions of this challenge were released; nothing changes now."))
    if call.challenge.state == ChallengeState.DRAFT or timezone.now() < call.closes_at:
        raise WrongState(
            _("This starts when the call has closed, on %(when)s.") % {"when": lima(call.closes_at)}
        )
    if call.is_sealed and not _was_opened(challenge_id):
        raise WrongState(_("This starts when the custodians have opened the proposals."))
    return call


def _was_opened(challenge_id: int) -> bool:
    return CallKey.objects.filter(challenge=challenge_id, state=KeyState.OPENED).exists()


def locked_call(challenge_id: int) -> Call:
    """No person: return the call and lock its row.

    On PostgreSQL others wait here; SQLite's immediate transactions already do.
    """
    call = Call.objects.select_for_update().get(challenge_id=challenge_id)
    call.challenge = Challenge.objects.get(pk=challenge_id)
    return call
