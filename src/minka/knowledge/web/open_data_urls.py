"""Addresses of open data. They do not change: programs of others read them."""

from django.urls import path

from minka.knowledge.web import open_data

IN_ENGLISH = {"language": "en"}

open_data_urlpatterns = [
    path("datos/", open_data.open_data, name="open_data"),
    path("datos/catalogo.<slug:kind>", open_data.open_data_catalogue, name="open_data_catalogue"),
    path("datos/diccionario.csv", open_data.open_data_dictionary, name="open_data_dictionary"),
    path(
        "datos/en/diccionario.csv",
        open_data.open_data_dictionary,
        IN_ENGLISH,
        name="open_data_dictionary_en",
    ),
    path("datos/<slug:name>.<slug:kind>", open_data.open_data_file, name="open_data_file"),
    path(
        "datos/en/<slug:name>.<slug:kind>",
        open_data.open_data_file,
        IN_ENGLISH,
        name="open_data_file_en",
    ),
]
