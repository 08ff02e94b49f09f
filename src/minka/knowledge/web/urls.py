"""Addresses of the ecosystem map."""

from django.urls import path

from minka.knowledge.web import (
    actors,
    directory,
    identity,
    imports,
    memberships,
    review,
    sources,
)
from minka.knowledge.web.finding_urls import finding_urlpatterns
from minka.knowledge.web.gap_urls import gap_urlpatterns
from minka.knowledge.web.map_urls import map_urlpatterns
from minka.knowledge.web.network_urls import network_urlpatterns
from minka.knowledge.web.open_data_urls import open_data_urlpatterns
from minka.knowledge.web.profile_urls import profile_urlpatterns
from minka.knowledge.web.report_urls import report_urlpatterns
from minka.knowledge.web.survey_urls import survey_urlpatterns
from minka.knowledge.web.wave_urls import wave_urlpatterns

app_name = "knowledge"
urlpatterns = [
    path("directorio/", directory.directory_page, name="directory"),
    path("actores/<slug:public_id>/", actors.actor_page, name="actor"),
    path("actores/<slug:public_id>/editar/", actors.actor_edit, name="actor_edit"),
    path("actores/<slug:public_id>/miembros/", memberships.members, name="members"),
    path(
        "actores/<slug:public_id>/unirse/",
        memberships.membership_request,
        name="membership_request",
    ),
    path("actores/<slug:public_id>/unir/", identity.actor_merge, name="actor_merge"),
    path("actores/<slug:public_id>/separar/", identity.actor_split, name="actor_split"),
    path("resolucion/<int:pk>/deshacer/", identity.step_undo, name="step_undo"),
    path("directorio/fuentes/", sources.sources, name="sources"),
    path("revisar/", review.review, name="review"),
    path("revisar/<int:pk>/", review.review_answer, name="review_answer"),
    path("revisar/deshacer/", review.review_undo, name="review_undo"),
    path("revisar/aceptar/", review.review_accept, name="review_accept"),
    path("revisar/umbrales/", review.review_bands, name="review_bands"),
    path("revisar/cifras/", review.review_figures_page, name="review_figures"),
    path("importar/", imports.imports, name="imports"),
    path("importar/nuevo/", imports.import_new, name="import_new"),
    path("importar/<int:pk>/", imports.import_progress, name="import_progress"),
    path("importar/<int:pk>/columnas/", imports.import_mapping, name="import_mapping"),
    path("importar/<int:pk>/reintentar/", imports.import_retry, name="import_retry"),
    path("importar/<int:pk>/cancelar/", imports.import_cancel, name="import_cancel"),
    path("importar/<int:pk>/deshacer/", imports.import_undo, name="import_undo"),
    path("importar/<int:pk>/descartar/", imports.import_discard, name="import_discard"),
    path("mi-organizacion/", memberships.my_organisations, name="my_organisations"),
    path("mi-organizacion/nueva/", memberships.organisation_new, name="organisation_new"),
    path(
        "mi-organizacion/nueva/parecidas/",
        memberships.organisation_likeness,
        name="organisation_likeness",
    ),
    path(
        "mi-organizacion/solicitudes/<int:pk>/",
        memberships.membership_answer,
        name="membership_answer",
    ),
    path("mi-organizacion/<int:pk>/salir/", memberships.membership_end, name="membership_end"),
    *network_urlpatterns,
    *map_urlpatterns,
    *finding_urlpatterns,
    *gap_urlpatterns,
    *open_data_urlpatterns,
    *profile_urlpatterns,
    *report_urlpatterns,
    *survey_urlpatterns,
    *wave_urlpatterns,
]
