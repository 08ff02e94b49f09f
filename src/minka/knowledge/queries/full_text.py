"""One question to the full text of either database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

from django.db import connection
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

Part = Union["Token", "All", "Any_"]
POSTGRESQL = (
    "SELECT actor_id FROM knowledge_searchdocument WHERE tokens @@ CAST(%s AS tsquery) "
    "ORDER BY actor_id"
)
SQLITE = (
    "SELECT rowid AS actor_id FROM knowledge_searchfts WHERE knowledge_searchfts MATCH %s "
    "ORDER BY rowid"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token, or whatever begins so. Tokens are small ASCII letters and digits."""

    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """All of these."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 -- `Any` is taken
    """At least one of these."""

    parts: tuple[Part, ...]


def matching(part: Part, *, at_most: int = 0) -> RawSQL:
    """Return the ids of the documents that have it, as a subquery; of many the oldest `at_most`.

    No person: there are documents of what everybody may know of.
    """
    if connection.vendor == "postgresql":
        statement = (
            "SELECT actor_id FROM knowledge_searchdocument WHERE tokens @@ CAST(%s AS tsquery)"
        )
        if at_most:
            statement += f" ORDER BY actor_id LIMIT {at_most:d}"
        return RawSQL(statement, [_asked(part)], IntegerField())  # noqa: S611 -- a constant and a parameter
    statement = (
        "SELECT rowid AS actor_id FROM knowledge_searchfts WHERE knowledge_searchfts MATCH %s"
    )
    if at_most:
        statement += f" ORDER BY rowid LIMIT {at_most:d}"
    return RawSQL(statement, [_asked(part)], IntegerField())  # noqa: S611 -- as above


def nearest(*, parts: Sequence[tuple[Part, int]], at_most: int, each: int) -> list[int]:
    """Return the documents that have most of the parts by their weights; equal ones short first.

    No person: there are documents of what everybody may know of.

    Args:
        parts: what they may have, and its weight.
        at_most: so many are returned.
        each: of a part, the oldest `each` documents count.
    """
    if not parts:
        return []
    several = " UNION ALL ".join(
        f"SELECT found.actor_id, {weight:d} AS weight FROM ({_some(each)}) AS found"  # noqa: S608 -- numbers
        for _part, weight in parts
    )
    statement = (
        f"SELECT met.actor_id FROM ({several}) AS met "  # noqa: S608 -- of our own words and numbers
        f"JOIN {sizes()} ON held.actor_id = met.actor_id "
        "GROUP BY met.actor_id, held.size "
        f"ORDER BY SUM(met.weight) DESC, held.size, met.actor_id LIMIT {at_most:d}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_asked(part) for part, _weight in parts])
        return [row[0] for row in cursor.fetchall()]


def sizes() -> str:
    """Return the documents as `held`, read from the index that has their sizes and no texts."""
    document = "knowledge_searchdocument AS held"
    if connection.vendor == "postgresql":
        return document
    return f"{document} INDEXED BY searchdocument_by_size"


def _some(each: int) -> str:
    return f"{POSTGRESQL if connection.vendor == 'postgresql' else SQLITE} LIMIT {each:d}"


def _asked(part: Part) -> str:
    if connection.vendor == "postgresql":
        return _written(part, " & ", " | ", ":*")
    return _written(part, " AND ", " OR ", "*")


def _written(part: Part, both: str, either: str, onwards: str) -> str:
    if isinstance(part, Token):
        return part.text + (onwards if part.begins else "")
    pieces = list(dict.fromkeys(_written(one, both, either, onwards) for one in part.parts))
    if len(pieces) == 1:
        return pieces[0]
    return f"({(both if isinstance(part, All) else either).join(pieces)})"
