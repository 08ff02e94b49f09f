"""First-level regions outside Peru: their names, and which cities lie in them.

Named are those of the countries whose mining is closest to Peru's (data/world_regions.csv) and
the states of the United States. Elsewhere a city is known without its region.
"""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from minka.knowledge.sources.world import City, cities_of, find_city, states
from minka.methods.text import search_key

FILE = "world_regions.csv"
_PREFIX = re.compile(
    r"^(?:(?:la )?(?:region|provincia|departamento|estado|state|province)(?: autonoma)?"
    r"(?: de la| del| de los| de| of)? )(?=\w)|(?<=\w) (?:region|province|state|department)$"
)


@dataclass(frozen=True, slots=True)
class RegionAbroad:
    """One region; `code` is that of GeoNames, the place that of its largest city."""

    country: str
    code: str
    name: str
    latitude: float
    longitude: float

    @property
    def key(self) -> str:
        """Return what a cleaned row carries for it."""
        return f"{self.country}:{self.code}"


def region_abroad(country: str, text: str) -> RegionAbroad | None:
    """Return the region of `country` that a text names, as `Región de Atacama` or `NSW`."""
    key = search_key(text)
    named = _by_name(country)
    return named.get(key) or named.get(_PREFIX.sub("", key))


def region_of_city(city: City) -> RegionAbroad | None:
    """Return the region that a city lies in, where its name is known."""
    return _by_code(city.country).get(city.region)


def region_with_key(key: str) -> RegionAbroad | None:
    """Return the region that a cleaned row carries."""
    country, _colon, code = key.partition(":")
    return _by_code(country).get(code)


@lru_cache(maxsize=64)
def _by_code(country: str) -> dict[str, RegionAbroad]:
    return {one.code: one for one in _by_name(country).values()}


@lru_cache(maxsize=64)
def _by_name(country: str) -> dict[str, RegionAbroad]:
    largest: dict[str, City] = {}
    for city in cities_of(country):
        if city.region not in largest or city.population > largest[city.region].population:
            largest[city.region] = city
    found: dict[str, RegionAbroad] = {}
    for code, name, also in _listed(country):
        at = largest.get(code)
        if at is not None:
            region = RegionAbroad(country, code, name, at.latitude, at.longitude)
            for text in (name, *also):
                found.setdefault(search_key(text), region)
    return found


def _listed(country: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return code, name and other names of the regions of a country."""
    if country == "US":
        return [(code, name, (code,)) for code, name in states().items()]
    listed = []
    for row in _rows():
        if row["country"] == country and (capital := find_city(country, row["capital"])):
            also = tuple(filter(None, row["also"].split("|")))
            listed.append((capital.city.region, row["name"], also))
    return listed


@lru_cache(maxsize=1)
def _rows() -> tuple[dict[str, str], ...]:
    text = (files("minka.knowledge") / "data" / FILE).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
