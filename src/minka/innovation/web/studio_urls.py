"""Addresses of the shortlist studio."""

from django.urls import path

from minka.innovation.web import comparisons, pilot_costs, studies, studio

ONE = "priorizacion/estudio/<int:pk>/"
urlpatterns = [
    path("priorizacion/estudio/", studio.studio, name="studio"),
    path("priorizacion/estudio/conservar/", studio.studio_keep, name="studio_keep"),
    path("priorizacion/estudio/pilotos/", pilot_costs.pilot_costs, name="pilot_costs"),
    path(ONE, studies.study, name="study"),
    path(f"{ONE}otro-conjunto/", studies.study_other, name="study_other"),
    path(f"{ONE}adoptar/", studies.study_adopt, name="study_adopt"),
    path(f"{ONE}verificar/", studies.study_verify, name="study_verify"),
    path(f"{ONE}repetir/", studies.study_retry, name="study_retry"),
    path(f"{ONE}expediente/", studies.pack_ask, name="pack_ask"),
    path("priorizacion/expedientes/<int:pk>/", studies.pack_download, name="pack_download"),
    path("priorizacion/criterios/comparar/", comparisons.criteria_compare, name="criteria_compare"),
    path("problemas/<int:pk>/piloto/", pilot_costs.pilot_cost, name="pilot_cost"),
]
