"""What the engine of resolution remembers of rows that it has seen."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connections, router
from django.db.models import Count, Q

from minka.knowledge.models import Actor, LinkageKey, LinkageSheet, LinkageWord
from minka.knowledge.queries.identity import lead_now
from minka.knowledge.states import ActorState

BATCH = 5000


def are_living(count: int) -> bool:
    """Tell whether there are so many actors, without counting more of them."""
    living = Actor.objects.filter(state=ActorState.LIVE).order_by("pk").values("pk")
    return count < 1 or living[count - 1 : count].exists()


def not_remembered() -> list[int]:
    """Return the living actors of whose rows nothing is remembered, or not all as it is now."""
    found = Actor.objects.filter(is_remembered=False, state=ActorState.LIVE)
    return list(found.order_by("pk").values_list("pk", flat=True))


def holders(keys: Iterable[int]) -> set[tuple[int, int]]:
    """Return these keys, each with the actors whose rows have it."""
    found: set[tuple[int, int]] = set()
    for some in _batches(keys):
        rows = LinkageKey.objects.filter(key__in=some)
        found.update(rows.values_list("key", "actor_key").distinct())
    return found


def sizes(keys: Iterable[int]) -> dict[int, int]:
    """Return how many actors have each of these keys; those that none has are left out."""
    found: dict[int, int] = {}
    for some in _batches(keys):
        rows = LinkageKey.objects.filter(key__in=some).order_by().values_list("key")
        found.update(rows.annotate(Count("actor_key", distinct=True)))
    return found


def actors_near(wanted: Collection[tuple[int, int, int]], *, limit: int) -> set[int]:
    """Return the living actors that share a key with these rows.

    A key of more actors than the limit says nothing by itself: then the region has to be the
    same, too, or the beginning of the name, and no more actors than that may share both.

    Args:
        wanted: of each row its keys, each with the row's region and the beginning of its name.
        limit: the number of actors.
    """
    of_keys = sizes({key for key, _region, _start in wanted})
    large = {key for key, size in of_keys.items() if size > limit}
    found = {actor for _key, actor in holders(of_keys.keys() - large)}
    for column, place in (("region", 1), ("start", 2)):
        pairs = {(row[0], row[place]) for row in wanted if row[0] in large and row[place]}
        found |= _sharing(column, pairs, limit)
    return set(lead_now(actors=found).values())


def _sharing(column: str, pairs: Iterable[tuple[int, int]], limit: int) -> set[int]:
    connection = connections[router.db_for_read(LinkageKey)]
    table = connection.ops.quote_name(LinkageKey._meta.db_table)
    found: set[int] = set()
    for some in _batches(pairs):
        places = ", ".join(["(%s, %s)"] * len(some))
        # CROSS JOIN: SQLite takes them in this order, each from the index
        shared = f"CROSS JOIN {table} k WHERE k.key = asked.key AND k.{column} = asked.other"
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH wanted (key, other) AS (VALUES {places}), asked AS ("  # noqa: S608 -- names of our own table and columns
                f"SELECT asked.key, asked.other FROM wanted asked {shared}"
                " GROUP BY asked.key, asked.other HAVING COUNT(DISTINCT k.actor_key) <= %s)"
                f" SELECT DISTINCT k.actor_key FROM asked {shared}",
                [*(value for pair in some for value in pair), limit],
            )
            found.update(actor for (actor,) in cursor.fetchall())
    return found


def word_counts(words: Iterable[str], *, frequent: float) -> dict[str, tuple[int, int]]:
    """Return in how many names and rows these words are, and all that are in many names.

    Args:
        words: those wanted.
        frequent: a word in more names than this share of all is among them in any case.
    """
    total = LinkageWord.objects.filter(word="").values_list("names", flat=True).first() or 0
    found = {"": (total, 0)}
    wanted: list[Q] = [Q(names__gt=max(30, frequent * total))]
    wanted += [Q(word__in=some) for some in _batches(words)]
    for condition in wanted:
        rows = LinkageWord.objects.filter(condition).values_list("word", "names", "seen")
        found.update({word: (names, seen) for word, names, seen in rows})
    return found


def sheet_facts(sheets: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return of imports where their names are cut, and how often they name one again."""
    found: dict[int, tuple[int, str]] = {}
    for some in _batches(sheets):
        rows = LinkageSheet.objects.filter(pk__in=some).values_list("pk", "cut", "repeating")
        found.update({pk: (cut, repeating) for pk, cut, repeating in rows})
    return found


def _batches(values: Iterable[Any]) -> Iterator[Sequence[Any]]:
    every = iter(sorted(values))
    while some := list(islice(every, BATCH)):
        yield some
