"""What is offered while somebody types a name."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from minka.knowledge.models import Actor
from minka.knowledge.queries.directory import visible_actors
from minka.methods.text import search_key

HITS = 8
LEGAL_FORMS = frozenset({
    "sac", "srl", "eirl", "saa", "sociedad", "anonima", "cerrada", "abierta", "responsabilidad",
    "limitada", "empresa", "individual", "comercial", "compania", "servicios", "generales",
    "peru", "del", "las", "los", "para",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing to go to."""

    title: str
    detail: str
    url: str
    icon: str = "building-2"


def suggest(*, viewer: Any, text: str, limit: int = HITS) -> list[Hit]:
    """Return organisations for what is being typed, names that begin so first; one statement."""
    words = search_key(text).split()[:6]
    if len("".join(words)) < 2:
        return []
    found = visible_actors(viewer=viewer)
    for word in words:
        found = found.filter(search_text__contains=word)
    begins = Q(name_key__startswith=" ".join(words))
    ordered = found.alias(begins=begins).order_by("-begins", "name_key", "pk")
    shown = ordered.select_related("region").only("public_id", "name", "kind", "region__name")
    return [_hit(actor) for actor in shown[:limit]]


def similar_actors(*, viewer: Any, name: str, limit: int = 5) -> list[Actor]:
    """Return organisations whose name shares its two most telling words with `name`."""
    words = [w for w in search_key(name).split() if len(w) > 2 and w not in LEGAL_FORMS]
    telling = sorted(words, key=len, reverse=True)[:2]
    if not telling:
        return []
    found = visible_actors(viewer=viewer).select_related("region")
    for word in telling:
        found = found.filter(search_text__contains=word)
    return list(found.order_by("name_key", "pk")[:limit])


def _hit(actor: Actor) -> Hit:
    facts = [actor.get_kind_display(), actor.region.name if actor.region else ""]
    return Hit(
        title=actor.name,
        detail=" · ".join(filter(None, facts)),
        url=reverse("knowledge:actor", args=[actor.public_id]),
    )
