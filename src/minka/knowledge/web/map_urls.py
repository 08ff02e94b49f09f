"""Addresses of the map, what it fetches, and what the team furnishes it with."""

from django.urls import path

from minka.knowledge.web import chart, map_data, map_furniture

map_urlpatterns = [
    path("mapa/", chart.map_page, name="map"),
    path("mapa/lista/", chart.map_list, name="map_list"),
    path("mapa/incrustado/", chart.map_embedded, name="map_embedded"),
    path("mapa/imagen.png", chart.map_picture, name="map_picture"),
    path("mapa/puntos/", map_data.map_points, name="map_points"),
    path("mapa/actor/<int:pk>/", map_data.map_actor, name="map_actor"),
    path("mapa/hexagonos/", map_data.map_hexagons, name="map_hexagons"),
    path("mapa/conteos/<slug:level>/", map_data.map_areas, name="map_areas"),
    path("mapa/nombres/", map_data.map_names, name="map_names"),
    path("mapa/limites/", map_furniture.boundaries, name="boundaries"),
    path("mapa/limites/<int:pk>/", map_furniture.boundary_set, name="boundary_set"),
    path("mapa/limites/<int:pk>/formas/", map_data.map_boundaries, name="map_boundaries"),
    path(
        "mapa/limites/<int:pk>/publicar/", map_furniture.boundary_publish, name="boundary_publish"
    ),
    path(
        "mapa/limites/<int:pk>/descartar/", map_furniture.boundary_discard, name="boundary_discard"
    ),
    path("mapa/capas/", map_furniture.layers, name="layers"),
    path("mapa/capas/<int:pk>/", map_furniture.layer_edit, name="layer_edit"),
    path("mapa/capas/<int:pk>/formas/", map_data.map_layer, name="map_layer"),
    path("mapa/capas/<int:pk>/mostrar/", map_furniture.layer_switch, name="layer_switch"),
]
