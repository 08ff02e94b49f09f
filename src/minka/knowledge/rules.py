"""Who may do what in the ecosystem map. Names are `knowledge.<noun>_<verb>`."""

from typing import Any

import rules

from minka.core.rules import is_cluster_staff
from minka.knowledge.states import MemberRole, MembershipState


def active_roles(user: Any, actor_id: int | None) -> set[str]:
    """Return the roles `user` holds in one organisation, reading memberships once per request."""
    return {role for member_of, role, _edits in _memberships(user) if member_of == actor_id}


def roles_anywhere(user: Any) -> set[str]:
    """Return the roles `user` holds in any organisation, from the same single reading."""
    return {role for _member_of, role, _edits in _memberships(user)}


def _memberships(user: Any) -> list[tuple[int, str, bool]]:
    if not user.is_authenticated:
        return []
    cached: list[tuple[int, str, bool]] | None = getattr(user, "_active_memberships", None)
    if cached is None:
        cached = list(
            user.memberships.filter(state=MembershipState.ACTIVE).values_list(
                "actor_id", "role", "is_editor"
            )
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
def is_owner(user: Any, actor: Any) -> bool:
    """Claimed this profile and proved it."""
    return actor is not None and user.is_authenticated and actor.owner_id == user.pk


@rules.predicate
def is_editor(user: Any, actor: Any) -> bool:
    """Edits this profile: any member while nobody owns it, then those whom the owner chose."""
    if actor is None:
        return False
    edits = [edits for member_of, _role, edits in _memberships(user) if member_of == actor.pk]
    return any(edits) if actor.owner_id else bool(edits)


@rules.predicate
def is_own_claim(user: Any, claim: Any) -> bool:
    """The claim is the person's own."""
    return claim is not None and claim.claimant_id == user.pk


@rules.predicate
def owns_claimed(user: Any, claim: Any) -> bool:
    """Owns the profile that the claim is about."""
    return claim is not None and bool(is_owner(user, claim.actor))


@rules.predicate
def may_change_of(user: Any, correction: Any) -> bool:
    """Edits the profile that the correction is about."""
    return correction is not None and bool(
        is_owner(user, correction.actor) or is_editor(user, correction.actor)
    )


@rules.predicate
def is_own_correction(user: Any, correction: Any) -> bool:
    """The correction was proposed by the person."""
    return correction is not None and correction.proposed_by_id == user.pk


@rules.predicate
def is_of_owner(user: Any, membership: Any) -> bool:  # noqa: ARG001 -- the signature of predicates
    """The membership is that of whoever owns the profile."""
    return membership is not None and membership.actor.owner_id == membership.user_id


@rules.predicate
def may_answer_request(user: Any, membership: Any) -> bool:
    """Is an active member of the organisation that the request is for."""
    return membership is not None and bool(active_roles(user, membership.actor_id))


@rules.predicate
def is_own_membership(user: Any, membership: Any) -> bool:
    """The membership is the person's own."""
    return membership is not None and membership.user_id == user.pk


rules.add_perm("knowledge.sheet_import", is_cluster_staff)
rules.add_perm("knowledge.source_order", is_cluster_staff)
rules.add_perm("knowledge.actor_resolve", is_cluster_staff)  # join, take apart, review
rules.add_perm("knowledge.actor_create", rules.is_authenticated)
rules.add_perm("knowledge.actor_change", is_cluster_staff | is_owner | is_editor)
rules.add_perm("knowledge.record_view", is_cluster_staff | is_member)
rules.add_perm("knowledge.membership_view", is_cluster_staff | is_member)
rules.add_perm("knowledge.membership_request", rules.is_authenticated)
rules.add_perm(
    "knowledge.membership_answer", (is_cluster_staff | may_answer_request) & ~is_own_membership
)
rules.add_perm(
    "knowledge.membership_end",
    is_cluster_staff | is_own_membership | (may_answer_request & ~is_of_owner),
)
rules.add_perm("knowledge.membership_assign", is_cluster_staff)
rules.add_perm("knowledge.theme_change", is_cluster_staff)
rules.add_perm("knowledge.actor_claim", rules.is_authenticated)
rules.add_perm("knowledge.actor_verify", is_cluster_staff)
rules.add_perm("knowledge.claim_view", is_cluster_staff | is_own_claim | owns_claimed)
rules.add_perm("knowledge.claim_prove", is_own_claim)
rules.add_perm("knowledge.claim_withdraw", is_own_claim)
rules.add_perm("knowledge.claim_decide", is_cluster_staff & ~is_own_claim)
rules.add_perm("knowledge.profile_transfer", is_cluster_staff | is_owner)
rules.add_perm("knowledge.editor_choose", is_cluster_staff | is_owner)
rules.add_perm("knowledge.correction_propose", rules.is_authenticated)
rules.add_perm(
    "knowledge.correction_answer", (is_cluster_staff | may_change_of) & ~is_own_correction
)
rules.add_perm("knowledge.correction_withdraw", is_own_correction)
rules.add_perm("knowledge.campaign_start", is_cluster_staff)
rules.add_perm("knowledge.survey_design", is_cluster_staff)  # write what is asked
rules.add_perm("knowledge.survey_interview", is_cluster_staff)  # fill in on someone's behalf
rules.add_perm("knowledge.survey_run", is_cluster_staff)  # waves, quotas, results
