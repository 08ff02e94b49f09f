"""Who belongs to which organisation: asking, answering, assigning, leaving."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.actions.ownership import release_claim
from minka.knowledge.models import Actor, Claim, Membership
from minka.knowledge.notices.memberships import (
    tell_membership_answered,
    tell_membership_assigned,
    tell_membership_requested,
)
from minka.knowledge.rules import forget_roles
from minka.knowledge.states import MEMBERSHIP_REACHED_FROM, ClaimState, MemberRole
from minka.knowledge.states import MembershipState as S

LIVE = (S.REQUESTED, S.ACTIVE)


@transaction.atomic
def request_membership(*, by: User, actor: Actor, message: str = "") -> Membership:
    """Say “this is my organisation” and wait for an answer; asking twice changes nothing.

    Raises:
        NotAllowed: `by` is not signed in.
        WrongState: they already belong to it.
    """
    require(by, "knowledge.membership_request", actor)
    if live := Membership.objects.filter(user=by, actor=actor, state__in=LIVE).first():
        if live.state == S.ACTIVE:
            raise WrongState(_("You already belong to this organisation."))
        return live
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                user=by, actor=actor, message=message.strip()[:500]
            )
    except IntegrityError:  # a second click at the same time
        return Membership.objects.get(user=by, actor=actor, state__in=LIVE)
    told = {"membership": membership.pk}
    record(by=by, verb="knowledge.membership_request", obj=actor, data=told)
    tell_membership_requested(membership=membership)
    return membership


@transaction.atomic
def answer_membership(*, by: User, membership: Membership, accept: bool) -> Membership:
    """Accept or refuse a request to join.

    Raises:
        NotAllowed: `by` is neither of the organisation nor of the team, or asked themselves.
        WrongState: somebody has answered already.
    """
    require(by, "knowledge.membership_answer", membership)
    _move(membership, S.ACTIVE if accept else S.REFUSED, by)
    verb = "knowledge.membership_accept" if accept else "knowledge.membership_refuse"
    record(by=by, verb=verb, obj=membership.actor, data={"membership": membership.pk})
    tell_membership_answered(membership=membership)
    return membership


@transaction.atomic
def end_membership(*, by: User, membership: Membership) -> Membership:
    """Leave an organisation, or take somebody off it; an owner who leaves gives the profile up.

    Raises:
        NotAllowed: it is neither theirs nor their organisation's, and they are not of the team.
        WrongState: it has ended before.
    """
    require(by, "knowledge.membership_end", membership)
    _move(membership, S.ENDED, by)
    owned = Claim.objects.filter(
        actor=membership.actor, claimant=membership.user, state=ClaimState.GRANTED
    )
    for claim in owned.select_related("actor"):
        release_claim(by=by, claim=claim)
    record(
        by=by,
        verb="knowledge.membership_end",
        obj=membership.actor,
        data={"membership": membership.pk},
    )
    return membership


@transaction.atomic
def assign_membership(
    *, by: User, actor: Actor, person: User, role: str, user_area: str = ""
) -> Membership:
    """Register a person in an organisation, or change what they are in it.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: the role is not known, or a user area has no name.
    """
    require(by, "knowledge.membership_assign", actor)
    area = " ".join(user_area.split())[:80]
    if role not in MemberRole.values:
        raise InvalidInput(fields={"role": _("Choose a role.")})
    if role == MemberRole.USER_AREA and not area:
        missing = _("Name the user area, for example “Maintenance”.")
        raise InvalidInput(fields={"user_area": missing})
    settled = {
        "role": role,
        "user_area": area if role == MemberRole.USER_AREA else "",
        "state": S.ACTIVE,
        "answered_by": by,
        "answered_at": timezone.now(),
    }
    live = Membership.objects.select_for_update().filter(user=person, actor=actor, state__in=LIVE)
    if live.update(**settled):
        membership = Membership.objects.get(user=person, actor=actor, state=S.ACTIVE)
    else:
        membership = Membership.objects.create(user=person, actor=actor, **settled)
    forget_roles(person)
    record(
        by=by,
        verb="knowledge.membership_assign",
        obj=actor,
        data={"membership": membership.pk, "person": person.pk, "role": role},
    )
    tell_membership_assigned(membership=membership)
    return membership


def _move(membership: Membership, target: S, by: User) -> None:
    """Compare-and-swap the state: when two people answer at once, one gets WrongState."""
    movable = Membership.objects.filter(pk=membership.pk, state__in=MEMBERSHIP_REACHED_FROM[target])
    if not movable.update(state=target, answered_by=by, answered_at=timezone.now()):
        raise WrongState(_("Somebody has answered this already; reload the page."))
    membership.refresh_from_db(fields=["state", "answered_by", "answered_at"])
    forget_roles(membership.user)
    forget_roles(by)
