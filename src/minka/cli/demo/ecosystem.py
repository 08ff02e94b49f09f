"""Who is in the demonstration cluster: facts from `content/`, and invented suppliers.

Public institutions, universities and places are facts and carry no tax id here; every company is
invented, with a tax id from a range that is hardly assigned, a `.example` address and a 555
telephone.
"""

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from minka.cli.demo.names import company_names

_RUC_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_FIRST_RUC = 2_099_200_000  # companies and solvers of the story use lower numbers


@dataclass(frozen=True)
class Place:
    region: str
    province: str
    district: str
    ubigeo: str
    phone_prefix: str
    latitude: float
    longitude: float


@dataclass
class Actor:
    name: str
    type: str
    place: Place
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


@cache
def load_content(name: str) -> Any:
    """Return the parsed `content/<name>.json`."""
    path = files("minka.cli.demo") / "content" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def ruc_with_check_digit(body: int) -> str:
    """Return the eleven-digit tax id whose first ten digits are `body` (SUNAT, modulo 11)."""
    digits = f"{body:010d}"
    rest = 11 - sum(int(d) * w for d, w in zip(digits, _RUC_WEIGHTS, strict=True)) % 11
    return f"{digits}{rest % 10}"


class Atlas:
    """Regions, provinces and districts, and a weighted way to choose one."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.places: list[Place] = []
        self.weights: list[float] = []
        for region in data["regions"]:
            found = [(p["name"], d) for p in region["provinces"] for d in p["districts"]]
            total = sum(district["weight"] for _, district in found)
            for province, district in found:
                self.weights.append(region["weight"] * district["weight"] / total)
                self.places.append(_place(region, province, district))
        # Names repeat across regions; the first, heavier one is meant where only a name is given.
        self.by_name = {place.district: place for place in reversed(self.places)}

    def choose(self, rng: random.Random) -> Place:
        return rng.choices(self.places, self.weights)[0]

    def at(self, *, region: str, district: str) -> Place:
        found = (p for p in self.places if (p.region, p.district) == (region, district))
        return next(found)

    def capitals(self) -> Iterator[Place]:
        """Yield the first district of every province, which is where its municipality sits."""
        seen: set[tuple[str, str]] = set()
        for place in self.places:
            if (place.region, place.province) not in seen:
                seen.add((place.region, place.province))
                yield place


def _place(region: dict[str, Any], province: str, district: dict[str, Any]) -> Place:
    return Place(
        region["name"],
        province,
        district["name"],
        district["ubigeo"],
        region["phone_prefix"],
        district["latitude"],
        district["longitude"],
    )


def companies(atlas: Atlas) -> Iterator[Actor]:
    for row in load_content("companies"):
        site = row["site"]
        place = atlas.at(region=site["region"], district=site["district"])
        yield Actor(
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


def solvers(atlas: Atlas) -> Iterator[Actor]:
    trades = {trade["key"]: trade for trade in load_content("trades")}
    for row in load_content("solvers"):
        trade = trades[row["trade"]]
        place = atlas.at(region=row["region"], district=row["district"])
        yield Actor(
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


def institutions(atlas: Atlas) -> Iterator[Actor]:
    data = load_content("institutions")
    yield from _regional_offices(atlas, data["regional_offices"])
    yield from _municipalities(atlas)
    for group in [*data["facts"], *data["fiction"]]:
        for name, acronym, district, *website in group["entries"]:
            yield Actor(
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
        yield Actor(
            f"Comunidad Campesina de {name}",
            communities["type"],
            atlas.by_name[district],
            communities["activity"],
            communities["activity"],
            communities["themes"],
        )


def _regional_offices(atlas: Atlas, offices: list[dict[str, str]]) -> Iterator[Actor]:
    seats: dict[str, Place] = {}
    for place in atlas.places:
        seats.setdefault(place.region, place)
    for office in offices:
        for region, seat in seats.items():
            activity = office["activity"].format(region=region)
            yield Actor(
                office["pattern"].format(region=region),
                office["type"],
                seat,
                activity,
                activity,
                office["themes"],
                acronym=office["acronym"].format(region=region),
            )


def _municipalities(atlas: Atlas) -> Iterator[Actor]:
    capitals = list(atlas.capitals())
    # Every third district is enough: the demonstration is about companies.
    some_districts = [p for p in atlas.places if p not in capitals and int(p.ubigeo) % 3 == 0]
    for place in [*capitals, *some_districts]:
        provincial = place in capitals
        kind, area = ("Provincial", place.province) if provincial else ("Distrital", place.district)
        yield Actor(
            f"Municipalidad {kind} de {area}" + ("" if provincial else f" – {place.province}"),
            "gobierno local",
            place,
            "Gobierno local",
            f"Gobierno local de {area}: licencias, obras y desarrollo económico de su ámbito.",
            "social y territorio; canon minero",
        )


def suppliers(rng: random.Random, atlas: Atlas, taken: set[str], count: int) -> Iterator[Actor]:
    trades = load_content("trades")
    words = load_content("names")
    chosen = rng.choices(trades, [trade["weight"] for trade in trades], k=count)
    body = _FIRST_RUC
    for trade in chosen:
        place = atlas.choose(rng)
        name = next(n for n in company_names(rng, words, trade, place) if key(n) not in taken)
        taken.add(key(name))
        body += rng.randint(3, 260)
        domain = f"{key(name)[:60]}.example"
        yield Actor(
            name,
            rng.choices(list(trade["types"]), list(trade["types"].values()))[0],
            place,
            trade["label"],
            _sentence(rng, trade, words["codas"], place),
            trade["themes"],
            ruc=ruc_with_check_digit(body) if rng.random() > 0.04 else "",
            address=f"{rng.choice(words['streets'])} {rng.randint(1, 98) * 7 + 101}",
            phone=f"({place.phone_prefix}) 555-{rng.randint(0, 999):03d}",
            email=f"{rng.choice(('ventas', 'contacto', 'informes', 'gerencia'))}@{domain}",
            website=f"www.{domain}" if rng.random() < 0.6 else "",
        )


def _sentence(rng: random.Random, trade: dict[str, Any], codas: list[str], place: Place) -> str:
    """Say in one sentence what a company does; half of them add where, since when or with whom."""
    first, second, third = rng.sample(trade["items"], 3)
    frame = rng.choice(trade["frames"])
    coda = rng.choice(codas)
    told = any(hole in frame for hole in ("{dis}", "{pro}", "{reg}", "{n}", "{k}", ";"))
    if not told or ("{" not in coda and ";" not in frame):
        frame = frame.removesuffix(".") + coda + "."
    text: str = frame.format(
        a=first,
        b=second,
        c=third,
        dis=place.district,
        pro=place.province,
        reg=place.region,
        n=rng.randint(6, 85),
        k=rng.randint(3, 14),
        q=rng.randint(5, 48),
        r=rng.randint(3, 40) * 25,
        y=rng.randint(6, 34),
        h=rng.choice((6, 12, 24, 48)),
        since=rng.randint(1988, 2023),
    )
    return text


def plain_text(text: str) -> str:
    """Return `text` without accents; ñ becomes n, as old systems write it."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))


def key(name: str) -> str:
    """Return what two spellings of one name share: letters and digits without legal form."""
    bare = re.sub(r" (S\.A\.C\.|S\.A\.A\.|S\.A\.|E\.I\.R\.L\.|S\.\w+\.\w*\.?\w*\.?)$", "", name)
    return re.sub(r"[^a-z0-9]", "", plain_text(bare).casefold())
