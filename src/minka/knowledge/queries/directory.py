"""The directory: who may see whom, what is asked for, and how many there are of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet

from minka.knowledge.models import Actor, ActorActivity, Record, Theme
from minka.knowledge.queries.activities import codes_in_section, section_codes
from minka.knowledge.states import ActorState
from minka.methods.text import search_key

Made = TypeVar("Made")

REMEMBERED_S = 600
DEPTH = 8  # of the thesaurus, at most
THEMES_SHOWN = 24


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """What a reader asks for. Values of one facet widen, facets and words narrow.

    Args:
        located: "yes" and "no".
        themes: the addresses of concepts; what is under them counts, too.
        sections: letters of the classification of activities.
        sort: "name" or "recent".
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    regions: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    located: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sort: str = "name"

    @property
    def key(self) -> str:
        """A short name for everything that decides which actors are found."""
        return sha256(repr(replace(self, sort="")).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class DirectoryCounts:
    """How many actors there are of each value, were this the only change to the filter."""

    total: int
    kinds: list[tuple[str, int]]
    regions: list[tuple[int, str, int]]
    countries: list[tuple[str, int]]
    sources: list[tuple[int, str, int]]
    located: int
    unlocated: int
    themes: list[tuple[Theme, int]]
    sections: list[tuple[str, int]]


def visible_actors(*, viewer: Any) -> QuerySet[Actor]:  # noqa: ARG001 -- the door of every read
    """Return the actors that `viewer`, perhaps a stranger, may know of: the map is public.

    What is not public of an actor (contacts, members, cells) has its own reads.
    """
    return Actor.objects.filter(state=ActorState.LIVE)


def directory(*, viewer: Any, wanted: DirectoryFilter) -> QuerySet[Actor]:
    """Return the actors that fit, in the order asked for."""
    found = _fitting(visible_actors(viewer=viewer), wanted)
    return found.order_by("-pk") if wanted.sort == "recent" else found.order_by("name_key", "pk")


def directory_counts(*, viewer: Any, wanted: DirectoryFilter, version: str = "") -> DirectoryCounts:
    """Return the counts of every facet and the total; eight SQL statements, or none when cached."""
    return remembered(
        viewer=viewer,
        version=version,
        name=f"counts:{wanted.key}",
        make=lambda: _count(visible_actors(viewer=viewer), wanted),
    )


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


def _fitting(actors: QuerySet[Actor], wanted: DirectoryFilter) -> QuerySet[Actor]:
    for word in search_key(wanted.words).split()[:8]:
        actors = actors.filter(search_text__contains=word)
    if wanted.kinds:
        actors = actors.filter(kind__in=wanted.kinds)
    if wanted.regions:
        actors = actors.filter(region__in=wanted.regions)
    if wanted.countries:
        actors = actors.filter(country__in=wanted.countries)
    if len(set(wanted.located) & {"yes", "no"}) == 1:
        actors = actors.filter(latitude__isnull="no" in wanted.located)
    if wanted.themes:
        carried = Theme.objects.filter(_beneath(wanted.themes)).values("pk")
        carriers = Actor.themes.through._default_manager.filter(theme__in=carried)
        actors = actors.filter(pk__in=carriers.values("actor"))
    if wanted.sections:
        codes = [code for section in wanted.sections for code in codes_in_section(section)]
        working = ActorActivity.objects.filter(code__in=codes)
        actors = actors.filter(pk__in=working.values("actor"))
    if wanted.sources:
        told = Record.objects.filter(source__in=wanted.sources, actor__isnull=False)
        actors = actors.filter(pk__in=told.values("actor"))
    return actors


def _beneath(slugs: Sequence[str]) -> Q:
    """Match concepts with these addresses and all that stand under them."""
    found = Q()
    for depth in range(DEPTH):
        found |= Q(**{f"{'broader__' * depth}slug__in": list(slugs)})
    return found


def _count_themes(actors: QuerySet[Actor], chosen: Sequence[str]) -> list[tuple[Theme, int]]:
    """Return the concepts at the top and those next to the chosen ones. Two SQL statements."""
    themes = {one.pk: one for one in Theme.objects.select_related("broader")}
    branches: dict[int, list[int]] = {pk: [] for pk in themes}
    for pk, one in themes.items():
        at: Theme | None = one
        while at is not None:
            branches[at.pk].append(pk)
            at = themes.get(at.broader_id or 0)
    picked = {pk for pk, one in themes.items() if one.slug in chosen}
    tops = {pk for pk, one in themes.items() if one.broader_id is None}
    shown = [
        pk for pk, one in themes.items() if pk in picked | tops or one.broader_id in picked | tops
    ]
    counted = actors.filter(themes__isnull=False).aggregate(
        **{
            f"theme_{pk}": Count("pk", distinct=True, filter=Q(themes__in=branches[pk]))
            for pk in shown
        }
    )
    counts = [(themes[pk], counted[f"theme_{pk}"]) for pk in shown]
    counts = [(one, count) for one, count in counts if count or one.pk in picked]
    counts.sort(key=lambda pair: (pair[0].pk not in picked, -pair[1], pair[0].label_es))
    return counts[:THEMES_SHOWN]


def _count_sections(actors: QuerySet[Actor]) -> list[tuple[str, int]]:
    """Return the sections that somebody works in. One SQL statement."""
    counted = actors.filter(activities__isnull=False).aggregate(
        **{
            f"section_{letter}": Count(
                "pk", distinct=True, filter=Q(activities__code__in=codes_in_section(letter))
            )
            for letter in section_codes()
        }
    )
    counts = [(letter, counted[f"section_{letter}"]) for letter in section_codes()]
    return [(letter, count) for letter, count in counts if count]


def _count(actors: QuerySet[Actor], wanted: DirectoryFilter) -> DirectoryCounts:
    def without(**facet: Any) -> QuerySet[Actor]:
        return _fitting(actors, replace(wanted, **facet)).order_by()

    kinds = list(
        without(kinds=()).values_list("kind").annotate(count=Count("pk")).order_by("-count", "kind")
    )
    regions = without(regions=()).filter(region__isnull=False)
    countries = without(countries=()).exclude(country="").values_list("country")
    located = without(located=())
    told = Record.objects.filter(actor__isnull=False)
    if wanted != replace(DirectoryFilter(), sources=wanted.sources, sort=wanted.sort):
        told = told.filter(actor__in=without(sources=()).values("pk"))
    placed = located.aggregate(everybody=Count("pk"), placed=Count("latitude"))
    return DirectoryCounts(
        total=sum(count for kind, count in kinds if not wanted.kinds or kind in wanted.kinds),
        kinds=kinds,
        regions=list(
            regions.values_list("region", "region__name")
            .annotate(count=Count("pk"))
            .order_by("region__name")
        ),
        countries=list(countries.annotate(count=Count("pk")).order_by("-count", "country")),
        sources=list(
            told.values_list("source", "source__name")
            .annotate(Count("actor", distinct=True))
            .order_by("source__name")
        ),
        located=placed["placed"],
        unlocated=placed["everybody"] - placed["placed"],
        themes=_count_themes(without(themes=()), wanted.themes),
        sections=_count_sections(without(sections=())),
    )
