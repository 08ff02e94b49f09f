"""Actors as an engine of resolution compares them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from minka.knowledge.models import Actor, ActorName, Identifier, Record
from minka.knowledge.queries.survivorship import first_text
from minka.knowledge.states import ActorState
from minka.methods.identifiers import SCHEMES
from minka.methods.likeness import Profile
from minka.methods.text import search_key

BATCH = 2000
COLUMNS = (
    "pk", "name", "email", "phone", "website", "address", "activity", "place_id", "region_id",
    "place__name", "region__name",
)  # fmt: skip


def living_keys() -> list[int]:
    """Return the keys of all living actors, the oldest first."""
    found = Actor.objects.filter(state=ActorState.LIVE).order_by("pk")
    return list(found.values_list("pk", flat=True))


def actors_of_imports(imports: Sequence[int]) -> list[int]:
    """Return the living actors of which these imports say something, the oldest first."""
    told = Record.objects.filter(first_import__in=imports, actor__state=ActorState.LIVE)
    return sorted(set(told.values_list("actor_id", flat=True)))


def rows_of(keys: Sequence[int]) -> list[Profile]:
    """Return the rows of actors, actor by actor: what each row says, and what no row says.

    An actor is compared by its rows, because each names it in its own way. What people say of it,
    or nobody any more, is one more row. Four SQL statements per 2,000 actors.
    """
    rows: list[Profile] = []
    for start in range(0, len(keys), BATCH):
        rows.extend(_rows(keys[start : start + BATCH]))
    return rows


def _rows(keys: Sequence[int]) -> Iterator[Profile]:
    told: dict[int, list[tuple[dict[str, Any], str, int]]] = defaultdict(list)
    found = Record.objects.filter(actor__in=keys, replaced_by=None).order_by("pk")
    for actor, values, problems, sheet in found.values_list(
        "actor_id", "values", Cast("problems", TextField()), "first_import_id"
    ).iterator(chunk_size=BATCH):
        told[actor or 0].append((values, problems, sheet or 0))
    for whole in _profiles(keys, {}):
        rows = [_said(whole, *row) for row in told[whole.key]]
        yield from _with_numbers(whole, [*rows, *_unsaid(whole, rows)])


def _said(whole: Profile, values: dict[str, Any], problems: str, sheet: int) -> Profile:
    """Return what one row says; its tax number counts if it is the actor's."""
    number = f"{values.get('tax_scheme')}:{values.get('tax_id')}"
    trusted = number in whole.tax_ids
    written = "" if trusted else first_text(values, "tax_id") or _untrusted(problems)
    names = (first_text(values, "trade_name"), first_text(values, "acronym"))
    return Profile(
        key=whole.key,
        name=first_text(values, "name") or whole.name,
        other_names=tuple(text for text in (*names, *_many(values, "other_names")) if text),
        tax_ids=(number,) if trusted else (),
        tax_written=(written,) if written else (),
        emails=_many(values, "email"),
        phones=_many(values, "phone"),
        website=first_text(values, "website"),
        region=_key(first_text(values, "region")),
        province=_key(first_text(values, "province")),
        place=_key(first_text(values, "district")),
        address=first_text(values, "address"),
        activity=_key(first_text(values, "activity") or first_text(values, "kind")),
        country=first_text(values, "country"),
        sheet=sheet,
    )


def _many(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(map(str, values.get(name) or ()))


def _untrusted(problems: str) -> str:
    """Return the digits of a tax number with a slip in it; fillers such as 00000000000 are none.

    `problems` is their JSON: most rows have none of that kind, and need not be read.
    """
    if "tax_id_" in problems:
        for problem in json.loads(problems):
            code = problem["code"]
            if code.startswith("tax_id_") and code != "tax_id_placeholder":
                return re.sub(r"[^0-9Kk]", "", problem["original"])
    return ""


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    """Return the key of what many rows say alike: a place, an activity."""
    return search_key(text)


def _unsaid(whole: Profile, rows: Sequence[Profile]) -> Iterator[Profile]:
    """Yield a row of what is known of an actor and in none of its rows."""
    written = {text for row in rows for text in (row.name, *row.other_names)}
    other = [text for text in (whole.name, *whole.other_names) if text not in written]
    said = {search_key(text) for text in written} if other else set()
    names = [text for text in other if search_key(text) not in said]
    if names or not rows:
        own, *others = names or [whole.name]
        yield replace(whole, name=own, other_names=tuple(others), tax_ids=())


def _with_numbers(whole: Profile, rows: Sequence[Profile]) -> Iterator[Profile]:
    """Yield the rows with the actor's numbers that none of them says; a row holds one."""
    numbers = sorted(set(whole.tax_ids).difference(*(row.tax_ids for row in rows)))
    for row in rows:
        if numbers and not row.tax_ids:
            yield replace(row, tax_ids=(numbers.pop(),), tax_written=())
        else:
            yield row
    for number in numbers:
        yield replace(rows[0], tax_ids=(number,), tax_written=())


def profiles_of(keys: Sequence[int]) -> list[Profile]:
    """Return profiles in the order of the keys. Four SQL statements per 2,000 actors."""
    profiles: list[Profile] = []
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        profiles.extend(_profiles(some, _told(some)))
    return profiles


def _profiles(keys: Sequence[int], told: Mapping[int, Mapping[str, set[str]]]) -> Iterator[Profile]:
    names: dict[int, list[str]] = defaultdict(list)
    for owner, text in ActorName.objects.filter(actor__in=keys).values_list("actor_id", "text"):
        names[owner].append(text)
    numbers: dict[int, list[str]] = defaultdict(list)
    held = Identifier.objects.filter(actor__in=keys, scheme__in=SCHEMES)
    for owner, scheme, value in held.values_list("actor_id", "scheme", "value"):
        numbers[owner].append(f"{scheme}:{value}")
    rows = Actor.objects.filter(pk__in=keys).order_by().values_list(*COLUMNS, named=True)
    actors = {row.pk: row for row in rows}
    for key in keys:
        if actor := actors.get(key):
            yield _profile(actor, names[key], numbers[key], told.get(key, {}))


def _told(keys: Sequence[int]) -> dict[int, dict[str, set[str]]]:
    told: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    rows = Record.objects.filter(actor__in=keys).values_list("actor_id", "values")
    for key, values in rows.iterator():
        _hear(told[key or 0], values)
    return told


def _hear(told: dict[str, set[str]], values: dict[str, Any]) -> None:
    told["emails"].update(map(str, values.get("email") or ()))
    told["phones"].update(map(str, values.get("phone") or ()))
    if values.get("tax_id") and not values.get("tax_scheme"):
        told["written"].add(first_text(values, "tax_id"))


def _profile(
    actor: Any, names: Sequence[str], numbers: Sequence[str], told: Mapping[str, set[str]]
) -> Profile:
    phones = {*told.get("phones", ()), *filter(None, actor.phone.split(" / "))}
    whole_region = actor.place_id == actor.region_id
    return Profile(
        key=actor.pk,
        name=actor.name,
        other_names=tuple(names),
        tax_ids=tuple(numbers),
        tax_written=tuple(sorted(told.get("written", ()))),
        emails=tuple(sorted({*told.get("emails", ()), *filter(None, [actor.email])})),
        phones=tuple(sorted(phones)),
        website=actor.website,
        region=_key(actor.region__name or ""),
        place="" if whole_region else _key(actor.place__name or ""),
        address=actor.address,
        activity=_key(actor.activity),
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
