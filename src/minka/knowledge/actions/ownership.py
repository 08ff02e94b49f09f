"""Who owns a profile: decide a claim, give it up, hand it over, choose editors, join two."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.models import Actor, Claim, Membership
from minka.knowledge.notices.claims import tell_claim_decided, tell_claim_waits
from minka.knowledge.rules import forget_roles
from minka.knowledge.states import CLAIM_OPEN, CLAIM_REACHED_FROM, ClaimMethod, MembershipState
from minka.knowledge.states import ClaimState as S

SHOWN = ("owner", "claimed_at", "verified_at", "updated_at")


@transaction.atomic
def decide_claim(*, by: User, claim: Claim, grant: bool, reason: str) -> Claim:
    """Grant or refuse a claim; granting one in dispute takes the profile from whoever owned it.

    Raises:
        NotAllowed: `by` is not of the cluster team, or the claim is their own.
        InvalidInput: there is no reason.
        WrongState: the claim has been decided, or still waits for its code.
    """
    require(by, "knowledge.claim_decide", claim)
    reason = reason.strip()
    if not reason:
        raise InvalidInput(fields={"reason": _("Say why: it stays in the history of the claim.")})
    claim = Claim.objects.select_related("actor", "claimant").get(pk=claim.pk)
    if claim.state not in {S.REQUESTED, S.DISPUTED}:
        raise WrongState
    if grant:
        for former in _granted(claim.actor):
            release_claim(by=by, claim=former, note=reason)
            tell_claim_decided(claim=former, reason=reason)
        take_profile(claim=claim, by=by, note=reason, verified=True)
    else:
        move_claim(claim=claim, target=S.REFUSED, by=by, note=reason)
    verb = "knowledge.claim_grant" if grant else "knowledge.claim_refuse"
    record(by=by, verb=verb, obj=claim.actor, data={"claim": claim.pk})
    tell_claim_decided(claim=claim, reason=reason)
    return claim


@transaction.atomic
def withdraw_claim(*, by: User, claim: Claim) -> Claim:
    """Take a claim back, or give up a profile.

    Raises:
        NotAllowed: the claim is somebody else's.
        WrongState: it was refused or withdrawn before.
    """
    require(by, "knowledge.claim_withdraw", claim)
    release_claim(by=by, claim=claim)
    record(by=by, verb="knowledge.claim_withdraw", obj=claim.actor, data={"claim": claim.pk})
    return claim


@transaction.atomic
def transfer_profile(*, by: User, actor: Actor, person: User) -> Claim:
    """Hand a claimed profile over to another of its members.

    Raises:
        NotAllowed: `by` neither owns the profile nor is of the cluster team.
        InvalidInput: the person is not an active member.
        WrongState: nobody owns the profile.
    """
    require(by, "knowledge.profile_transfer", actor)
    former = _granted(actor).first()
    if former is None:
        raise WrongState(_("Nobody has claimed this profile yet."))
    belongs = Membership.objects.filter(user=person, actor=actor, state=MembershipState.ACTIVE)
    if person.pk == former.claimant_id or not belongs.exists():
        raise InvalidInput(fields={"person": _("Choose another member of the organisation.")})
    since = actor.verified_at
    release_claim(by=by, claim=former)
    for waiting in Claim.objects.filter(actor=actor, claimant=person, state__in=CLAIM_OPEN):
        move_claim(claim=waiting, target=S.WITHDRAWN, by=by)
    claim = Claim.objects.create(actor=actor, claimant=person, method=ClaimMethod.TRANSFER)
    take_profile(claim=claim, by=by)
    Actor.objects.filter(pk=actor.pk).update(verified_at=since)
    record(
        by=by,
        verb="knowledge.profile_transfer",
        obj=actor,
        data={"from": former.claimant_id, "to": person.pk},
    )
    tell_claim_decided(claim=claim, reason="")
    return claim


@transaction.atomic
def choose_editor(*, by: User, membership: Membership, edits: bool) -> Membership:
    """Let a member edit the claimed profile, or no longer.

    Raises:
        NotAllowed: `by` neither owns the profile nor is of the cluster team.
        WrongState: the person no longer belongs to it.
    """
    require(by, "knowledge.editor_choose", membership.actor)
    live = Membership.objects.filter(pk=membership.pk, state=MembershipState.ACTIVE)
    if not live.update(is_editor=edits):
        raise WrongState
    membership.refresh_from_db(fields=["is_editor"])
    forget_roles(membership.user)
    verb = "knowledge.editor_choose" if edits else "knowledge.editor_dismiss"
    record(by=by, verb=verb, obj=membership.actor, data={"membership": membership.pk})
    return membership


@transaction.atomic
def verify_profile(*, by: User, actor: Actor) -> Actor:
    """Put the seal “verified” with today's date: the team has checked the profile.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "knowledge.actor_verify", actor)
    actor.verified_at = timezone.now()
    actor.save(update_fields=["verified_at", "updated_at"])
    record(by=by, verb="knowledge.actor_verify", obj=actor)
    return actor


@transaction.atomic
def reconcile_claims(*, keep: Actor, gone: Actor) -> None:
    """Bring the claims of two actors together before one is joined to the other.

    Of two owners the earlier stays; the later one's claim becomes a dispute that the team
    settles. A person with a claim in both keeps the one that has come further. What is left can
    follow the actor without being doubled.

    No person: a consequence of the merge, which has its own entry in the ledger.
    """
    owners = list(
        Claim.objects.filter(actor__in=[keep, gone], state=S.GRANTED)
        .select_related("claimant", "actor__owner")
        .order_by("decided_at", "pk")
    )
    for other in owners[1:]:
        if other.claimant_id == owners[0].claimant_id:
            move_claim(
                claim=other, target=S.WITHDRAWN, by=None, note=_("Two profiles were joined.")
            )
        else:
            move_claim(claim=other, target=S.DISPUTED, by=None, note=_("Two profiles were joined."))
            tell_claim_waits(claim=other)
    _close_doubles(keep, gone)


@transaction.atomic
def follow_claims(*, actors: Sequence[Actor], parted: bool = False) -> None:
    """Let each actor show the owner that its claims say, after a merge or its undoing.

    Where actors were `parted`, an owner whom only the merge had disputed owns again.

    No person: a consequence of the merge, which has its own entry in the ledger.
    """
    for actor in actors:
        held = _granted(actor).first()
        if held is None and parted and (held := _disputed_by_merge(actor)):
            move_claim(
                claim=held,
                target=S.GRANTED,
                by=None,
                note=_("The profiles were taken apart again."),
            )
        _show(
            actor,
            held.claimant if held else None,
            held.decided_at if held else None,
            verified_at=actor.verified_at if held else None,
        )


def release_claim(*, by: User, claim: Claim, note: str = "") -> Claim:
    """End a claim and, if it was granted, the ownership; the caller has checked who may.

    Raises:
        WrongState: it was refused or withdrawn before.
    """
    owned = claim.state == S.GRANTED
    move_claim(claim=claim, target=S.WITHDRAWN, by=by, note=note)
    if owned:
        _clear(claim.actor)
    return claim


def take_profile(*, claim: Claim, by: User, note: str = "", verified: bool = False) -> None:
    """Grant a claim: its claimant owns the profile and is a member of the organisation."""
    move_claim(claim=claim, target=S.GRANTED, by=by, note=note)
    actor, now = claim.actor, timezone.now()
    _show(actor, claim.claimant, now, verified_at=now if verified else actor.verified_at)
    belongs = Membership.objects.filter(
        user=claim.claimant,
        actor=actor,
        state__in=[MembershipState.REQUESTED, MembershipState.ACTIVE],
    )
    if not belongs.update(state=MembershipState.ACTIVE, answered_by=by, answered_at=now):
        Membership.objects.create(
            user=claim.claimant,
            actor=actor,
            state=MembershipState.ACTIVE,
            answered_by=by,
            answered_at=now,
        )
    forget_roles(claim.claimant)


def move_claim(*, claim: Claim, target: S, by: User | None, note: str = "") -> None:
    """Compare-and-swap the state and add to the history: of two who decide, one gets WrongState."""
    movable = Claim.objects.filter(pk=claim.pk, state__in=CLAIM_REACHED_FROM[target])
    decided_at = None if target in CLAIM_OPEN else timezone.now()
    if not movable.update(state=target, decided_at=decided_at, code_digest=""):
        raise WrongState(_("This claim has been decided already; reload the page."))
    claim.refresh_from_db(fields=["state", "decided_at", "code_digest"])
    claim.events.create(state=target, by=by, note=note[:500])


def _granted(actor: Actor) -> QuerySet[Claim]:
    return Claim.objects.filter(actor=actor, state=S.GRANTED).select_related("claimant", "actor")


def _show(
    actor: Actor,
    owner: User | None,
    claimed_at: datetime | None,
    *,
    verified_at: datetime | None,
) -> None:
    actor.owner, actor.claimed_at, actor.verified_at = owner, claimed_at, verified_at
    actor.save(update_fields=SHOWN)


def _clear(actor: Actor) -> None:
    _show(actor, None, None, verified_at=None)


def _disputed_by_merge(actor: Actor) -> Claim | None:
    for claim in Claim.objects.filter(actor=actor, state=S.DISPUTED).select_related("claimant"):
        last = claim.events.last()
        if last is not None and last.by_id is None and last.state == S.DISPUTED:
            return claim
    return None


def _close_doubles(keep: Actor, gone: Actor) -> None:
    rank = {S.GRANTED: 0, S.DISPUTED: 1, S.REQUESTED: 2, S.PROVING: 3}
    live = Claim.objects.filter(actor__in=[keep, gone], state__in=list(rank))
    seen: set[int] = set()
    for claim in sorted(live, key=lambda one: (rank[S(one.state)], one.pk)):
        if claim.claimant_id in seen:
            move_claim(
                claim=claim, target=S.WITHDRAWN, by=None, note=_("Two profiles were joined.")
            )
        seen.add(claim.claimant_id)
