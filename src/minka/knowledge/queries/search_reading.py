"""What a search reads, in statements written by hand: to compose them anew each time takes longer.

No person anywhere here: there are documents of what everybody may know of.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from minka.knowledge.queries.full_text import Part, matching, sizes
from minka.knowledge.states import ActorState

COUNTED = "SELECT root, SUM(change) FROM knowledge_searchword WHERE {} GROUP BY root"
MEANT = (
    "SELECT said.theme_id, said.phrase FROM knowledge_searchphrase AS said WHERE said.theme_id IN "
    "(SELECT theme_id FROM knowledge_searchphrase WHERE phrase IN ({})) ORDER BY said.id"
)
FIRST = (
    "SELECT held.actor_id FROM ({}) AS met JOIN {} ON held.actor_id = met.actor_id "
    "ORDER BY held.size, held.actor_id LIMIT %s"
)
HELD = (
    "SELECT held.actor_id, held.titles, held.surfaces, held.names, held.offers, held.words, "
    "held.places FROM knowledge_searchdocument AS held JOIN knowledge_actor AS actor "
    "ON actor.id = held.actor_id WHERE actor.state = %s AND held.actor_id IN ({})"
)


class Held(NamedTuple):
    """A document as it is kept."""

    actor: int
    titles: str
    surfaces: str
    names: str
    offers: str
    words: str
    places: str


def counts_of(roots: Iterable[str]) -> dict[str, int]:
    """Return in how many documents each of these roots is, but for those that none has."""
    asked = sorted(set(roots))
    return _counted(f"root IN ({_marks(asked)})", asked) if asked else {}


def counts_between(ranges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the same of roots that begin so; `ranges` say of which column, and how."""
    each = " OR ".join(f"({column} >= %s AND {column} < %s)" for column, _beginning in ranges)
    ends = [end for _column, beginning in ranges for end in (beginning, f"{beginning}~")]
    return _counted(each, ends) if ranges else {}


def phrases_by_theme(phrases: Sequence[str]) -> dict[int, list[str]]:
    """Return all phrases of the themes that one of these phrases means."""
    found: dict[int, list[str]] = defaultdict(list)
    if phrases:
        for theme, phrase in _rows(MEANT.format(_marks(phrases)), phrases):
            found[theme].append(phrase)
    return found


def first_of(part: Part, *, among: int, limit: int) -> list[int]:
    """Return documents that have it; of many (the oldest `among`) those with short names."""
    inner = matching(part, at_most=among)
    statement = FIRST.format(inner.sql, sizes())
    return [row[0] for row in _rows(statement, [*inner.params, limit])]


def all_of(part: Part) -> list[int]:
    """Return all documents that have it."""
    inner = matching(part)
    return [row[0] for row in _rows(inner.sql, inner.params)]


def held_of(keys: Iterable[int]) -> list[Held]:
    """Return the documents of these actors that live."""
    asked = sorted(keys)
    if not asked:
        return []
    rows = _rows(HELD.format(_marks(asked)), [ActorState.LIVE.value, *asked])
    return [Held(*row) for row in rows]


def _counted(condition: str, values: Sequence[str]) -> dict[str, int]:
    rows = _rows(COUNTED.format(condition), values)
    return {root: int(count) for root, count in rows if count > 0}


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
