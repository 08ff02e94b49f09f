"""Addresses of questionnaires: writing them, answering them, asking them as an interviewer."""

from django.urls import path

from minka.knowledge.web import survey_preview, survey_questions, surveys
from minka.knowledge.web.survey_answering import INTERVIEW_PAGES, LINK_PAGES

SURVEY = "encuestas/<slug:public_id>"
QUESTIONNAIRE = f"{SURVEY}/cuestionarios/<int:questionnaire>"
LINK = "encuesta/<str:token>"
INTERVIEW = f"{SURVEY}/entrevistas/<int:pk>"
ENDS = {
    "": "",
    "_part": "<int:number>/",
    "_save": "<int:number>/guardar/",
    "_review": "revisar/",
    "_last": "final/",
    "_thanks": "gracias/",
    "_again": "retomar/",
    "_refuse": "no/",
}

survey_urlpatterns = [
    path("encuestas/", surveys.surveys, name="surveys"),
    path("encuestas/nueva/", surveys.survey_new, name="survey_new"),
    path("encuestas/modelo/", surveys.survey_template, name="survey_template"),
    path(f"{SURVEY}/", surveys.survey, name="survey"),
    path(f"{SURVEY}/editar/", surveys.survey_edit, name="survey_edit"),
    path(f"{SURVEY}/copiar/", surveys.survey_copy, name="survey_copy"),
    path(f"{SURVEY}/estado/", surveys.survey_move, name="survey_move"),
    path(f"{SURVEY}/cuestionarios/nuevo/", surveys.questionnaire_edit, name="questionnaire_new"),
    path(f"{QUESTIONNAIRE}/", survey_questions.questionnaire_page, name="questionnaire"),
    path(f"{QUESTIONNAIRE}/editar/", surveys.questionnaire_edit, name="questionnaire_edit"),
    path(f"{QUESTIONNAIRE}/quitar/", surveys.questionnaire_remove, name="questionnaire_remove"),
    path(
        f"{QUESTIONNAIRE}/vista-previa/",
        survey_preview.questionnaire_preview,
        name="questionnaire_preview",
    ),
    path(f"{QUESTIONNAIRE}/preguntas/nueva/", survey_questions.question_edit, name="question_new"),
    path(
        f"{QUESTIONNAIRE}/preguntas/<int:pk>/",
        survey_questions.question_edit,
        name="question_edit",
    ),
    path(
        f"{QUESTIONNAIRE}/preguntas/<int:pk>/mover/",
        survey_questions.question_move,
        name="question_move",
    ),
    path(
        f"{QUESTIONNAIRE}/preguntas/<int:pk>/quitar/",
        survey_questions.question_remove,
        name="question_remove",
    ),
    *[
        path(f"{LINK}/{end}", LINK_PAGES[name], name=f"survey_answer{name}")
        for name, end in ENDS.items()
    ],
    *[
        path(f"{INTERVIEW}/{end}", INTERVIEW_PAGES[name], name=f"interview{name}")
        for name, end in ENDS.items()
    ],
]
