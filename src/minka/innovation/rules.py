"""Who may do what in open innovation. Names are `innovation.<noun>_<verb>`.

A rule says *who*; the tables of `states` say *when*.
"""

from typing import Any

import rules
from django.db.models import F, Q

from minka.core.rules import is_cluster_staff, is_evaluator
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
def evaluates(user: Any) -> bool:
    """Belongs to the pool of evaluators, by a user area or by the cluster's grant; for the rail."""
    return MemberRole.USER_AREA in roles_anywhere(user) or bool(is_evaluator(user))


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
def is_assigned(user: Any, assignment: Any) -> bool:
    """The assignment is this person's own."""
    return assignment is not None and assignment.evaluator_id == user.pk


@rules.predicate
def is_in_lead_of_evaluated(user: Any, assignment: Any) -> bool:
    """Has joined, perhaps since, an organisation of the consortium of the proposal to evaluate."""
    return assignment is not None and bool(is_in_consortium(user, assignment.proposal))


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


@rules.predicate
def has_account(user: Any, _thing: Any) -> bool:
    """Is signed in."""
    return bool(user.is_authenticated)


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
def is_self(user: Any, person: Any) -> bool:
    """Is this person."""
    return person is not None and user.is_authenticated and person.pk == user.pk


@rules.predicate
def is_named(user: Any, custodian: Any) -> bool:
    """Is this custodian."""
    return custodian is not None and custodian.user_id == user.pk


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


is_impartial_staff = is_cluster_staff & ~competes

rules.add_perm("innovation.problem_state", acts_for_mining_company)
# of a workshop or an invitation the team may be the author: then it writes like the company
writes_problem = ~is_with_guest & (acts_for_company | is_cluster_staff & is_author)
rules.add_perm("innovation.problem_change", writes_problem)
rules.add_perm("innovation.problem_submit", writes_problem)
rules.add_perm("innovation.problem_comment", left_draft & (acts_for_company | is_cluster_staff))
rules.add_perm(
    "innovation.problem_take_over",
    is_with_guest & (represents_company_of | is_cluster_staff & was_handed_over),
)
rules.add_perm("innovation.intake_invite", is_cluster_staff | represents_mining_company)
rules.add_perm("innovation.workshop_run", is_cluster_staff)
rules.add_perm("innovation.workshop_write", is_cluster_staff & is_own)
rules.add_perm("innovation.sheet_keep", is_cluster_staff | acts_for_mining_company)
rules.add_perm("innovation.sheet_take", is_own)
rules.add_perm("innovation.merge_propose", is_cluster_staff)
rules.add_perm("innovation.merge_answer", represents_company_of)
rules.add_perm("innovation.problem_triage", is_cluster_staff & ~is_author)
rules.add_perm("innovation.problem_rate", is_cluster_staff | represents_a_company)
rules.add_perm("innovation.shortlist_choose", is_cluster_staff)
rules.add_perm("innovation.edition_write", is_cluster_staff)
rules.add_perm("innovation.challenge_write", is_cluster_staff)
rules.add_perm("innovation.challenge_publish", is_cluster_staff)
rules.add_perm("innovation.call_extend", is_cluster_staff)
rules.add_perm("innovation.proposal_start", may_lead)
rules.add_perm("innovation.proposal_change", is_in_consortium)
rules.add_perm("innovation.consortium_lead", is_in_lead)
rules.add_perm("innovation.partner_answer", is_in_partner)
rules.add_perm("innovation.proposal_submit", is_in_lead)
rules.add_perm("innovation.proposal_withdraw", is_in_lead)
rules.add_perm("innovation.deadline_except", is_impartial_staff)
rules.add_perm("innovation.seal_prepare", is_cluster_staff)
rules.add_perm("innovation.share_take", is_named)
rules.add_perm("innovation.proposal_competes", competes)
rules.add_perm("innovation.seal_reshare", is_impartial_staff)
rules.add_perm("innovation.eligibility_check", is_impartial_staff)
rules.add_perm("innovation.eligibility_answer", is_in_lead)
rules.add_perm("innovation.seal_open", is_custodian | is_impartial_staff)
rules.add_perm("innovation.evaluator_assign", is_impartial_staff)
rules.add_perm("innovation.evaluators_keep", is_cluster_staff)
rules.add_perm("innovation.evaluator_describe", is_cluster_staff | is_self)
# staff who are tied to a solver knock nobody out, and let nobody in
rules.add_perm("innovation.interest_keep", is_self | is_cluster_staff & ~answers_anything)
rules.add_perm("innovation.conflict_waive", is_impartial_staff)
rules.add_perm("innovation.discussion_open", is_impartial_staff)
rules.add_perm("innovation.evaluation_write", is_assigned & ~is_in_lead_of_evaluated)
rules.add_perm("innovation.ranking_view", is_impartial_staff & ~owes_scores)
rules.add_perm("innovation.decision_write", is_impartial_staff & ~owes_scores & ~declared_conflict)
rules.add_perm("innovation.decision_release", is_impartial_staff)
rules.add_perm("innovation.study_write", is_cluster_staff)
rules.add_perm("innovation.pilot_cost_set", acts_for_company | is_cluster_staff)
rules.add_perm("innovation.challenge_approve", is_cluster_staff | acts_for_challenge)
rules.add_perm("innovation.nda_accept", has_account)
rules.add_perm("innovation.nda_log_view", is_cluster_staff | represents_challenge)
rules.add_perm("innovation.challenge_follow", has_account)
rules.add_perm("innovation.question_ask", has_account & ~is_cluster_staff & ~acts_for_challenge)
# whoever answers the challenge reads no question of a rival, not even from the team
rules.add_perm("innovation.question_manage", is_impartial_staff)
rules.add_perm("innovation.question_draft", is_impartial_staff | acts_for_challenge & ~competes)
rules.add_perm("innovation.panel_run", is_cluster_staff)
rules.add_perm("innovation.panel_deal", is_impartial_staff)
rules.add_perm("innovation.scenario_write", is_impartial_staff & ~owes_scores)
rules.add_perm("innovation.appeal_ask", is_in_lead)
rules.add_perm("innovation.appeal_assign", is_impartial_staff)

# the team keeps agreements and their plans, and never acts in the name of a party
prepares_agreement = is_cluster_staff & ~competed_for | drafts_for_party
keeps_plan = is_cluster_staff & ~competed_for | stands_for_company | stands_for_solver
rules.add_perm("innovation.agreement_start", is_impartial_staff)
rules.add_perm("innovation.agreement_write", prepares_agreement)
rules.add_perm("innovation.agreement_ask", prepares_agreement)
rules.add_perm("innovation.agreement_show", drafts_for_party)
rules.add_perm("innovation.agreement_close", represents_company_party)
rules.add_perm("innovation.agreement_plan", keeps_plan)
rules.add_perm("innovation.milestone_change", stands_for_company | stands_for_solver)
rules.add_perm("innovation.report_write", stands_for_solver)
rules.add_perm("innovation.report_answer", is_user_area_of)
rules.add_perm("innovation.payment_invoice", stands_for_solver)
rules.add_perm("innovation.payment_pay", stands_for_company)
rules.add_perm("innovation.kpi_read", stands_for_solver | is_user_area_of)
rules.add_perm("innovation.hse_check", is_user_area_of)
rules.add_perm("innovation.trl_state", stands_for_solver)
rules.add_perm("innovation.trl_confirm", is_user_area_of)
rules.add_perm("innovation.year_state", stands_for_solver)
rules.add_perm("innovation.year_confirm", is_cluster_staff & ~competed_for)
rules.add_perm("innovation.lesson_write", stands_for_solver | is_user_area_of)
