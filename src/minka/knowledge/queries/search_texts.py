"""The texts by which an actor is found, gathered for many actors at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db.models import QuerySet

from minka.knowledge.models import (
    Actor,
    ActorActivity,
    ActorName,
    Capability,
    Certification,
    Identifier,
    Product,
    Theme,
)
from minka.knowledge.queries.activities import activity_labels
from minka.knowledge.queries.countries import country_names
from minka.knowledge.states import ActorState

OWN = (
    "name",
    "activity",
    "description",
    "country",
    "place__name",
    "place__parent__name",
    "region__name",
)


@dataclass(slots=True)
class Texts:
    """What is said of one actor. Contacts are never among it; numbers are with their scheme."""

    names: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)


def texts_of(*, actors: Sequence[int]) -> dict[int, Texts]:
    """Return the texts of the living among these actors; ten SQL statements for any number.

    No person: what is indexed; who asks is asked when it is read.
    """
    found: dict[int, Texts] = {}
    living = Actor.objects.filter(pk__in=actors, state=ActorState.LIVE).order_by("pk")
    for pk, *own in living.values_list("pk", *OWN):
        found[pk] = own_texts(*own)
    keys = list(found)
    for owner, text in _pairs(ActorName.objects.filter(actor__in=keys), "text"):
        found[owner].names.append(text)
    numbers = Identifier.objects.filter(actor__in=keys).order_by("actor_id", "pk")
    for owner, scheme, value in numbers.values_list("actor_id", "scheme", "value"):
        found[owner].numbers.append((scheme, value))
    for model in (Product, Certification):
        for owner, text in _pairs(model._default_manager.filter(actor__in=keys), "name"):
            found[owner].offers.append(text)
    for owner, code in _pairs(ActorActivity.objects.filter(actor__in=keys), "code"):
        found[owner].words.extend(activity_labels(code))
    _add_themes(found, keys)
    return found


def own_texts(name: str, activity: str, description: str, country: str, *at: str | None) -> Texts:
    """Return what the row of an actor says of it, the columns in the order of `OWN`.

    No person: what is indexed; who asks is asked when it is read.
    """
    places = list(dict.fromkeys(filter(None, at)))
    return Texts([name], [], [activity, description], [*places, *_country(country)])


def _add_themes(found: dict[int, Texts], keys: Sequence[int]) -> None:
    carried: dict[int, dict[int, None]] = defaultdict(dict)
    through = Actor.themes.through._default_manager.filter(actor__in=keys).order_by("theme_id")
    for owner, theme in through.values_list("actor_id", "theme_id"):
        carried[owner][theme] = None
    for owner, theme in _pairs(Capability.objects.filter(actor__in=keys), "theme_id"):
        carried[owner][theme] = None
    wanted = {theme for themes in carried.values() for theme in themes}
    labels = {one.pk: (one.label_es, one.label_en) for one in Theme.objects.filter(pk__in=wanted)}
    for owner, themes in carried.items():
        for theme in themes:
            found[owner].offers.extend(labels.get(theme, ()))


def _pairs(rows: QuerySet[Any], name: str) -> QuerySet[Any, tuple[int, Any]]:
    return rows.order_by("actor_id", "pk").values_list("actor_id", name)


@cache
def _country(code: str) -> tuple[str, ...]:
    return country_names(code=code) if code else ()
