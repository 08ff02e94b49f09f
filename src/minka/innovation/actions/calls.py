"""The clock of a call, read under a lock: what is decided by it cannot be overtaken by it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.errors import WrongState
from minka.innovation.models import Call, Challenge
from minka.innovation.notices.words import lima
from minka.innovation.states import ChallengeState


def open_call(challenge_id: int) -> tuple[Call, datetime]:
    """No person: return the call as the database has it, locked, and the instant of looking.

    Raises:
        WrongState: it has not opened yet, or it has closed. The instant of closing is too late.
    """
    call = _locked(challenge_id)
    now = timezone.now()
    if call.challenge.state == ChallengeState.DRAFT or now < call.opens_at:
        raise WrongState(_("This call is not open yet."))
    if now >= call.closes_at or call.challenge.state != ChallengeState.PUBLISHED:
        raise WrongState(
            _("The call closed on %(when)s. What you wrote is kept, but nothing was handed in.")
            % {"when": lima(call.closes_at)}
        )
    return call, now


def closed_call(challenge_id: int) -> Call:
    """No person: return the call, locked, once it has closed and before decisions are released.

    Raises:
        WrongState: it is still open, or everything was released already.
    """
    call = _locked(challenge_id)
    if call.challenge.state == ChallengeState.DECIDED:
        raise WrongState(_("The decisions of this challenge were released; nothing changes now."))
    if call.challenge.state == ChallengeState.DRAFT or timezone.now() < call.closes_at:
        raise WrongState(
            _("This starts when the call has closed, on %(when)s.") % {"when": lima(call.closes_at)}
        )
    return call


def _locked(challenge_id: int) -> Call:
    """Lock the row: on PostgreSQL others wait here; SQLite's immediate transactions already do."""
    call = Call.objects.select_for_update().get(challenge_id=challenge_id)
    call.challenge = Challenge.objects.get(pk=challenge_id)
    return call
