"""Bridges with what they cut off, lists for everybody, places in a picture, all together."""

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from minka.methods.network.graph import Network
from minka.methods.network.introductions import introductions, introductions_each
from minka.methods.network.layout import layout
from minka.methods.network.portrait import portrait
from minka.methods.network.structure import bridge_shores

SMALL = st.integers(2, 14).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(
            st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(
                lambda tie: tie[0] != tie[1]
            ),
            max_size=30,
        ),
    )
)


@settings(max_examples=60)
@given(SMALL)
def test_a_bridge_cuts_off_what_networkx_finds_on_its_smaller_side(drawn):
    size, ties = drawn
    graph = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(ties)
    wanted = {}
    for one, other in nx.bridges(graph):
        rest = graph.copy()
        rest.remove_edge(one, other)
        sides = [len(nx.node_connected_component(rest, end)) for end in (one, other)]
        wanted[min(one, other), max(one, other)] = min(sides)
    assert bridge_shores(Network.of(size, ties)) == wanted


@settings(max_examples=30)
@given(SMALL, st.lists(st.lists(st.integers(0, 4), max_size=3), min_size=14, max_size=14))
def test_the_best_of_ones_own_list_is_the_best_of_all_in_which_one_is(drawn, themes):
    size, ties = drawn
    network = Network.of(size, ties)
    everybody = introductions(network, themes[:size], most=500)
    own = introductions_each(network, themes[:size], list(range(size)))
    for node, pairs in own.items():
        best = [pair.score for pair in everybody if node in (pair.one, pair.other)]
        assert np.allclose([pair.score for pair in pairs], best[: len(pairs)])
        assert len(pairs) == min(5, len(best))
        assert all(pair.other not in network.neighbours[node] for pair in pairs)


def test_places_are_within_the_picture_the_same_again_and_stay_when_a_tie_comes():
    chance = np.random.default_rng(3)
    ties = [(one, (one + step) % 60) for one in range(60) for step in (1, 2)]
    ties += [tuple(pair) for pair in chance.integers(60, 70, (12, 2)).tolist()]
    network = Network.of(80, ties)
    places = layout(network)
    assert np.abs(places).max() <= 1
    assert np.array_equal(places, layout(network))
    before = {node: (x, y) for node, (x, y) in enumerate(places.tolist()) if node < 60}
    after = layout(Network.of(80, [*ties, (0, 5)]), before=before)
    assert np.corrcoef(places[:60].ravel(), after[:60].ravel())[0, 1] > 0.9
    assert layout(Network.of(0, [])).shape == (0, 2)
    assert layout(Network.of(1, [])).tolist() == [[0, 0]]


def test_a_portrait_of_nobody_and_of_strangers_says_so():
    for size in (0, 1, 3):
        drawn = portrait(Network.of(size, []), [0] * size, 2)
        assert (drawn.structure.ties, drawn.bridges, drawn.articulation) == (0, {}, [])
        assert np.isnan(drawn.ei)
        assert drawn.groups.tolist() == [-1] * size
