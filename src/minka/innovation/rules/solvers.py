"""Who answers a challenge: lead, consortium, and who competes."""

from typing import Any

import rules
from django.db.models import Q

from minka.knowledge.rules import active_roles, roles_anywhere


@rules.predicate
def is_in_lead(user: Any, proposal: Any) -> bool:
    """Belongs to the organisation that leads the proposal."""
    return proposal is not None and bool(active_roles(user, proposal.lead_id))


@rules.predicate
def is_in_consortium(user: Any, proposal: Any) -> bool:
    """Belongs to the lead of the proposal, or to a partner that accepted."""
    if proposal is None or not roles_anywhere(user):
        return False
    if active_roles(user, proposal.lead_id):
        return True
    inside = proposal.partners.filter(state="accepted").values_list("actor_id", flat=True)
    return any(active_roles(user, one) for one in inside)


@rules.predicate
def is_in_partner(user: Any, partner: Any) -> bool:
    """Belongs to the organisation that was asked into a consortium."""
    return partner is not None and bool(active_roles(user, partner.actor_id))


@rules.predicate
def may_lead(user: Any, actor: Any) -> bool:
    """May answer challenges in the name of this organisation."""
    return actor is not None and bool(active_roles(user, actor.pk))


@rules.predicate
def competes(user: Any, thing: Any) -> bool:
    """Belongs to an organisation that answers this challenge (or the challenge of a proposal)."""
    challenge = getattr(thing, "challenge", thing)
    if challenge is None or not user.is_authenticated:
        return False
    own = user.memberships.filter(state="active").values("actor")
    answers = challenge.proposals.exclude(state="withdrawn")
    inside = Q(partners__actor__in=own) & (Q(partners__state="accepted") | Q(partners__counts=True))
    return bool(answers.filter(Q(lead__in=own) | inside).exists())


@rules.predicate
def answers_anything(user: Any, _thing: Any) -> bool:
    """Belongs to an organisation that answers some challenge which is not decided."""
    if not user.is_authenticated:
        return False
    live = user.memberships.filter(
        state="active",
        actor__proposals__state__in=["draft", "submitted"],
        actor__proposals__challenge__state="published",
    )
    return bool(live.exists())
