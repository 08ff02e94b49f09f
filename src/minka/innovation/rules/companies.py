"""Who acts for a company: its problems, its challenges, what it wrote."""

from typing import Any

import rules
from django.db.models import Q

from minka.knowledge.rules import active_roles, roles_anywhere
from minka.knowledge.states import MemberRole

FOR_THE_COMPANY = {MemberRole.REPRESENTATIVE, MemberRole.USER_AREA}


@rules.predicate
def is_author(user: Any, thing: Any) -> bool:
    """Wrote the problem or the proposal."""
    return thing is not None and thing.author_id == user.pk


@rules.predicate
def is_own(user: Any, thing: Any) -> bool:
    """Opened the workshop, or uploaded the sheet."""
    return thing is not None and thing.by_id == user.pk


@rules.predicate
def acts_for_company(user: Any, problem: Any) -> bool:
    """Belongs to the user area, or represents a company, that has the problem."""
    if problem is None or not roles_anywhere(user) & FOR_THE_COMPANY:
        return False
    if active_roles(user, problem.company_id) & FOR_THE_COMPANY:
        return True
    partners = problem.partners.all()
    return any(active_roles(user, one.pk) & FOR_THE_COMPANY for one in partners)


@rules.predicate
def represents_company_of(user: Any, problem: Any) -> bool:
    """Speaks for the company that the problem is of."""
    return problem is not None and MemberRole.REPRESENTATIVE in active_roles(
        user, problem.company_id
    )


@rules.predicate
def represents_mining_company(user: Any, company: Any) -> bool:
    """Speaks for this company."""
    return company is not None and MemberRole.REPRESENTATIVE in active_roles(user, company.pk)


@rules.predicate
def is_with_guest(_user: Any, problem: Any) -> bool:
    """Is still with whoever holds the link of an invitation: nobody has taken it over."""
    return problem is not None and problem.author_id is None


@rules.predicate
def was_handed_over(_user: Any, problem: Any) -> bool:
    """Was given out of the hands of whoever was invited to write it."""
    return problem is not None and problem.handed_over_at is not None


@rules.predicate
def left_draft(_user: Any, problem: Any) -> bool:
    """Was submitted at least once."""
    return problem is not None and problem.submitted_at is not None


@rules.predicate
def acts_for_mining_company(user: Any, company: Any) -> bool:
    """May state problems in the name of this company."""
    return company is not None and bool(active_roles(user, company.pk) & FOR_THE_COMPANY)


@rules.predicate
def represents_a_company(user: Any) -> bool:
    """Speaks for a mining company at the cluster's table."""
    return bool(
        user.is_authenticated
        and user.memberships.filter(
            state="active", role=MemberRole.REPRESENTATIVE, actor__kind="mining_company"
        ).exists()
    )


@rules.predicate
def acts_for_any_company(user: Any) -> bool:
    """Belongs to a user area or the representatives of some organisation; for the rail."""
    return bool(roles_anywhere(user) & FOR_THE_COMPANY)


@rules.predicate
def represents_any(user: Any) -> bool:
    """Represents some organisation; for the rail."""
    return MemberRole.REPRESENTATIVE in roles_anywhere(user)


@rules.predicate
def acts_for_challenge(user: Any, challenge: Any) -> bool:
    """Belongs to the user area, or represents a company, whose problem the challenge is of."""
    if challenge is None or not roles_anywhere(user) & FOR_THE_COMPANY:
        return False
    own = user.memberships.filter(state="active", role__in=FOR_THE_COMPANY).values("actor")
    of_one = challenge.problems.filter(company__in=own) | challenge.problems.filter(
        partners__in=own
    )
    return bool(of_one.exists())


@rules.predicate
def represents_challenge(user: Any, challenge: Any) -> bool:
    """Speaks for a company whose problem the challenge is of."""
    if challenge is None or MemberRole.REPRESENTATIVE not in roles_anywhere(user):
        return False
    own = user.memberships.filter(state="active", role=MemberRole.REPRESENTATIVE).values("actor")
    of_one = Q(company__in=own) | Q(partners__in=own)
    return bool(challenge.problems.filter(of_one).exists())
