"""Decide which actor a row speaks of, and write all actors of a chunk at once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from minka.core.bulk import write_all
from minka.knowledge.actions.import_writing import insert_rows, reserve_keys
from minka.knowledge.models import Actor, ActorName, Identifier
from minka.knowledge.models.actor import new_public_id
from minka.knowledge.queries.places import PlaceIndex, Spot
from minka.knowledge.states import ActorKind, NameKind
from minka.methods.text import search_key

Values = dict[str, Any]
Number = tuple[str, str]  # scheme, value
PlaceKeys = tuple[str, str, str]  # region, province, district

ROR = re.compile(
    r"(?:https?://)?(?:www\.)?ror\.org/(0[a-hj-km-np-tv-z0-9]{6}\d{2})/?", re.IGNORECASE
)
LENGTHS = {"activity": 250, "website": 250, "email": 254, "address": 250}
FILLED = (*LENGTHS, "description", "phone", "country", "kind", "founded_year")
WRITTEN = [
    *FILLED, "place", "region", "latitude", "longitude", "location_is_exact", "search_text",
    "record_count", "updated_at",
]  # fmt: skip


class ActorDesk:
    """The actors of one chunk: open it with all rows, ask for each row's actor, save.

    A tax number identifies; so does a ROR id. A source's own code does so within the source, and
    only under the same name: columns of codes often hold categories. All else is left to
    resolution, so a row without identity gets an actor of its own.
    """

    def __init__(self, *, source_id: int, country: str, places: PlaceIndex) -> None:
        """Serve one source; `country` is where organisations are that do not say."""
        self._own_scheme = f"source.{source_id}"
        self._country = country
        self._places = places
        self._by_number: dict[Number, Actor] = {}
        self._held: dict[int, Actor] = {}
        self._schemes: dict[int, set[str]] = defaultdict(set)  # by id() of the actor
        self._names: dict[int, set[str]] = defaultdict(set)
        self._new: list[Actor] = []
        self._changed: dict[int, Actor] = {}
        self._new_numbers: list[tuple[Actor, Number]] = []
        self._new_names: list[tuple[Actor, str, str, NameKind]] = []

    def open(self, rows: Sequence[Values], also: Iterable[int] = ()) -> None:
        """Fetch every actor that one of the rows may speak of, and keep it until we are done."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for values in rows:
            for scheme, value in self._numbers(values):
                wanted[scheme].add(value)
        held = [
            one
            for scheme, numbers in wanted.items()
            for one in Identifier.objects.filter(scheme=scheme, value__in=numbers)
        ]
        owners = {one.actor_id for one in held} | set(also)
        actors = self._held = Actor.objects.select_for_update().in_bulk(owners)
        for one in held:
            self._by_number[one.scheme, one.value] = actors[one.actor_id]
        for scheme, owner in Identifier.objects.filter(actor__in=owners).values_list(
            "scheme", "actor_id"
        ):
            self._schemes[id(actors[owner])].add(scheme)
        for owner, key in ActorName.objects.filter(actor__in=owners).values_list(
            "actor_id", "text_key"
        ):
            self._names[id(actors[owner])].add(key)
        for actor in actors.values():
            self._names[id(actor)].add(actor.name_key)

    def actor_for(
        self, values: Values, kind: str, place_keys: PlaceKeys, heir_to: int = 0
    ) -> Actor | None:
        """Return the actor of a row, made or completed as needed; None for a row without one.

        `heir_to` is the actor of the row that this one replaces in a newer version of its source.
        """
        numbers = list(self._numbers(values))
        actor = self._known(values, numbers) or self._held.get(heir_to)
        if actor is None:
            if not values.get("name"):
                return None
            actor = self._make(values["name"])
        elif actor.pk:
            self._changed[actor.pk] = actor
        actor.record_count += 1
        self._take_numbers(actor, numbers)
        self._take_names(actor, values)
        self._fill(actor, values, kind)
        self._locate(actor, values, place_keys)
        return actor

    def save(self) -> int:
        """Write everything; return how many actors are new."""
        keys = reserve_keys(model=Actor, count=len(self._new)) if self._new else []
        for actor, key in zip(self._new, keys, strict=True):
            actor.pk = key
        insert_rows(model=Actor, rows=[vars(actor) for actor in self._new])
        now = timezone.now()
        for actor in self._changed.values():
            actor.updated_at = now
        write_all(self._changed.values(), WRITTEN)
        insert_rows(
            model=Identifier,
            rows=[
                {"actor_id": actor.pk, "scheme": scheme, "value": value}
                for actor, (scheme, value) in self._new_numbers
            ],
        )
        insert_rows(
            model=ActorName,
            rows=[
                {"actor_id": actor.pk, "text": text, "text_key": key, "kind": kind}
                for actor, text, key, kind in self._new_names
            ],
        )
        return len(self._new)

    def _numbers(self, values: Values) -> Iterator[Number]:
        return numbers_of(values, self._own_scheme)

    def _known(self, values: Values, numbers: list[Number]) -> Actor | None:
        names = {search_key(name)[:250] for name in all_names(values)}
        tax_scheme = values.get("tax_scheme")
        for scheme, value in numbers:
            actor = self._by_number.get((scheme, value))
            if actor is None:
                continue
            if scheme == tax_scheme:
                return actor
            if tax_scheme in self._schemes[id(actor)]:
                continue  # it has another tax number: not the same organisation
            if scheme == self._own_scheme and not names & self._names[id(actor)]:
                continue
            return actor
        return None

    def _make(self, name: str) -> Actor:
        actor = Actor(public_id=new_public_id(), name=name[:250], name_key=search_key(name)[:250])
        actor.kind = ""
        self._names[id(actor)].add(actor.name_key)
        actor.add_search_words([name])
        self._new.append(actor)
        return actor

    def _take_numbers(self, actor: Actor, numbers: list[Number]) -> None:
        for number in numbers:
            if number not in self._by_number:
                self._by_number[number] = actor
                self._schemes[id(actor)].add(number[0])
                self._new_numbers.append((actor, number))
                actor.add_search_words([number[1]])

    def _take_names(self, actor: Actor, values: Values) -> None:
        for text, kind in _named(values):
            key = search_key(text)[:250]
            if key and key not in self._names[id(actor)]:
                self._names[id(actor)].add(key)
                self._new_names.append((actor, text[:250], key, kind))
                actor.add_search_words([text])

    def _fill(self, actor: Actor, values: Values, kind: str) -> None:
        """Complete what is empty; what is there stays, whoever said it."""
        for name, length in LENGTHS.items():
            text = _text(values, name)
            if text and not getattr(actor, name) and (len(text) <= length or name != "website"):
                setattr(actor, name, text[:length])
        actor.description = actor.description or _text(values, "description")
        actor.phone = actor.phone or _joined(values.get("phone"), 60)
        actor.country = actor.country or _text(values, "country") or self._country
        if not actor.kind or (actor.kind == ActorKind.OTHER and kind):
            actor.kind = kind or ActorKind.OTHER
        if actor.founded_year is None and (year := _text(values, "founded")[:4]).isdigit():
            actor.founded_year = int(year)
        actor.add_search_words([actor.activity, actor.description])

    def _locate(self, actor: Actor, values: Values, keys: PlaceKeys) -> None:
        country = _text(values, "country") or self._country
        spot = self._places.spot(values.get("geoname"), country, *keys)
        if spot and actor.place_id is None:
            actor.place_id, actor.region_id = spot.place_id, spot.region_id
            actor.add_search_words(spot.names)
        latitude, longitude = values.get("latitude"), values.get("longitude")
        if latitude is not None and longitude is not None and not actor.location_is_exact:
            actor.latitude, actor.longitude = latitude, longitude
            actor.location_is_exact = True
        elif spot and actor.latitude is None and actor.place_id == spot.place_id:
            _put_at(actor, spot)


def _put_at(actor: Actor, spot: Spot) -> None:
    if spot.latitude is not None and spot.longitude is not None:
        actor.latitude, actor.longitude = spot.latitude, spot.longitude


def _named(values: Values) -> Iterator[tuple[str, NameKind]]:
    if name := values.get("name"):
        yield name, NameKind.ALIAS
    if trade := values.get("trade_name"):
        yield trade, NameKind.TRADE
    if acronym := values.get("acronym"):
        yield acronym, NameKind.ACRONYM
    for other in values.get("other_names") or []:
        yield other, NameKind.ALIAS


def numbers_of(values: Values, own_scheme: str) -> Iterator[Number]:
    """Yield the numbers by which a row says who it speaks of; `own_scheme` is its source's.

    No person: it only reads a row.
    """
    if values.get("tax_id") and values.get("tax_scheme"):
        yield values["tax_scheme"], values["tax_id"]
    if code := str(values.get("external_id") or ""):
        if ror := ROR.fullmatch(code):
            yield "ror", ror[1].lower()
        elif len(code) <= 64:
            yield own_scheme, code


def all_names(values: Values) -> Iterator[str]:
    """Yield every name that a row gives.

    No person: it only reads a row.
    """
    return (text for text, _kind in _named(values))


def _text(values: Values, name: str) -> str:
    value = values.get(name) or ""
    return str(value[0] if isinstance(value, list) and value else value or "")


def _joined(values: list[str] | None, length: int) -> str:
    """Join as many values as fit."""
    joined = ""
    for value in values or []:
        longer = f"{joined} / {value}" if joined else value
        if len(longer) <= length:
            joined = longer
    return joined
