"""Who evaluates, who owes scores, who holds a share of a key, who is who."""

from typing import Any

import rules
from django.db.models import F

from minka.core.rules import is_evaluator
from minka.innovation.rules.solvers import is_in_consortium
from minka.knowledge.rules import roles_anywhere
from minka.knowledge.states import MemberRole


@rules.predicate
def evaluates(user: Any) -> bool:
    """Belongs to the pool of evaluators, by a user area or by the cluster's grant; for the rail."""
    return MemberRole.USER_AREA in roles_anywhere(user) or bool(is_evaluator(user))


@rules.predicate
def is_assigned(user: Any, assignment: Any) -> bool:
    """The assignment is this person's own."""
    return assignment is not None and assignment.evaluator_id == user.pk


@rules.predicate
def is_in_lead_of_evaluated(user: Any, assignment: Any) -> bool:
    """Has joined, perhaps since, an organisation of the consortium of the proposal to evaluate."""
    return assignment is not None and bool(is_in_consortium(user, assignment.proposal))


@rules.predicate
def owes_scores(user: Any, thing: Any) -> bool:
    """Evaluates in this challenge and has not given all scores: sees nobody else's before."""
    challenge = getattr(thing, "challenge", thing)
    if challenge is None or not user.is_authenticated:
        return False
    return bool(
        user.assignments.filter(
            proposal__challenge=challenge,
            proposal__state="submitted",
            proposal__ineligible_at__isnull=True,
            state__in=["assigned", "cleared"],
        ).exists()
    )


@rules.predicate
def declared_conflict(user: Any, proposal: Any) -> bool:
    """Declared a conflict of interest with this proposal."""
    return proposal is not None and bool(
        user.assignments.filter(proposal_id=proposal.pk, state="conflicted").exists()
    )


@rules.predicate
def is_custodian(user: Any, challenge: Any) -> bool:
    """Holds a share of the key of this challenge's call that is in force."""
    return bool(
        challenge is not None
        and user.is_authenticated
        and user.custodies.filter(key__challenge=challenge, round=F("key__round")).exists()
    )


@rules.predicate
def is_named(user: Any, custodian: Any) -> bool:
    """Is this custodian."""
    return custodian is not None and custodian.user_id == user.pk


@rules.predicate
def is_self(user: Any, person: Any) -> bool:
    """Is this person."""
    return person is not None and user.is_authenticated and person.pk == user.pk


@rules.predicate
def has_account(user: Any, _thing: Any) -> bool:
    """Is signed in."""
    return bool(user.is_authenticated)
