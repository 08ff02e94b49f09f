"""Addresses of the portal."""

from django.urls import path

from minka.portal.web import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("mi-trabajo/", views.work, name="work"),
    path("buscar/", views.search, name="search"),
    path("buscar/sugerencias/", views.suggest, name="suggest"),
]
