"""Actors as an engine of resolution compares them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from minka.knowledge.models import Actor, ActorName, Identifier, Record
from minka.knowledge.queries.survivorship import first_text
from minka.knowledge.states import ActorState
from minka.methods.identifiers import SCHEMES
from minka.methods.likeness import Profile
from minka.methods.text import search_key

BATCH = 5000


def living_keys() -> list[int]:
    """Return the keys of all living actors, the oldest first."""
    found = Actor.objects.filter(state=ActorState.LIVE).order_by("pk")
    return list(found.values_list("pk", flat=True))


def actors_of_import(import_id: int) -> list[int]:
    """Return the living actors of which an import says something, the oldest first."""
    told = Record.objects.filter(first_import=import_id, actor__state=ActorState.LIVE)
    return sorted(set(told.values_list("actor_id", flat=True)))


def profiles_of(keys: Sequence[int]) -> list[Profile]:
    """Return profiles in the order of the keys. Four SQL statements per 5,000 actors."""
    profiles: list[Profile] = []
    for start in range(0, len(keys), BATCH):
        profiles.extend(_profiles(keys[start : start + BATCH]))
    return profiles


def _profiles(keys: Sequence[int]) -> Iterable[Profile]:
    names: dict[int, list[str]] = defaultdict(list)
    for owner, text in ActorName.objects.filter(actor__in=keys).values_list("actor_id", "text"):
        names[owner].append(text)
    numbers: dict[int, list[str]] = defaultdict(list)
    held = Identifier.objects.filter(actor__in=keys, scheme__in=SCHEMES)
    for owner, scheme, value in held.values_list("actor_id", "scheme", "value"):
        numbers[owner].append(f"{scheme}:{value}")
    told: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Record.objects.filter(actor__in=keys).values_list("actor_id", "values")
    for key, values in rows.iterator():
        _hear(told[key or 0], values)
    actors = Actor.objects.select_related("place", "region").in_bulk(keys)
    for key in keys:
        if actor := actors.get(key):
            yield _profile(actor, names[key], numbers[key], told[key])


def _hear(told: dict[str, set[str]], values: dict[str, Any]) -> None:
    told["emails"].update(map(str, values.get("email") or ()))
    told["phones"].update(map(str, values.get("phone") or ()))
    if values.get("tax_id") and not values.get("tax_scheme"):
        told["written"].add(first_text(values, "tax_id"))


def _profile(
    actor: Actor, names: Sequence[str], numbers: Sequence[str], told: dict[str, set[str]]
) -> Profile:
    phones = told["phones"] | set(filter(None, actor.phone.split(" / ")))
    return Profile(
        key=actor.pk,
        name=actor.name,
        other_names=tuple(names),
        tax_ids=tuple(numbers),
        tax_written=tuple(sorted(told["written"])),
        emails=tuple(sorted(told["emails"] | ({actor.email} if actor.email else set()))),
        phones=tuple(sorted(phones)),
        website=actor.website,
        region=search_key(actor.region.name) if actor.region else "",
        place=search_key(actor.place.name) if actor.place else "",
        address=actor.address,
        activity=search_key(actor.activity),
    )


def side_of(profile: Profile, actor: Actor) -> dict[str, Any]:
    """Return an actor as a reviewer reads it, plain enough for JSON."""
    place = ", ".join(
        dict.fromkeys(one.name for one in (actor.place, actor.region) if one is not None)
    )
    return {
        "public_id": actor.public_id,
        "name": profile.name,
        "other_names": [text for text in profile.other_names if text != profile.name][:8],
        "tax_ids": [value.partition(":")[2] for value in profile.tax_ids],
        "tax_written": list(profile.tax_written),
        "place": place,
        "address": profile.address,
        "emails": list(profile.emails)[:5],
        "phones": list(profile.phones)[:5],
        "website": profile.website,
        "activity": actor.activity,
        "description": actor.description[:300],
        "kind": actor.kind,
        "records": actor.record_count,
    }
