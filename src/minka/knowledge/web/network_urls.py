"""Addresses of the network: the picture, its measures, ties and sheets of ties."""

from django.urls import path

from minka.knowledge.web import network, network_metrics, tie_imports, ties

network_urlpatterns = [
    path("red/", network.network_page, name="network"),
    path("red/datos/", network.network_data, name="network_data"),
    path("red/metricas/", network_metrics.metrics_page, name="network_metrics"),
    path("red/metricas/calcular/", network_metrics.measure, name="network_measure"),
    path("red/comunidades/<int:number>/", network_metrics.community_edit, name="community"),
    path("red/importar/", tie_imports.tie_imports, name="tie_imports"),
    path("red/importar/<int:pk>/", tie_imports.tie_import, name="tie_import"),
    path("red/importar/<int:pk>/columnas/", tie_imports.tie_import_map, name="tie_import_map"),
    path("red/importar/<int:pk>/tomar/", tie_imports.tie_import_take, name="tie_import_take"),
    path("red/importar/<int:pk>/deshacer/", tie_imports.tie_import_undo, name="tie_import_undo"),
    path("red/importar/<int:pk>/buscar/", tie_imports.tie_import_again, name="tie_import_again"),
    path("red/importar/filas/<int:pk>/", tie_imports.tie_row_choose, name="tie_row"),
    path("red/vinculos/<int:pk>/", ties.tie_edit, name="tie"),
    path("red/vinculos/<int:pk>/retirar/", ties.tie_withdraw, name="tie_withdraw"),
    path("actores/<slug:public_id>/vinculos/", ties.actor_ties, name="actor_ties"),
]
