"""The directory: who may see whom, what is asked for, and how many there are of each."""

from collections.abc import Callable
from functools import cache as cached
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import QuerySet

from minka.knowledge.models import Actor
from minka.knowledge.queries.facets import DirectoryCounts, count_facets
from minka.knowledge.queries.fitting import Box, DirectoryFilter, fitting
from minka.knowledge.queries.search import Found, find
from minka.knowledge.states import ActorState

__all__ = [
    "Box",
    "DirectoryCounts",
    "DirectoryFilter",
    "directory",
    "directory_counts",
    "directory_version",
    "remembered",
    "visible_actors",
    "words_once",
]

Made = TypeVar("Made")
Finder = Callable[[], Found]

REMEMBERED_S = 600


def visible_actors(*, viewer: Any) -> QuerySet[Actor]:  # noqa: ARG001 -- the door of every read
    """Return the actors that `viewer`, perhaps a stranger, may know of: the map is public.

    What is not public of an actor (contacts, members, cells) has its own reads.
    """
    return Actor.objects.filter(state=ActorState.LIVE)


def words_once(*, viewer: Any, wanted: DirectoryFilter) -> Finder:
    """Return what finds the words when it is first asked, for several reads of one request."""
    return cached(lambda: find(viewer=viewer, text=wanted.words))


def directory(
    *, viewer: Any, wanted: DirectoryFilter, words: Finder | None = None
) -> QuerySet[Actor]:
    """Return the actors that fit, in the order asked for; words are looked up at once."""
    actors = visible_actors(viewer=viewer)
    order: tuple[Any, ...] = ("name_key", "pk")
    if wanted.words:
        found = (words or words_once(viewer=viewer, wanted=wanted))()
        actors = actors.filter(found.condition)
        order = found.order if wanted.sort == "best" else order
    return fitting(actors, wanted).order_by(*(("-pk",) if wanted.sort == "recent" else order))


def directory_counts(
    *, viewer: Any, wanted: DirectoryFilter, version: str = "", words: Finder | None = None
) -> DirectoryCounts:
    """Return the counts of every facet and the total.

    Fifteen SQL statements and those of the words, or none when cached.
    """

    def make() -> DirectoryCounts:
        actors = visible_actors(viewer=viewer)
        if wanted.words:
            found = (words or words_once(viewer=viewer, wanted=wanted))()
            actors = actors.filter(found.condition)
        return count_facets(actors, wanted)

    return remembered(viewer=viewer, version=version, name=f"counts:{wanted.key}", make=make)


def directory_version(*, viewer: Any) -> str:
    """Return a text that changes whenever an actor does. One SQL statement."""
    changes = visible_actors(viewer=viewer).order_by("-updated_at", "-pk")
    newest = changes.values_list("pk", "updated_at").first()
    return f"{newest[0]}-{newest[1].timestamp()}" if newest else "empty"


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
