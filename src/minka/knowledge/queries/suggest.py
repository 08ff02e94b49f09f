"""What is offered while somebody types a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from rapidfuzz import fuzz

from minka.knowledge.models import Actor, ActorName
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.search import find, typed
from minka.methods.legal_forms import split_legal_form
from minka.methods.text import search_key

HITS = 8
TELLING, ALIKE = 2, 80  # words of a name that decide, and how alike (of 100) is a slip
BEFORE = "Minka"  # a form is only taken off where a name is left


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing to go to."""

    title: str
    detail: str
    url: str
    icon: str = "building-2"


def suggest(*, viewer: Any, text: str, limit: int = HITS) -> list[Hit]:
    """Return organisations for what is being typed, the nearest first; ten statements at most.

    Names that go on from what is typed come first; where there are none, whatever is found.
    """
    if len(search_key(text).replace(" ", "")) < 2:
        return []
    keys = typed(viewer=viewer, text=text, limit=limit)
    if not keys:
        keys = find(viewer=viewer, text=text, few=True).ids[:limit]
    return [_hit(actor) for actor in _in_order(viewer, keys)]


def search_actors(*, viewer: Any, text: str, limit: int) -> list[Hit]:
    """Return the organisations that whole words find, the nearest first."""
    return [_hit(actor) for actor in _in_order(viewer, find(viewer=viewer, text=text).ids[:limit])]


def similar_actors(*, viewer: Any, name: str, limit: int = 5) -> list[Actor]:
    """Return organisations with a name that has the two most telling words of `name`, or nearly.

    The nearest first. A legal form alone is no name; what an organisation does is no likeness.
    """
    own = split_legal_form(f"{BEFORE} {name}")[0].removeprefix(BEFORE).strip()
    telling = sorted(search_key(own).split(), key=len, reverse=True)[:TELLING]
    if not telling:
        return []
    found = find(viewer=viewer, text=own)
    fit = visible_actors(viewer=viewer).filter(found.condition, pk__in=found.ids)
    names: dict[int, str] = dict(fit.values_list("pk", "name_key"))
    for owner, text in ActorName.objects.filter(actor__in=names).values_list("actor", "text_key"):
        names[owner] += f" {text}"
    kept = {key for key, text in names.items() if _has_words(telling, text.split())}
    return _in_order(viewer, [key for key in found.ids if key in kept][:limit])


def _has_words(telling: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(fuzz.ratio(one, word, score_cutoff=ALIKE) for word in words) for one in telling)


def _in_order(viewer: Any, keys: tuple[int, ...] | list[int]) -> list[Actor]:
    shown = visible_actors(viewer=viewer).select_related("region")
    held = shown.only("public_id", "name", "kind", "country", "region__name").in_bulk(keys)
    return [held[key] for key in keys if key in held]


def _hit(actor: Actor) -> Hit:
    facts = [actor.get_kind_display(), actor.region.name if actor.region else ""]
    return Hit(
        title=actor.name,
        detail=" · ".join(filter(None, facts)),
        url=reverse("knowledge:actor", args=[actor.public_id]),
    )
