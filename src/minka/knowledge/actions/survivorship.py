"""Let the word that counts be the value of the field, and keep what people state."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from minka.core.access import require
from minka.core.audit import record
from minka.core.bulk import write_all
from minka.core.models import User
from minka.knowledge.actions.search_index import index_actors
from minka.knowledge.models import (
    Actor,
    ActorField,
    ActorName,
    Identifier,
    Place,
    Product,
    Record,
    Source,
)
from minka.knowledge.queries.survivorship import FIELDS, Told, places_of, told_of
from minka.knowledge.rules import active_roles
from minka.knowledge.states import ActorState, Origin, PlaceLevel, Voice
from minka.methods.text import search_key

PLAIN = tuple(name for name in FIELDS if name not in {"region", "position"})
WRITTEN = [
    *PLAIN, "name_key", "place", "region", "latitude", "longitude", "location_is_exact",
    "search_text", "record_count", "updated_at",
]  # fmt: skip


def state_fields(*, by: User, actor: Actor, changes: Mapping[str, Any], voice: str) -> None:
    """Keep what a person says of some fields, for the team or else for the organisation itself.

    The caller has checked that they may, and holds the transaction.
    """
    own = voice in {Voice.CLAIM, Voice.PERSON} or (
        voice == Voice.CORRECTION and active_roles(by, actor.pk)
    )
    origin = Origin.CLAIM if own else Origin.STAFF
    now = timezone.now()
    for field, value in changes.items():
        if field not in FIELDS:
            continue
        plain = value.pk if isinstance(value, Place) else value
        ActorField.objects.update_or_create(
            actor=actor,
            field=field,
            origin=origin,
            defaults={"value": plain, "by": by, "since": now},
        )
        if origin == Origin.STAFF:  # the team changes a claimed field on purpose
            ActorField.objects.filter(actor=actor, field=field, origin=Origin.CLAIM).delete()


def refresh_actor(*, actor: Actor) -> Actor:
    """Compose an actor's fields anew out of what is told of it.

    No person: a consequence of other acts.
    """
    refresh_actors(actors=[actor.pk])
    actor.refresh_from_db()
    return actor


@transaction.atomic
def refresh_actors(*, actors: Sequence[int], only_fields: bool = False) -> int:
    """Compose the fields of many actors anew, in bulk; return how many changed.

    A field of which nobody says anything stays as it is. Where nothing but fields can have changed
    since, search needs to hear of those alone whose fields have.

    No person: a consequence of other acts.
    """
    changed = 0
    keys = sorted(set(actors))
    for start in range(0, len(keys), 2000):
        changed += _refresh(keys[start : start + 2000], only_fields)
    return changed


def _refresh(keys: Sequence[int], only_fields: bool) -> int:
    found = Actor.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(keys)
    _give_places(found.values())
    told = told_of(keys)
    places = places_of(told.values())
    words = _words_of(keys)
    counts = _counts_of(keys)
    changed, now = [], timezone.now()
    for actor in found.values():
        before = _image(actor)
        _write(actor, told[actor.pk], places)
        actor.record_count = counts.get(actor.pk, 0)
        _compose_search(actor, words[actor.pk])
        if _image(actor) != before:
            actor.updated_at = now
            changed.append(actor)
    write_all(changed, WRITTEN)
    index_actors(actors=[actor.pk for actor in changed] if only_fields else keys)
    return len(changed)


def _give_places(actors: Iterable[Actor]) -> None:
    """Give actors their places; many are in few, so that each is fetched once for all."""
    wanted = {key for one in actors for key in (one.place_id, one.region_id) if key}
    places = Place.objects.in_bulk(wanted)
    for one in actors:
        one.place = places.get(one.place_id or 0)
        one.region = places.get(one.region_id or 0)


def _image(actor: Actor) -> list[Any]:
    names = (f"{name}_id" if name in {"place", "region"} else name for name in WRITTEN)
    return [getattr(actor, name) for name in names if name != "updated_at"]


def _write(actor: Actor, told: Mapping[str, Told], places: Mapping[int, Place]) -> None:
    for name in PLAIN:
        if name not in told:
            continue
        value = told[name].value
        if name == "founded_year" or value or name not in {"name", "kind"}:
            setattr(actor, name, value if value is not None or name == "founded_year" else "")
    actor.name_key = search_key(actor.name)[:250]
    if "region" in told:
        place = places.get(told["region"].value) if told["region"].value else None
        actor.place = place
        actor.region = _region_of(place)
        if not actor.location_is_exact:
            actor.latitude = place.latitude if place else None
            actor.longitude = place.longitude if place else None
    if "position" in told:
        actor.latitude, actor.longitude = told["position"].value
        actor.location_is_exact = True


def _region_of(place: Place | None) -> Place | None:
    while place is not None and place.level != PlaceLevel.DEPARTMENT:
        place = place.parent
    return place


def _words_of(keys: Sequence[int]) -> dict[int, list[str]]:
    words: dict[int, list[str]] = defaultdict(list)
    for actor, text in (
        ActorName.objects.filter(actor__in=keys).order_by("pk").values_list("actor_id", "text")
    ):
        words[actor].append(text)
    for actor, value in (
        Identifier.objects.filter(actor__in=keys).order_by("pk").values_list("actor_id", "value")
    ):
        words[actor].append(value)
    for actor, name in (
        Product.objects.filter(actor__in=keys).order_by("pk").values_list("actor_id", "name")
    ):
        words[actor].append(name)
    return words


def _counts_of(keys: Sequence[int]) -> dict[int, int]:
    made = Record.objects.filter(actor__in=keys).order_by().values_list("actor_id")
    return {actor or 0: count for actor, count in made.annotate(Count("pk"))}


def _compose_search(actor: Actor, words: Iterable[str]) -> None:
    places = [place.name for place in (actor.place, actor.region) if place]
    actor.search_text = ""
    actor.add_search_words([actor.name, *words, actor.activity, actor.description, *places])


@transaction.atomic
def order_sources(*, by: User, order: Sequence[int]) -> list[Source]:
    """Settle which source is believed first, and let every actor that hears it follow.

    Sources that `order` does not name come after, as they were.

    Raises:
        NotAllowed: `by` is not of the cluster team.
    """
    require(by, "knowledge.source_order")
    known = {one.pk: one for one in Source.objects.select_for_update().order_by("rank", "pk")}
    named = [known.pop(pk) for pk in dict.fromkeys(order) if pk in known]
    ordered = [*named, *known.values()]
    moved = [one for rank, one in enumerate(ordered, start=1) if one.rank != rank]
    if not moved:
        return ordered
    for rank, one in enumerate(ordered, start=1):
        one.rank = rank
    Source.objects.bulk_update(moved, ["rank"])
    record(
        by=by,
        verb="knowledge.source_order",
        obj=ordered[0],
        data={"order": [one.name for one in ordered]},
    )
    several = Record.objects.filter(source__in=moved, actor__state=ActorState.LIVE)
    refresh_actors(
        actors=list(
            several.filter(actor__record_count__gt=1).values_list("actor", flat=True).distinct()
        )
    )
    return ordered
