"""The network as a whole: how dense, in how many pieces, where it would break."""

from dataclasses import dataclass

import numpy as np

from minka.methods.network.graph import Integers, Network


@dataclass(frozen=True)
class Structure:
    """Figures of the whole network.

    Args:
        nodes: number of nodes, with or without ties.
        ties: pairs of nodes with at least one tie.
        isolated: nodes without any.
        density: ties ÷ all possible pairs; NaN below two nodes.
        reciprocity: share of directed ties that are answered; NaN without any.
        components: pieces of more than one node.
        largest: nodes in the largest piece.
    """

    nodes: int
    ties: int
    isolated: int
    density: float
    reciprocity: float
    components: int
    largest: int


def structure(network: Network, *, is_directed: np.ndarray | None = None) -> Structure:
    """Return the figures of the whole.

    Args:
        network: who has a tie with whom.
        is_directed: for each tie whether its direction means something; without it none does.

    Source for reciprocity: Wasserman and Faust (1994), Social Network Analysis, section 13.4.
    """
    graph = network.simple
    sizes = np.asarray(graph.connected_components().sizes(), dtype=np.int64)
    possible = network.size * (network.size - 1) / 2
    return Structure(
        nodes=network.size,
        ties=graph.ecount(),
        isolated=int((sizes == 1).sum()),
        density=graph.ecount() / possible if possible else float("nan"),
        reciprocity=_reciprocity(network, is_directed),
        components=int((sizes > 1).sum()),
        largest=int(sizes.max(initial=0)),
    )


def component_of(network: Network) -> Integers:
    """Return the number of the piece of each node; pieces are numbered from the largest, 0."""
    parts = network.simple.connected_components()
    order = np.argsort([-size for size in parts.sizes()], kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[np.asarray(parts.membership, dtype=np.int64)]


def articulation_nodes(network: Network) -> list[int]:
    """Return the nodes without which a piece would fall apart, ascending."""
    return sorted(network.simple.articulation_points())


def bridges(network: Network) -> list[tuple[int, int]]:
    """Return the ties without which a piece would fall apart, as ascending pairs."""
    graph = network.simple
    ends = (graph.es[edge].tuple for edge in graph.bridges())
    return sorted((min(one, other), max(one, other)) for one, other in ends)


def bridge_shores(network: Network) -> dict[tuple[int, int], int]:
    """Return for each bridge how many nodes would be cut off: those on its smaller side."""
    graph = network.simple
    crossed = graph.bridges()
    if not crossed:
        return {}
    piece = np.asarray(graph.connected_components().membership)
    whole = np.bincount(piece)
    rest = graph.copy()
    rest.delete_edges(crossed)
    island = rest.connected_components().membership
    sizes = np.bincount(island)
    ends = [graph.es[edge].tuple for edge in crossed]
    forest: dict[int, list[int]] = {}
    for one, other in ends:
        forest.setdefault(island[one], []).append(island[other])
        forest.setdefault(island[other], []).append(island[one])
    above, behind = _behind(forest, sizes)
    found = {}
    for one, other in ends:
        lower = one if above.get(island[one]) == island[other] else other
        cut = int(behind[island[lower]])
        shore = min(cut, int(whole[piece[one]]) - cut)
        found[(min(one, other), max(one, other))] = shore
    return found


def _behind(forest: dict[int, list[int]], sizes: np.ndarray) -> tuple[dict[int, int], np.ndarray]:
    """Return who stands above whom in each tree, and how many nodes hang on each."""
    above: dict[int, int] = {}
    behind = sizes.copy()
    for root in forest:
        if root in above:
            continue
        above[root] = -1
        order = [root]
        for island in order:  # grows while it is walked
            for next_one in forest[island]:
                if next_one not in above:
                    above[next_one] = island
                    order.append(next_one)
        for island in reversed(order[1:]):
            behind[above[island]] += behind[island]
    return above, behind


def _reciprocity(network: Network, is_directed: np.ndarray | None) -> float:
    if is_directed is None:
        return float("nan")
    chosen = np.asarray(is_directed, dtype=bool) & (network.tails != network.heads)
    ties = set(zip(network.tails[chosen].tolist(), network.heads[chosen].tolist(), strict=True))
    if not ties:
        return float("nan")
    return sum((head, tail) in ties for tail, head in ties) / len(ties)
