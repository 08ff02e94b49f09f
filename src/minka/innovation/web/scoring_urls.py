"""Addresses around scoring: of evaluators, of solvers who are asked, and of the team."""

from django.urls import path

from minka.innovation.web import evaluation_desk, redactions, scoring

MINE = "evaluaciones/<int:pk>/"
CHALLENGE = "desafios/<slug:slug>/"
COPIES = f"{CHALLENGE}copias/"
SCORING = [
    path(f"{MINE}preguntar/", scoring.evaluation_ask, name="evaluation_ask"),
    path(f"{MINE}notas/", scoring.evaluation_note, name="evaluation_note"),
    path(f"{MINE}puntajes/<int:score_pk>/", scoring.score_change, name="score_change"),
    path(f"{MINE}archivos/<uuid:uid>/", scoring.redacted_file, name="redacted_file"),
    path("propuestas/consultas/<int:pk>/", scoring.inquiry_answer, name="inquiry_answer"),
    path(f"{CHALLENGE}evaluacion/", evaluation_desk.evaluation_terms, name="evaluation_terms"),
    path(f"{CHALLENGE}evaluadores/avance/", evaluation_desk.progress, name="progress"),
    path(
        f"{CHALLENGE}evaluadores/avance/recordar/",
        evaluation_desk.progress_remind,
        name="progress_remind",
    ),
    path(
        f"{CHALLENGE}evaluadores/avance/plazo/", evaluation_desk.progress_due, name="progress_due"
    ),
    path(f"{CHALLENGE}evaluadores/consultas/", evaluation_desk.inquiries, name="inquiries"),
    path(
        f"{CHALLENGE}evaluadores/consultas/<int:pk>/",
        evaluation_desk.inquiry_handle,
        name="inquiry_handle",
    ),
    path(COPIES, redactions.copies, name="copies"),
    path(f"{COPIES}<uuid:public_id>/", redactions.redaction, name="redaction"),
    path(
        f"{COPIES}<uuid:public_id>/archivos/<uuid:uid>/",
        redactions.redaction_file,
        name="redaction_file",
    ),
]
