"""The organisations of the demonstration cluster, as five offices would hand them in.

Pure and deterministic. Public institutions, universities and places are facts and carry no tax
id here; every company is invented, with a tax id from a range that is hardly assigned, a
`.example` address and a 555 telephone. Words and facts live in `content/`, the way they are
combined lives here.
"""

import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from minka.cli.demo.names import company_names

ACTOR_COUNT = 3200
LOCATED_SHARE = 0.10
_SEED = 20260218
_RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_FIRST_RUC = 2_099_200_000  # companies and solvers of the story use lower numbers
_DESCRIBED_SOURCES = ("chamber", "vendors", "register", "directory", "fair")


@dataclass(frozen=True)
class DemoSheet:
    """One sheet as it was handed in: texts only, every row as long as `headers`."""

    source_name_es: str
    source_name_en: str
    filename: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Place:
    region: str
    province: str
    district: str
    ubigeo: str
    phone_prefix: str
    latitude: float
    longitude: float


@dataclass
class _Actor:
    name: str
    type: str
    place: _Place
    activity: str
    description: str
    themes: str
    acronym: str = ""
    ruc: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    latitude: str = ""
    longitude: str = ""
    sources: list[str] = field(default_factory=list)


def load_content(name: str) -> Any:
    """Return the parsed `content/<name>.json`."""
    path = files("minka.cli.demo") / "content" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def ruc_with_check_digit(body: int) -> str:
    """Return the eleven-digit tax id whose first ten digits are `body` (SUNAT, modulo 11)."""
    digits = f"{body:010d}"
    rest = 11 - sum(int(d) * w for d, w in zip(digits, _RUC_WEIGHTS, strict=True)) % 11
    return f"{digits}{rest % 10}"


def demo_sheets() -> list[DemoSheet]:
    """Return five sheets which, joined by tax id, hold exactly `ACTOR_COUNT` actors."""
    rng = random.Random(_SEED)  # noqa: S311 -- repeatable fiction, not a secret
    atlas = _Atlas(load_content("places"))
    actors = [*_companies(atlas), *_solvers(atlas), *_institutions(atlas)]
    taken = {_key(actor.name) for actor in actors}
    actors += _suppliers(rng, atlas, taken, ACTOR_COUNT - len(actors))
    _place_in_sources(rng, actors)
    _locate(rng, actors)
    return [_sheet(rng, source, actors) for source in _DESCRIBED_SOURCES]


class _Atlas:
    """Regions, provinces and districts, and a weighted way to choose one."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.places: list[_Place] = []
        self.weights: list[float] = []
        for region in data["regions"]:
            found = [(p["name"], d) for p in region["provinces"] for d in p["districts"]]
            total = sum(district["weight"] for _, district in found)
            for province, district in found:
                self.weights.append(region["weight"] * district["weight"] / total)
                self.places.append(_place(region, province, district))
        # Names repeat across regions; the first, heavier one is meant where only a name is given.
        self.by_name = {place.district: place for place in reversed(self.places)}

    def choose(self, rng: random.Random) -> _Place:
        return rng.choices(self.places, self.weights)[0]

    def at(self, *, region: str, district: str) -> _Place:
        found = (p for p in self.places if (p.region, p.district) == (region, district))
        return next(found)

    def capitals(self) -> Iterator[_Place]:
        """Yield the first district of every province, which is where its municipality sits."""
        seen: set[tuple[str, str]] = set()
        for place in self.places:
            if (place.region, place.province) not in seen:
                seen.add((place.region, place.province))
                yield place


def _place(region: dict[str, Any], province: str, district: dict[str, Any]) -> _Place:
    return _Place(
        region["name"],
        province,
        district["name"],
        district["ubigeo"],
        region["phone_prefix"],
        district["latitude"],
        district["longitude"],
    )


def _companies(atlas: _Atlas) -> Iterator[_Actor]:
    for row in load_content("companies"):
        site = row["site"]
        place = atlas.at(region=site["region"], district=site["district"])
        yield _Actor(
            row["name"],
            "empresa minera",
            place,
            "Minería de mediana y gran escala",
            row["summary_es"],
            row["commodity"],
            acronym=row["short_name"],
            ruc=row["ruc"],
            website=row["website"],
            latitude=str(site["latitude"]),
            longitude=str(site["longitude"]),
            sources=["register"],
        )


def _solvers(atlas: _Atlas) -> Iterator[_Actor]:
    trades = {trade["key"]: trade for trade in load_content("trades")}
    for row in load_content("solvers"):
        trade = trades[row["trade"]]
        place = atlas.at(region=row["region"], district=row["district"])
        yield _Actor(
            row["name"],
            row["type"],
            place,
            trade["label"],
            row["description"],
            trade["themes"],
            ruc=row["ruc"],
            email=row["email"],
            website=row["website"],
            latitude=f"{place.latitude:.5f}",
            longitude=f"{place.longitude:.5f}",
            sources=["fair"] if row["ruc"] else ["directory"],
        )


def _institutions(atlas: _Atlas) -> Iterator[_Actor]:
    data = load_content("institutions")
    yield from _regional_offices(atlas, data["regional_offices"])
    yield from _municipalities(atlas)
    for group in [*data["facts"], *data["fiction"]]:
        for name, acronym, district, *website in group["entries"]:
            yield _Actor(
                name,
                group["type"],
                atlas.by_name[district],
                group["activity"],
                group["activity"],
                group["themes"],
                acronym=acronym,
                website="".join(website),
            )
    communities = data["communities"]
    for index, name in enumerate(communities["names"]):
        district = communities["districts"][index % len(communities["districts"])]
        yield _Actor(
            f"Comunidad Campesina de {name}",
            communities["type"],
            atlas.by_name[district],
            communities["activity"],
            communities["activity"],
            communities["themes"],
        )


def _regional_offices(atlas: _Atlas, offices: list[dict[str, str]]) -> Iterator[_Actor]:
    seats: dict[str, _Place] = {}
    for place in atlas.places:
        seats.setdefault(place.region, place)
    for office in offices:
        for region, seat in seats.items():
            activity = office["activity"].format(region=region)
            yield _Actor(
                office["pattern"].format(region=region),
                office["type"],
                seat,
                activity,
                activity,
                office["themes"],
                acronym=office["acronym"].format(region=region),
            )


def _municipalities(atlas: _Atlas) -> Iterator[_Actor]:
    capitals = list(atlas.capitals())
    # District municipalities only where mining is near: the short list ends at the quota.
    near_mines = [p for p in atlas.places if p not in capitals and int(p.ubigeo) % 3 == 0]
    for place in [*capitals, *near_mines]:
        provincial = place in capitals
        kind, area = ("Provincial", place.province) if provincial else ("Distrital", place.district)
        yield _Actor(
            f"Municipalidad {kind} de {area}" + ("" if provincial else f" – {place.province}"),
            "gobierno local",
            place,
            "Gobierno local",
            f"Gobierno local de {area}: licencias, obras y desarrollo económico de su ámbito.",
            "social y territorio; canon minero",
        )


def _suppliers(
    rng: random.Random, atlas: _Atlas, taken: set[str], count: int
) -> Iterator[_Actor]:
    trades = load_content("trades")
    words = load_content("names")
    chosen = rng.choices(trades, [trade["weight"] for trade in trades], k=count)
    body = _FIRST_RUC
    for trade in chosen:
        place = atlas.choose(rng)
        name = next(n for n in company_names(rng, words, trade, place) if _key(n) not in taken)
        taken.add(_key(name))
        body += rng.randint(3, 260)
        domain = f"{_slug(name)}.example"
        yield _Actor(
            name,
            rng.choices(list(trade["types"]), list(trade["types"].values()))[0],
            place,
            trade["label"],
            _sentence(rng, trade, place),
            trade["themes"],
            ruc=ruc_with_check_digit(body) if rng.random() > 0.04 else "",
            address=f"{rng.choice(words['streets'])} {rng.randint(1, 98) * 7 + 101}",
            phone=f"({place.phone_prefix}) 555-{rng.randint(0, 999):03d}",
            email=f"{rng.choice(('ventas', 'contacto', 'informes', 'gerencia'))}@{domain}",
            website=f"www.{domain}" if rng.random() < 0.6 else "",
        )


def _sentence(rng: random.Random, trade: dict[str, Any], place: _Place) -> str:
    first, second, third = rng.sample(trade["items"], 3)
    text: str = rng.choice(trade["frames"]).format(
        a=first,
        b=second,
        c=third,
        dis=place.district,
        pro=place.province,
        reg=place.region,
        n=rng.randint(6, 85),
        q=rng.randint(3, 48),
        y=rng.randint(6, 34),
    )
    return text


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


def _place_in_sources(rng: random.Random, actors: list[_Actor]) -> None:
    """Say which sheets name each actor; only those with a tax id may stand in several."""
    for actor in actors:
        if actor.phone:
            weights = (34, 30, 16, 6, 14) if actor.ruc else (50, 0, 0, 20, 30)
            actor.sources = rng.choices(_DESCRIBED_SOURCES, weights)
        elif not actor.sources:
            actor.sources = [_SOURCE_OF_TYPE.get(actor.type, "chamber")]
        if actor.ruc and rng.random() < 0.24:
            others = [source for source in _DESCRIBED_SOURCES if source not in actor.sources]
            actor.sources += rng.sample(others, 2 if rng.random() < 0.15 else 1)


def _locate(rng: random.Random, actors: list[_Actor]) -> None:
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


type_cell = Callable[[_Actor, int], str]
