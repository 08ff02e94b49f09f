"""Addresses of open innovation. Paths are Spanish words, names are English."""

from django.urls import URLPattern, path

from minka.innovation.web import (
    assignment_plan,
    assignments,
    attachments,
    decisions,
    editions,
    evaluations,
    evaluators,
    intake_urls,
    proposals,
    proposals_edit,
    ranking,
    ratings,
    receipts,
    shortlist,
    studio_urls,
)
from minka.innovation.web.agreement_urls import AGREEMENTS, PROGRAMME
from minka.innovation.web.browser_sealing_urls import BROWSER_SEALING
from minka.innovation.web.challenge_urls import CHALLENGES
from minka.innovation.web.eligibility_urls import ELIGIBILITY
from minka.innovation.web.panel_urls import PANEL
from minka.innovation.web.proposal_urls import TOGETHER
from minka.innovation.web.scoring_urls import SCORING
from minka.innovation.web.sealing_urls import SEALING
from minka.innovation.web.sharing_urls import SHARING
from minka.innovation.web.solver_urls import SOLVERS

app_name = "innovation"

RATING = [
    path("priorizacion/", shortlist.shortlist, name="shortlist"),
    path("priorizacion/criterios/", ratings.rating_criteria_edit, name="rating_criteria"),
    path("priorizacion/calificar/", ratings.ratings, name="ratings"),
    path("priorizacion/calificar/<int:pk>/", ratings.rating, name="rating"),
    path(
        "priorizacion/calificar/<int:pk>/<int:criterion_pk>/",
        ratings.rating_save,
        name="rating_save",
    ),
    path("ediciones/", editions.editions, name="editions"),
    path("ediciones/<int:pk>/", editions.edition_edit, name="edition_edit"),
    path("ediciones/<int:pk>/elegir/", editions.edition_select, name="edition_select"),
]
# Proposals, their evaluation and the decisions
ONE = "propuestas/<uuid:public_id>/"
PROPOSALS = [
    path("propuestas/", proposals.proposals, name="proposals"),
    path("desafios/<slug:slug>/proponer/", proposals.proposal_start, name="proposal_start"),
    path(ONE, proposals.proposal, name="proposal"),
    path(f"{ONE}editar/", proposals_edit.proposal_edit, name="proposal_edit"),
    path(f"{ONE}guardar/", proposals_edit.proposal_autosave, name="proposal_autosave"),
    path(f"{ONE}enviar/", proposals.proposal_submit, name="proposal_submit"),
    path(f"{ONE}reabrir/", proposals.proposal_reopen, name="proposal_reopen"),
    path(f"{ONE}retirar/", proposals.proposal_withdraw, name="proposal_withdraw"),
    path(f"{ONE}archivos/<uuid:uid>/", attachments.attachment, name="attachment"),
    path("constancias/<str:number>/", receipts.receipt, name="receipt"),
    path("constancias/<str:number>/texto.json", receipts.receipt_text, name="receipt_text"),
]
MINE = "evaluaciones/<int:pk>/"
EVALUATION = [
    path("desafios/<slug:slug>/evaluadores/", assignments.assignments, name="assignments"),
    path(
        "desafios/<slug:slug>/evaluadores/propuesta/",
        assignment_plan.assignment_plan,
        name="assignment_plan",
    ),
    path(
        "desafios/<slug:slug>/evaluadores/<int:pk>/ausencia/",
        assignments.evaluator_absence,
        name="evaluator_absence",
    ),
    path(
        "desafios/<slug:slug>/evaluadores/<int:pk>/levantar/<int:proposal_pk>/",
        assignments.conflict_waive,
        name="conflict_waive",
    ),
    path(
        "evaluaciones/levantados/<int:pk>/",
        assignments.conflict_waive_end,
        name="conflict_waive_end",
    ),
    path("evaluadores/", evaluators.evaluators, name="evaluators"),
    path("evaluadores/<int:pk>/", evaluators.evaluator, name="evaluator"),
    path("evaluadores/<int:pk>/intereses/", evaluators.interest_add, name="interest_add"),
    path(
        "evaluadores/<int:pk>/intereses/<int:interest_pk>/retirar/",
        evaluators.interest_withdraw,
        name="interest_withdraw",
    ),
    path("evaluaciones/", evaluations.evaluations, name="evaluations"),
    path(MINE, evaluations.evaluation, name="evaluation"),
    path(f"{MINE}guardar/", evaluations.evaluation_autosave, name="evaluation_autosave"),
    path(f"{MINE}conflicto/", evaluations.evaluation_conflict, name="evaluation_conflict"),
    path(f"{MINE}quitar/", assignments.assignment_remove, name="assignment_remove"),
    path(f"{MINE}apartar/", assignments.assignment_set_aside, name="assignment_set_aside"),
    path("desafios/<slug:slug>/resultados/", ranking.results, name="ranking"),
    path("desafios/<slug:slug>/resultados/publicar/", ranking.release, name="release"),
    path("desafios/<slug:slug>/resultados/conversar/", ranking.discuss, name="discuss"),
    path(f"{ONE}decision/", decisions.decision, name="decision"),
]

urlpatterns: list[URLPattern] = [
    *AGREEMENTS,
    *PROGRAMME,
    *SEALING,
    *SCORING,
    *BROWSER_SEALING,
    *ELIGIBILITY,
    *PROPOSALS,
    *TOGETHER,
    *EVALUATION,
    *PANEL,
    *intake_urls.urlpatterns,
    *studio_urls.urlpatterns,
    *RATING,
    *SHARING,
    *SOLVERS,
    *CHALLENGES,
]
