"""Keep the gazetteer: the places of a country, found by every spelling's key."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from minka.knowledge.models import Place

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
