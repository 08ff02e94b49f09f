"""Who belongs where, for those who may know."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from minka.core.models import User
from minka.knowledge.models import Actor, Membership
from minka.knowledge.states import MembershipState as S
from minka.methods.text import search_key


def my_memberships(*, viewer: User) -> QuerySet[Membership]:
    """Return the viewer's own memberships, requests included, newest first."""
    return (
        Membership.objects.filter(user=viewer)
        .exclude(state=S.ENDED)
        .select_related("actor__region")
        .order_by("-pk")
    )


def own_name_entries(*, viewer: User) -> QuerySet[Actor]:
    """Return the entries of the directory that stand for the viewer: of their name, theirs alone.

    An entry with a number of any register is an organisation's, whatever it is called.
    """
    key = search_key(viewer.full_name)[:250]
    if not key:
        return Actor.objects.none()
    there = Membership.objects.filter(actor=OuterRef("pk"), state=S.ACTIVE)
    return Actor.objects.filter(
        Exists(there.filter(user=viewer)),
        ~Exists(there.exclude(user=viewer)),
        name_key=key,
        identifiers__isnull=True,
    ).order_by("pk")


def requests_to_answer(*, viewer: User) -> QuerySet[Membership]:
    """Return the requests that `viewer` may answer: all for the team, else their organisations'."""
    waiting = Membership.objects.filter(state=S.REQUESTED).exclude(user=viewer)
    if not viewer.is_staff:
        mine = Membership.objects.filter(user=viewer, state=S.ACTIVE).values("actor")
        waiting = waiting.filter(actor__in=mine)
    return waiting.select_related("actor", "user").order_by("created_at", "pk")


def members_of(*, viewer: Any, actor: Actor) -> QuerySet[Membership]:
    """Return who belongs to an actor, to its members and the team; nothing to anybody else."""
    found = Membership.objects.filter(actor=actor, state=S.ACTIVE)
    if not viewer.has_perm("knowledge.membership_view", actor):
        return found.none()
    return found.select_related("user").order_by("role", "user__full_name", "pk")


def memberships_to_end(*, viewer: User) -> QuerySet[Membership]:
    """Return the active memberships that `viewer` may end."""
    active = Membership.objects.filter(state=S.ACTIVE).select_related("actor", "user")
    if viewer.is_staff:
        return active
    mine = Membership.objects.filter(user=viewer, state=S.ACTIVE).values("actor")
    return active.filter(Q(user=viewer) | Q(actor__in=mine))


def assignable_people(*, viewer: User) -> QuerySet[User]:
    """Return the people who can be given a role in an organisation, to the team only."""
    people = User.objects.filter(is_active=True).order_by("full_name", "email")
    return people if viewer.is_staff else people.none()
