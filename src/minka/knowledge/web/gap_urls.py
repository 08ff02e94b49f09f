"""Addresses of gaps, indicators and snapshots."""

from django.urls import path

from minka.knowledge.web import gaps, indicators, snapshots

gap_urlpatterns = [
    path("brechas/", gaps.gaps_page, name="gaps"),
    path("brechas/demanda/<slug:slug>/", gaps.gap_needs, name="gap_needs"),
    path("indicadores/", indicators.indicators_page, name="indicators"),
    path("indicadores/descargar/", indicators.indicators_download, name="indicators_download"),
    path("indicadores/tablas/", indicators.tables_page, name="indicator_tables"),
    path("indicadores/tablas/nueva/", indicators.table_new, name="indicator_table_new"),
    path("indicadores/tablas/<int:pk>/", indicators.table_page, name="indicator_table"),
    path("indicadores/tablas/<int:pk>/tomar/", indicators.table_take, name="indicator_table_take"),
    path(
        "indicadores/tablas/<int:pk>/retirar/", indicators.table_undo, name="indicator_table_undo"
    ),
    path("fotos/", snapshots.snapshots_page, name="snapshots"),
    path("fotos/nueva/", snapshots.snapshot_new, name="snapshot_new"),
    path("fotos/comparar/", snapshots.snapshots_compare, name="snapshots_compare"),
]
