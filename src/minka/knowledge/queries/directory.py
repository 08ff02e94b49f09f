"""The directory: who may see whom, what is asked for, and how many there are of each."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet

from minka.core.remembering import cache
from minka.knowledge.models import Actor
from minka.knowledge.queries.column_reading import columns_of
from minka.knowledge.queries.columns import Columns
from minka.knowledge.queries.facets import DirectoryCounts, count_facets
from minka.knowledge.queries.fitting import Box, DirectoryFilter, fitting
from minka.knowledge.queries.search import find
from minka.knowledge.queries.selection import Selection, Words
from minka.knowledge.states import ActorState

__all__ = [
    "Box",
    "DirectoryCounts",
    "DirectoryFilter",
    "directory",
    "directory_counts",
    "directory_version",
    "kept",
    "remembered",
    "selection",
    "visible_actors",
]

Made = TypeVar("Made")

REMEMBERED_S = 600
# Who changed last, and how often search was told that some came or went: of those that are gone
# nothing says when. These few rows of search are only ever added to.
NEWEST = (
    "SELECT id, updated_at, (SELECT COUNT(*) FROM knowledge_searchword WHERE root = ''), "
    "(SELECT SUM(change) FROM knowledge_searchword WHERE root = '') "
    "FROM knowledge_actor WHERE state = %s ORDER BY updated_at DESC, id DESC LIMIT 1"
)


def visible_actors(*, viewer: Any) -> QuerySet[Actor]:  # noqa: ARG001 -- the door of every read
    """Return the actors that `viewer`, perhaps a stranger, may know of: the map is public.

    What is not public of an actor (contacts, members, cells) has its own reads.
    """
    return Actor.objects.filter(state=ActorState.LIVE)


def directory(*, viewer: Any, wanted: DirectoryFilter) -> QuerySet[Actor]:
    """Return the actors that fit, in the order asked for; words are looked up at once."""
    actors = visible_actors(viewer=viewer)
    order: tuple[Any, ...] = ("name_key", "pk")
    if wanted.words:
        found = find(viewer=viewer, text=wanted.words)
        actors = actors.filter(found.condition)
        order = found.order if wanted.sort == "best" else order
    return fitting(actors, wanted).order_by(*(("-pk",) if wanted.sort == "recent" else order))


def selection(*, viewer: Any, wanted: DirectoryFilter, version: str = "") -> Selection:
    """Return who fits, reckoned in memory: as `directory` says, counted and cut to pages at once.

    The statements of words that nobody has looked for since the map changed, and one more; where
    this process has not read this version of the map, sixteen.
    """
    version = version or directory_version(viewer=viewer)
    columns = _columns(viewer, version)
    if not wanted.words:
        return Selection(columns, wanted)

    def look() -> Words:
        found = find(viewer=viewer, text=wanted.words)
        return Words(found.ids, columns.bits_of(found.keys))  # of those it holds: visible ones

    return Selection(columns, wanted, words=columns.kept(f"words:{wanted.words}", look))


def directory_counts(
    *,
    viewer: Any,
    wanted: DirectoryFilter,
    version: str = "",
    chosen: Selection | None = None,
) -> DirectoryCounts:
    """Return the counts of every facet and the total, of `chosen` if that is known already.

    The statements of `selection`, or none.
    """
    version = version or directory_version(viewer=viewer)
    return kept(
        viewer=viewer,
        version=version,
        name=f"counts:{wanted.key}",
        make=lambda: count_facets(
            chosen or selection(viewer=viewer, wanted=wanted, version=version)
        ),
    )


def directory_version(*, viewer: Any) -> str:  # noqa: ARG001 -- one map for all
    """Return a text that changes whenever an actor does, comes or goes.

    One SQL statement, written by hand.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [ActorState.LIVE.value])
        newest = cursor.fetchone()
    if newest is None:
        return "empty"
    return "-".join(map(str, newest)).replace(" ", "T")  # part of keys


def kept(*, viewer: Any, version: str, name: str, make: Callable[[], Made]) -> Made:
    """Return what `make` gave since the map last changed, from the memory of this process.

    For what is quicker made than fetched from a cache that all processes share.
    """
    return _columns(viewer, version).kept(name, make)


def _columns(viewer: Any, version: str) -> Columns:
    return columns_of(partial(visible_actors, viewer=viewer), version=version)


def remembered(*, viewer: Any, name: str, make: Callable[[], Made], version: str = "") -> Made:
    """Return what `make` gave since the map last changed.

    `version` is what `directory_version` said in this request; without it, it is asked again.
    """
    key = f"map:{version or directory_version(viewer=viewer)}:{name}"
    made: Made | None = cache.get(key)
    if made is None:
        made = make()
        cache.set(key, made, REMEMBERED_S)
    return made
