"""Which shares of a key are being made, taken and held, round by round."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from minka.core.models import User
from minka.innovation.models import CallKey, Challenge, Custodian, Resharing
from minka.innovation.states import KeyState
from minka.methods.sealing.keys import fingerprint


def may_get_ready(*, key: CallKey, custodian: Custodian) -> bool:
    """True while a custodian may choose her passphrase: until her share is made."""
    if custodian.round == 1:
        return bool(key.state == KeyState.PREPARING)
    return Resharing.objects.filter(
        key=key, round=custodian.round, made_at__isnull=True, abandoned_at__isnull=True
    ).exists()


def split_of(*, key: CallKey, custodian: Custodian) -> str:
    """Return the splitting that a custodian's share is of; empty when there is none."""
    if custodian.round == key.round:
        return key.split
    made = open_resharing(key=key)
    return made.split if made and made.round == custodian.round else ""


def open_resharing(*, key: CallKey) -> Resharing | None:
    """Return the making of new shares that is under way, if there is one."""
    return Resharing.objects.filter(
        key=key, done_at__isnull=True, abandoned_at__isnull=True
    ).first()


def resharings_of(*, viewer: User, challenge: Challenge) -> QuerySet[Resharing]:
    """Return the makings of new shares that have ended, for whoever may open the call."""
    if not viewer.has_perm("innovation.seal_open", challenge):
        return Resharing.objects.none()
    ended = Q(done_at__isnull=False) | Q(abandoned_at__isnull=False)
    return Resharing.objects.filter(ended, key__challenge=challenge).select_related(
        "led_by", "begun_by"
    )


@dataclass(frozen=True)
class Keepers:
    """Who holds shares of a key in force, as everybody may know: anybody could be named."""

    needed: int
    organisations: list[str]
    fingerprint: str
    public_key: str


def keepers_in_public(*, challenge: Challenge) -> Keepers | None:
    """No person: return by whom a published call is kept sealed, None when it has no key.

    Suppliers judge by it whether those who open together would do so for somebody else.
    """
    in_force = [KeyState.IN_FORCE, KeyState.OPENED]
    key = CallKey.objects.filter(challenge=challenge, state__in=in_force).first()
    if key is None:
        return None
    names = [one.organisation.name for one in key.holders().select_related("organisation")]
    public_key = bytes.fromhex(key.public_key)
    return Keepers(key.needed, sorted(names), fingerprint(public_key), key.public_key)
