"""Small files of boundaries and layers, and a country to match them with."""

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from minka.methods.text import search_key
from tests.factories import PlaceFactory


def square(west, south, side=1.0, **properties):
    """Return a feature: a square with these properties."""
    ring = [
        [west, south], [west + side, south], [west + side, south + side], [west, south + side],
        [west, south],
    ]  # fmt: skip
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def thing(kind, coordinates, **properties):
    """Return a feature of any type."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(*features, **more):
    """Return the features as an uploaded file."""
    content = json.dumps({"type": "FeatureCollection", **more, "features": list(features)})
    return SimpleUploadedFile("formas.geojson", content.encode(), "application/geo+json")


def region(name, inei, reniec="", **more):
    """Return a region with its codes."""
    return PlaceFactory(
        name=name, name_key=search_key(name), inei_code=inei, reniec_code=reniec or inei, **more
    )
