"""Addresses of what people keep of the directory and take along."""

from django.urls import path

from minka.knowledge.web import comparison, exports, saved_searches, shortlists, ticks

finding_urlpatterns = [
    path("directorio/comparar/", comparison.compare, name="compare"),
    path("directorio/marcas/", ticks.ticks, name="ticks"),
    path("directorio/exportar/", exports.export, name="export"),
    path("directorio/archivos/", exports.exports, name="exports"),
    path("directorio/archivos/<uuid:public_id>/", exports.export_file, name="export_file"),
    path(
        "directorio/archivos/<uuid:public_id>/descargar/",
        exports.export_download,
        name="export_download",
    ),
    path("directorio/guardadas/", saved_searches.saved_searches, name="saved_searches"),
    path("directorio/guardadas/nueva/", saved_searches.saved_search_new, name="saved_search_new"),
    path("directorio/guardadas/<int:pk>/", saved_searches.saved_search, name="saved_search"),
    path(
        "directorio/guardadas/<int:pk>/editar/",
        saved_searches.saved_search_edit,
        name="saved_search_edit",
    ),
    path(
        "directorio/guardadas/<int:pk>/enlace/",
        saved_searches.saved_search_link,
        name="saved_search_link",
    ),
    path(
        "directorio/guardadas/<int:pk>/borrar/",
        saved_searches.saved_search_delete,
        name="saved_search_delete",
    ),
    path(
        "directorio/guardadas/ver/<str:token>/",
        saved_searches.saved_search_shared,
        name="saved_search_shared",
    ),
    path(
        "directorio/guardadas/silencio/<str:token>/",
        saved_searches.search_silence,
        name="search_silence",
    ),
    path("directorio/listas/", shortlists.shortlists, name="shortlists"),
    path("directorio/listas/nueva/", shortlists.shortlist_new, name="shortlist_new"),
    path("directorio/listas/agregar/", shortlists.shortlist_add, name="shortlist_add"),
    path("directorio/listas/<uuid:public_id>/", shortlists.shortlist, name="shortlist"),
    path(
        "directorio/listas/<uuid:public_id>/editar/",
        shortlists.shortlist_edit,
        name="shortlist_edit",
    ),
    path(
        "directorio/listas/<uuid:public_id>/enlace/",
        shortlists.shortlist_link,
        name="shortlist_link",
    ),
    path(
        "directorio/listas/<uuid:public_id>/borrar/",
        shortlists.shortlist_delete,
        name="shortlist_delete",
    ),
    path(
        "directorio/listas/<uuid:public_id>/<int:pk>/",
        shortlists.shortlist_entry,
        name="shortlist_entry",
    ),
    path(
        "directorio/listas/ver/<str:token>/", shortlists.shortlist_shared, name="shortlist_shared"
    ),
]
