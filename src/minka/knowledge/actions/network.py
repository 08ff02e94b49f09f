"""The measures of the network of public ties: reckoned in the background, kept, named."""

import math
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from minka.knowledge.actions.communities import name_communities
from minka.knowledge.models import Actor, Introduction, NetworkRun, Standing
from minka.knowledge.queries.directory import DirectoryFilter
from minka.knowledge.queries.ties import KINDS, ActorNetwork, network_of, ties_version
from minka.methods.network.graph import Network
from minka.methods.network.introductions import introductions, introductions_each
from minka.methods.network.layout import layout
from minka.methods.network.portrait import Portrait, portrait

DRAWN = 5_000  # nodes that a picture can hold: those with the most ties get a place in it
BRIDGES_KEPT = 100
TOLD_ALL = 60  # introductions of the whole network
TOLD_EACH = 5
LISTED = 20_000  # actors with ties that have a list of their own
STRANGER = AnonymousUser()


def measure(*, on_date: date | None = None, force: bool = False) -> NetworkRun | None:
    """Reckon everything from what strangers may know; None when nothing has changed.

    No person: the worker does it after changes, each month, or when somebody of the team asked.
    """
    started = time.perf_counter()
    today = on_date or timezone.localdate()
    version = f"{ties_version(viewer=STRANGER)}"[-64:]
    newest = NetworkRun.objects.first()
    if newest and not force and (newest.version, newest.on_date) == (version, today):
        return None
    whole = network_of(viewer=STRANGER, wanted=DirectoryFilter(), on_date=today)
    drawn = portrait(whole.network, whole.types, len(KINDS), is_directed=whole.is_directed)
    marks = _themes_of(whole.ids)
    places = _places(whole, drawn)
    pairs = _introductions(whole, drawn, marks)
    with transaction.atomic():
        run = NetworkRun.objects.create(on_date=today, version=version)
        groups = name_communities(ids=whole.ids, groups=drawn.groups, on=today)
        _keep_standings(run, whole, drawn, places, groups)
        _keep_introductions(run, whole, pairs)
        run.nodes, run.ties = drawn.structure.nodes, drawn.structure.ties
        run.figures = _figures(whole, drawn)
        run.seconds = round(time.perf_counter() - started, 2)
        run.save()
        Standing.objects.exclude(run=run).delete()
        Introduction.objects.exclude(run=run).delete()
    return run


def _themes_of(ids: Sequence[int]) -> list[list[int]]:
    node = {pk: number for number, pk in enumerate(ids)}
    marks: list[list[int]] = [[] for _pk in ids]
    links = Actor.themes.through._default_manager.order_by("actor_id", "theme_id")
    for actor, theme in links.values_list("actor_id", "theme_id"):
        if actor in node:
            marks[node[actor]].append(theme)
    return marks


def _places(whole: ActorNetwork, drawn: Portrait) -> dict[int, tuple[float, float]]:
    """Return where to draw the nodes that are drawn, near to where they were."""
    order = sorted(range(len(whole.ids)), key=lambda node: (-drawn.degree[node], node))
    shown = sorted(node for node in order[:DRAWN] if drawn.degree[node])
    seat = {node: number for number, node in enumerate(shown)}
    ends = [
        (seat[tail], seat[head])
        for tail, head in whole.network.simple.get_edgelist()
        if tail in seat and head in seat
    ]
    former = {actor: (x, y) for actor, x, y in Standing.objects.values_list("actor_id", "x", "y")}
    before = {
        seat[node]: former[whole.ids[node]]
        for node in shown
        if former.get(whole.ids[node], (0.0, 0.0)) != (0.0, 0.0)
    }
    places = layout(Network.of(len(shown), ends), before=before)
    return {
        node: (round(float(x), 5), round(float(y), 5))
        for node, (x, y) in zip(shown, places, strict=True)
    }


def _introductions(
    whole: ActorNetwork, drawn: Portrait, marks: Sequence[Sequence[int]]
) -> list[tuple[int, int, float, int, tuple[int, ...], tuple[int, ...]]]:
    """Return pairs (lower node first) with score, rank in the whole, and their reasons."""
    best = introductions(whole.network, marks, most=TOLD_ALL)
    tied = [node for node in range(len(whole.ids)) if drawn.degree[node]]
    order = sorted(tied, key=lambda node: (-drawn.degree[node], node))
    own = introductions_each(whole.network, marks, order[:LISTED], each=TOLD_EACH)
    found = {
        (pair.one, pair.other): (pair.score, rank, pair.common, pair.shared)
        for rank, pair in enumerate(best, start=1)
    }
    for pairs in own.values():
        for pair in pairs:
            ends = min(pair.one, pair.other), max(pair.one, pair.other)
            found.setdefault(ends, (pair.score, 0, pair.common, pair.shared))
    return [(*ends, *found[ends]) for ends in sorted(found)]


def _keep_standings(
    run: NetworkRun,
    whole: ActorNetwork,
    drawn: Portrait,
    places: dict[int, tuple[float, float]],
    groups: dict[int, int],
) -> None:
    articulation = set(drawn.articulation)
    roles, total = drawn.brokerage, drawn.brokerage.total
    rows = [
        Standing(
            run=run,
            actor_id=whole.ids[node],
            degree=int(drawn.degree[node]),
            betweenness=float(drawn.betweenness.values[node]),
            betweenness_error=float(drawn.betweenness.error[node]),
            closeness=float(drawn.closeness.values[node]),
            closeness_error=float(drawn.closeness.error[node]),
            core=int(drawn.core[node]),
            community_id=groups.get(int(drawn.groups[node])),
            coordinator=int(roles.coordinator[node]),
            itinerant=int(roles.itinerant[node]),
            gatekeeper=int(roles.gatekeeper[node]),
            liaison=int(roles.liaison[node]),
            brokered=int(total[node]),
            is_sampled_broker=bool(roles.is_sampled[node]),
            external_internal=_number(drawn.node_ei[node]),
            is_articulation=node in articulation,
            x=places.get(node, (0.0, 0.0))[0],
            y=places.get(node, (0.0, 0.0))[1],
        )
        for node in range(len(whole.ids))
        if drawn.degree[node]
    ]
    Standing.objects.bulk_create(rows, batch_size=1000)


def _keep_introductions(run: NetworkRun, whole: ActorNetwork, pairs: list[Any]) -> None:
    Introduction.objects.bulk_create(
        [
            Introduction(
                run=run,
                one_id=whole.ids[one],
                other_id=whole.ids[other],
                score=score,
                rank=rank,
                common=[whole.ids[node] for node in common[:5]],
                shared=list(shared[:5]),
            )
            for one, other, score, rank, common, shared in pairs
        ],
        batch_size=1000,
    )


def _figures(whole: ActorNetwork, drawn: Portrait) -> dict[str, Any]:
    cut = sorted(drawn.bridges.items(), key=lambda pair: (-pair[1], pair[0]))
    figures = asdict(drawn.structure) | {
        "modularity": drawn.modularity,
        "communities": int(drawn.groups.max(initial=-1)) + 1,
        "ei": drawn.ei,
        "expected_ei": drawn.expected_ei,
        "type_assortativity": drawn.type_assortativity,
        "degree_assortativity": drawn.degree_assortativity,
        "mean_degree": float(drawn.degree[drawn.degree > 0].mean()) if drawn.degree.any() else 0.0,
        "highest_core": int(drawn.core.max(initial=0)),
        "articulation": len(drawn.articulation),
        "bridges": len(cut),
        "pivots": drawn.betweenness.pivots,
    }
    plain = {name: _number(value) for name, value in figures.items()}
    plain["types"] = list(KINDS)
    plain["sizes"] = [whole.types.count(number) for number in range(len(KINDS))]
    plain["mixing"] = drawn.mixing.tolist()
    plain["longest_bridges"] = [
        [whole.ids[one], whole.ids[other], shore] for (one, other), shore in cut[:BRIDGES_KEPT]
    ]
    return plain


def _number(value: Any) -> Any:
    """Return a plain number that JSON can hold; None where it is not defined."""
    if isinstance(value, int):
        return value
    return None if math.isnan(value) else round(float(value), 6)
