"""What the newest reckoning says: of the whole, of its communities, of one actor."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from minka.knowledge.models import Actor, Community, Introduction, NetworkRun, Standing, Theme
from minka.knowledge.queries.directory import visible_actors
from minka.knowledge.queries.ties import ties
from minka.knowledge.states import ActorState

TOP = 10
BRIDGES = 15
MEET = 20
OWN = 5


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two who should meet, and why: who knows both, and which themes both bear."""

    one: Actor
    other: Actor
    common: list[Actor]
    shared: list[Theme]
    common_count: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie without which a piece of the network would fall apart."""

    one: Actor
    other: Actor
    cut_off: int


def newest_run(*, viewer: Any) -> NetworkRun | None:  # noqa: ARG001 -- of public ties alone
    """Return the newest reckoning: it tells nothing that strangers may not know."""
    return NetworkRun.objects.first()


def top_standings(*, viewer: Any, run: NetworkRun, by: str) -> QuerySet[Standing]:
    """Return the actors with the highest value of a measure."""
    found = Standing.objects.filter(run=run, actor__in=visible_actors(viewer=viewer))
    found = found.select_related("actor", "community").filter(**{f"{by}__gt": 0})
    return found.order_by(F(by).desc(), "actor__name_key")[:TOP]


def articulations(*, viewer: Any, run: NetworkRun) -> QuerySet[Standing]:
    """Return the actors without whom a piece would fall apart, the busiest first."""
    found = Standing.objects.filter(run=run, actor__in=visible_actors(viewer=viewer))
    found = found.filter(is_articulation=True).select_related("actor")
    return found.order_by("-betweenness", "actor__name_key")[:TOP]


def bridges(*, viewer: Any, run: NetworkRun) -> list[Bridge]:
    """Return the ties that would cut off most. One SQL statement."""
    rows = run.figures.get("longest_bridges", [])
    actors = visible_actors(viewer=viewer).in_bulk({pk for row in rows for pk in row[:2]})
    found = [
        Bridge(actors[one], actors[other], shore)
        for one, other, shore in rows
        if one in actors and other in actors and shore > 1
    ]
    return found[:BRIDGES]


def communities(*, viewer: Any) -> QuerySet[Community]:  # noqa: ARG001 -- of public ties alone
    """Return the communities there are, the largest first."""
    return Community.objects.filter(size__gt=0).order_by("-size", "number")


def meetings(*, viewer: Any, run: NetworkRun, actor: Actor | None = None) -> list[Meeting]:
    """Return who should meet: in the whole network, or whom one actor should meet.

    What is told of one actor is for its members and the team. Pairs who have a tie that `viewer`
    knows of are left out. Four SQL statements.
    """
    found = Introduction.objects.filter(
        run=run, one__state=ActorState.LIVE, other__state=ActorState.LIVE
    ).select_related("one", "other")
    if actor is None:
        found = found.filter(rank__gt=0).order_by("rank")
    elif viewer.has_perm("knowledge.membership_view", actor):
        found = found.filter(Q(one=actor) | Q(other=actor)).order_by("-score", "pk")
    else:
        return []
    pairs = list(found[: 2 * (MEET if actor is None else OWN)])
    known = _known(viewer, pairs)
    pairs = [one for one in pairs if frozenset((one.one_id, one.other_id)) not in known]
    pairs = pairs[: MEET if actor is None else OWN]
    actors = visible_actors(viewer=viewer).in_bulk({pk for one in pairs for pk in one.common})
    themes = Theme.objects.in_bulk({pk for one in pairs for pk in one.shared})
    return [
        Meeting(
            one=one.other if actor is not None and one.other_id == actor.pk else one.one,
            other=one.one if actor is not None and one.other_id == actor.pk else one.other,
            common=[actors[pk] for pk in one.common if pk in actors],
            shared=[themes[pk] for pk in one.shared if pk in themes],
            common_count=len(one.common),
        )
        for one in pairs
    ]


def standing_of(*, viewer: Any, actor: Actor) -> Standing | None:  # noqa: ARG001 -- of public ties
    """Return where an actor stands."""
    found = Standing.objects.filter(actor=actor).select_related("run", "community")
    return found.order_by("-run").first()


def _known(viewer: Any, pairs: list[Introduction]) -> set[frozenset[int]]:
    ends = {pk for one in pairs for pk in (one.one_id, one.other_id)}
    rows = ties(viewer=viewer).filter(tail__in=ends, head__in=ends)
    return {frozenset(pair) for pair in rows.values_list("tail_id", "head_id")}
