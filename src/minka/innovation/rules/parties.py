"""Who is party to an agreement, in which role."""

from typing import Any

import rules

from minka.innovation.rules.companies import FOR_THE_COMPANY
from minka.innovation.rules.solvers import competes
from minka.knowledge.rules import active_roles, roles_anywhere
from minka.knowledge.states import MemberRole


@rules.predicate
def drafts_for_party(user: Any, agreement: Any) -> bool:
    """Represents an organisation that is party to the agreement."""
    return _stands_for(user, agreement, {MemberRole.REPRESENTATIVE})


@rules.predicate
def stands_for_solver(user: Any, agreement: Any) -> bool:
    """Belongs to a supplier that is party to the agreement."""
    return _stands_for(user, agreement, set(MemberRole), party="solver")


@rules.predicate
def stands_for_company(user: Any, agreement: Any) -> bool:
    """Belongs to the user area, or represents a company, that is party to the agreement."""
    return _stands_for(user, agreement, FOR_THE_COMPANY, party="company")


@rules.predicate
def is_user_area_of(user: Any, agreement: Any) -> bool:
    """Belongs to the user area of a company that is party to the agreement."""
    return _stands_for(user, agreement, {MemberRole.USER_AREA}, party="company")


@rules.predicate
def represents_company_party(user: Any, agreement: Any) -> bool:
    """Speaks for a company that is party to the agreement."""
    return _stands_for(user, agreement, {MemberRole.REPRESENTATIVE}, party="company")


@rules.predicate
def competed_for(user: Any, agreement: Any) -> bool:
    """Belongs to an organisation that answered the challenge of the agreement."""
    decision = getattr(agreement, "decision", None)
    return decision is not None and bool(competes(user, decision.proposal))


def _stands_for(user: Any, agreement: Any, roles: set[MemberRole], party: str = "") -> bool:
    if agreement is None or not roles_anywhere(user) & roles:
        return False
    found = [one for one in agreement.parties.all() if one.actor_id and party in ("", one.role)]
    return any(active_roles(user, one.actor_id) & roles for one in found)
