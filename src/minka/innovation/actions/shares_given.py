"""The shares that custodians give in a session, and the key that they give together.

Nothing of what is given is written down: it comes with the request and goes with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.innovation.actions.custody import label_of, unlocked
from minka.innovation.actions.passphrases import a_turn
from minka.innovation.models import CallKey, Custodian, Resharing
from minka.methods.sealing.armour import read_label
from minka.methods.sealing.failures import WrongShares
from minka.methods.sealing.shares import Share, joined

SHORTEST_WORDS = 10  # characters


@dataclass(frozen=True)
class GivenShare:
    """What one custodian gives: her share as text, and her passphrase."""

    text: str
    passphrase: str

    def __repr__(self) -> str:
        return "<GivenShare>"


@dataclass(frozen=True)
class JoinedKey:
    """The private key, and whose shares gave it: by their numbers, not by what they say."""

    private_key: bytes
    names: list[str]

    def __repr__(self) -> str:
        return "<JoinedKey>"


def joined_key(*, by: User, key: CallKey, given: Sequence[GivenShare]) -> JoinedKey:
    """Return the key of a call that the given shares make; called outside of a transaction.

    That they give none is written to the ledger, whatever they were given for.

    Raises:
        InvalidInput: a share or a passphrase is wrong, they are too few, or were replaced.
        TooOften: `by` has tried too often.
    """
    try:
        return _joined_key(by, key, given)
    except InvalidInput as error:
        tell_refused(by=by, key=key, given=len(given), wrong=sorted(error.fields))
        raise


@transaction.atomic
def tell_refused(*, by: User, key: CallKey, given: int, wrong: Sequence[str] = ()) -> None:
    """Write down that shares gave no key that opens: how many, and which of them were wrong."""
    data = {"code": key.code, "given": given, "wrong": list(wrong)}
    record(by=by, verb="innovation.shares_refuse", obj=key.challenge, data=data)


def _joined_key(by: User, key: CallKey, given: Sequence[GivenShare]) -> JoinedKey:
    shares: list[Share] = []
    said: dict[int, str] = {}
    wrong: dict[str, str] = {}
    for place, one in enumerate(given, start=1):
        fields = (f"share_{place}", f"passphrase_{place}")
        try:
            with a_turn(by=by):
                share = unlocked(one.text, one.passphrase, fields=fields, call=key.code)
        except InvalidInput as error:
            wrong |= {name: str(message) for name, message in error.fields.items()}
            continue
        if Resharing.objects.filter(key=key, replaced_split=share.split.hex()).exists():
            wrong[fields[0]] = _("This share was replaced by a new one, and counts no more.")
        shares.append(share)
        said[share.number] = read_label(one.text).custodian
    if wrong:
        raise InvalidInput(fields=wrong)
    return _together(key, shares, said)


def _together(key: CallKey, shares: Sequence[Share], said: dict[int, str]) -> JoinedKey:
    needed = max((share.needed for share in shares), default=key.needed)
    if len({share.number for share in shares}) < needed:
        raise InvalidInput(
            ngettext(
                "%(count)s share of a different custodian is needed.",
                "%(count)s shares of different custodians are needed.",
                needed,
            )
            % {"count": needed}
        )
    try:
        private_key, numbers = joined(shares)
    except WrongShares:
        raise InvalidInput(_("These shares do not belong together.")) from None
    if shares[0].public_key.hex() != key.public_key:
        raise InvalidInput(_("These shares are of another key."))
    return JoinedKey(private_key, _names(key, shares[0].split.hex(), numbers, said))


def _names(key: CallKey, split: str, numbers: Sequence[int], said: dict[int, str]) -> list[str]:
    """Return who holds the shares of these numbers.

    What a share says of itself was written by whoever locked it. It is told, and marked, only for
    shares that were made offline, of which nobody knows here whose they are.
    """
    holders = _holders(key, split)
    if not holders:
        told = _("%(name)s (share made offline: its name is not proven)")
        return [told % {"name": said[number]} for number in numbers]
    if missing := [number for number in numbers if number not in holders]:
        raise InvalidInput(_("Nobody here holds share %(number)s.") % {"number": missing[0]})
    return [label_of(holders[number]) for number in numbers]


def _holders(key: CallKey, split: str) -> dict[int, Custodian]:
    if split == key.split:
        return {one.number: one for one in key.holders()}
    made = Resharing.objects.filter(key=key, split=split, abandoned_at__isnull=True).first()
    return {one.number: one for one in made.custodians()} if made else {}


def check_words(**texts: str) -> None:
    """No person: refuse words of a session that say nothing.

    Raises:
        InvalidInput: one is shorter than 10 characters.
    """
    wrong = {
        name: _("Write at least %(least)s characters.") % {"least": SHORTEST_WORDS}
        for name, text in texts.items()
        if len(text.strip()) < SHORTEST_WORDS
    }
    if wrong:
        raise InvalidInput(fields=wrong)
