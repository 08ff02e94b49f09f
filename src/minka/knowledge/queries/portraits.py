"""Whole organisations by the thousand, for files that leave: only what the viewer may see."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from minka.knowledge.models import Actor, Capability, Contact, Shortlist, Theme
from minka.knowledge.queries.directory import DirectoryFilter, directory, visible_actors
from minka.knowledge.queries.fitting import valid_certifications
from minka.knowledge.queries.profile import visible_contacts_of
from minka.knowledge.queries.shortlists import shortlist_ids
from minka.knowledge.states import PlaceLevel

CHUNK = 1000
LISTS = ("other_names", "identifiers", "activities", "products", "links")


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
    capabilities: list[Capability]
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
    """Yield actors in the order of `ids`, a thousand at a time: ten SQL statements each time."""
    signed_in = bool(viewer.is_authenticated)
    found = (
        visible_actors(viewer=viewer)
        .select_related("region", "place__parent__parent")
        .prefetch_related(
            *LISTS,
            Prefetch("themes", Theme.objects.order_by("label_es")),
            Prefetch("certifications", valid_certifications().order_by("name", "pk")),
            Prefetch(
                "capabilities",
                Capability.objects.select_related("theme").order_by("-trl", "theme__label_es"),
            ),
        )
    )
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        actors = {actor.pk: actor for actor in found.filter(pk__in=chunk)}
        contacts: dict[int, list[Contact]] = defaultdict(list)
        for contact in visible_contacts_of(viewer=viewer, actors=chunk):
            contacts[contact.actor_id].append(contact)
        for pk in chunk:
            if pk in actors:
                yield _portrait(actors[pk], contacts[pk], signed_in=signed_in)


def _portrait(actor: Actor, contacts: list[Contact], *, signed_in: bool) -> Portrait:
    at = {}
    place: Any = actor.place
    while place is not None:
        at[place.level] = place.name
        place = place.parent if place.parent_id and len(at) < len(PlaceLevel) else None
    confirmed = actor.confirmed_at
    return Portrait(
        actor=actor,
        region=actor.region.name if actor.region else at.get(PlaceLevel.DEPARTMENT, ""),
        province=at.get(PlaceLevel.PROVINCE, ""),
        district=at.get(PlaceLevel.DISTRICT, ""),
        city=at.get(PlaceLevel.CITY, ""),
        names=[one.text for one in actor.other_names.all() if one.text_key != actor.name_key],
        numbers=sorted((one.scheme, one.value) for one in actor.identifiers.all()),
        codes=sorted(one.code for one in actor.activities.all()),
        products=sorted(one.name for one in actor.products.all()),
        themes=list(actor.themes.all()),
        capabilities=list(actor.capabilities.all()),
        certifications=[one.name for one in actor.certifications.all()],
        links=[one.url for one in actor.links.all()],
        email=actor.email if signed_in else "",
        phone=actor.phone if signed_in else "",
        address=actor.address if signed_in else "",
        contacts=contacts,
        confirmed_on=timezone.localdate(confirmed) if confirmed else None,
    )
