"""Layers of the map: ports and a railway where they roughly are, and two corridors."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from minka.cli.demo.steps.world import World
from minka.knowledge.sources.map_files import upload_layer

SOURCE = "Demostración: posiciones aproximadas"
PORTS = {
    "Matarani": (-72.11, -17.0),
    "Ilo": (-71.34, -17.65),
    "San Juan de Marcona": (-75.16, -15.36),
}
RAILWAY = [(-72.11, -17.0), (-71.54, -16.4), (-70.13, -15.49), (-71.98, -13.52)]
CORRIDORS = {
    "Corredor sur": [(-72.11, -17.0), (-71.54, -16.4), (-71.4, -14.8), (-72.3, -14.1)],
    "Corredor costero": [(-73.7, -16.2), (-72.11, -17.0), (-71.34, -17.65), (-70.25, -18.01)],
}


def add_layers(world: World) -> None:
    """Add them as the team does: from files."""
    points = [_feature(name, "Point", at) for name, at in PORTS.items()]
    lines = [_feature(name, "LineString", at) for name, at in CORRIDORS.items()]
    for name_es, name_en, category, features in (
        ("Puertos", "Ports", "port", points),
        ("Ferrocarril del sur", "Southern railway", "rail",
         [_feature("Ferrocarril del sur", "LineString", RAILWAY)]),
        ("Corredores", "Corridors", "corridor", lines),
    ):  # fmt: skip
        content = json.dumps({"type": "FeatureCollection", "features": features})
        upload_layer(
            by=world.staff,
            upload=SimpleUploadedFile(f"{category}.geojson", content.encode()),
            told={"name_es": name_es, "name_en": name_en, "category": category, "source": SOURCE},
        )


def _feature(name: str, kind: str, coordinates: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
