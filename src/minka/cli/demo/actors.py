"""The organisations of the demonstration cluster, as five offices would hand them in."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from minka.cli.demo.ecosystem import (
    Actor,
    Atlas,
    companies,
    institutions,
    key,
    load_content,
    plain_text,
    solvers,
    suppliers,
)

ACTOR_COUNT = 3200
LOCATED_SHARE = 0.10
_SEED = 20260218
_SOURCES = ("chamber", "vendors", "register", "directory", "fair")


@dataclass(frozen=True)
class DemoSheet:
    """One sheet as it was handed in: texts only, every row as long as `headers`."""

    source_name_es: str
    source_name_en: str
    filename: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def demo_sheets() -> list[DemoSheet]:
    """Return five sheets which, joined by tax id, hold exactly `ACTOR_COUNT` actors."""
    rng = random.Random(_SEED)  # noqa: S311 -- repeatable fiction, not a secret
    atlas = Atlas(load_content("places"))
    actors = [*companies(atlas), *solvers(atlas), *institutions(atlas)]
    taken = {key(actor.name) for actor in actors}
    actors += suppliers(rng, atlas, taken, ACTOR_COUNT - len(actors))
    _place_in_sources(rng, actors)
    _locate(rng, actors)
    return [_sheet(rng, source, actors) for source in _SOURCES]


_SOURCE_OF_TYPE = {
    "entidad del Estado": "register",
    "gobierno regional": "register",
    "gobierno local": "register",
    "empresa minera": "register",
    "comunidad campesina": "register",
    "universidad": "directory",
    "centro de I+D": "directory",
    "centro de excelencia": "directory",
    "incubadora y aceleradora": "directory",
}


def _place_in_sources(rng: random.Random, actors: list[Actor]) -> None:
    """Say which sheets name each actor; only those with a tax id may stand in several."""
    for actor in actors:
        if actor.phone:
            weights = (34, 30, 16, 6, 14) if actor.ruc else (50, 0, 0, 20, 30)
            actor.sources = rng.choices(_SOURCES, weights)
        elif not actor.sources:
            actor.sources = [_SOURCE_OF_TYPE.get(actor.type, "chamber")]
        if actor.ruc and actor.type != "empresa minera" and rng.random() < 0.24:
            others = [source for source in _SOURCES if source not in actor.sources]
            actor.sources += rng.sample(others, 2 if rng.random() < 0.15 else 1)


def _locate(rng: random.Random, actors: list[Actor]) -> None:
    """Give coordinates to a tenth of the actors, all of them in sheets that have the columns."""
    named = sum(bool(actor.latitude) for actor in actors)
    able = [
        actor
        for actor in actors
        if not actor.latitude and {"register", "directory", "fair"} & set(actor.sources)
    ]
    for actor in rng.sample(able, round(ACTOR_COUNT * LOCATED_SHARE) - named):
        actor.latitude = f"{actor.place.latitude + rng.uniform(-0.009, 0.009):.5f}"
        actor.longitude = f"{actor.place.longitude + rng.uniform(-0.009, 0.009):.5f}"


_CELLS: dict[str, Callable[[Actor, int], str]] = {
    "number": lambda _, line: str(line),
    "vendor": lambda _, line: f"3000{line * 7 + 1104:06d}",
    "stand": lambda _, line: f"{'ABCDEFGH'[line % 8]}-{line // 8 + 1:02d}",
    "approved": lambda _, line: "En proceso" if line % 9 == 0 else "Homologado",
    "region": lambda actor, _: actor.place.region,
    "province": lambda actor, _: actor.place.province,
    "district": lambda actor, _: actor.place.district,
    "ubigeo": lambda actor, _: actor.place.ubigeo,
}
_PLACE = ("region", "province", "district")


@dataclass(frozen=True)
class _Layout:
    """What one office calls its sheet and its columns: (header, our field)."""

    name_es: str
    name_en: str
    filename: str
    columns: tuple[tuple[str, str], ...]


def _named(headers: str, fields: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(headers.split("|"), fields, strict=True))


_LAYOUTS = {
    "chamber": _Layout(
        "Padrón de asociados y proveedores de la cámara",
        "Chamber's list of members and suppliers",
        "camara_padron_proveedores.csv",
        _named(
            "N°|RUC|Razón social|Siglas|Tipo de actor|Rubro|Actividad principal|Temas|Región|"
            "Provincia|Distrito|Dirección|Teléfono|Correo electrónico|Página web",
            (
                "number",
                "ruc",
                "name",
                "acronym",
                "type",
                "activity",
                "description",
                "themes",
                *_PLACE,
                "address",
                "phone",
                "email",
                "website",
            ),
        ),
    ),
    "vendors": _Layout(
        "Maestro de proveedores de Minera Cerro Illari",
        "Vendor master of Minera Cerro Illari",
        "cerro_illari_maestro_proveedores.csv",
        _named(
            "Cód. proveedor|RUC|Nombre del proveedor|Categoría|Grupo de artículos|"
            "Texto descriptivo|Departamento|Provincia|Distrito|Teléfono|E-mail contacto|Estado",
            (
                "vendor",
                "ruc",
                "name",
                "type",
                "activity",
                "description",
                *_PLACE,
                "phone",
                "email",
                "approved",
            ),
        ),
    ),
    "register": _Layout(
        "Registro regional de entidades y empresas",
        "Regional register of entities and companies",
        "registro_regional_entidades.csv",
        _named(
            "ruc|razon_social|siglas|tipo_actor|actividad|descripcion|temas|ubigeo|departamento|"
            "provincia|distrito|direccion|pagina_web|latitud|longitud",
            (
                "ruc",
                "name",
                "acronym",
                "type",
                "activity",
                "description",
                "themes",
                "ubigeo",
                *_PLACE,
                "address",
                "website",
                "latitude",
                "longitude",
            ),
        ),
    ),
    "directory": _Layout(
        "Directorio universitario de vinculación con la industria",
        "University directory of links with industry",
        "directorio_universidad_industria.csv",
        _named(
            "Organización|Siglas|RUC|Tipo de organización|Líneas de trabajo|Descripción|Región|"
            "Provincia|Distrito|Sitio web|Correo|Latitud|Longitud",
            (
                "name",
                "acronym",
                "ruc",
                "type",
                "themes",
                "description",
                *_PLACE,
                "website",
                "email",
                "latitude",
                "longitude",
            ),
        ),
    ),
    "fair": _Layout(
        "Expositores de la rueda de negocios del sur",
        "Exhibitors of the southern business round",
        "rueda_de_negocios_expositores.csv",
        _named(
            "Empresa|RUC|Stand|Tipo|Rubro|Qué ofrece|Temas|Región|Provincia|Distrito|Teléfono|"
            "Correo|Web|Latitud|Longitud",
            (
                "name",
                "ruc",
                "stand",
                "type",
                "activity",
                "description",
                "themes",
                *_PLACE,
                "phone",
                "email",
                "website",
                "latitude",
                "longitude",
            ),
        ),
    ),
}


def _sheet(rng: random.Random, source: str, actors: list[Actor]) -> DemoSheet:
    """Write the sheet of one office, in an order of its own."""
    layout = _LAYOUTS[source]
    members = [actor for actor in actors if source in actor.sources]
    rng.shuffle(members)
    rows = tuple(
        tuple(_cell(actor, column, line, source) for _, column in layout.columns)
        for line, actor in enumerate(members, start=1)
    )
    headers = tuple(header for header, _ in layout.columns)
    return DemoSheet(layout.name_es, layout.name_en, layout.filename, headers, rows)


def _cell(actor: Actor, column: str, line: int, source: str) -> str:
    if column == "name" and source != actor.sources[0]:
        return _respelt(actor.name, source)
    computed = _CELLS.get(column)
    return computed(actor, line) if computed else str(getattr(actor, column))


def _respelt(name: str, source: str) -> str:
    """Write a name as a second office does: the tax id says that it is the same company."""
    if source == "vendors":
        return plain_text(name).upper()
    return name.replace(".", "") if source in {"register", "fair"} else name
