"""The beginning and the end of a session of opening, each in one transaction under the lock."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.audit import record
from minka.core.errors import WrongState
from minka.core.ledger import verify_ledger
from minka.core.models import User
from minka.innovation.actions.calls import locked_call
from minka.innovation.actions.copy_reminders import ask_for_copies
from minka.innovation.models import Call, CallKey, Challenge, OpeningSession
from minka.innovation.notices.sealing import tell_opened
from minka.innovation.notices.words import lima
from minka.innovation.queries.deadlines import promised_until
from minka.innovation.queries.envelopes import economic_waits
from minka.innovation.queries.openings import economic_sealed, still_sealed
from minka.innovation.states import (
    ChallengeState,
    Envelope,
    KeyState,
    OpeningFailure,
    SessionKind,
)


@dataclass(frozen=True)
class Told:
    """What is written of a session: whose shares were given, who was there, the minute."""

    names: list[str]
    present: str
    minute: str


def refuse_before_its_time(*, by: User, challenge: Challenge) -> None:
    """Ask the clock, and the ledger and the receipts for every deadline that was promised.

    Raises:
        WrongState: one has not passed, which is written down, or there is nothing to open.
    """
    until = _earliest(by, challenge)
    if until is not None:
        raise _too_early(until)


def begin_session(
    *, by: User, challenge: Challenge, told: Told, envelope: Envelope
) -> OpeningSession:
    """Open a session: the key moves on here, under the lock, and the clock is asked again.

    From this instant nobody is given more time, and of two sessions that begin at once the second
    finds only what the first has not opened.

    Raises:
        WrongState: it is too early after all, or nothing is sealed any more.
    """
    with transaction.atomic():
        call = locked_call(challenge.pk)
        key = CallKey.objects.select_for_update().get(challenge=challenge)
        _check_state(call, key)
        until = promised_until(challenge=challenge, call=call)
        if timezone.now() < until:
            raise _too_early(until)
        _move_on(key, challenge, envelope)
        session = OpeningSession.objects.create(
            key=key,
            kind=SessionKind.OPENING,
            envelope=envelope,
            at=timezone.now(),
            led_by=by,
            given_by=told.names,
            present=told.present,
            minute=told.minute,
        )
        data = {
            "code": key.code,
            "session": session.pk,
            "envelope": envelope.value,
            "shares": told.names,
            "ledger_whole": verify_ledger().whole,
        }
        record(by=by, verb="innovation.opening_begin", obj=challenge, data=data)
    return session


@transaction.atomic
def end_session(
    *,
    by: User,
    session: OpeningSession,
    opened: list[dict[str, str]],
    failures: list[dict[str, str]],
) -> OpeningSession:
    """Write what became of a session, and tell its custodians; the team, of copies to confirm."""
    found = verify_ledger()
    if not found.whole:
        failures = [*failures, {"proposal": "", "reason": OpeningFailure.LEDGER_BROKEN.value}]
    session.opened, session.failures = opened, failures
    session.save(update_fields=["opened", "failures"])
    data = {
        "session": session.pk,
        "envelope": session.envelope,
        "opened": opened,
        "failures": failures,
    }
    record(by=by, verb="innovation.opening_end", obj=session.key.challenge, data=data)
    tell_opened(session=session)
    if session.envelope == Envelope.ECONOMIC:
        ask_for_copies(challenge=session.key.challenge)
    return session


@transaction.atomic
def _earliest(by: User, challenge: Challenge) -> datetime | None:
    """Return when it may be opened, None when it may; an attempt before that is written down."""
    call = locked_call(challenge.pk)
    now, until = timezone.now(), promised_until(challenge=challenge, call=call)
    _check_state(call, CallKey.objects.filter(challenge=challenge).first())
    if now >= until:
        return None
    data = {"at": now.isoformat(), "not_before": until.isoformat()}
    record(by=by, verb="innovation.opening_refuse", obj=challenge, data=data)
    return until


def _check_state(call: Call, key: CallKey | None) -> None:
    in_force = key is not None and key.state in {KeyState.IN_FORCE, KeyState.OPENED}
    if call.challenge.state != ChallengeState.PUBLISHED or not in_force:
        raise WrongState(_("There is nothing to open here now."))


def _move_on(key: CallKey, challenge: Challenge, envelope: Envelope) -> None:
    now = timezone.now()
    here = CallKey.objects.filter(pk=key.pk)
    if envelope == Envelope.ECONOMIC:
        if reason := economic_waits(challenge=challenge):
            raise WrongState(reason)
        first = here.filter(economic_opened_at__isnull=True).update(economic_opened_at=now)
        left = economic_sealed(challenge=challenge)
    else:
        in_force = here.filter(state=KeyState.IN_FORCE)
        first = in_force.update(state=KeyState.OPENED, opened_at=now)
        left = still_sealed(challenge=challenge)
    if not first and not left.exists():
        raise WrongState(_("There is nothing to open here now."))


def _too_early(until: datetime) -> WrongState:
    return WrongState(
        _("Nobody opens these proposals before %(when)s, whoever gives their shares.")
        % {"when": lima(until)}
    )
