"""Addresses of panels, letters, appeals and scenarios."""

from django.urls import URLPattern, path, re_path

from minka.innovation.web import appeals, letters, minutes, panel_voting, panels, scenarios

ONE = "paneles/<int:pk>/"
ITEM = f"{ONE}temas/<int:item_pk>/"
LETTER = "cartas/<uuid:public_id>/"
APPEAL = "apelaciones/<uuid:public_id>/"
PANEL: list[URLPattern] = [
    path("paneles/", panels.panels, name="panels"),
    path("paneles/nuevo/", panels.panel_new, name="panel_new"),
    path(ONE, panels.panel, name="panel"),
    path(f"{ONE}editar/", panels.panel_edit, name="panel_edit"),
    path(f"{ONE}agenda/", panels.panel_fill, name="panel_fill"),
    path(f"{ONE}puestos/", panels.panel_seat, name="panel_seat"),
    path(f"{ONE}puestos/<int:seat_pk>/quitar/", panels.panel_unseat, name="panel_unseat"),
    path(
        f"{ONE}puestos/<int:seat_pk>/asistencia/",
        panel_voting.attendance,
        name="panel_attendance",
    ),
    path(f"{ITEM}interes/", panel_voting.interest, name="panel_interest"),
    path(f"{ITEM}mocion/", panel_voting.motion, name="panel_motion"),
    path(f"{ITEM}postergar/", panel_voting.postpone, name="panel_postpone"),
    path(f"{ITEM}resolver/", panel_voting.resolve, name="panel_resolve"),
    path(f"{ONE}mociones/<int:motion_pk>/votar/", panel_voting.vote, name="panel_vote"),
    path(f"{ONE}mociones/<int:motion_pk>/cerrar/", panel_voting.count, name="panel_count"),
    path(f"{ONE}acta/", minutes.minutes, name="minutes"),
    path(f"{ONE}acta/corregir/", minutes.minutes_correct, name="minutes_correct"),
    path(f"{ONE}acta/aprobar/", minutes.minutes_approve, name="minutes_approve"),
    path(f"{ONE}acta/acta.pdf", minutes.minutes_print, name="minutes_pdf"),
    re_path(
        r"^paneles/(?P<pk>\d+)/(?P<act>convocar|cancelar|abrir|cerrar)/$",
        panels.panel_act,
        name="panel_act",
    ),
    path(LETTER, letters.letter, name="letter"),
    path(f"{LETTER}carta.pdf", letters.letter_pdf, name="letter_pdf"),
    path(f"{LETTER}preguntar/", letters.appeal_ask, name="appeal_ask"),
    path("apelaciones/", appeals.appeals, name="appeals"),
    path(APPEAL, appeals.appeal_handle, name="appeal_handle"),
    path(f"{APPEAL}tomar/", appeals.appeal_take, name="appeal_take"),
    path(f"{APPEAL}responder/", appeals.appeal_answer, name="appeal_answer"),
    path(f"{APPEAL}reabrir/", appeals.appeal_reopen, name="appeal_reopen"),
    path(
        "propuestas/<uuid:public_id>/decision/otra-vez/",
        appeals.decision_again,
        name="decision_again",
    ),
    path("desafios/<slug:slug>/resultados/plazo/", letters.appeal_days, name="appeal_days"),
    path("desafios/<slug:slug>/resultados/escenarios/", scenarios.scenarios, name="scenarios"),
    path(
        "desafios/<slug:slug>/resultados/escenarios/guardar/",
        scenarios.scenario_keep,
        name="scenario_keep",
    ),
    path("escenarios/<int:pk>/", scenarios.scenario, name="scenario"),
]
