"""What can be asked of the directory, and the actors that fit it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from minka.knowledge.models import Actor, ActorActivity, Capability, Certification, Record, Theme
from minka.knowledge.queries.activities import codes_under

DEPTH = 8  # of the thesaurus, at most
HALF_A_YEAR = timedelta(days=183)
A_YEAR = timedelta(days=365)
YES_NO = ("yes", "no")
AGES = ("6", "12", "older", "never")  # months since a profile was confirmed


class Box(NamedTuple):
    """A part of the map in degrees; with `west` above `east` it crosses the date line."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """What a reader asks for. Values of one facet widen, facets and words narrow.

    Args:
        regions, places: of the gazetteer; a province brings its districts.
        located, verified, claimed: "yes" and "no".
        themes: the addresses of concepts; what is under them counts, too.
        sections: sections, divisions, groups or classes of the classification of activities.
        sizes: size bands.
        trl: the least readiness level of a capability, in the chosen themes where some are.
        certifications: names of certifications that are still valid.
        fresh: of `AGES`, when the profile was last confirmed.
        box: the part of the map it lies in.
        sort: "best" (by the words, else by name), "name" or "recent".
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    regions: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    sources: tuple[int, ...] = ()
    located: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sort: str = "best"
    places: tuple[int, ...] = ()
    sizes: tuple[str, ...] = ()
    trl: int = 0
    certifications: tuple[str, ...] = ()
    verified: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    box: Box | None = None

    @property
    def key(self) -> str:
        """A short name for everything that decides which actors are found."""
        return sha256(repr(replace(self, sort="")).encode()).hexdigest()[:24]


def fitting(actors: QuerySet[Actor], wanted: DirectoryFilter) -> QuerySet[Actor]:
    """Return those of `actors` that fit all but the words, which `queries.search` finds.

    No person: whoever calls begins with `visible_actors`.
    """
    for column, values in (
        ("kind", wanted.kinds),
        ("region", wanted.regions),
        ("country", wanted.countries),
        ("size_band", wanted.sizes),
    ):
        if values:
            actors = actors.filter(**{f"{column}__in": values})
    for column, answers in (
        ("latitude", wanted.located),
        ("verified_at", wanted.verified),
        ("claimed_at", wanted.claimed),
    ):
        if len(set(answers) & set(YES_NO)) == 1:
            actors = actors.filter(**{f"{column}__isnull": "no" in answers})
    if wanted.places:
        near = Q(place__in=wanted.places) | Q(place__parent__in=wanted.places)
        actors = actors.filter(near | Q(place__parent__parent__in=wanted.places))
    if wanted.fresh:
        actors = actors.filter(_confirmed(wanted.fresh))
    if wanted.box:
        actors = actors.filter(_inside(wanted.box))
    return _with_lists(actors, wanted)


def beneath(slugs: Sequence[str], path: str = "") -> Q:
    """Match concepts with these addresses and all that stand under them."""
    found = Q()
    for depth in range(DEPTH):
        found |= Q(**{f"{path}{'broader__' * depth}slug__in": list(slugs)})
    return found


def valid_certifications() -> QuerySet[Certification]:
    """Return the certifications that have not run out. No person: what a public page lists."""
    today = timezone.localdate()
    return Certification.objects.filter(Q(expires_on=None) | Q(expires_on__gte=today))


def age_conditions() -> dict[str, Q]:
    """Return what each of `AGES` means today. "12" brings what "6" does."""
    now = timezone.now()
    return {
        "6": Q(confirmed_at__gte=now - HALF_A_YEAR),
        "12": Q(confirmed_at__gte=now - A_YEAR),
        "older": Q(confirmed_at__lt=now - A_YEAR),
        "never": Q(confirmed_at__isnull=True),
    }


def _with_lists(actors: QuerySet[Actor], wanted: DirectoryFilter) -> QuerySet[Actor]:
    carried: Any = Theme.objects.filter(beneath(wanted.themes)).values("pk")
    if wanted.trl:
        able = Capability.objects.filter(trl__gte=wanted.trl)
        able = able.filter(theme__in=carried) if wanted.themes else able
        actors = actors.filter(pk__in=able.values("actor"))
    elif wanted.themes:
        carriers = Actor.themes.through._default_manager.filter(theme__in=carried)
        actors = actors.filter(pk__in=carriers.values("actor"))
    if wanted.sections:
        codes = {code for one in wanted.sections for code in codes_under(one)}
        working = ActorActivity.objects.filter(code__in=sorted(codes))
        actors = actors.filter(pk__in=working.values("actor"))
    if wanted.certifications:
        holding = valid_certifications().filter(name__in=wanted.certifications)
        actors = actors.filter(pk__in=holding.values("actor"))
    if wanted.sources:
        told = Record.objects.filter(source__in=wanted.sources, actor__isnull=False)
        actors = actors.filter(pk__in=told.values("actor"))
    return actors


def _confirmed(ages: Sequence[str]) -> Q:
    conditions, found = age_conditions(), Q()
    for age in ages:
        found |= conditions[age]
    return found


def _inside(box: Box) -> Q:
    west, east = Q(longitude__gte=box.west), Q(longitude__lte=box.east)
    return Q(latitude__gte=box.south, latitude__lte=box.north) & (
        west | east if box.west > box.east else west & east
    )
