"""Addresses of profiles, claims, corrections, rounds of confirmation and the thesaurus."""

from django.urls import path

from minka.knowledge.web import (
    claims,
    corrections,
    freshness,
    profile,
    themes,
    visitor_corrections,
)

ACTOR = "actores/<slug:public_id>"

profile_urlpatterns = [
    path("temas/", themes.themes, name="themes"),
    path("temas/nuevo/", themes.theme_edit, name="theme_new"),
    path("temas/importar/", themes.thesaurus_import, name="thesaurus_import"),
    path("temas/importar/aplicar/", themes.thesaurus_apply, name="thesaurus_apply"),
    path("temas.csv", themes.thesaurus_csv, name="thesaurus_csv"),
    path("temas.ttl", themes.thesaurus_turtle, name="thesaurus_turtle"),
    path("temas/<slug:slug>/", themes.theme, name="theme"),
    path("temas/<slug:slug>/editar/", themes.theme_edit, name="theme_edit"),
    path("temas/<slug:slug>/unir/", themes.theme_merge, name="theme_merge"),
    path("temas/<slug:slug>/separar/<int:pk>/", themes.theme_unmerge, name="theme_unmerge"),
    path("temas/<slug:slug>/borrar/", themes.theme_delete, name="theme_delete"),
    path(f"{ACTOR}/temas/", profile.theme_answer, name="theme_answer"),
    path(f"{ACTOR}/perfil/", profile.profile_sections, name="profile_sections"),
    path(f"{ACTOR}/perfil/tamano/", profile.profile_describe, name="profile_describe"),
    path(f"{ACTOR}/perfil/logo/", profile.profile_logo, name="profile_logo"),
    path(f"{ACTOR}/perfil/verificar/", profile.profile_verify, name="profile_verify"),
    path(f"{ACTOR}/perfil/personas/", claims.profile_people, name="profile_people"),
    path(f"{ACTOR}/perfil/personas/<int:pk>/", claims.editor_choose, name="editor_choose"),
    path(f"{ACTOR}/perfil/<slug:at>/", profile.profile_section, name="profile_section"),
    path(f"{ACTOR}/perfil/<slug:at>/<int:pk>/", profile.profile_section, name="profile_entry"),
    path(
        f"{ACTOR}/perfil/<slug:at>/<int:pk>/quitar/",
        profile.profile_remove,
        name="profile_remove",
    ),
    path(f"{ACTOR}/logo/", profile.logo, name="logo"),
    path(f"{ACTOR}/historial/", profile.profile_history, name="profile_history"),
    path(f"{ACTOR}/reclamar/", claims.claim_new, name="claim_new"),
    path(f"{ACTOR}/corregir/", corrections.correction_new, name="correction_new"),
    path(
        f"{ACTOR}/corregir/enviada/",
        visitor_corrections.correction_sent,
        name="correction_sent",
    ),
    path("correcciones/", corrections.corrections_waiting, name="corrections_waiting"),
    path("correccion/<str:token>/", visitor_corrections.correction_link, name="correction_link"),
    path(f"{ACTOR}/correcciones/", corrections.corrections, name="corrections"),
    path(
        f"{ACTOR}/correcciones/<int:pk>/",
        corrections.correction_answer,
        name="correction_answer",
    ),
    path("reclamos/", claims.claims, name="claims"),
    path("reclamos/<int:pk>/", claims.claim, name="claim"),
    path("reclamos/<int:pk>/codigo/", claims.claim_code, name="claim_code"),
    path("reclamos/<int:pk>/retirar/", claims.claim_withdraw, name="claim_withdraw"),
    path("reclamos/<int:pk>/resolver/", claims.claim_decide, name="claim_decide"),
    path("reclamos/<int:pk>/documento/", claims.claim_document, name="claim_document"),
    path("confirmaciones/", freshness.campaign_list, name="campaigns"),
    path("confirmaciones/<int:pk>/", freshness.campaign, name="campaign"),
    path("confirmar/<str:token>/", freshness.confirmation, name="confirmation"),
]
