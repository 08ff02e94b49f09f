"""Addresses of challenges: public, in preparation, under confidentiality, as they were."""

from django.urls import path

from minka.innovation.web import (
    challenge_approval,
    challenge_changes,
    challenge_documents,
    challenges,
    challenges_writing,
    nda,
)

ONE = "desafios/<slug:slug>/"
DOCUMENT = f"{ONE}documentos/<uuid:uid>/"

CHALLENGES = [
    path("desafios/", challenges.challenges, name="challenges"),
    path("desafios/en-preparacion/", challenges_writing.challenges_draft, name="challenges_draft"),
    path(ONE, challenges.challenge, name="challenge"),
    path(f"{ONE}editar/", challenges_writing.challenge_edit, name="challenge_edit"),
    path(f"{ONE}textos/", challenges_writing.challenge_terms, name="challenge_terms"),
    path(f"{ONE}publicar/", challenges_writing.challenge_publish, name="challenge_publish"),
    path(f"{ONE}descartar/", challenges_writing.challenge_discard, name="challenge_discard"),
    path(f"{ONE}ampliar/", challenge_changes.challenge_extend, name="challenge_extend"),
    path(f"{ONE}versiones/", challenge_changes.challenge_versions, name="challenge_versions"),
    path(
        f"{ONE}versiones/<int:number>/",
        challenge_changes.challenge_version,
        name="challenge_version",
    ),
    path(f"{ONE}aprobacion/", challenge_approval.challenge_approval, name="challenge_approval"),
    path(
        f"{ONE}aprobacion/pedir/",
        challenge_approval.challenge_ask_approval,
        name="challenge_ask_approval",
    ),
    path(f"{ONE}documentos/", challenge_documents.document_add, name="challenge_document_add"),
    path(DOCUMENT, challenge_documents.document, name="challenge_document"),
    path(
        f"{DOCUMENT}quitar/",
        challenge_documents.document_remove,
        name="challenge_document_remove",
    ),
    path(f"{ONE}confidencial/", nda.nda, name="nda"),
    path(f"{ONE}confidencial/aperturas/", nda.nda_openings, name="nda_openings"),
]
