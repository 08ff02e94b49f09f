"""Who may do what in the ecosystem map. Names are `knowledge.<noun>_<verb>`."""

from typing import Any

import rules

from minka.core.rules import is_cluster_staff, is_committee
from minka.knowledge.states import MemberRole, MembershipState, RelationOrigin, ReportAudience


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


def member_actors(user: Any) -> set[int]:
    """Return the organisations that `user` belongs to, from the same single reading."""
    return {member_of for member_of, _role, _edits in _memberships(user)}


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
    return correction is not None and user.is_authenticated and correction.proposed_by_id == user.pk


@rules.predicate
def is_confirmed_correction(user: Any, correction: Any) -> bool:  # noqa: ARG001 -- a predicate
    """The address of the visitor who proposed it is theirs, or they have an account."""
    return correction is not None and (
        not correction.by_visitor or correction.confirmed_at is not None
    )


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


@rules.predicate
def may_speak_of_tie(user: Any, tie: Any) -> bool:
    """Edits the profile of one of the two organisations of a tie."""
    return tie is not None and any(
        is_owner(user, end) or is_editor(user, end) for end in (tie.tail, tie.head)
    )


@rules.predicate
def is_tie_by_hand(user: Any, tie: Any) -> bool:  # noqa: ARG001 -- the signature of predicates
    """A person stated the tie, no sheet and no act."""
    return tie is not None and tie.origin == RelationOrigin.ENTERED


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
    "knowledge.correction_answer",
    (is_cluster_staff | (may_change_of & is_confirmed_correction)) & ~is_own_correction,
)
rules.add_perm("knowledge.correction_withdraw", is_own_correction)
rules.add_perm("knowledge.corrections_view", is_cluster_staff)
rules.add_perm("knowledge.campaign_start", is_cluster_staff)
rules.add_perm("knowledge.survey_design", is_cluster_staff)  # write what is asked
rules.add_perm("knowledge.survey_interview", is_cluster_staff)  # fill in on someone's behalf
rules.add_perm("knowledge.survey_run", is_cluster_staff)  # waves, quotas, results
rules.add_perm("knowledge.tie_state", is_cluster_staff | may_speak_of_tie)
rules.add_perm("knowledge.tie_change", is_cluster_staff | (may_speak_of_tie & is_tie_by_hand))
rules.add_perm("knowledge.ties_import", is_cluster_staff)
rules.add_perm("knowledge.network_measure", is_cluster_staff)  # reckon again, name communities
rules.add_perm("knowledge.map_furnish", is_cluster_staff)  # boundaries and layers of the map
rules.add_perm("knowledge.indicators_view", rules.is_authenticated)  # licences differ
rules.add_perm("knowledge.indicators_import", is_cluster_staff)
rules.add_perm("knowledge.snapshot_take", is_cluster_staff)
rules.add_perm("knowledge.snapshot_view", rules.is_authenticated)  # the figures of each
# who was where, and the ties of then, some of which may since have been made private
rules.add_perm("knowledge.snapshot_compare", is_cluster_staff | is_committee)


@rules.predicate
def is_keeper(user: Any, kept: Any) -> bool:
    """Keeps this search or list as their own."""
    return kept is not None and user.is_authenticated and kept.owner_id == user.pk


@rules.predicate
def is_for_team(user: Any, kept: Any) -> bool:  # noqa: ARG001 -- the signature of predicates
    """The search or list was shared with the cluster team."""
    return kept is not None and kept.for_team


rules.add_perm("knowledge.search_save", rules.is_authenticated)
rules.add_perm("knowledge.search_change", is_keeper)
rules.add_perm("knowledge.shortlist_create", rules.is_authenticated)
rules.add_perm("knowledge.shortlist_change", is_keeper)
rules.add_perm("knowledge.shortlist_view", is_keeper | (is_cluster_staff & is_for_team))
rules.add_perm("knowledge.export_queue", rules.is_authenticated)


@rules.predicate
def is_for_anybody(user: Any, report: Any) -> bool:  # noqa: ARG001 -- the signature of predicates
    """The edition holds only what a stranger may see."""
    return report is not None and report.audience == ReportAudience.PUBLIC


rules.add_perm("knowledge.report_write", is_cluster_staff)
rules.add_perm("knowledge.reports_view", rules.is_authenticated)
rules.add_perm(
    "knowledge.report_view",
    is_cluster_staff | is_committee | (rules.is_authenticated & is_for_anybody),
)
