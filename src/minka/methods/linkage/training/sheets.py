"""Sheets of several kinds drawn from one universe, with the truth beside them."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from minka.methods.linkage.training.dirt import Dirt
from minka.methods.linkage.training.families import populated
from minka.methods.linkage.training.lexicon import ACTIVITIES
from minka.methods.linkage.training.universe import HOME, Entity, Given, Place, Universe


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet.

    Args:
        columns: header to what it shows.
        share: of all rows.
        ruc: share of rows that show their tax number; `fill` the same of the other cells.
        cut: where the column of names ends, or 0.
        formal: kept by an office: few slips, full names.
        twice: share of rows that stand there twice.
    """

    name: str
    columns: dict[str, str]
    style: str
    share: float
    ruc: float = 0.0
    cut: int = 0
    formal: bool = False
    trade: bool = True
    fill: float = 0.65
    twice: float = 0.02


KINDS = (
    Kind(
        "camara",
        {
            "N°": "number", "Empresa asociada": "name", "Nombre comercial": "trade",
            "Rubro": "activity", "Dirección": "street", "Ubicación": "place",
            "Teléfonos": "phones", "Página web": "site", "RUC": "ruc",
        },
        "title", 0.17, ruc=0.45,
    ),
    Kind(
        "proveedores",
        {
            "COD": "number", "NOMBRE 1": "name", "NIF": "ruc", "POBLACION": "town",
            "TELEF_1": "phone", "CORREO": "email", "GRUPO_ART": "activity",
        },
        "upper", 0.23, ruc=0.85, cut=35, trade=False, twice=0.06,
    ),
    Kind(
        "feria",
        {
            "Stand": "number", "Expositor": "name", "Website": "site", "E-mail": "email",
            "Ciudad": "place", "Productos": "activity",
        },
        "mixed", 0.15,
    ),
    Kind(
        "padron",
        {
            "RUC": "ruc", "RAZON_SOCIAL": "name", "NOMBRE_COMERCIAL": "trade",
            "RAZON_SOCIAL_ANTERIOR": "former", "DEPARTAMENTO": "region",
            "PROVINCIA": "province", "DISTRITO": "district", "DIRECCION": "street",
        },
        "upper", 0.2, ruc=0.95, formal=True, trade=False, fill=0.85,
    ),
    Kind(
        "universidad",
        {
            "Institución": "name", "Sigla": "acronym", "Tipo": "activity",
            "Ciudad/Región": "place", "Correo electrónico": "email",
        },
        "mixed", 0.1,
    ),
    Kind(
        "encuesta",
        {
            "Región": "region", "Nombre de la empresa o institución": "name", "RUC": "ruc",
            "Celular": "phone", "Correo": "email", "Página web": "site",
            "¿A qué se dedica?": "activity",
        },
        "mixed", 0.13, ruc=0.4, fill=0.8,
    ),
    Kind(
        "concesiones", {"CODIGO": "number", "TITULAR": "name", "DEPA": "region"},
        "upper", 0.02, formal=True, trade=False, fill=0.9,
    ),
)  # fmt: skip
_CARELESS = (-1.0, 2.3)  # doublings of `Kind.twice`
_INTERNATIONAL = 0.3  # of sheets
_COUNTRY_TOLD = 0.96  # else the country is that of whoever made the sheet
_PLACES = ("{2} - {1} - {0}", "{1}, {0}", "{1}", "{0}", "{2}, {0}")
_SITES = (
    "{}", "www.{}", "https://{}", "http://www.{}/", "https://www.{}/index.html", "{}/es/",
)  # fmt: skip
_EXTRAS = ("", "", " Of. 301", " Urb. La Perla", " Dpto. 204")
_AVENUES = ("Av.", "AV", "Avda.")
_DOORS = ("", "Nro. ", "N° ", "#")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet, whose row it is, and what was done to it."""

    sheet: str
    line: int
    cells: dict[str, str]
    entity: Entity
    ops: tuple[str, ...]


def generate(rows: int, seed: int, given: Given) -> Iterator[Row]:
    """Yield about that many rows of sheets of every kind; the same for the same seed."""
    rng = random.Random(seed)
    universe = populated(round(rows / rng.uniform(2.4, 3.2)), seed, given)
    return _Collection(universe, rng).rows(rows)


class _Collection:
    """What each sheet shows differs from collection to collection."""

    def __init__(self, universe: Universe, rng: random.Random) -> None:
        self.universe = universe
        self.rng = rng
        self.dirt = Dirt(rng)
        self.fill = {kind.name: kind.fill * rng.uniform(0.7, 1.15) for kind in KINDS}
        self.numbered = {kind.name: min(1.0, kind.ruc * rng.uniform(0.8, 1.1)) for kind in KINDS}
        # How often a list names somebody twice, and whether it has a column of countries, is what
        # differs most: what a source and a country tell is learnt from that.
        self.twice = {kind.name: kind.twice * 2 ** rng.uniform(*_CARELESS) for kind in KINDS}
        self.international = {kind.name for kind in KINDS if rng.random() < _INTERNATIONAL}
        self.crowding = rng.uniform(0.4, 0.9)
        self.asks_activity = rng.random() < 0.5
        self.cells = _Cells(rng, self.dirt)

    def rows(self, count: int) -> Iterator[Row]:
        for kind in KINDS:
            line = 0
            for entity in self._drawn(kind, max(1, round(count * kind.share))):
                for _ in range(2 if self.rng.random() < self.twice[kind.name] else 1):
                    line += 1
                    yield self._row(kind, line, entity)

    def _drawn(self, kind: Kind, size: int) -> list[Entity]:
        """Choose without replacement, by popularity.

        Source: exponential races, Efraimidis & Spirakis (2006).
        """
        rng, entities = self.rng, self.universe.entities
        if kind.name == "concesiones":
            holders = [entity for entity in entities if entity.legal == "smrl"] or entities
            return [rng.choice(holders) for _ in range(size)]
        races = [rng.expovariate(1.0) / one.popularity**self.crowding for one in entities]
        ordered = sorted(range(len(entities)), key=races.__getitem__)
        return [entities[index] for index in ordered[:size]]

    def _row(self, kind: Kind, line: int, entity: Entity) -> Row:
        name, ops = self.dirt.name(entity, kind.style, with_trade=kind.trade, formal=kind.formal)
        if kind.cut and len(name) > kind.cut:
            name = name[: kind.cut]
            ops.append("truncated")
        cells = dict.fromkeys(kind.columns, "")
        for header, what in kind.columns.items():
            if what == "name":
                cells[header] = name
            elif what == "number":
                cells[header] = str(line)
            elif what == "ruc":
                shown = self.rng.random() < self.numbered[kind.name]
                cells[header], op = self.dirt.ruc(entity) if shown else ("", "ruc_missing")
                ops += [op] if op else []
            elif self._is_filled(kind, what):
                cells[header] = self.cells.show(what, entity)
        if kind.name in self.international and not kind.formal:
            told = entity.country if self.rng.random() < _COUNTRY_TOLD else HOME
            cells["País"] = told if self._is_filled(kind, "country") else ""
        return Row(kind.name, line, cells, entity, tuple(ops))

    def _is_filled(self, kind: Kind, what: str) -> bool:
        asked = what == "activity" and self.asks_activity
        return self.rng.random() < self.fill[kind.name] or asked


class _Cells:
    """Writes what an organisation has as a sheet would."""

    def __init__(self, rng: random.Random, dirt: Dirt) -> None:
        self.rng = rng
        self.dirt = dirt
        self._writers: dict[str, Callable[[Entity], str]] = {
            "activity": self._activity, "street": self._street, "phones": self._phones,
            "phone": self._phone, "email": self._email, "site": self._site,
            "trade": lambda entity: entity.trade, "former": lambda entity: entity.former,
            "acronym": lambda entity: entity.acronym,
        }  # fmt: skip

    def show(self, what: str, entity: Entity) -> str:
        if writer := self._writers.get(what):
            return writer(entity)
        return self._place(what, self._seat(entity))

    def _seat(self, entity: Entity) -> Place:
        if entity.branches and self.rng.random() < 0.25:
            return self.rng.choice(entity.branches)
        return entity.place

    def _place(self, what: str, place: Place) -> str:
        region, province, district = place
        if what == "place":
            return self.rng.choice(_PLACES).format(*place)
        if what == "town":
            return self.rng.choice((province, province, region, district)).upper()
        if what == "region":
            return region.upper() if self.rng.random() < 0.6 else region
        return (province if what == "province" else district).upper()

    def _activity(self, entity: Entity) -> str:
        return entity.activity if self.dirt.hit("activity") else self.rng.choice(ACTIVITIES)

    def _street(self, entity: Entity) -> str:
        extra = self.rng.choice(_EXTRAS)
        if entity.street.startswith("Mz."):
            return entity.street + extra
        street, _, number = entity.street.rpartition(" ")
        street = street.replace("Av.", self.rng.choice(_AVENUES))
        return f"{street} {self.rng.choice(_DOORS)}{number}{extra}"

    def _phones(self, entity: Entity) -> str:
        return " / ".join(self.dirt.phone(phone) for phone in entity.phones)

    def _phone(self, entity: Entity) -> str:
        return self.dirt.phone(self.rng.choice(entity.phones)) if entity.phones else ""

    def _email(self, entity: Entity) -> str:
        email = self.rng.choice(entity.emails)
        if not self.dirt.hit("email_slip"):
            return email
        user, _, host = email.partition("@")
        return f"{self.dirt.slip(user)}@{host}"

    def _site(self, entity: Entity) -> str:
        return self.rng.choice(_SITES).format(entity.site) if entity.site else ""
