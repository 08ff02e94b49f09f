"""Addresses of what surrounds a published challenge: questions, followers, files that travel."""

from django.urls import path

from minka.innovation.web import following, outreach, questions, sharing

ONE = "desafios/<slug:slug>/"
SHARING = [
    path("desafios/novedades.<str:language>.xml", sharing.challenges_news, name="challenges_news"),
    path(
        "desafios/calendario.<str:language>.ics",
        sharing.challenges_calendar,
        name="challenges_calendar",
    ),
    path(f"{ONE}novedades.<str:language>.xml", sharing.challenge_news, name="challenge_news"),
    path(
        f"{ONE}calendario.<str:language>.ics", sharing.challenge_calendar, name="challenge_calendar"
    ),
    path(f"{ONE}imagen.<str:language>.png", sharing.challenge_picture, name="challenge_picture"),
    path(f"{ONE}resumen.<str:language>.pdf", sharing.challenge_pdf, name="challenge_pdf"),
    path(f"{ONE}qr.svg", sharing.challenge_qr, name="challenge_qr"),
    path(f"{ONE}seguir/", following.follow, name="follow"),
    path(f"{ONE}dejar-de-seguir/", following.unfollow, name="unfollow"),
    path("seguimientos/<str:token>/", following.follow_silence, name="follow_silence"),
    path(f"{ONE}preguntas/", questions.questions, name="questions"),
    path(f"{ONE}preguntas/<int:pk>/", questions.question, name="question"),
    path(f"{ONE}preguntas/<int:pk>/no/", questions.question_decline, name="question_decline"),
    path(f"{ONE}difusion/", outreach.outreach, name="outreach"),
    path(
        f"{ONE}difusion/<int:pk>/quitar/", outreach.presentation_remove, name="presentation_remove"
    ),
]
