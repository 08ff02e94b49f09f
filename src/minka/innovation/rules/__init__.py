"""Who may do what in open innovation. Names are `innovation.<noun>_<verb>`.

A rule says *who*; the tables of `states` say *when*. The modules beside this one say who somebody
is: for a company, a solver, an evaluation, an agreement.
"""

import rules

from minka.core.rules import is_cluster_staff
from minka.innovation.rules.companies import (
    FOR_THE_COMPANY,
    acts_for_any_company,
    acts_for_challenge,
    acts_for_company,
    acts_for_mining_company,
    is_author,
    is_own,
    is_with_guest,
    left_draft,
    represents_a_company,
    represents_any,
    represents_challenge,
    represents_company_of,
    represents_mining_company,
    was_handed_over,
)
from minka.innovation.rules.evaluators import (
    declared_conflict,
    evaluates,
    has_account,
    is_assigned,
    is_custodian,
    is_in_lead_of_evaluated,
    is_named,
    is_self,
    owes_scores,
)
from minka.innovation.rules.parties import (
    competed_for,
    drafts_for_party,
    is_user_area_of,
    represents_company_party,
    stands_for_company,
    stands_for_solver,
)
from minka.innovation.rules.solvers import (
    answers_anything,
    competes,
    is_in_consortium,
    is_in_lead,
    is_in_partner,
    may_lead,
)

__all__ = [
    "FOR_THE_COMPANY",
    "acts_for_any_company",
    "acts_for_challenge",
    "acts_for_company",
    "competed_for",
    "evaluates",
    "is_user_area_of",
    "represents_any",
    "stands_for_solver",
]

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
