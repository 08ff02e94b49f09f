"""Whole organisations by the thousand, for files that leave: only what the viewer may see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from minka.knowledge.models import (
    Actor,
    ActorActivity,
    ActorName,
    Capability,
    Contact,
    Identifier,
    Link,
    Place,
    Product,
    Shortlist,
    Theme,
)
from minka.knowledge.queries.directory import DirectoryFilter, directory, visible_actors
from minka.knowledge.queries.fitting import valid_certifications
from minka.knowledge.queries.numbers import NumberSight
from minka.knowledge.queries.profile import visible_contacts_of
from minka.knowledge.queries.shortlists import shortlist_ids
from minka.knowledge.states import PlaceLevel

CHUNK = 1000
Told = dict[int, list[Any]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Of whom a file is made: what a filter finds, or a list."""

    wanted: DirectoryFilter
    shortlist: Shortlist | None = None

    def ids(self, *, viewer: Any) -> list[int]:
        """Return the actors in order; a list has been found by the caller for this viewer."""
        if self.shortlist is not None:
            return shortlist_ids(viewer=viewer, shortlist=self.shortlist)
        found = directory(viewer=viewer, wanted=self.wanted)
        return list(found.values_list("pk", flat=True))


class Able(NamedTuple):
    """What an organisation can do, and how ready it is."""

    theme: Theme
    trl: int


class Spot(NamedTuple):
    """A place as actors share it, with the names of what it lies in by level."""

    place: Place
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Portrait:
    """An organisation with its lists; what the viewer may not see is empty here."""

    actor: Actor
    region: str
    province: str
    district: str
    city: str
    names: list[str]
    numbers: list[tuple[str, str]]
    codes: list[str]
    products: list[str]
    themes: list[Theme]
    capabilities: list[Able]
    certifications: list[str]
    links: list[str]
    email: str
    phone: str
    address: str
    contacts: list[Contact]
    confirmed_on: date | None

    @property
    def tax_number(self) -> tuple[str, str]:
        """The scheme and value of the number by which its state knows it, or empty texts."""
        return next(((s, v) for s, v in self.numbers if "." in s and s[:6] != "source"), ("", ""))

    @property
    def ror(self) -> str:
        """Its number in the register of research organisations."""
        return dict(self.numbers).get("ror", "")


def portraits(*, viewer: Any, ids: Sequence[int]) -> Iterator[Portrait]:
    """Yield actors in the order of `ids`, a thousand at a time.

    Numbers of natural persons are left out for those who may not see them. Ten SQL statements each
    time (and one for that), and one each for places and themes that have not come before:
    those are read once and shared by all that have them.
    """
    signed_in = bool(viewer.is_authenticated)
    sight = NumberSight(viewer=viewer)
    spots: dict[int, Spot] = {}
    themes: dict[int, Theme] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        actors = visible_actors(viewer=viewer).in_bulk(chunk)
        _meet_places(spots, actors.values())
        lists = _lists(chunk, themes)
        for pk, held in lists["numbers"].items():
            seen = [sight.tell(pk, scheme, value) for scheme, value in held]
            lists["numbers"][pk] = [(one.scheme, one.value) for one in seen if one.value]
        lists["contacts"] = contacts = defaultdict(list)
        for contact in visible_contacts_of(viewer=viewer, actors=chunk):
            contacts[contact.actor_id].append(contact)
        for pk in chunk:
            if pk in actors:
                yield _portrait(actors[pk], spots, lists, signed_in=signed_in)


def _meet_places(spots: dict[int, Spot], actors: Iterable[Actor]) -> None:
    """Read the places of these actors that are not known yet."""
    wanted = {pk for actor in actors for pk in (actor.place_id, actor.region_id) if pk}
    if fresh := wanted - spots.keys():
        found = Place.objects.select_related("parent__parent").filter(pk__in=fresh)
        spots.update((place.pk, Spot(place, _names_around(place))) for place in found)


def _names_around(place: Place) -> dict[str, str]:
    at: dict[str, str] = {}
    here: Place | None = place
    while here is not None:
        at[here.level] = here.name
        here = here.parent if here.parent_id and len(at) < len(PlaceLevel) else None
    return at


def _lists(chunk: Sequence[int], themes: dict[int, Theme]) -> dict[str, Told]:
    """Return what the lists of these actors hold, in the order in which it is told."""
    told = {
        "names": _told(ActorName.objects.order_by("pk"), chunk, "text", "text_key"),
        "numbers": _told(Identifier.objects.all(), chunk, "scheme", "value"),
        "codes": _told(ActorActivity.objects.all(), chunk, "code"),
        "products": _told(Product.objects.all(), chunk, "name"),
        "links": _told(Link.objects.order_by("pk"), chunk, "url"),
        "certifications": _told(valid_certifications().order_by("name", "pk"), chunk, "name"),
    }
    bearing = Actor.themes.through._default_manager.filter(theme__replaced_by=None)
    borne = _told(bearing.order_by("theme__label_es"), chunk, "theme_id")
    able = Capability.objects.order_by("-trl", "theme__label_es")
    abilities = _told(able, chunk, "theme_id", "trl")
    wanted = {pk for row in borne.values() for pk in row}
    wanted |= {pk for row in abilities.values() for pk, _trl in row}
    if fresh := wanted - themes.keys():
        themes.update(Theme.every.in_bulk(fresh))
    told["themes"] = {actor: [themes[pk] for pk in row] for actor, row in borne.items()}
    told["capabilities"] = {
        actor: [Able(themes[pk], trl) for pk, trl in row] for actor, row in abilities.items()
    }
    return told


def _told(rows: QuerySet[Any], chunk: Sequence[int], *columns: str) -> Told:
    """Return the values of rows by actor: a single one bare, several as a tuple."""
    told: Told = defaultdict(list)
    found = rows.filter(actor__in=chunk).values_list("actor_id", *columns)
    if len(columns) == 1:
        for actor, value in found:
            told[actor].append(value)
    else:
        for actor, *values in found:
            told[actor].append(tuple(values))
    return told


def _portrait(
    actor: Actor, spots: dict[int, Spot], lists: dict[str, Told], *, signed_in: bool
) -> Portrait:
    pk = actor.pk
    at: dict[str, str] = {}
    if actor.place_id:
        actor.place, at = spots[actor.place_id]
    if actor.region_id:
        actor.region = spots[actor.region_id].place
    own = {name: told.get(pk, []) for name, told in lists.items()}
    own["names"] = [text for text, key in own["names"] if key != actor.name_key]
    for name in ("numbers", "codes", "products"):
        own[name].sort()
    confirmed = actor.confirmed_at
    return Portrait(
        actor=actor,
        region=actor.region.name if actor.region else at.get(PlaceLevel.DEPARTMENT, ""),
        province=at.get(PlaceLevel.PROVINCE, ""),
        district=at.get(PlaceLevel.DISTRICT, ""),
        city=at.get(PlaceLevel.CITY, ""),
        email=actor.email if signed_in else "",
        phone=actor.phone if signed_in else "",
        address=actor.address if signed_in else "",
        confirmed_on=timezone.localdate(confirmed) if confirmed else None,
        **own,
    )
