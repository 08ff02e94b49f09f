"""Ties between organisations: who may know of which, and the network they make."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Q, QuerySet

from minka.knowledge.models import Actor, Relation
from minka.knowledge.queries.directory import DirectoryFilter, directory, directory_version
from minka.knowledge.rules import member_actors
from minka.knowledge.states import (
    RELATION_BOTH_WAYS,
    ActorKind,
    ActorState,
    RelationState,
)
from minka.methods.network.graph import Integers, Network

KINDS = tuple(ActorKind.values)  # the number of a type in `ActorNetwork.types` is its place here


class Tie(NamedTuple):
    """One tie of a network, as little of it as measures and pictures need."""

    pk: int
    tail: int
    head: int
    kind: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class ActorNetwork:
    """Organisations as nodes 0, 1, 2 … and the ties between them.

    Args:
        ids: pk of the actor of each node, ascending.
        types: place in `KINDS` of the type of each node.
        network: its ties in the order of `relations`.
        relations: the ties with the pks of their ends.
    """

    ids: list[int]
    types: list[int]
    network: Network
    relations: list[Tie]

    @property
    def is_directed(self) -> np.ndarray:
        """Whether the direction of each tie means something."""
        return np.asarray(
            [tie.kind not in RELATION_BOTH_WAYS for tie in self.relations], dtype=bool
        )


def ties(
    *,
    viewer: Any,
    kinds: Collection[str] = (),
    on_date: date | None = None,
    actor: Actor | None = None,
) -> QuerySet[Relation]:
    """Return the standing ties that `viewer`, perhaps a stranger, may know of.

    Public ones; the team sees all, members those of their own organisation.

    Args:
        viewer: who looks.
        kinds: only of these kinds; none means all.
        on_date: only those that hold on that day; a tie without dates always does.
        actor: only those of one organisation.
    """
    found = Relation.objects.filter(
        state=RelationState.STANDING,
        tail__state=ActorState.LIVE,
        head__state=ActorState.LIVE,
    )
    if not (viewer.is_authenticated and viewer.is_staff):
        found = found.filter(_public_or_own(viewer))
    if kinds:
        found = found.filter(kind__in=kinds)
    if on_date is not None:
        found = found.filter(holding_on(on_date))
    if actor is not None:
        found = found.filter(Q(tail=actor) | Q(head=actor))
    return found


def holding_on(day: date) -> Q:
    """Match ties that hold on a day."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    return begun & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def ties_version(*, viewer: Any) -> str:
    """Return a text that changes whenever a tie, an actor or what `viewer` may see does.

    Two SQL statements, and one more the first time for somebody who has signed in.
    """
    newest = Relation.objects.order_by("-updated_at", "-pk").values_list("pk", "updated_at").first()
    changed = f"{newest[0]}-{newest[1].timestamp()}" if newest else "none"
    return f"{directory_version(viewer=viewer)}-{changed}-{_seen_as(viewer)}"


def _seen_as(viewer: Any) -> str:
    if not viewer.is_authenticated:
        return "public"
    if viewer.is_staff:
        return "team"
    return "-".join(map(str, sorted(member_actors(viewer)))) or "public"


def network_of(
    *,
    viewer: Any,
    wanted: DirectoryFilter,
    kinds: Collection[str] = (),
    on_date: date | None = None,
) -> ActorNetwork:
    """Return the network of the actors that fit and the ties between them. Two SQL statements."""
    nodes = list(directory(viewer=viewer, wanted=wanted).order_by("pk").values_list("pk", "kind"))
    place = {pk: node for node, (pk, _kind) in enumerate(nodes)}
    rows = ties(viewer=viewer, kinds=kinds, on_date=on_date).order_by("pk")
    found = [
        tie
        for tie in map(Tie._make, rows.values_list(*_COLUMNS))
        if tie.tail in place and tie.head in place
    ]
    number = {kind: position for position, kind in enumerate(KINDS)}
    return ActorNetwork(
        ids=[pk for pk, _kind in nodes],
        types=[number[kind] for _pk, kind in nodes],
        network=Network(
            len(nodes),
            _array(place[tie.tail] for tie in found),
            _array(place[tie.head] for tie in found),
        ),
        relations=found,
    )


_COLUMNS = ("pk", "tail_id", "head_id", "kind", "starts_on", "ends_on")


def _array(numbers: Any) -> Integers:
    return np.fromiter(numbers, dtype=np.int64)


def _public_or_own(viewer: Any) -> Q:
    own = member_actors(viewer)
    return Q(is_public=True) | Q(tail__in=own) | Q(head__in=own) if own else Q(is_public=True)
