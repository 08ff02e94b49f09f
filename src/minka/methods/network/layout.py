"""Where to draw each node, so that those with ties stand near each other."""

import random
from collections.abc import Mapping

import igraph
import numpy as np

from minka.methods.network.graph import Floats, Network

CAREFUL_UP_TO = 1_500  # nodes of a piece drawn by all pairs of forces; larger ones by a grid
ROUNDS = 400
ROUNDS_FROM_BEFORE = 20
PACE = 1.6  # room between the pieces


def layout(
    network: Network, *, before: Mapping[int, tuple[float, float]] | None = None, seed: int = 0
) -> Floats:
    """Return one position per node, shape (nodes, 2), the whole within -1 … 1.

    Each piece is drawn by forces, the largest in the middle, the others around it. Nodes that
    had a place before start from there, so that a picture changes as little as its ties do.
    Source: Fruchterman and Reingold (1991), Graph drawing by force-directed placement.
    """
    places = np.zeros((network.size, 2))
    if not network.size:
        return places
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 -- not for secrets
    try:
        pieces = sorted(network.simple.connected_components(), key=lambda ones: (-len(ones), ones))
        reach = 0.0
        ring: list[tuple[float, float]] = []
        for ones in pieces:
            radius = np.sqrt(len(ones))
            drawn = _drawn(network.simple, ones, before or {}, seed) * radius
            if reach == 0.0:
                centre, reach = (0.0, 0.0), radius
            else:
                centre = _next_seat(ring, reach, radius)
            places[ones] = drawn + centre
        largest = np.abs(places).max()
    finally:
        igraph.set_random_number_generator(random)
    return places / largest if largest else places


def _drawn(
    graph: igraph.Graph, ones: list[int], before: Mapping[int, tuple[float, float]], seed: int
) -> Floats:
    """Draw one piece within the unit circle."""
    if len(ones) == 1:
        return np.zeros((1, 2))
    piece = graph.induced_subgraph(ones)
    chance = np.random.default_rng(seed)
    known = [number for number, node in enumerate(ones) if node in before]
    remembers = len(known) > len(ones) / 2
    start = chance.uniform(-1, 1, (len(ones), 2)) * np.sqrt(len(ones))
    if remembers:
        start = _from_before(piece, ones, before, chance) * np.sqrt(len(ones))
    careful = len(ones) <= CAREFUL_UP_TO
    drawn = piece.layout_fruchterman_reingold(
        niter=ROUNDS_FROM_BEFORE if remembers else ROUNDS,
        seed=start.tolist(),
        start_temp=len(ones) ** 0.5 / (200 if remembers else 8),
        grid="nogrid" if careful else "grid",
    )
    places = np.asarray(drawn.coords, dtype=float)
    places -= places.mean(axis=0)
    if remembers:  # forces turn and mirror a picture freely: turned back it looks as before
        left, _scale, right = np.linalg.svd(places.T @ start)
        places = places @ (left @ right)
    # a stray one does not shrink the rest: the far ends are pulled in
    distance = np.hypot(places[:, 0], places[:, 1])
    usual = np.quantile(distance, 0.95) or 1.0
    pulled = np.where(
        distance > usual, usual + np.log1p(distance / usual - 1) * usual / 4, distance
    )
    places *= (pulled / np.where(distance > 0, distance, 1))[:, None]
    return places / (pulled.max() or 1.0)


def _from_before(
    piece: igraph.Graph,
    ones: list[int],
    before: Mapping[int, tuple[float, float]],
    chance: np.random.Generator,
) -> Floats:
    """Return the places of before, newcomers beside those they have ties with."""
    places = np.full((len(ones), 2), np.nan)
    for number, node in enumerate(ones):
        if node in before:
            places[number] = before[node]
    for number in np.flatnonzero(np.isnan(places[:, 0])).tolist():
        near = places[piece.neighbors(number)]
        near = near[~np.isnan(near[:, 0])]
        middle = near.mean(axis=0) if len(near) else np.nanmean(places, axis=0)
        places[number] = middle + chance.normal(0, 0.01, 2)
    places -= places.mean(axis=0)
    largest: Floats = places / (np.abs(places).max() or 1.0)
    return largest


def _next_seat(ring: list[tuple[float, float]], reach: float, radius: float) -> tuple[float, float]:
    """Return the centre of the next piece: around the largest, ring after ring.

    `ring` keeps what was given out: (angle so far, distance of the ring).
    """
    room = 2 * radius + PACE
    angle, distance = ring[-1] if ring else (0.0, reach + PACE + radius)
    if angle + room / distance > 2 * np.pi:
        angle, distance = 0.0, distance + room
    step = room / distance
    ring.append((angle + step, distance))
    middle = angle + step / 2
    return float(distance * np.cos(middle)), float(distance * np.sin(middle))
