"""One question to the full text of either database."""

from dataclasses import dataclass
from typing import Union

from django.db import connection
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

Part = Union["Token", "All", "Any_"]


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
        return RawSQL(statement, [_written(part, " & ", " | ", ":*")], IntegerField())  # noqa: S611 -- a constant and a parameter
    statement = "SELECT rowid FROM knowledge_searchfts WHERE knowledge_searchfts MATCH %s"
    if at_most:
        statement += f" ORDER BY rowid LIMIT {at_most:d}"
    return RawSQL(statement, [_written(part, " AND ", " OR ", "*")], IntegerField())  # noqa: S611 -- as above


def _written(part: Part, both: str, either: str, onwards: str) -> str:
    if isinstance(part, Token):
        return part.text + (onwards if part.begins else "")
    pieces = list(dict.fromkeys(_written(one, both, either, onwards) for one in part.parts))
    if len(pieces) == 1:
        return pieces[0]
    return f"({(both if isinstance(part, All) else either).join(pieces)})"
