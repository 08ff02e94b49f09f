"""Claims as those who have to do with them may read them."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from minka.core.models import User
from minka.knowledge.models import Actor, Claim, ClaimEvent
from minka.knowledge.states import CLAIM_OPEN, ClaimState


def visible_claims(*, viewer: Any) -> QuerySet[Claim]:
    """Return claims with their history: to the team all, else one's own and of what one owns."""
    found = Claim.objects.select_related("actor__owner", "claimant", "document").prefetch_related(
        Prefetch("events", ClaimEvent.objects.select_related("by").order_by("pk"))
    )
    if viewer.is_staff:
        return found
    return found.filter(Q(claimant=viewer.pk) | Q(actor__owner=viewer.pk))


def claims_to_decide(*, viewer: Any) -> QuerySet[Claim]:
    """Return the claims that wait for the team, disputes first; nothing to anybody else."""
    waiting = visible_claims(viewer=viewer).filter(
        state__in=[ClaimState.REQUESTED, ClaimState.DISPUTED]
    )
    if not viewer.is_staff:
        return waiting.none()
    return waiting.exclude(claimant=viewer.pk).order_by("state", "pk")


def own_claim(*, viewer: Any, actor: Actor) -> Claim | None:
    """Return the viewer's claim of an actor that is open or granted; one SQL statement."""
    live = [*CLAIM_OPEN, ClaimState.GRANTED]
    return Claim.objects.filter(actor=actor, claimant=viewer.pk, state__in=live).first()


def possible_heirs(*, viewer: User, actor: Actor) -> QuerySet[User]:
    """Return the members to whom a profile can be handed over; to the owner and the team only."""
    people = User.objects.filter(
        memberships__actor=actor, memberships__state="active", is_active=True
    )
    if not viewer.has_perm("knowledge.profile_transfer", actor):
        return people.none()
    if actor.owner_id is not None:
        people = people.exclude(pk=actor.owner_id)
    return people.distinct().order_by("full_name", "email")
