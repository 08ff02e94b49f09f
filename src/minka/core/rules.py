"""Who may do what in the core, and the predicates every line builds on."""

from typing import Any

import rules

from minka.core.states import Role


@rules.predicate
def is_cluster_staff(user: Any) -> bool:
    """Works in the cluster's own team."""
    return bool(user.is_authenticated and user.is_active and user.is_staff)


@rules.predicate
def is_auditor(user: Any) -> bool:
    """Reads everything that is recorded, changes nothing."""
    return bool(user.is_authenticated and Role.AUDITOR in user.role_names)


@rules.predicate
def is_committee(user: Any) -> bool:
    """Sits on the steering committee."""
    return bool(user.is_authenticated and Role.COMMITTEE in user.role_names)


@rules.predicate
def is_evaluator(user: Any) -> bool:
    """Belongs to the pool of evaluators."""
    return bool(user.is_authenticated and Role.EVALUATOR in user.role_names)


@rules.predicate
def is_about_oneself(user: Any, request: Any) -> bool:
    """The request to be forgotten is the person's own."""
    return request is not None and request.user_id == user.pk


rules.add_perm("core.components_view", is_cluster_staff)
rules.add_perm("core.ledger_view", is_cluster_staff | is_auditor)
rules.add_perm("core.role_grant", is_cluster_staff)
rules.add_perm("core.person_erase", is_cluster_staff & ~is_about_oneself)
