"""What the lines of the directory say, in statements written by hand: every page reads them.

No person anywhere here but where numbers are told: the keys are those of a selection, which holds
only whom the viewer may know of.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from minka.knowledge.queries.numbers import NumberSight

ACTORS = (
    "SELECT one.id, one.public_id, one.name, one.kind, one.activity, one.country, "
    "one.latitude IS NOT NULL, region.name, place.name, one.claimed_at IS NOT NULL, "
    "one.verified_at IS NOT NULL FROM knowledge_actor AS one "
    "LEFT JOIN knowledge_place AS region ON region.id = one.region_id "
    "LEFT JOIN knowledge_place AS place ON place.id = one.place_id WHERE one.id IN ({})"
)
NUMBERS = (  # asked for its schemes, too, the database would go through all of a scheme
    "SELECT actor_id, scheme, value FROM knowledge_identifier WHERE actor_id IN ({})"
)


class LineFacts(NamedTuple):
    """One organisation, as a list tells it from its neighbours."""

    key: int
    public_id: str
    name: str
    kind: str
    activity: str
    country: str
    is_located: bool
    region: str | None
    place: str | None
    is_claimed: bool
    is_verified: bool


def line_facts(keys: Sequence[int]) -> list[LineFacts]:
    """Return these actors in this order. One SQL statement."""
    if not keys:
        return []
    by_key = {row[0]: LineFacts(*row) for row in _rows(ACTORS, keys)}
    return [by_key[key] for key in keys if key in by_key]


def numbers_told(
    *, viewer: Any, keys: Sequence[int], schemes: Sequence[str]
) -> dict[int, tuple[str, str]]:
    """Return of each actor a number of these schemes that the viewer may see.

    One SQL statement, and one more where numbers of natural persons are among them.
    """
    sight = NumberSight(viewer=viewer)
    told: dict[int, tuple[str, str]] = {}
    for owner, scheme, value in _rows(NUMBERS, keys) if keys else ():
        if scheme in schemes and sight.tell(owner, scheme, value).value:
            told.setdefault(owner, (scheme, value))
    return told


def _rows(statement: str, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(", ".join(["%s"] * len(keys))), list(keys))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
