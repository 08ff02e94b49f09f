"""New shares of the same key: a share was lost, or a custodian left.

k custodians give their shares in a session with a minute. The key is joined in the memory of that
one request, split anew among a new list, each new share locked to the passphrase of who will hold
it, and forgotten. Until the last new custodian has proven to hold hers the old shares open; from
that instant on the server refuses them. What mathematics does not take back: k old shares that
somebody kept still give the key, offline.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.ceremony import (
    FEWEST,
    MOST_CUSTODIANS,
    add_custodian,
    check_ready,
    hand_out,
)
from minka.innovation.actions.shares_given import GivenShare, check_words, joined_key
from minka.innovation.models import CallKey, Challenge, Custodian, Resharing
from minka.innovation.notices.resharing import tell_new_shares, tell_resharing_begun
from minka.innovation.queries.custody import open_resharing
from minka.innovation.queries.openings import economic_sealed, still_sealed
from minka.innovation.states import KeyState
from minka.knowledge.models import Actor

SHORTEST_REASON = 20  # characters: less explains nothing


@transaction.atomic
def begin_resharing(*, by: User, challenge: Challenge, needed: int, reason: str) -> Resharing:
    """Begin to make new shares of a key in force; every custodian is told, with the reason.

    Raises:
        NotAllowed: `by` is not impartial and of the team.
        WrongState: there is no key in force, nothing is sealed any more, or one is under way.
        InvalidInput: no reason, or fewer than two or more than fifteen to open together.
    """
    require(by, "innovation.seal_reshare", challenge)
    key = _in_force(challenge)
    if open_resharing(key=key):
        raise WrongState(_("New shares are being made already."))
    wrong = {}
    if not FEWEST <= needed <= MOST_CUSTODIANS:
        wrong["needed"] = _("At least two custodians open together.")
    if len(reason.strip()) < SHORTEST_REASON:
        wrong["reason"] = _("Write at least %(least)s characters.") % {"least": SHORTEST_REASON}
    if wrong:
        raise InvalidInput(fields=wrong)
    rounds = [
        Custodian.objects.filter(key=key).aggregate(last=Max("round"))["last"],
        Resharing.objects.filter(key=key).aggregate(last=Max("round"))["last"],
    ]
    resharing = Resharing.objects.create(
        key=key,
        round=max(number or 1 for number in rounds) + 1,
        needed=needed,
        reason=reason.strip(),
        begun_by=by,
        begun_at=timezone.now(),
    )
    data = {"code": key.code, "round": resharing.round, "needed": needed, "reason": reason.strip()}
    record(by=by, verb="innovation.resharing_begin", obj=challenge, data=data)
    tell_resharing_begun(resharing=resharing)
    return resharing


@transaction.atomic
def name_new_custodian(
    *, by: User, challenge: Challenge, person: User, organisation: Actor
) -> Custodian:
    """Name who will hold a new share; who holds one now may be named again.

    Raises:
        NotAllowed: `by` is not impartial and of the team.
        WrongState: nothing is being prepared, or the shares are made already.
        InvalidInput: the person does not belong to the organisation.
        Conflict: the person or the organisation is on the new list already.
    """
    require(by, "innovation.seal_reshare", challenge)
    resharing = _naming(challenge)
    return add_custodian(
        by=by,
        key=resharing.key,
        person=person,
        organisation=organisation,
        number=resharing.round,
    )


@transaction.atomic
def remove_new_custodian(*, by: User, challenge: Challenge, custodian: Custodian) -> None:
    """Take somebody off the new list before the shares are made.

    Raises:
        NotAllowed: `by` is not impartial and of the team.
        WrongState: the shares are made already.
    """
    require(by, "innovation.seal_reshare", challenge)
    resharing = _naming(challenge)
    resharing.custodians().filter(pk=custodian.pk).delete()
    data = {"custodian": custodian.user_id, "round": resharing.round}
    record(by=by, verb="innovation.custodian_remove", obj=challenge, data=data)


def make_new_shares(
    *, by: User, challenge: Challenge, given: Sequence[GivenShare], present: str, minute: str
) -> Resharing:
    """Join the key with the shares of k custodians, split it for the new list, and forget it.

    Raises:
        NotAllowed: `by` is neither a custodian nor impartial and of the team.
        WrongState: nothing is being prepared, or the shares are made already.
        InvalidInput: a share is wrong, somebody new is not ready, or words are missing.
        TooOften: it was tried too often.
    """
    require(by, "innovation.seal_open", challenge)
    key = CallKey.objects.get(challenge=challenge)
    waiting = open_resharing(key=key)
    if waiting is None or waiting.made_at:
        raise WrongState(_("No new shares are being prepared now."))
    check_words(present=present, minute=minute)
    check_ready(list(waiting.custodians()), needed=waiting.needed)
    made = joined_key(by=by, key=key, given=given)
    with transaction.atomic():
        resharing = _naming(challenge)
        custodians = list(resharing.custodians())
        check_ready(custodians, needed=resharing.needed)
        split = hand_out(custodians, made.private_key, needed=resharing.needed)
        Resharing.objects.filter(pk=resharing.pk).update(
            split=split,
            made_at=timezone.now(),
            led_by=by,
            given_by=made.names,
            present=present.strip(),
            minute=minute.strip(),
        )
        data = {
            "code": key.code,
            "round": resharing.round,
            "split": split,
            "needed": resharing.needed,
            "shares": made.names,
            "custodians": [one.user_id for one in custodians],
        }
        record(by=by, verb="innovation.resharing_make", obj=challenge, data=data)
        resharing.refresh_from_db()
        tell_new_shares(resharing=resharing)
    return resharing


@transaction.atomic
def abandon_resharing(*, by: User, challenge: Challenge) -> None:
    """Give up making new shares: those in force stay so, and copies waiting here are deleted.

    Raises:
        NotAllowed: `by` is not impartial and of the team.
        WrongState: none are being made.
    """
    require(by, "innovation.seal_reshare", challenge)
    resharing = _under_way(_in_force(challenge))
    Resharing.objects.filter(pk=resharing.pk).update(abandoned_at=timezone.now())
    resharing.custodians().update(sealed_share=b"")
    data = {"code": resharing.key.code, "round": resharing.round}
    record(by=by, verb="innovation.resharing_abandon", obj=challenge, data=data)


def _in_force(challenge: Challenge) -> CallKey:
    """Return the key, locked, while something is sealed to it, or may still be."""
    key = CallKey.objects.select_for_update().filter(challenge=challenge).first()
    sealed = key is not None and (
        key.state == KeyState.IN_FORCE
        or (
            key.state == KeyState.OPENED
            and (
                economic_sealed(challenge=challenge).exists()
                or still_sealed(challenge=challenge).exists()
            )
        )
    )
    if key is None or not sealed:
        raise WrongState(_("This call has no key in force."))
    return key


def _under_way(key: CallKey) -> Resharing:
    resharing = open_resharing(key=key)
    if resharing is None:
        raise WrongState(_("No new shares are being prepared now."))
    resharing.key = key
    return resharing


def _naming(challenge: Challenge) -> Resharing:
    resharing = _under_way(_in_force(challenge))
    if resharing.made_at:
        raise WrongState(_("The new shares are made; to change the list, begin anew."))
    return resharing
