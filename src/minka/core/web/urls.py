"""Addresses of the core."""

from django.urls import path

from minka.core.web import components, preferences, views

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
    path("libro-de-registro/", views.ledger, name="ledger"),
]
