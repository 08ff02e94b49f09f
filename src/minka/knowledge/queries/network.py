"""The network as a picture and as a list: what is drawn, near whom, along which path."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from zlib import crc32

from django.db.models import Count, Q, QuerySet

from minka.knowledge.models import Actor, Community, NetworkRun, Relation, Standing
from minka.knowledge.queries.directory import DirectoryFilter, directory, visible_actors
from minka.knowledge.queries.ties import network_of, ties
from minka.knowledge.states import RelationKind

DRAWN = 5_000  # nodes that a picture can hold
NEAR = 5_000  # organisations of a neighbourhood that are listed
STEPS = 2
EPOCH = date(1970, 1, 1)
EVERYBODY = DirectoryFilter()
TIE_KINDS = tuple(RelationKind.values)


@dataclass(frozen=True, slots=True)
class NetworkWanted:
    """What a reader asks of the network.

    Args:
        actors: of which organisations; both ends of a tie must fit.
        kinds: kinds of ties; none means all.
        on: the day on which they hold; none means any.
        focus: an organisation whose neighbourhood is wanted, `steps` away at most.
        start: where a path begins, and `end` where it leads.
    """

    actors: DirectoryFilter = EVERYBODY
    kinds: tuple[str, ...] = ()
    on: date | None = None
    focus: Actor | None = None
    steps: int = 1
    start: Actor | None = None
    end: Actor | None = None


def listed_ties(*, viewer: Any, wanted: NetworkWanted) -> QuerySet[Relation]:
    """Return the ties that fit: all, those of a neighbourhood, or those along a path."""
    found = _narrowed(viewer, wanted)
    if wanted.start and wanted.end:
        found = found.filter(_along(path_between(viewer=viewer, wanted=wanted)))
    elif wanted.focus:
        near = _near(found, wanted.focus, wanted.steps)
        found = found.filter(tail__in=near, head__in=near)
    return found.select_related("tail", "head", "source").order_by(
        "tail__name_key", "head__name_key", "kind", "pk"
    )


def path_between(*, viewer: Any, wanted: NetworkWanted) -> list[Actor]:
    """Return a shortest chain of organisations from `start` to `end`; empty where there is none."""
    if not (wanted.start and wanted.end):
        return []
    whole = network_of(viewer=viewer, wanted=wanted.actors, kinds=wanted.kinds, on_date=wanted.on)
    place = {pk: node for node, pk in enumerate(whole.ids)}
    ends = [place.get(wanted.start.pk), place.get(wanted.end.pk)]
    if None in ends:
        return []
    graph = whole.network.simple
    if graph.distances(ends[0], ends[1])[0][0] == float("inf"):
        return []
    nodes = graph.get_shortest_paths(ends[0], ends[1])[0]
    actors = visible_actors(viewer=viewer).in_bulk([whole.ids[node] for node in nodes])
    return [actors[whole.ids[node]] for node in nodes]


def tie_kind_counts(*, viewer: Any, on: date | None = None) -> dict[str, int]:
    """Return how many ties of each kind there are. One SQL statement."""
    found = ties(viewer=viewer, on_date=on).order_by().values_list("kind")
    counted: dict[str, int] = dict(found.annotate(count=Count("pk")))
    return {kind: counted.get(kind, 0) for kind in TIE_KINDS}


def network_feed(*, viewer: Any, wanted: DirectoryFilter, in_english: bool) -> dict[str, Any]:
    """Return what the picture is drawn from, column by column, the dates in days since 1970.

    Only organisations with ties; of more than `DRAWN`, those with the most. Six SQL statements.
    """
    whole = network_of(viewer=viewer, wanted=wanted)
    degrees = whole.network.simple.degree()
    order = sorted((node for node, ties in enumerate(degrees) if ties), key=lambda n: -degrees[n])
    shown = sorted(order[:DRAWN])
    seat = {whole.ids[node]: number for number, node in enumerate(shown)}
    standings = _standings()
    communities = list(Community.objects.filter(size__gt=0).order_by("-size", "number"))
    group = {one.pk: number for number, one in enumerate(communities)}
    names = _names(viewer, wanted, seat)
    kept = [tie for tie in whole.relations if tie.tail in seat and tie.head in seat]
    kinds = {kind: number for number, kind in enumerate(TIE_KINDS)}
    places = [standings.get(whole.ids[node]) for node in shown]
    return {
        "ids": [names[whole.ids[node]][0] for node in shown],
        "names": [names[whole.ids[node]][1] for node in shown],
        "types": [whole.types[node] for node in shown],
        "communities": [group.get(one[2] or 0, -1) if one else -1 for one in places],
        "x": [one[0] if one else None for one in places],
        "y": [one[1] if one else None for one in places],
        "tails": [seat[tie.tail] for tie in kept],
        "heads": [seat[tie.head] for tie in kept],
        "kinds": [kinds[tie.kind] for tie in kept],
        "since": [_days(tie.starts_on) for tie in kept],
        "until": [_days(tie.ends_on) for tie in kept],
        "groups": [community_name(one, in_english=in_english) for one in communities],
        "left_out": max(0, len(order) - DRAWN),
    }


def community_name(community: Community, *, in_english: bool) -> str:
    """Return what the team calls a community, else what tells it from the others.

    No person: only words.
    """
    given = (
        (community.given_en or community.given_es)
        if in_english
        else (community.given_es or community.given_en)
    )
    marks = [mark[3 if in_english else 2] for mark in community.marks]
    return given or " · ".join(marks) or f"{community.number}"


def layout_version() -> str:
    """Return a text that changes when places or communities do.

    No person: it says nothing of anybody.
    """
    run = NetworkRun.objects.values_list("pk", flat=True).first() or 0
    given = Community.objects.exclude(given_es="", given_en="").order_by("pk")
    names = repr(list(given.values_list("pk", "given_es", "given_en")))
    return f"{run}-{crc32(names.encode()):x}"


def _standings() -> dict[int, tuple[float | None, float | None, int | None]]:
    rows = Standing.objects.values_list("actor_id", "x", "y", "community_id")
    return {
        actor: (None if (x, y) == (0.0, 0.0) else x, None if (x, y) == (0.0, 0.0) else y, group)
        for actor, x, y, group in rows
    }


def _names(viewer: Any, wanted: DirectoryFilter, seat: dict[int, int]) -> dict[int, Any]:
    rows = directory(viewer=viewer, wanted=wanted).values_list("pk", "public_id", "name")
    return {pk: (public_id, name) for pk, public_id, name in rows if pk in seat}


def _days(day: date | None) -> int | None:
    return (day - EPOCH).days if day else None


def _narrowed(viewer: Any, wanted: NetworkWanted) -> QuerySet[Relation]:
    found = ties(viewer=viewer, kinds=wanted.kinds, on_date=wanted.on)
    if wanted.actors.key != EVERYBODY.key:
        fitting = directory(viewer=viewer, wanted=wanted.actors).order_by().values("pk")
        found = found.filter(tail__in=fitting, head__in=fitting)
    return found


def _near(found: QuerySet[Relation], focus: Actor, steps: int) -> list[int]:
    """Return who is within reach of an organisation, itself among them."""
    near, edge = {focus.pk}, [focus.pk]
    for _step in range(min(steps, STEPS)):
        rows = found.filter(Q(tail__in=edge) | Q(head__in=edge)).order_by("pk")
        ends = {pk for pair in rows.values_list("tail_id", "head_id") for pk in pair}
        edge = sorted(ends - near)[: max(0, NEAR - len(near))]
        near |= set(edge)
    return sorted(near)


def _along(path: Sequence[Actor]) -> Q:
    match = Q(pk__in=[])
    for one, other in pairwise(path):
        match |= Q(tail=one, head=other) | Q(tail=other, head=one)
    return match
