"""Making the key of a call: custodians are named, get ready, and the key is made and split at once.

The private key exists in the memory of one request, `make_key`, and nowhere before or after. What
the database keeps of it meanwhile are shares, each locked to the passphrase of its custodian.
"""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.receipts import random_letters
from minka.innovation.actions.trial import trial_object
from minka.innovation.models import Call, CallKey, Challenge, Custodian
from minka.innovation.notices.sealing import tell_key_made, tell_named
from minka.innovation.states import KEY_REACHED_FROM, ChallengeState, KeyState, Protection
from minka.knowledge.models import Actor, Membership
from minka.knowledge.states import MembershipState
from minka.methods.sealing.enrolment import seal_share
from minka.methods.sealing.keys import fingerprint, new_private_key, public_key_of
from minka.methods.sealing.shares import split_key

FEWEST, MOST_CUSTODIANS = 2, 15


@transaction.atomic
def name_custodian(
    *, by: User, challenge: Challenge, person: User, organisation: Actor
) -> Custodian:
    """Name somebody who will hold a share; custodians are of different organisations.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the key is made already, or there are fifteen custodians.
        InvalidInput: the person does not belong to the organisation.
        Conflict: the person or the organisation is there already.
    """
    require(by, "innovation.seal_prepare", challenge)
    key = _preparing(challenge)
    return add_custodian(by=by, key=key, person=person, organisation=organisation, number=1)


def add_custodian(
    *, by: User, key: CallKey, person: User, organisation: Actor, number: int
) -> Custodian:
    """No person: put somebody on the list of a round, for `name_custodian` and resharing."""
    belongs = Membership.objects.filter(
        user=person, actor=organisation, state=MembershipState.ACTIVE
    )
    if not belongs.exists():
        raise InvalidInput(fields={"email": _("This person does not belong to the organisation.")})
    here = Custodian.objects.filter(key=key, round=number)
    numbers = list(here.values_list("number", flat=True))
    if len(numbers) >= MOST_CUSTODIANS:
        raise WrongState(_("There are fifteen custodians already."))
    try:
        with transaction.atomic():
            custodian = Custodian.objects.create(
                key=key,
                user=person,
                organisation=organisation,
                number=max(numbers, default=0) + 1,
                round=number,
            )
    except IntegrityError:
        raise Conflict(
            _("This person, or somebody else of %(name)s, is a custodian already.")
            % {"name": organisation.name}
        ) from None
    data = {"custodian": person.pk, "organisation": organisation.public_id, "round": number}
    record(by=by, verb="innovation.custodian_name", obj=key.challenge, data=data)
    tell_named(custodian=custodian)
    return custodian


@transaction.atomic
def remove_custodian(*, by: User, custodian: Custodian) -> None:
    """Take somebody off the list before the key is made.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the key is made already.
    """
    challenge = custodian.key.challenge
    require(by, "innovation.seal_prepare", challenge)
    _preparing(challenge)
    custodian.delete()
    data = {"custodian": custodian.user_id}
    record(by=by, verb="innovation.custodian_remove", obj=challenge, data=data)


@transaction.atomic
def set_needed(*, by: User, challenge: Challenge, needed: int) -> CallKey:
    """Say how many custodians open together.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the key is made already.
        InvalidInput: fewer than two, or more than fifteen.
    """
    require(by, "innovation.seal_prepare", challenge)
    key = _preparing(challenge)
    if not FEWEST <= needed <= MOST_CUSTODIANS:
        raise InvalidInput(fields={"needed": _("At least two custodians open together.")})
    CallKey.objects.filter(pk=key.pk).update(needed=needed)
    record(by=by, verb="innovation.key_needed", obj=challenge, data={"needed": needed})
    key.refresh_from_db()
    return key


@transaction.atomic
def make_key(*, by: User, challenge: Challenge) -> CallKey:
    """Make the key, split it, lock every share to its custodian, and forget it.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it is made already.
        InvalidInput: too few custodians, or one is not ready.
    """
    require(by, "innovation.seal_prepare", challenge)
    key = _preparing(challenge)
    custodians = list(key.holders())
    check_ready(custodians, needed=key.needed)
    private_key = new_private_key()
    public_key = public_key_of(private_key)
    split = hand_out(custodians, private_key, needed=key.needed)
    del private_key
    _move(
        key,
        KeyState.MADE,
        public_key=public_key.hex(),
        split=split,
        trial=trial_object(key.code, public_key),
        made_at=timezone.now(),
    )
    data = {
        "code": key.code,
        "public_key": public_key.hex(),
        "fingerprint": fingerprint(public_key),
        "needed": key.needed,
        "custodians": [one.user_id for one in custodians],
    }
    record(by=by, verb="innovation.key_make", obj=challenge, data=data)
    tell_key_made(key=key)
    return key


def check_ready(custodians: Sequence[Custodian], *, needed: int) -> None:
    """No person: refuse to split a key among too few, or somebody without a passphrase."""
    if len(custodians) < max(FEWEST, needed):
        raise InvalidInput(_("There are fewer custodians than have to open together."))
    if len(custodians) == needed:
        raise InvalidInput(
            _("Name one custodian more: if all are needed, one lost share loses every proposal.")
        )
    if waiting := [str(one.user) for one in custodians if not one.public_half]:
        raise InvalidInput(_("Not ready yet: %(names)s.") % {"names": ", ".join(waiting)})


def hand_out(custodians: Sequence[Custodian], private_key: bytes, *, needed: int) -> str:
    """No person: split a key, lock each share to its custodian, and return what names the split."""
    shares = split_key(private_key, needed=needed, made=len(custodians))
    for number, (custodian, share) in enumerate(zip(custodians, shares, strict=True), start=1):
        Custodian.objects.filter(pk=custodian.pk).update(
            number=number, sealed_share=seal_share(share, bytes.fromhex(custodian.public_half))
        )
    return shares[0].split.hex()


@transaction.atomic
def restart_ceremony(*, by: User, challenge: Challenge) -> CallKey:
    """Throw a key away that no call uses yet; custodians stay, and get ready anew.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: the call is published, or no key was made.
    """
    require(by, "innovation.seal_prepare", challenge)
    in_preparation(challenge)
    key = CallKey.objects.select_for_update().get(challenge=challenge)
    _move(
        key,
        KeyState.PREPARING,
        public_key="",
        split="",
        trial=b"",
        made_at=None,
        rehearsed_at=None,
    )
    key.custodians.update(
        salt="",
        public_half="",
        enrolled_at=None,
        sealed_share=b"",
        taken_at=None,
        confirmed_at=None,
    )
    record(by=by, verb="innovation.key_restart", obj=challenge, data={"code": key.code})
    return key


@transaction.atomic
def put_key_in_force(*, by: User, challenge: Challenge) -> None:
    """Fix the key of a sealed call at its publication; a call under the rule of access has none.

    No permission of its own: `publish_challenge` asks for its own and calls this.

    Raises:
        WrongState: the key was not rehearsed.
    """
    if not Call.objects.filter(challenge=challenge, protection=Protection.SEALED).exists():
        return
    key = CallKey.objects.select_for_update().filter(challenge=challenge).first()
    if key is None:
        raise WrongState(_("The opening of this call was not rehearsed."))
    _move(key, KeyState.IN_FORCE)
    data = {"code": key.code, "public_key": key.public_key}
    record(by=by, verb="innovation.key_force", obj=challenge, data=data)


def in_preparation(challenge: Challenge) -> None:
    """No person: lock the challenge, so that it is not published meanwhile; refuse if it is."""
    locked = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if locked.state != ChallengeState.DRAFT:
        raise WrongState(_("The challenge is published; how it is sealed does not change now."))


def _preparing(challenge: Challenge) -> CallKey:
    """Return the key that is being prepared; begin when there is none."""
    in_preparation(challenge)
    begun = {"code": f"S-{timezone.now():%Y}-{random_letters(6)}"}
    CallKey.objects.get_or_create(challenge=challenge, defaults=begun)
    # whoever chooses a passphrase meanwhile waits, or has finished
    key = CallKey.objects.select_for_update().get(challenge=challenge)
    if key.state != KeyState.PREPARING:
        raise WrongState(_("The key is made; to change its custodians, begin the ceremony anew."))
    return key


def _move(key: CallKey, target: KeyState, **fields: object) -> None:
    """Compare-and-swap the state: of two people who click at once, one gets WrongState."""
    movable = CallKey.objects.filter(pk=key.pk, state__in=KEY_REACHED_FROM[target])
    if not movable.update(state=target, **fields):
        raise WrongState(_("The key of this call has moved on; reload the page."))
    key.refresh_from_db()
