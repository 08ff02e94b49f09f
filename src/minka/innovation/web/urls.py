"""Addresses of open innovation. Paths are Spanish words, names are English."""

from django.urls import URLPattern, path

from minka.innovation.web import (
    assignments,
    attachments,
    challenges,
    challenges_writing,
    decisions,
    editions,
    evaluations,
    intake_urls,
    proposals,
    proposals_edit,
    ranking,
    ratings,
    receipts,
    shortlist,
    studio_urls,
)
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
CHALLENGES = [
    path("desafios/", challenges.challenges, name="challenges"),
    path("desafios/en-preparacion/", challenges_writing.challenges_draft, name="challenges_draft"),
    path("desafios/<slug:slug>/", challenges.challenge, name="challenge"),
    path("desafios/<slug:slug>/editar/", challenges_writing.challenge_edit, name="challenge_edit"),
    path(
        "desafios/<slug:slug>/publicar/",
        challenges_writing.challenge_publish,
        name="challenge_publish",
    ),
    path(
        "desafios/<slug:slug>/ampliar/",
        challenges_writing.challenge_extend,
        name="challenge_extend",
    ),
    path(
        "desafios/<slug:slug>/descartar/",
        challenges_writing.challenge_discard,
        name="challenge_discard",
    ),
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
    path("evaluaciones/", evaluations.evaluations, name="evaluations"),
    path(MINE, evaluations.evaluation, name="evaluation"),
    path(f"{MINE}guardar/", evaluations.evaluation_autosave, name="evaluation_autosave"),
    path(f"{MINE}conflicto/", evaluations.evaluation_conflict, name="evaluation_conflict"),
    path(f"{MINE}quitar/", assignments.assignment_remove, name="assignment_remove"),
    path("desafios/<slug:slug>/resultados/", ranking.results, name="ranking"),
    path("desafios/<slug:slug>/resultados/publicar/", ranking.release, name="release"),
    path(f"{ONE}decision/", decisions.decision, name="decision"),
]

urlpatterns: list[URLPattern] = [
    *PROPOSALS,
    *EVALUATION,
    *intake_urls.urlpatterns,
    *studio_urls.urlpatterns,
    *RATING,
    *SOLVERS,
    *CHALLENGES,
]
