"""How many actors there are of each value of each facet, were this the only change."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from minka.knowledge.models import Actor, Capability, Record, Theme
from minka.knowledge.queries.activities import codes_under, divisions_of, section_codes
from minka.knowledge.queries.fitting import (
    DirectoryFilter,
    age_conditions,
    beneath,
    fitting,
    valid_certifications,
)

THEMES_SHOWN = 24
PLACES_SHOWN = 24
CERTIFICATIONS_SHOWN = 20
READINESS_SHOWN = (3, 5, 7, 9)


class PlaceCount(NamedTuple):
    """A province, district or city, with the place it lies in where that is not a region."""

    pk: int
    name: str
    within: str
    actors: int


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
    places: list[PlaceCount] = field(default_factory=list)
    sizes: list[tuple[str, int]] = field(default_factory=list)
    readiness: list[tuple[int, int]] = field(default_factory=list)
    certifications: list[tuple[str, int]] = field(default_factory=list)
    verified: tuple[int, int] = (0, 0)  # yes, no
    claimed: tuple[int, int] = (0, 0)
    fresh: list[tuple[str, int]] = field(default_factory=list)


def count_facets(actors: QuerySet[Actor], wanted: DirectoryFilter) -> DirectoryCounts:
    """Count every facet in fifteen SQL statements.

    No person: `actors` are those whom the viewer may know of and the words find.
    """

    def without(**facet: Any) -> QuerySet[Actor]:
        return fitting(actors, replace(wanted, **facet)).order_by()

    kinds = _by_column(without(kinds=()), "kind")
    regions = without(regions=()).filter(region__isnull=False)
    placed = _yes_no(without(located=()), "latitude")
    told = Record.objects.filter(actor__isnull=False)
    if wanted != replace(DirectoryFilter(), sources=wanted.sources, sort=wanted.sort):
        told = told.filter(actor__in=without(sources=()).values("pk"))
    return DirectoryCounts(
        total=sum(count for kind, count in kinds if not wanted.kinds or kind in wanted.kinds),
        kinds=kinds,
        regions=list(
            regions.values_list("region", "region__name")
            .annotate(count=Count("pk"))
            .order_by("region__name")
        ),
        countries=_by_column(without(countries=()).exclude(country=""), "country"),
        sources=list(
            told.values_list("source", "source__name")
            .annotate(Count("actor", distinct=True))
            .order_by("source__name")
        ),
        located=placed[0],
        unlocated=placed[1],
        themes=_themes(without(themes=(), trl=0), wanted),
        sections=_sections(without(sections=()), wanted.sections),
        places=_places(without(places=()), wanted),
        sizes=_by_column(without(sizes=()).exclude(size_band=""), "size_band"),
        readiness=_readiness(without(trl=0, themes=()), wanted),
        certifications=_certifications(without(certifications=()), wanted.certifications),
        verified=_yes_no(without(verified=()), "verified_at"),
        claimed=_yes_no(without(claimed=()), "claimed_at"),
        fresh=_ages(without(fresh=())),
    )


def _by_column(actors: QuerySet[Actor], column: str) -> list[tuple[str, int]]:
    return list(actors.values_list(column).annotate(count=Count("pk")).order_by("-count", column))


def _yes_no(actors: QuerySet[Actor], column: str) -> tuple[int, int]:
    counted = actors.aggregate(everybody=Count("pk"), having=Count(column))
    return counted["having"], counted["everybody"] - counted["having"]


def _ages(actors: QuerySet[Actor]) -> list[tuple[str, int]]:
    counted = actors.aggregate(
        **{f"age_{age}": Count("pk", filter=fits) for age, fits in age_conditions().items()}
    )
    return [(age.removeprefix("age_"), count) for age, count in counted.items()]


def _places(actors: QuerySet[Actor], wanted: DirectoryFilter) -> list[PlaceCount]:
    """Return provinces, districts and cities once a region, country or place is chosen."""
    rows = actors.filter(place__isnull=False).values_list(
        "place", "place__name", "place__parent", "place__parent__name",
        "place__parent__parent",
    ).annotate(count=Count("pk"))  # fmt: skip
    if not (wanted.regions or wanted.countries or wanted.places):
        rows = rows.none()
    names: dict[int, tuple[str, str]] = {}
    counts: dict[int, int] = defaultdict(int)
    parents: dict[int, int | None] = {}
    regions = set()
    for pk, name, parent, parent_name, above, count in rows:
        counts[pk] += count
        names[pk] = (name, parent_name if above else "")
        parents[pk] = parent
        if above:  # a district of a province of a region
            counts[parent] += count
            names[parent] = (parent_name, "")
            parents[parent] = above
            regions.add(above)
        elif parent:
            regions.add(parent)
    found = [
        PlaceCount(pk, *names[pk], count)
        for pk, count in counts.items()
        if pk not in regions and pk not in wanted.regions
        if not names[pk][1] or pk in wanted.places or parents[pk] in wanted.places
    ]
    found.sort(key=lambda one: (one.pk not in wanted.places, -one.actors, one.name))
    return found[:PLACES_SHOWN]


def _readiness(actors: QuerySet[Actor], wanted: DirectoryFilter) -> list[tuple[int, int]]:
    able = Capability.objects.filter(actor__in=actors.values("pk"))
    if wanted.themes:
        able = able.filter(beneath(wanted.themes, "theme__"))
    levels = sorted({*READINESS_SHOWN, wanted.trl} - {0})
    counted = able.aggregate(
        **{f"{n}": Count("actor", distinct=True, filter=Q(trl__gte=n)) for n in levels}
    )
    return [(n, counted[f"{n}"]) for n in levels if counted[f"{n}"] or n == wanted.trl]


def _certifications(actors: QuerySet[Actor], chosen: Sequence[str]) -> list[tuple[str, int]]:
    held = valid_certifications().filter(actor__in=actors.values("pk")).values_list("name")
    counts = dict(held.annotate(count=Count("actor", distinct=True)).order_by("-count", "name"))
    shown = {name: counts.get(name, 0) for name in [*chosen, *counts]}
    return list(shown.items())[: max(CERTIFICATIONS_SHOWN, len(chosen))]


def _themes(actors: QuerySet[Actor], wanted: DirectoryFilter) -> list[tuple[Theme, int]]:
    """Return the concepts at the top and those next to the chosen ones. Two SQL statements."""
    themes = {one.pk: one for one in Theme.objects.select_related("broader")}
    branches: dict[int, list[int]] = {pk: [] for pk in themes}
    for pk, one in themes.items():
        at: Theme | None = one
        while at is not None:
            branches[at.pk].append(pk)
            at = themes.get(at.broader_id or 0)
    picked = {pk for pk, one in themes.items() if one.slug in wanted.themes}
    tops = {pk for pk, one in themes.items() if one.broader_id is None}
    shown = [
        pk for pk, one in themes.items() if pk in picked | tops or one.broader_id in picked | tops
    ]
    path, able = "themes", Q()
    if wanted.trl:  # with a readiness level it is the capabilities that carry the theme
        path, able = "capabilities__theme", Q(capabilities__trl__gte=wanted.trl)
    counted = actors.filter(**{f"{path}__isnull": False}).aggregate(
        **{
            f"theme_{pk}": Count(
                "pk", distinct=True, filter=able & Q(**{f"{path}__in": branches[pk]})
            )
            for pk in shown
        }
    )
    counts = [(themes[pk], counted[f"theme_{pk}"]) for pk in shown]
    counts = [(one, count) for one, count in counts if count or one.pk in picked]
    counts.sort(key=lambda pair: (pair[0].pk not in picked, -pair[1], pair[0].label_es))
    return counts[:THEMES_SHOWN]


def _sections(actors: QuerySet[Actor], chosen: Sequence[str]) -> list[tuple[str, int]]:
    """Return the sections that somebody works in, and what is in the chosen ones."""
    shown = []
    for letter in section_codes():
        inside = set(codes_under(letter))
        open_here = any(code in inside for code in chosen)
        shown += [letter, *(divisions_of(letter) if open_here else ())]
    shown += [code for code in chosen if code not in shown]
    counted = actors.filter(activities__isnull=False).aggregate(
        **{
            f"code_{code}": Count(
                "pk", distinct=True, filter=Q(activities__code__in=codes_under(code))
            )
            for code in shown
        }
    )
    counts = [(code, counted[f"code_{code}"]) for code in shown]
    return [(code, count) for code, count in counts if count or code in chosen]
