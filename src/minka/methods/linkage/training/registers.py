"""Registers: offices told apart by their place alone, institutions of several countries.

Each register names everybody once, or nearly so. What misleads is what its rows have in common:
the type of office, its initials, the agency above it, namesakes abroad.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from minka.methods.linkage.training.dirt import Dirt
from minka.methods.linkage.training.lexicon import ABROAD, PROPER, SECTORS, SURNAMES
from minka.methods.linkage.training.naming import initials, slug
from minka.methods.linkage.training.sheets import Row
from minka.methods.linkage.training.universe import Entity, Given, Traits, Universe

_HOME = "PE"
# {0} region, {1} province, {2} district
_OFFICES = (
    (9, "Municipalidad Distrital de {2}"), (3, "Municipalidad Provincial de {1}"),
    (3, "Unidad de Gestión Educativa Local {1}"), (2, "Red de Salud {1}"),
    (1, "Dirección Regional de Salud {0}"), (1, "Dirección Regional de Educación {0}"),
    (1, "Dirección Regional de Agricultura {0}"), (1, "Gobierno Regional de {0}"),
    (1, "Gobierno Regional de {0} - Dirección Regional de Transportes"),
    (2, "Gobierno Regional de {0} - Salud {1}"), (1, "Hospital de Apoyo {1}"),
    (1, "Hospital Regional de {0}"), (1, "Corte Superior de Justicia de {0}"),
    (1, "Sociedad de Beneficencia de {1}"), (1, "Instituto Vial Provincial de {1}"),
    (1, "Instituto Superior Tecnológico {1}"), (1, "Comunidad Campesina {2}"),
)  # fmt: skip
_SCHOOLS = (
    "Universidad Nacional de {}", "Universidad Católica de {}", "Universidad Autónoma de {}",
    "Universidad Tecnológica de {}", "Universidad de {}", "Universidad {proper}",
    "Hospital {proper}", "Hospital Universitario de {}", "Instituto Tecnológico de {}",
    "Instituto {proper}", "Centro de Investigación en {sector}", "Fundación {proper}",
    "Academia Nacional de {sector}", "Ministerio de {sector}", "Instituto Nacional de {sector}",
    "Servicio Nacional de {sector}", "Escuela Superior de {sector}",
)  # fmt: skip
_ENGLISH = (
    ("Universidad Nacional de", "National University of"), ("Universidad de", "University of"),
    ("Universidad Católica de", "Catholic University of"), ("Ministerio de", "Ministry of"),
    ("Universidad Tecnológica de", "Technological University of"),
    ("Instituto Nacional de", "National Institute of"), ("Hospital", "Hospital"),
    ("Fundación", "Foundation"),
)  # fmt: skip
_TWICE = 0.002  # even an office writes somebody down twice
_NAMESAKES = 0.5  # of places that are called as one of another region
_SHORT_ENDS = {"GB": "ac.uk", "ES": "es"}


@dataclass(frozen=True, slots=True)
class _Register:
    """Whom a register names (`share` of them), and what a row of it shows."""

    name: str
    share: float
    style: str
    shows: Callable[["_Writer", Entity, int], dict[str, str]]
    names: Callable[[Entity], bool]
    twice: float = _TWICE


class _Writer:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.dirt = Dirt(rng)
        self.filled = rng.uniform(0.6, 0.95)
        self.english = rng.uniform(0.1, 0.4)

    def called(self, entity: Entity, style: str) -> str:
        return self.dirt.name(entity, style, with_trade=False, formal=True)[0]

    def told(self, text: str) -> str:
        return text if self.rng.random() < self.filled else ""

    def listed(self, entity: Entity, line: int) -> dict[str, str]:
        """A name and its initials, and at times the province behind it."""
        name = self.called(entity, "upper")
        if entity.words.startswith("Municipalidad D") and self.rng.random() < 0.3:
            name += f" - {entity.place[1].upper()}"
        if self.rng.random() < 0.6:
            name += f" ({self._sigla(entity)})"
        return {"id_entidad": str(10_000 + line * 7), "nombre": name}

    def _sigla(self, entity: Entity) -> str:
        rng, whole = self.rng, entity.acronym or initials(entity.words)
        head = initials(entity.words.rsplit(" ", 1)[0])
        last = entity.words.rsplit(" ", 1)[-1]
        ways = (whole, whole, ".".join(whole), f"{head}-{whole[-1]}", f"{head} {last}")
        return rng.choice(ways)

    def budget(self, entity: Entity, _line: int) -> dict[str, str]:
        region, province, district = map(str.upper, entity.place)
        return {
            "ruc": entity.ruc, "entidad": self.called(entity, "upper"), "departamento": region,
            "provincia": province, "distrito": district,
        }  # fmt: skip

    def science(self, entity: Entity, line: int) -> dict[str, str]:
        name, label = entity.words, ""
        if english := _in_english(name):
            name, label = (english, name) if self.rng.random() < self.english else (name, english)
        return {
            "codigo": f"{line * 7919 % 99991:05d}x", "name": name, "country": entity.country,
            "city": entity.place[1], "otros nombres": self.told(label),
            "sigla": self.told(entity.acronym), "website": self.told(f"https://{entity.site}"),
        }  # fmt: skip

    def schools(self, entity: Entity, _line: int) -> dict[str, str]:
        return {
            "name": self.called(entity, "title"), "country": entity.country,
            "web": self.told(f"http://www.{entity.site}/"),
        }  # fmt: skip

    def suppliers(self, entity: Entity, _line: int) -> dict[str, str]:
        number = entity.ruc if entity.country == _HOME else ""
        return {"RUC": self.told(number), "Razón social": self.called(entity, "upper")}

    def members(self, entity: Entity, _line: int) -> dict[str, str]:
        return {
            "Institución": self.dirt.name(entity, "mixed", with_trade=True, formal=False)[0],
            "Correo": self.told(entity.emails[0]), "Página web": self.told(entity.site),
            "Ciudad": self.told(entity.place[1]),
        }  # fmt: skip


def _in_english(name: str) -> str:
    for spanish, english in _ENGLISH:
        if name.startswith(f"{spanish} "):
            rest = name.removeprefix(spanish).strip()
            return f"{rest} {english}" if " of" not in english else f"{english} {rest}"
    return ""


_REGISTERS = (
    _Register("entidades", 0.85, "upper", _Writer.listed, lambda one: one.family == "office"),
    _Register("presupuesto", 0.6, "upper", _Writer.budget, lambda one: one.family == "office"),
    _Register("ciencia", 0.8, "title", _Writer.science, lambda one: one.family == "school"),
    _Register("universidades", 0.5, "title", _Writer.schools, lambda one: one.family == "school"),
    _Register("adjudicados", 0.6, "upper", _Writer.suppliers, lambda one: one.family == "firm"),
    _Register("anteriores", 0.5, "upper", _Writer.suppliers, lambda one: one.family == "firm"),
    _Register("miembros", 0.2, "mixed", _Writer.members, lambda _one: True, twice=0.04),
)


def generate_registers(rows: int, seed: int, given: Given) -> Iterator[Row]:
    """Yield about that many rows of registers; the same for the same seed."""
    rng = random.Random(f"registers {seed}")
    universe = Universe(seed, given)
    size = round(rows / 1.35)
    _add_offices(universe, size)
    _add_schools(universe, round(size * 0.35))
    while len(universe.entities) < size:
        universe.add(universe.namer.company(), universe.legal(), Traits(family="firm"))
    writer = _Writer(rng)
    for register in _REGISTERS:
        line = 0
        for entity in filter(register.names, universe.entities):
            if rng.random() > register.share:
                continue
            for _ in range(2 if rng.random() < register.twice else 1):
                line += 1
                yield Row(register.name, line, register.shows(writer, entity, line), entity, ())


def _add_offices(universe: Universe, tries: int) -> None:
    """Add offices, one of a name; two districts may be called alike."""
    rng = universe.rng
    weights = [weight for weight, _pattern in _OFFICES]
    known: dict[str, set[str]] = defaultdict(set)
    for _ in range(tries):
        place = universe.place()
        words = rng.choices([pattern for _w, pattern in _OFFICES], weights)[0].format(*place)
        if place[0] not in known[words] and (not known[words] or rng.random() < _NAMESAKES):
            known[words].add(place[0])
            universe.add(words, "", Traits(place=place, state=True, family="office"))


def _add_schools(universe: Universe, size: int) -> None:
    rng = universe.rng
    known: set[tuple[str, str]] = set()
    taken: set[str] = set()
    countries = rng.sample(sorted(ABROAD), 5)
    until = len(universe.entities) + size
    while len(universe.entities) < until:
        words = rng.choice(_SCHOOLS)
        proper = rng.choice((f"{rng.choice(SURNAMES)} {rng.choice(SURNAMES)}", rng.choice(PROPER)))
        sector = rng.choice(SECTORS)
        for country in rng.sample([_HOME, *countries], rng.choice((1, 1, 2, 3))):
            city = universe.place()[1] if country == _HOME else rng.choice(ABROAD[country])
            named = words.format(city, proper=proper, sector=sector)
            if (named, country) in known:
                continue
            known.add((named, country))
            place = (city, city, city)
            short = initials(named)
            traits = Traits(place=place, state=True, family="school", acronym=short)
            entity = universe.add(named, "", traits)
            end = _SHORT_ENDS.get(country, f"edu.{country.lower()}")
            bases = [short.lower(), slug(named.split()[-1]), slug(named)]
            free = [base for base in bases if f"{base}.{end}" not in taken]
            entity.country, entity.domain = country, f"{rng.choice(free or bases)}.{end}"
            taken.add(entity.domain)
            entity.site, entity.emails = entity.domain, [f"info@{entity.domain}"]
