"""Addresses of the report on the ecosystem."""

from django.urls import path

from minka.knowledge.web import reports

report_urlpatterns = [
    path("informes/ecosistema/", reports.reports, name="reports"),
    path("informes/ecosistema/<uuid:public_id>/", reports.report, name="report"),
    path(
        "informes/ecosistema/<uuid:public_id>/descargar/",
        reports.report_download,
        name="report_download",
    ),
    path(
        "informes/ecosistema/<uuid:public_id>/reintentar/",
        reports.report_retry,
        name="report_retry",
    ),
]
