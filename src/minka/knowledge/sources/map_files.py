"""GeoJSON files that furnish the map: boundaries of the gazetteer's places, and layers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.errors import InvalidInput, TooLarge
from minka.core.files import store_upload
from minka.core.models import User
from minka.knowledge.actions.map_boundaries import (
    Naming,
    Shape,
    keep_boundaries,
    name_boundaries,
)
from minka.knowledge.actions.map_layers import add_layer
from minka.knowledge.models import BoundarySet, MapLayer
from minka.knowledge.queries.boundaries import boundary_texts, known_places
from minka.knowledge.sources.gazetteer import normalise_place_name
from minka.knowledge.states import BOUNDARY_LEVELS, PlaceLevel
from minka.methods.geography import geojson
from minka.methods.geography.matching import Told, match_places
from minka.methods.text import search_key

VERTICES_OF_A_SET = 120_000
VERTICES_OF_A_LAYER = 60_000
CODE_WIDTH = {PlaceLevel.DEPARTMENT: 2, PlaceLevel.PROVINCE: 4, PlaceLevel.DISTRICT: 6}
NAMES = ("name", "nombre", "nom", "nomb", "nombdep", "nombprov", "nombdist", "nombre es", "label")
NAME_OF_LEVEL = {
    PlaceLevel.DEPARTMENT: ("nombdep", "departamen", "departamento", "region"),
    PlaceLevel.PROVINCE: ("nombprov", "provincia"),
    PlaceLevel.DISTRICT: ("nombdist", "distrito"),
}
FAULTS: dict[str, str | Promise] = {
    "not_json": gettext_lazy("This is not a GeoJSON file that can be read (JSON in UTF-8)."),
    "not_collection": gettext_lazy(
        "A GeoJSON file holds a “FeatureCollection”; this one does not."
    ),
    "empty": gettext_lazy("There is nothing to draw in this file."),
    "too_many": gettext_lazy("There are more than %(detail)s shapes in this file."),
    "too_fine": gettext_lazy(
        "The shapes are finer than a map needs: more than %(detail)s points. Simplify them first."
    ),
    "not_wgs84": gettext_lazy(
        "The coordinates are not in WGS 84 (longitude and latitude) but in “%(detail)s”."
        " Save the file in EPSG:4326."
    ),
    "not_degrees": gettext_lazy(
        "Shape %(at)s lies at %(detail)s, which are no degrees of longitude and latitude."
        " Save the file in WGS 84 (EPSG:4326)."
    ),
    "not_feature": gettext_lazy("Entry %(at)s of the file is not a “Feature”."),
    "wrong_type": gettext_lazy("Shape %(at)s is of type “%(detail)s”, which cannot be used here."),
    "broken_shape": gettext_lazy("The coordinates of shape %(at)s are broken."),
    "open_ring": gettext_lazy("The outline of shape %(at)s is not closed."),
    "short_line": gettext_lazy("The line of shape %(at)s has fewer than two points."),
}


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a file beside the first of its values."""

    name: str
    samples: list[str]
    distinct: int


def upload_boundaries(  # noqa: PLR0913 -- what the form holds
    *,
    by: User,
    upload: UploadedFile[bytes],
    country: str,
    level: str,
    source: str,
    licence: str = "",
) -> BoundarySet:
    """Keep a file of boundaries as a draft, named by the properties that fit best.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        TooLarge: the file is larger than can be drawn.
        InvalidInput: it is no GeoJSON of areas in WGS 84; the sentence says what is wrong where.
    """
    require(by, "knowledge.map_furnish")
    if level not in BOUNDARY_LEVELS:
        raise InvalidInput(fields={"level": _("Choose a level.")})
    features = _read(upload, geojson.AREAS)
    geometries = geojson.lighter([one.geometry for one in features], most=VERTICES_OF_A_SET)
    shapes = [
        Shape(one.properties, geometry, *geojson.middle(geometry))
        for one, geometry in zip(features, geometries, strict=True)
    ]
    with transaction.atomic():
        kept = keep_boundaries(
            by=by,
            file=store_upload(by=by, upload=upload, kinds={"sheet"}),
            country=country,
            level=PlaceLevel(level),
            origin=(source.strip(), licence.strip()),
            shapes=shapes,
        )
        name, code = likely_properties(kept.level, [one.properties for one in features], kept)
        return match_boundaries(by=by, boundary_set=kept, name_property=name, code_property=code)


def match_boundaries(
    *, by: User, boundary_set: BoundarySet, name_property: str, code_property: str
) -> BoundarySet:
    """Name the boundaries of a draft by these properties, and find the places they are of.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: neither a name nor a code was chosen, or there is no such property.
        WrongState: the set is on the map, or was.
    """
    require(by, "knowledge.map_furnish")
    told = boundary_texts(viewer=by, boundary_set=boundary_set)
    known = {name for properties in told for name in properties}
    for field, chosen in (("name_property", name_property), ("code_property", code_property)):
        if chosen and chosen not in known:
            raise InvalidInput(fields={field: _("The file has no such property.")})
    if not name_property and not code_property:
        raise InvalidInput(fields={"name_property": _("Choose what the shapes are called by.")})
    scheme, matches = match_places(
        [_told(one, name_property, code_property) for one in told],
        known_places(country=boundary_set.country, level=boundary_set.level),
        width=CODE_WIDTH[PlaceLevel(boundary_set.level)],
    )
    return name_boundaries(
        by=by,
        boundary_set=boundary_set,
        name_property=name_property,
        codes=(code_property, scheme),
        namings=[
            Naming(one.get(name_property, "")[:200], one.get(code_property, "")[:20], match.place)
            for one, match in zip(told, matches, strict=True)
        ],
    )


def likely_properties(
    level: str, told: Sequence[Mapping[str, str]], boundary_set: BoundarySet
) -> tuple[str, str]:
    """Return the properties under whose values most places are found: of names and of codes."""
    known = known_places(country=boundary_set.country, level=level)
    width = CODE_WIDTH[PlaceLevel(level)]
    keys = {one.key for one in known}
    names = properties_of(told)
    by_name = {
        one.name: len({normalise_place_name(row.get(one.name, "")) for row in told} & keys)
        for one in names
    }
    name = max(by_name, key=lambda n: (by_name[n], _called(n, level)), default="")
    by_code = {}
    for one in names:
        rows = [_told(row, name, one.name) for row in told]
        codes = [row.code for row in rows if len(row.code) == width]
        if len(codes) > len(rows) / 2 and len(set(codes)) > 0.9 * len(codes):
            found = match_places(rows, known, width=width)[1]
            by_code[one.name] = sum(m.by == "code" and not m.doubtful for m in found)
    return name, max((n for n in by_code if by_code[n]), key=by_code.__getitem__, default="")


def upload_layer(
    *, by: User, upload: UploadedFile[bytes], told: Mapping[str, str], name_property: str = ""
) -> MapLayer:
    """Put the shapes of a file on the map as a layer, each with its name and nothing else.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        TooLarge: the file is larger than can be drawn.
        InvalidInput: it is no GeoJSON in WGS 84, or has no such property.
    """
    require(by, "knowledge.map_furnish")
    features = _read(upload, geojson.POINTS | geojson.LINES | geojson.AREAS)
    names = [one.name for one in properties_of([one.properties for one in features])]
    if name_property and name_property not in names:
        raise InvalidInput(
            fields={
                "name_property": _("The file has no such property; it has: %(names)s.")
                % {"names": ", ".join(names[:20])}
            }
        )
    called = name_property or max(names, key=lambda n: _called(n, ""), default="")
    called = called if name_property or _called(called, "") else ""
    geometries = geojson.lighter([one.geometry for one in features], most=VERTICES_OF_A_LAYER)
    content = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": one.properties.get(called, "")},
                "geometry": geometry,
            }
            for one, geometry in zip(features, geometries, strict=True)
        ],
    }
    with transaction.atomic():
        stored = store_upload(by=by, upload=upload, kinds={"sheet"})
        return add_layer(by=by, file=stored, content=content, told=told)


def properties_of(told: Iterable[Mapping[str, str]]) -> list[Property]:
    """Return the properties of a file in their order, each with its first values."""
    values: dict[str, dict[str, None]] = {}
    for properties in told:
        for name, value in properties.items():
            values.setdefault(name, {}).update({value: None} if value else {})
    return [Property(name, list(seen)[:3], len(seen)) for name, seen in values.items()]


def _called(name: str, level: str) -> int:
    """Say how much the title of a property sounds like that of a name."""
    key = search_key(name)
    of_level = NAME_OF_LEVEL[PlaceLevel(level)] if level else ()
    return 2 if key in of_level else int(key in NAMES or key.startswith(("nomb", "name")))


def _told(properties: Mapping[str, str], name: str, code: str) -> Told:
    around = frozenset(normalise_place_name(value) for value in properties.values() if value)
    return Told(normalise_place_name(properties.get(name, "")), properties.get(code, ""), around)


def _read(upload: UploadedFile[bytes], allowed: frozenset[str]) -> list[geojson.Feature]:
    size = upload.size or 0
    if size > geojson.MOST_BYTES:
        raise TooLarge(
            fields={
                "upload": _("The file is %(size)s MB; at most %(limit)s MB can be drawn.")
                % {"size": size // 1_000_000, "limit": geojson.MOST_BYTES // 1_000_000}
            }
        )
    upload.seek(0)
    data = cast("bytes", upload.read())
    upload.seek(0)
    try:
        return geojson.read_features(data, allowed=allowed)
    except geojson.BadGeoJson as fault:
        words = str(FAULTS[fault.code]) % {"at": fault.at, "detail": fault.detail}
        raise InvalidInput(fields={"upload": words}) from None
