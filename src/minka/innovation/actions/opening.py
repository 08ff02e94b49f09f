"""Rehearsing the opening of a call, and opening it: k shares are joined in memory, once, here.

Shares and the key they give are never written down: they come with the request and go with it. The
server's clock is asked inside, whatever the page showed. Each proposal opens in a transaction of
its own, so that what fails, or a machine that dies half-way, takes nothing else with it: opening
again goes on with what is still sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.ledger import verify_ledger
from minka.core.models import User
from minka.innovation.actions.calls import locked_call
from minka.innovation.actions.custody import unlocked
from minka.innovation.actions.trial import opens_trial
from minka.innovation.actions.unsealing import NotOpened, open_one, tell_failed
from minka.innovation.models import CallKey, Challenge, OpeningSession
from minka.innovation.notices.sealing import tell_opened
from minka.innovation.notices.words import lima
from minka.innovation.queries.deadlines import promised_until
from minka.innovation.queries.openings import lost_proposals, still_sealed
from minka.innovation.states import ChallengeState, KeyState, OpeningFailure, SessionKind
from minka.methods.sealing.armour import read_label
from minka.methods.sealing.failures import SealingFailure, WrongShares
from minka.methods.sealing.shares import Share, join_shares

SHORTEST_WORDS = 10  # characters


@dataclass(frozen=True)
class GivenShare:
    """What one custodian gives: her share as text, and her passphrase."""

    text: str
    passphrase: str

    def __repr__(self) -> str:
        return "<GivenShare>"


@transaction.atomic
def rehearse_opening(
    *, by: User, challenge: Challenge, given: Sequence[GivenShare], present: str
) -> OpeningSession:
    """Open the trial object of a key with the shares of its custodians, as on the day.

    Raises:
        NotAllowed: `by` is neither a custodian nor of the team.
        WrongState: a share is still to be confirmed, or it was rehearsed already.
        InvalidInput: a share or a passphrase is wrong, or they are too few.
    """
    require(by, "innovation.seal_open", challenge)
    key = CallKey.objects.select_for_update().get(challenge=challenge)
    if key.state != KeyState.MADE:
        raise WrongState(_("There is nothing to rehearse here now."))
    if key.custodians.filter(confirmed_at__isnull=True).exists():
        raise WrongState(_("Not every custodian has confirmed to hold her share."))
    private_key, names = _joined(key, given)
    try:
        right = opens_trial(bytes(key.trial), code=key.code, private_key=private_key)
    except SealingFailure:
        right = False
    if not right:
        raise InvalidInput(_("The shares give a key that does not open the trial object."))
    now = timezone.now()
    moved = CallKey.objects.filter(pk=key.pk, state=KeyState.MADE)
    if not moved.update(state=KeyState.REHEARSED, rehearsed_at=now):
        raise WrongState(_("The key of this call has moved on; reload the page."))
    session = OpeningSession.objects.create(
        key=key, kind=SessionKind.REHEARSAL, at=now, led_by=by, given_by=names, present=present
    )
    data = {"code": key.code, "shares": names, "session": session.pk}
    record(by=by, verb="innovation.opening_rehearse", obj=challenge, data=data)
    return session


def open_proposals(
    *, by: User, challenge: Challenge, given: Sequence[GivenShare], present: str, minute: str
) -> OpeningSession:
    """Open every sealed proposal to a call after its last deadline, and say what did not open.

    Raises:
        NotAllowed: `by` is neither a custodian nor impartial and of the team.
        WrongState: a deadline that was promised has not passed, or nothing is sealed any more.
        InvalidInput: a share or a passphrase is wrong, they are too few, or words are missing.
    """
    require(by, "innovation.seal_open", challenge)
    _refuse_before_its_time(by, challenge)
    _check_words(present, minute)
    key = CallKey.objects.get(challenge=challenge)
    private_key, names = _joined(key, given)
    session = _begin(by, key, names, present, minute)
    opened: list[dict[str, str]] = []
    failures: list[dict[str, str]] = [
        {"proposal": gone, "reason": OpeningFailure.LOST.value}
        for gone in lost_proposals(challenge=challenge)
    ]
    for proposal in still_sealed(challenge=challenge):
        try:
            receipt = open_one(by=by, proposal=proposal, key=key, private_key=private_key)
            opened.append({"proposal": str(proposal.public_id), "receipt": receipt.number})
        except NotOpened as failure:
            tell_failed(by=by, proposal=proposal, reason=str(failure))
            failures.append({"proposal": str(proposal.public_id), "reason": str(failure)})
    del private_key
    return _end(by, session, opened, failures)


def _refuse_before_its_time(by: User, challenge: Challenge) -> None:
    """Ask the clock, and the ledger and the receipts for every deadline that was promised."""
    until = _earliest(by, challenge)
    if until is not None:
        raise WrongState(
            _("Nobody opens these proposals before %(when)s, whoever gives their shares.")
            % {"when": lima(until)}
        )


@transaction.atomic
def _earliest(by: User, challenge: Challenge) -> datetime | None:
    """Return when it may be opened, None when it may; an attempt before that is written down."""
    call = locked_call(challenge.pk)
    now, until = timezone.now(), promised_until(challenge=challenge, call=call)
    key = CallKey.objects.filter(challenge=challenge).first()
    in_force = key is not None and key.state in {KeyState.IN_FORCE, KeyState.OPENED}
    if call.challenge.state != ChallengeState.PUBLISHED or not in_force:
        raise WrongState(_("There is nothing to open here now."))
    if now >= until:
        return None
    data = {"at": now.isoformat(), "not_before": until.isoformat()}
    record(by=by, verb="innovation.opening_refuse", obj=challenge, data=data)
    return until


@transaction.atomic
def _begin(by: User, key: CallKey, names: list[str], present: str, minute: str) -> OpeningSession:
    key = CallKey.objects.select_for_update().get(pk=key.pk)
    session = OpeningSession.objects.create(
        key=key,
        kind=SessionKind.OPENING,
        at=timezone.now(),
        led_by=by,
        given_by=names,
        present=present.strip(),
        minute=minute.strip(),
    )
    ledger = verify_ledger()
    data = {
        "code": key.code,
        "session": session.pk,
        "shares": names,
        "ledger_whole": ledger.whole,
    }
    record(by=by, verb="innovation.opening_begin", obj=key.challenge, data=data)
    return session


@transaction.atomic
def _end(
    by: User,
    session: OpeningSession,
    opened: list[dict[str, str]],
    failures: list[dict[str, str]],
) -> OpeningSession:
    now = timezone.now()
    CallKey.objects.filter(pk=session.key_id, state=KeyState.IN_FORCE).update(
        state=KeyState.OPENED, opened_at=now
    )
    found = verify_ledger()
    if not found.whole:
        failures = [*failures, {"proposal": "", "reason": OpeningFailure.LEDGER_BROKEN.value}]
    session.opened, session.failures = opened, failures
    session.save(update_fields=["opened", "failures"])
    data = {"session": session.pk, "opened": opened, "failures": failures}
    record(by=by, verb="innovation.opening_end", obj=session.key.challenge, data=data)
    tell_opened(session=session)
    return session


def _joined(key: CallKey, given: Sequence[GivenShare]) -> tuple[bytes, list[str]]:
    """Return the private key that the shares give, and whose they say they are."""
    shares: list[Share] = []
    names: list[str] = []
    wrong: dict[str, str] = {}
    for place, one in enumerate(given, start=1):
        try:
            share = unlocked(
                one.text,
                one.passphrase,
                fields=(f"share_{place}", f"passphrase_{place}"),
                call=key.code,
            )
        except InvalidInput as error:
            wrong |= {name: str(message) for name, message in error.fields.items()}
            continue
        shares.append(share)
        names.append(read_label(one.text).custodian)
    if wrong:
        raise InvalidInput(fields=wrong)
    if len({share.number for share in shares}) < key.needed:
        raise InvalidInput(
            ngettext(
                "%(count)s share of a different custodian is needed.",
                "%(count)s shares of different custodians are needed.",
                key.needed,
            )
            % {"count": key.needed}
        )
    try:
        private_key = join_shares(shares)
    except WrongShares:
        raise InvalidInput(_("These shares do not belong together.")) from None
    if shares[0].public_key.hex() != key.public_key:
        raise InvalidInput(_("These shares are of another key."))
    return private_key, names


def _check_words(present: str, minute: str) -> None:
    wrong = {
        name: _("Write at least %(least)s characters.") % {"least": SHORTEST_WORDS}
        for name, text in (("present", present), ("minute", minute))
        if len(text.strip()) < SHORTEST_WORDS
    }
    if wrong:
        raise InvalidInput(fields=wrong)
