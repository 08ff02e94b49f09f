"""Addresses of who could answer a challenge."""

from django.urls import path

from minka.innovation.web import solvers

SOLVERS = [
    path("desafios/<slug:slug>/quien-puede/", solvers.solvers, name="solvers"),
    path("desafios/<slug:slug>/quien-puede/otro/", solvers.solver_outsider, name="solver_outsider"),
    path("invitaciones/<str:token>/", solvers.solver_invitation, name="solver_invitation"),
]
