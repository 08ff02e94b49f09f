"""Addresses of eligibility: of the team's list, and of one proposal."""

from django.urls import path

from minka.innovation.web import eligibility

ONE = "propuestas/<uuid:public_id>/elegibilidad/"

ELIGIBILITY = [
    path("desafios/<slug:slug>/elegibilidad/", eligibility.eligibility, name="eligibility"),
    path(ONE, eligibility.proposal_eligibility, name="proposal_eligibility"),
    path(f"{ONE}archivos/<uuid:uid>/", eligibility.correction_download, name="correction_file"),
]
