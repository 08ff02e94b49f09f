"""Rehearsing the opening of a call, and opening it: k shares are joined in memory, once, here.

Shares and the key they give are never written down: they come with the request and go with it. The
server's clock is asked inside, whatever the page showed, and again under the lock. Each proposal
opens in a transaction of its own, so that what fails, or a machine that dies half-way, takes
nothing else with it: opening again goes on with what is still sealed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.opening_sessions import (
    Told,
    begin_session,
    end_session,
    refuse_before_its_time,
)
from minka.innovation.actions.shares_given import (
    GivenShare,
    check_words,
    joined_key,
    tell_refused,
)
from minka.innovation.actions.trial import opens_trial
from minka.innovation.actions.unsealing import NotOpened, open_economic, open_one, tell_failed
from minka.innovation.models import CallKey, Challenge, OpeningSession, Proposal, Receipt
from minka.innovation.queries.envelopes import economic_waits
from minka.innovation.queries.missed import missed_proposals
from minka.innovation.queries.openings import economic_sealed, still_sealed
from minka.innovation.states import Envelope, KeyState, SessionKind
from minka.methods.sealing.failures import SealingFailure

__all__ = ["GivenShare", "open_economic_parts", "open_proposals", "rehearse_opening"]


def rehearse_opening(
    *, by: User, challenge: Challenge, given: Sequence[GivenShare], present: str
) -> OpeningSession:
    """Open the trial object of a key with the shares of its custodians, as on the day.

    Raises:
        NotAllowed: `by` is neither a custodian nor of the team.
        WrongState: a share is still to be confirmed, or it was rehearsed already.
        InvalidInput: a share or a passphrase is wrong, or they are too few.
        TooOften: it was tried too often.
    """
    require(by, "innovation.seal_open", challenge)
    key = CallKey.objects.get(challenge=challenge)
    _check_rehearsable(key)
    made = joined_key(by=by, key=key, given=given)
    try:
        right = opens_trial(bytes(key.trial), code=key.code, private_key=made.private_key)
    except SealingFailure:
        right = False
    if not right:
        tell_refused(by=by, key=key, given=len(given))
        raise InvalidInput(_("The shares give a key that does not open the trial object."))
    with transaction.atomic():
        key = CallKey.objects.select_for_update().get(pk=key.pk)
        _check_rehearsable(key)
        now = timezone.now()
        CallKey.objects.filter(pk=key.pk).update(state=KeyState.REHEARSED, rehearsed_at=now)
        session = OpeningSession.objects.create(
            key=key,
            kind=SessionKind.REHEARSAL,
            at=now,
            led_by=by,
            given_by=made.names,
            present=present,
        )
        data = {"code": key.code, "shares": made.names, "session": session.pk}
        record(by=by, verb="innovation.opening_rehearse", obj=challenge, data=data)
    return session


def open_proposals(
    *, by: User, challenge: Challenge, given: Sequence[GivenShare], present: str, minute: str
) -> OpeningSession:
    """Open every sealed proposal to a call after its last deadline, and say what did not open.

    Where the call has envelopes, their technical parts: the economic ones stay sealed.

    Raises:
        NotAllowed: `by` is neither a custodian nor impartial and of the team.
        WrongState: a deadline that was promised has not passed, or nothing is sealed any more.
        InvalidInput: a share or a passphrase is wrong, they are too few, or words are missing.
        TooOften: it was tried too often.
    """
    require(by, "innovation.seal_open", challenge)
    refuse_before_its_time(by=by, challenge=challenge)
    check_words(present=present, minute=minute)
    key = CallKey.objects.get(challenge=challenge)
    made = joined_key(by=by, key=key, given=given)
    told = Told(made.names, present.strip(), minute.strip())
    envelope = Envelope.TECHNICAL if challenge.call.has_envelopes else Envelope.WHOLE
    session = begin_session(by=by, challenge=challenge, told=told, envelope=envelope)
    missed = missed_proposals(challenge=challenge)
    result = _Result([{"proposal": one, "reason": why.value} for one, why in missed.items()])

    def open_it(proposal: Proposal) -> Receipt | None:
        return open_one(by=by, proposal=proposal, key=key, private_key=made.private_key)

    waiting = still_sealed(challenge=challenge)
    standing = [one for one in waiting if str(one.public_id) not in missed]
    _open_all(by, standing, open_it, result, column="opening_failure")
    for one in waiting:
        if why := missed.get(str(one.public_id)):
            tell_failed(by=by, proposal=one, reason=why.value)
    return end_session(by=by, session=session, opened=result.opened, failures=result.failures)


def open_economic_parts(
    *, by: User, challenge: Challenge, given: Sequence[GivenShare], present: str, minute: str
) -> OpeningSession:
    """Open the economic parts of what is still evaluated, once the technical evaluation is done.

    Those of proposals that were withdrawn or are not eligible stay sealed for good.

    Raises:
        NotAllowed: `by` is neither a custodian nor impartial and of the team.
        WrongState: evaluations are missing or not released to discussion, or it is too early.
        InvalidInput: a share or a passphrase is wrong, they are too few, or words are missing.
        TooOften: it was tried too often.
    """
    require(by, "innovation.seal_open", challenge)
    refuse_before_its_time(by=by, challenge=challenge)
    if reason := economic_waits(challenge=challenge):
        with transaction.atomic():
            data = {"at": timezone.now().isoformat(), "envelope": Envelope.ECONOMIC.value}
            record(by=by, verb="innovation.opening_refuse", obj=challenge, data=data)
        raise WrongState(reason)
    check_words(present=present, minute=minute)
    key = CallKey.objects.get(challenge=challenge)
    made = joined_key(by=by, key=key, given=given)
    told = Told(made.names, present.strip(), minute.strip())
    session = begin_session(by=by, challenge=challenge, told=told, envelope=Envelope.ECONOMIC)
    result = _Result()

    def open_it(proposal: Proposal) -> Receipt | None:
        return open_economic(by=by, proposal=proposal, key=key, private_key=made.private_key)

    waiting = economic_sealed(challenge=challenge)
    _open_all(by, waiting, open_it, result, column="economic_failure")
    return end_session(by=by, session=session, opened=result.opened, failures=result.failures)


@dataclass
class _Result:
    failures: list[dict[str, str]] = field(default_factory=list)
    opened: list[dict[str, str]] = field(default_factory=list)


def _open_all(
    by: User,
    waiting: Iterable[Proposal],
    open_it: Callable[[Proposal], Receipt | None],
    result: _Result,
    *,
    column: str,
) -> None:
    """Open one after the other; what does not open stops nothing."""
    for proposal in waiting:
        try:
            receipt = open_it(proposal)
        except NotOpened as failure:
            tell_failed(by=by, proposal=proposal, reason=str(failure), column=column)
            result.failures.append({"proposal": str(proposal.public_id), "reason": str(failure)})
        else:
            if receipt is not None:  # else it moved on, or another session has opened it
                said = {"proposal": str(proposal.public_id), "receipt": receipt.number}
                result.opened.append(said)


def _check_rehearsable(key: CallKey) -> None:
    if key.state != KeyState.MADE:
        raise WrongState(_("There is nothing to rehearse here now."))
    if key.holders().filter(confirmed_at__isnull=True).exists():
        raise WrongState(_("Not every custodian has confirmed to hold her share."))
