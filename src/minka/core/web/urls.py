"""Addresses of the core."""

from django.urls import path

from minka.core.web import components, personal, preferences, views

app_name = "core"
urlpatterns = [
    path("apariencia/", preferences.set_theme, name="set_theme"),
    path("componentes/", components.components, name="components"),
    path("avisos/", views.notices, name="notices"),
    path("avisos/leidos/", views.notices_read, name="notices_read"),
    path("avisos/<int:pk>/", views.notice_open, name="notice_open"),
    path("mi-perfil/", views.profile, name="profile"),
    path("personas/", views.people, name="people"),
    path("personas/<int:pk>/rol/", views.role_change, name="role_change"),
    path("privacidad/", personal.privacy, name="privacy"),
    path("mis-datos/", personal.my_data, name="my_data"),
    path("mis-datos/descargar/", personal.my_data_download, name="my_data_download"),
    path("personas/borrado/", personal.erasures, name="erasures"),
    path("personas/borrado/<int:pk>/", personal.erasure_answer, name="erasure_answer"),
    path("libro-de-registro/", views.ledger, name="ledger"),
]
