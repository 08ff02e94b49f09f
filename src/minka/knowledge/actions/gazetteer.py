"""Keep the gazetteer: the places of a country, found by every spelling's key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from minka.knowledge.models import Place
from minka.knowledge.states import PlaceLevel

BATCH = 500


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """One place; `parent_code` is the code of the place it lies in, empty at the top."""

    country: str
    level: str
    code: str
    other_code: str
    name: str
    key: str
    parent_code: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class StateFact:
    """One first-level region outside Peru, with its code in GeoNames."""

    country: str
    code: str
    name: str
    key: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class CityFact:
    """One city outside Peru, with its number in GeoNames and its region where that has a name."""

    geoname_id: int
    country: str
    name: str
    key: str
    latitude: float
    longitude: float
    state: StateFact | None = None


@transaction.atomic
def keep_abroad(*, facts: Iterable[CityFact | StateFact]) -> list[Place]:
    """Keep the cities and regions that are not known yet; return all that were asked for.

    No person: places are facts, and only those that an organisation is in are kept.
    """
    asked = list(facts)
    cities = [one for one in asked if isinstance(one, CityFact)]
    states = [one for one in asked if isinstance(one, StateFact)]
    kept = _keep_states([*states, *(one.state for one in cities if one.state)])
    above = {(one.country, one.geoname_code): one for one in kept}
    of_cities = _keep_cities(cities, above)
    return [*of_cities, *(above[one.country, one.code] for one in dict.fromkeys(states))]


def _keep_states(facts: Iterable[StateFact]) -> list[Place]:
    wanted = {(fact.country, fact.code): fact for fact in facts}
    if not wanted:
        return []
    Place.objects.bulk_create(
        [
            Place(
                country=fact.country,
                level=PlaceLevel.STATE,
                name=fact.name,
                name_key=fact.key,
                geoname_code=fact.code,
                latitude=fact.latitude,
                longitude=fact.longitude,
            )
            for fact in wanted.values()
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    found = Place.objects.filter(level=PlaceLevel.STATE).order_by("pk")
    return [one for one in found if (one.country, one.geoname_code) in wanted]


def _keep_cities(facts: Iterable[CityFact], above: Mapping[tuple[str, str], Place]) -> list[Place]:
    wanted = {fact.geoname_id: fact for fact in facts}
    if not wanted:
        return []
    Place.objects.bulk_create(
        [
            Place(
                country=fact.country,
                level=PlaceLevel.CITY,
                name=fact.name,
                name_key=fact.key,
                geoname_id=fact.geoname_id,
                parent=above.get((fact.country, fact.state.code)) if fact.state else None,
                latitude=fact.latitude,
                longitude=fact.longitude,
            )
            for fact in wanted.values()
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    found = Place.objects.filter(geoname_id__in=wanted).select_related("parent")
    return list(found.order_by("pk"))


@transaction.atomic
def load_places(*, facts: Iterable[PlaceFact]) -> int:
    """Keep the places, parents before parts, and return how many are new; known ones stay.

    No person: places are facts of the installation.
    """
    known = dict(Place.objects.exclude(inei_code="").values_list("inei_code", "pk"))
    waiting = [fact for fact in facts if fact.code not in known]
    for level in dict.fromkeys(fact.level for fact in waiting):
        places = Place.objects.bulk_create(
            [_place(fact, known) for fact in waiting if fact.level == level], batch_size=BATCH
        )
        known |= {place.inei_code: place.pk for place in places}
    return len(waiting)


def _place(fact: PlaceFact, known: dict[str, int]) -> Place:
    return Place(
        country=fact.country,
        level=fact.level,
        name=fact.name,
        name_key=fact.key,
        parent_id=known.get(fact.parent_code),
        inei_code=fact.code,
        reniec_code=fact.other_code,
        latitude=fact.latitude,
        longitude=fact.longitude,
    )
