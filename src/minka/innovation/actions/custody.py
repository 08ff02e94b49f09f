"""What a custodian does: get ready with a passphrase, take the share, prove to hold it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.passphrases import a_turn
from minka.innovation.models import CallKey, Custodian, Resharing
from minka.innovation.notices.resharing import tell_resharing_done
from minka.innovation.queries.custody import may_get_ready, split_of
from minka.methods.sealing.armour import SHORTEST_PASSPHRASE, lock_share, read_label, unlock_share
from minka.methods.sealing.enrolment import enrol, open_share
from minka.methods.sealing.failures import (
    MistypedLine,
    NotThisFormat,
    SealingFailure,
    WrongPassphrase,
)
from minka.methods.sealing.shares import Share


def get_ready(*, by: User, custodian: Custodian, passphrase: str, again: str) -> Custodian:
    """Take a passphrase, keep what a share can be locked to with it, and forget it.

    Raises:
        NotAllowed: `by` is somebody else.
        InvalidInput: it is shorter than 12 characters, or not typed twice alike.
        WrongState: the share is made already.
        TooOften: it was tried too often.
    """
    require(by, "innovation.share_take", custodian)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise InvalidInput(fields={"passphrase": _too_short()})
    if passphrase != again:
        raise InvalidInput(fields={"again": _("Both have to be the same.")})
    with a_turn(by=by):
        ready = enrol(passphrase)
    with transaction.atomic():
        key = CallKey.objects.select_for_update().get(pk=custodian.key_id)
        if not may_get_ready(key=key, custodian=custodian):
            raise WrongState(_("The key is made; the passphrase does not change now."))
        Custodian.objects.filter(pk=custodian.pk).update(
            salt=ready.salt.hex(), public_half=ready.public_half.hex(), enrolled_at=timezone.now()
        )
        record(by=by, verb="innovation.custodian_enrol", obj=key.challenge)
    custodian.refresh_from_db()
    return custodian


def take_share(*, by: User, custodian: Custodian, passphrase: str) -> str:
    """Return the share as text that only the passphrase opens; it can be taken until confirmed.

    Raises:
        NotAllowed: `by` is somebody else.
        InvalidInput: the passphrase is not the one chosen before.
        WrongState: there is no share to take, or it was confirmed and is gone.
        TooOften: it was tried too often.
    """
    require(by, "innovation.share_take", custodian)
    current = Custodian.objects.select_related("key").get(pk=custodian.pk)
    waiting = bytes(current.sealed_share)
    if not waiting:
        raise WrongState(_("There is no share of yours here."))
    with a_turn(by=by):
        try:
            share = open_share(waiting, passphrase, bytes.fromhex(current.salt))
        except WrongPassphrase:
            raise InvalidInput(
                fields={"passphrase": _("This is not the passphrase that you chose.")}
            ) from None
        text = lock_share(share, passphrase, call=current.key.code, custodian=label_of(current))
    with transaction.atomic():
        same = Custodian.objects.filter(pk=current.pk, sealed_share=waiting)
        if not same.update(taken_at=timezone.now()):
            raise WrongState(_("There is no share of yours here."))
        record(by=by, verb="innovation.share_take", obj=current.key.challenge)
    custodian.refresh_from_db()
    return text


def confirm_share(*, by: User, custodian: Custodian, text: str, passphrase: str) -> Custodian:
    """Prove to hold the share by opening one's own copy of it; the server's is deleted.

    With the last proof new shares of a key come into force, and the old ones count no more.

    Raises:
        NotAllowed: `by` is somebody else.
        InvalidInput: it is not this share, or the passphrase does not open it.
        WrongState: it was confirmed before, or never taken.
        TooOften: it was tried too often.
    """
    require(by, "innovation.share_take", custodian)
    with a_turn(by=by):
        share = unlocked(text, passphrase, fields=("share", "passphrase"))
    with transaction.atomic():
        key = CallKey.objects.select_for_update().get(pk=custodian.key_id)
        made = (key.public_key, split_of(key=key, custodian=custodian), custodian.number)
        if (share.public_key.hex(), share.split.hex(), share.number) != made:
            raise InvalidInput(
                fields={"share": _("This is another share than yours of this call.")}
            )
        waiting = Custodian.objects.filter(
            pk=custodian.pk, taken_at__isnull=False, confirmed_at__isnull=True
        )
        if not waiting.update(sealed_share=b"", confirmed_at=timezone.now()):
            raise WrongState(_("There is no share of yours here."))
        record(by=by, verb="innovation.share_confirm", obj=key.challenge)
        if custodian.round > key.round:
            take_effect(by=by, key=key, number=custodian.round)
    custodian.refresh_from_db()
    return custodian


def take_effect(*, by: User, key: CallKey, number: int) -> None:
    """No person: put new shares in force once every custodian of their round holds hers."""
    holding = Custodian.objects.filter(key=key, round=number)
    if holding.filter(confirmed_at__isnull=True).exists():
        return
    made = Resharing.objects.get(key=key, round=number)
    now = timezone.now()
    Resharing.objects.filter(pk=made.pk).update(done_at=now, replaced_split=key.split)
    CallKey.objects.filter(pk=key.pk).update(round=number, split=made.split, needed=made.needed)
    data = {"code": key.code, "round": number, "split": made.split, "replaced": key.split}
    record(by=by, verb="innovation.resharing_end", obj=key.challenge, data=data)
    made.refresh_from_db()
    tell_resharing_done(resharing=made)


def unlocked(text: str, passphrase: str, *, fields: tuple[str, str], call: str = "") -> Share:
    """No person: return the share in a text, or say in which field of a form what is wrong."""
    of_text, of_passphrase = fields
    try:
        if call and read_label(text).call != call:
            raise InvalidInput(fields={of_text: _("This share is of another call.")})
        return unlock_share(text, passphrase)
    except MistypedLine as error:
        wrong = _("Line %(line)s is not as it was printed.") % {"line": error.line}
        raise InvalidInput(fields={of_text: wrong}) from None
    except WrongPassphrase:
        wrong = _("This passphrase does not open this share.")
        raise InvalidInput(fields={of_passphrase: wrong}) from None
    except NotThisFormat:
        wrong = _("This is no share; copy it whole, from its first line to its last.")
        raise InvalidInput(fields={of_text: wrong}) from None
    except SealingFailure:
        raise InvalidInput(fields={of_text: _("This share does not open.")}) from None


def label_of(custodian: Custodian) -> str:
    """No person: return how a custodian is named on a share, in one line."""
    words = f"{custodian.user.get_full_name()}, {custodian.organisation.name}"
    return " ".join("".join(sign for sign in words if sign.isprintable()).split())


def _too_short() -> str:
    return ngettext(
        "At least %(count)s character.", "At least %(count)s characters.", SHORTEST_PASSPHRASE
    ) % {"count": SHORTEST_PASSPHRASE}
