"""The measures of a large network; `python -m tests.bench.network` measures them alone."""

from time import process_time

import numpy as np

from minka.methods.network.centrality import betweenness
from minka.methods.network.graph import Network
from minka.methods.network.introductions import introductions
from minka.methods.network.layout import layout
from minka.methods.network.portrait import portrait
from tests.bench.figures import Figures

NODES, TIES = 100_000, 500_000
SMALL_NODES, SMALL_TIES = 3_000, 10_000
TYPES, THEMES, THEMES_EACH = 15, 2_000, 3
CIRCLE = 120  # organisations that know each other more than others
INSIDE = 0.7
SEED = 41
CHECKED, SURE = 100, 1.96


def made_up(nodes: int, ties: int) -> tuple[Network, list[int], list[list[int]]]:
    """Return a network with circles and hubs, the types of its nodes and their themes."""
    chance = np.random.default_rng(SEED)
    circle = chance.integers(0, max(1, nodes // CIRCLE), nodes)
    order = np.argsort(circle, kind="stable")
    place = np.empty(nodes, dtype=np.int64)
    place[order] = np.arange(nodes)
    fame = chance.pareto(1.8, nodes) + 0.2
    tails = chance.choice(nodes, ties, p=fame / fame.sum())
    near = (place[tails] + chance.integers(-CIRCLE // 2, CIRCLE // 2, ties)) % nodes
    heads = np.where(chance.random(ties) < INSIDE, order[near], chance.integers(0, nodes, ties))
    apart = tails != heads
    network = Network(nodes, tails[apart].astype(np.int64), heads[apart].astype(np.int64))
    types = chance.integers(0, TYPES, nodes).tolist()
    return network, types, chance.integers(0, THEMES, (nodes, THEMES_EACH)).tolist()


def measure_network(figures: Figures) -> None:
    """Add the processor time of all measures of 100,000 nodes, and how true the sampled ones are."""
    network, types, themes = made_up(NODES, TIES)
    begin = process_time()
    drawn = portrait(network, types, TYPES)
    measured = process_time() - begin
    found = introductions(network, themes)
    figures.add("network.nodes", network.size)
    figures.add("network.ties", len(network.tails))
    figures.add("network.introductions.seconds", process_time() - begin - measured)
    figures.add("network.measures.seconds", process_time() - begin, at_most=60)
    figures.add("network.introductions", len(found), at_least=1)
    figures.add("network.betweenness.pivots", drawn.betweenness.pivots)
    top = np.argsort(-drawn.betweenness.values)[:CHECKED]
    share = drawn.betweenness.error[top] / drawn.betweenness.values[top]
    figures.add("network.betweenness.error_of_top", float(np.median(share)))
    _small(figures)


def _small(figures: Figures) -> None:
    """Where the exact values can still be had: how often the interval holds them."""
    network, types, _themes = made_up(SMALL_NODES, SMALL_TIES)
    exact = betweenness(network, exact_up_to=10**12)
    sampled = betweenness(network, exact_up_to=0)
    top = np.argsort(-exact.values)[:CHECKED]
    off = np.abs(exact.values - sampled.values)[top] <= SURE * sampled.error[top]
    figures.add("network.small.in_interval", float(off.mean()), at_least=0.8)
    begin = process_time()
    portrait(network, types, TYPES)
    figures.add("network.small.measures.seconds", process_time() - begin)
    begin = process_time()
    layout(network)
    figures.add("network.small.layout.seconds", process_time() - begin)


if __name__ == "__main__":
    alone = Figures()
    measure_network(alone)
    for name, value in alone.values.items():
        print(f"{name} = {value:g} {alone.bounds.get(name, '')}")  # noqa: T201 -- a command
