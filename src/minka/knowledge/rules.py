"""Who may do what in the ecosystem map. Names are `knowledge.<noun>_<verb>`."""

from typing import Any

import rules

from minka.core.rules import is_cluster_staff
from minka.knowledge.states import MemberRole, MembershipState


def active_roles(user: Any, actor_id: int | None) -> set[str]:
    """Return the roles `user` holds in one organisation, reading memberships once per request."""
    return {role for member_of, role in _memberships(user) if member_of == actor_id}


def roles_anywhere(user: Any) -> set[str]:
    """Return the roles `user` holds in any organisation, from the same single reading."""
    return {role for _member_of, role in _memberships(user)}


def _memberships(user: Any) -> list[tuple[int, str]]:
    if not user.is_authenticated:
        return []
    cached: list[tuple[int, str]] | None = getattr(user, "_active_memberships", None)
    if cached is None:
        cached = list(
            user.memberships.filter(state=MembershipState.ACTIVE).values_list("actor_id", "role")
        )
        user._active_memberships = cached
    return cached


def forget_roles(user: Any) -> None:
    """Read the memberships of `user` again when they are next asked for."""
    user.__dict__.pop("_active_memberships", None)


@rules.predicate
def is_member(user: Any, actor: Any) -> bool:
    """Belongs to this organisation in any role."""
    return actor is not None and bool(active_roles(user, actor.pk))


@rules.predicate
def is_representative(user: Any, actor: Any) -> bool:
    """Speaks for this organisation."""
    return actor is not None and MemberRole.REPRESENTATIVE in active_roles(user, actor.pk)


@rules.predicate
def may_answer_request(user: Any, membership: Any) -> bool:
    """Is an active member of the organisation that the request is for."""
    return membership is not None and bool(active_roles(user, membership.actor_id))


@rules.predicate
def is_own_membership(user: Any, membership: Any) -> bool:
    """The membership is the person's own."""
    return membership is not None and membership.user_id == user.pk


rules.add_perm("knowledge.sheet_import", is_cluster_staff)
rules.add_perm("knowledge.actor_create", rules.is_authenticated)
rules.add_perm("knowledge.actor_change", is_cluster_staff | is_member)
rules.add_perm("knowledge.record_view", is_cluster_staff | is_member)
rules.add_perm("knowledge.membership_view", is_cluster_staff | is_member)
rules.add_perm("knowledge.membership_request", rules.is_authenticated)
rules.add_perm(
    "knowledge.membership_answer", (is_cluster_staff | may_answer_request) & ~is_own_membership
)
rules.add_perm(
    "knowledge.membership_end", is_cluster_staff | is_own_membership | may_answer_request
)
rules.add_perm("knowledge.membership_assign", is_cluster_staff)
