"""Addresses of the intake of problems."""

from django.urls import URLPattern, path

from minka.innovation.web import (
    intake,
    merging,
    problem_form,
    problem_thread,
    problems,
    triage,
    workshops,
)

ONE = "problemas/<int:pk>/"
LINK = "plantear/<str:token>/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("problemas/", problems.problems, name="problems"),
    path("problemas/exportar.csv", problem_thread.problems_export, name="problems_export"),
    path("problemas/nuevo/", problems.problem_new, name="problem_new"),
    path(ONE, problems.problem, name="problem"),
    path(f"{ONE}editar/", problem_form.problem_edit, name="problem_edit"),
    path(f"{ONE}editar/<int:number>/", problem_form.problem_edit, name="problem_step"),
    path(f"{ONE}guardar/", problem_form.problem_autosave, name="problem_autosave"),
    path(f"{ONE}guardar/<int:number>/", problem_form.problem_autosave, name="problem_autosave"),
    path(f"{ONE}archivos/", problem_form.problem_attach, name="problem_attach"),
    path(f"{ONE}archivos/<uuid:uid>/", problem_form.problem_file, name="problem_file"),
    path(f"{ONE}enviar/", problems.problem_submit, name="problem_submit"),
    path(f"{ONE}comentar/", problem_thread.problem_comment, name="problem_comment"),
    path(f"{ONE}versiones/", problem_thread.problem_versions, name="problem_versions"),
    path(f"{ONE}quien-lee/", problem_thread.problem_readers, name="problem_readers"),
    path(f"{ONE}responder/", triage.triage, name="triage"),
    path(f"{ONE}asumir/", intake.problem_take_over, name="problem_take_over"),
    path("problemas/invitaciones/", intake.invitations, name="intake_invitations"),
    path("problemas/invitaciones/<int:pk>/cerrar/", intake.invitation_revoke, name="intake_revoke"),
    path("problemas/comunes/", merging.merging, name="merging"),
    path("problemas/comunes/proponer/", merging.merging_propose, name="merging_propose"),
    path("problemas/comunes/<int:pk>/retirar/", merging.merging_withdraw, name="merging_withdraw"),
    path(f"{ONE}unir/", merging.merging_answer, name="merging_answer"),
    path("problemas/taller/", workshops.workshops, name="workshops"),
    path("problemas/taller/<int:pk>/", workshops.workshop, name="workshop"),
    path("problemas/taller/<int:pk>/<int:card_pk>/", workshops.workshop_card, name="workshop_card"),
    path("problemas/hoja/", workshops.sheet_new, name="problem_sheet_new"),
    path("problemas/hoja/<int:pk>/", workshops.sheet, name="problem_sheet"),
    path("plantear/<str:token>/", intake.guest, name="intake"),
    path(f"{LINK}editar/", intake.guest_edit, name="intake_edit"),
    path(f"{LINK}editar/<int:number>/", intake.guest_edit, name="intake_step"),
    path(f"{LINK}guardar/", intake.guest_autosave, name="intake_autosave"),
    path(f"{LINK}guardar/<int:number>/", intake.guest_autosave, name="intake_autosave"),
    path(f"{LINK}entregar/", intake.guest_hand_over, name="intake_hand_over"),
]
