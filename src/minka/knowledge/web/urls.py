"""Addresses of the ecosystem map."""

from django.urls import path

from minka.knowledge.web import actors, chart, directory, imports, memberships

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
    path("mapa/", chart.map_page, name="map"),
    path("mapa/puntos/", chart.map_points, name="map_points"),
    path("mapa/actor/<int:pk>/", chart.map_actor, name="map_actor"),
    path("importar/", imports.imports, name="imports"),
    path("importar/nuevo/", imports.import_new, name="import_new"),
    path("importar/<int:pk>/", imports.import_progress, name="import_progress"),
    path("importar/<int:pk>/columnas/", imports.import_mapping, name="import_mapping"),
    path("importar/<int:pk>/reintentar/", imports.import_retry, name="import_retry"),
    path("importar/<int:pk>/descartar/", imports.import_discard, name="import_discard"),
    path("mi-organizacion/", memberships.my_organisations, name="my_organisations"),
    path("mi-organizacion/nueva/", memberships.organisation_new, name="organisation_new"),
    path(
        "mi-organizacion/solicitudes/<int:pk>/",
        memberships.membership_answer,
        name="membership_answer",
    ),
    path("mi-organizacion/<int:pk>/salir/", memberships.membership_end, name="membership_end"),
]
