"""Addresses of writing a proposal together, of its consortium, and of what a challenge asks."""

from django.urls import path

from minka.innovation.web import (
    challenge_form,
    consortium,
    partner_board,
    partner_letters,
    proposal_help,
)

ONE = "propuestas/<uuid:public_id>/"
TOGETHER = [
    path(f"{ONE}presentes/", proposal_help.proposal_presence, name="proposal_presence"),
    path(f"{ONE}reutilizar/", proposal_help.proposal_reuse, name="proposal_reuse"),
    path(f"{ONE}consorcio/", consortium.consortium, name="consortium"),
    path(
        f"{ONE}consorcio/cartas/<int:pk>/retirar/",
        partner_letters.partner_letter_back,
        name="partner_letter_back",
    ),
    path("alianzas/carta/<str:token>/", partner_letters.partner_letter, name="partner_letter"),
    path("alianzas/<int:pk>/", consortium.partner, name="partner"),
    path("desafios/<slug:slug>/alianzas/", partner_board.partner_board, name="partner_board"),
    path(
        "alianzas/busquedas/<int:pk>/<str:other>/", partner_board.partner_talk, name="partner_talk"
    ),
    path("desafios/<slug:slug>/formulario/", challenge_form.challenge_form, name="challenge_form"),
]
