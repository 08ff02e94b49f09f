"""Every measure agrees with networkx on random networks, which is another hand's work."""

from itertools import combinations
from math import isnan

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minka.methods.network.brokers import brokerage
from minka.methods.network.centrality import (
    betweenness,
    closeness,
    constraint,
    core_number,
    degree,
)
from minka.methods.network.graph import Network
from minka.methods.network.groups import modularity
from minka.methods.network.introductions import introductions
from minka.methods.network.mixing import (
    degree_assortativity,
    external_internal,
    mixing_matrix,
    node_external_internal,
    type_assortativity,
)
from minka.methods.network.structure import (
    articulation_nodes,
    bridges,
    component_of,
    structure,
)

TYPES = 3


@st.composite
def networks(draw: st.DrawFn) -> tuple[Network, nx.Graph, list[int]]:
    size = draw(st.integers(2, 14))
    node = st.integers(0, size - 1)
    ties = draw(st.lists(st.tuples(node, node), max_size=30))
    types = draw(st.lists(st.integers(0, TYPES - 1), min_size=size, max_size=size))
    oracle = nx.Graph()
    oracle.add_nodes_from((n, {"type": types[n]}) for n in range(size))
    oracle.add_edges_from((a, b) for a, b in ties if a != b)
    return Network.of(size, ties), oracle, types


def same(mine: object, oracle: object) -> None:
    np.testing.assert_allclose(
        np.asarray(mine, dtype=float), np.asarray(oracle, dtype=float), atol=1e-9
    )


@given(networks())
@settings(max_examples=60)
def test_centrality(case: tuple[Network, nx.Graph, list[int]]) -> None:
    network, oracle, _types = case
    order = range(network.size)
    same(degree(network), [oracle.degree[n] for n in order])
    cores = nx.core_number(oracle)
    same(core_number(network), [cores[n] for n in order])
    passed = nx.betweenness_centrality(oracle)
    same(betweenness(network).values, [passed[n] for n in order])
    near = nx.harmonic_centrality(oracle)
    same(closeness(network).values, [near[n] / (network.size - 1) for n in order])
    bound = nx.constraint(oracle)
    same(constraint(network), [bound[n] for n in order])


@given(networks())
@settings(max_examples=60)
def test_structure(case: tuple[Network, nx.Graph, list[int]]) -> None:
    network, oracle, _types = case
    figures = structure(network)
    assert figures.ties == oracle.number_of_edges()
    same(figures.density, nx.density(oracle))
    parts = sorted(map(len, nx.connected_components(oracle)), reverse=True)
    assert figures.largest == parts[0]
    assert figures.components == sum(size > 1 for size in parts)
    assert figures.isolated == sum(size == 1 for size in parts)
    assert np.bincount(component_of(network)).tolist() == parts
    assert articulation_nodes(network) == sorted(nx.articulation_points(oracle))
    assert bridges(network) == sorted(tuple(sorted(edge)) for edge in nx.bridges(oracle))


@given(networks())
@settings(max_examples=60)
def test_reciprocity(case: tuple[Network, nx.Graph, list[int]]) -> None:
    network, _oracle, _types = case
    oracle = nx.DiGraph()
    ties = zip(network.tails.tolist(), network.heads.tolist(), strict=True)
    oracle.add_edges_from((a, b) for a, b in ties if a != b)
    found = structure(network, is_directed=np.ones(len(network.tails), dtype=bool)).reciprocity
    if oracle.number_of_edges():
        same(found, nx.overall_reciprocity(oracle))
    else:
        assert isnan(found)


@given(networks())
@settings(max_examples=60)
def test_mixing(case: tuple[Network, nx.Graph, list[int]]) -> None:
    network, oracle, types = case
    crossing = [types[a] != types[b] for a, b in oracle.edges]
    if not crossing:
        assert isnan(external_internal(network, types))
        assert isnan(type_assortativity(network, types))
        return
    same(external_internal(network, types), (2 * sum(crossing) - len(crossing)) / len(crossing))
    with np.errstate(invalid="ignore"):
        oracles = nx.attribute_assortativity_coefficient(oracle, "type")
    found = type_assortativity(network, types)
    assert (
        isnan(found) if isnan(oracles) or len(set(types)) == 1 else found == pytest.approx(oracles)
    )
    matrix = mixing_matrix(network, types, TYPES)
    for a, b in combinations(range(TYPES), 2):
        joined = sum({types[x], types[y]} == {a, b} for x, y in oracle.edges)
        assert matrix[a, b] == matrix[b, a] == joined
    assert np.triu(matrix).sum() == oracle.number_of_edges()
    for node, value in enumerate(node_external_internal(network, types)):
        around = [types[node] != types[other] for other in oracle[node]]
        assert isnan(value) if not around else value == pytest.approx(2 * np.mean(around) - 1)
    degrees = {oracle.degree[n] for edge in oracle.edges for n in edge}
    if len(degrees) > 1:
        same(degree_assortativity(network), nx.degree_assortativity_coefficient(oracle))
    else:
        assert isnan(degree_assortativity(network))


@given(networks())
@settings(max_examples=60)
def test_brokers_stand_between_strangers(case: tuple[Network, nx.Graph, list[int]]) -> None:
    network, oracle, types = case
    roles = brokerage(network, types)
    for node in oracle:
        strangers = [
            (types[a], types[b])
            for a, b in combinations(oracle[node], 2)
            if not oracle.has_edge(a, b)
        ]
        own = types[node]
        assert roles.total[node] == len(strangers)
        assert roles.coordinator[node] == sum(a == b == own for a, b in strangers)
        assert roles.itinerant[node] == sum(a == b != own for a, b in strangers)
        assert roles.liaison[node] == sum(len({a, b, own}) == 3 for a, b in strangers)


@given(networks())
@settings(max_examples=60)
def test_introductions_agree_with_adamic_adar(case: tuple[Network, nx.Graph, list[int]]) -> None:
    network, oracle, _types = case
    found = introductions(network, [[]] * network.size, most=1000)
    expected = {
        (min(a, b), max(a, b)): score for a, b, score in nx.adamic_adar_index(oracle) if score > 0
    }
    assert {(pair.one, pair.other) for pair in found} == set(expected)
    for pair in found:
        assert pair.score == pytest.approx(expected[pair.one, pair.other])
        assert set(pair.common) == set(nx.common_neighbors(oracle, pair.one, pair.other))


@given(networks())
@settings(max_examples=40)
def test_modularity(case: tuple[Network, nx.Graph, list[int]]) -> None:
    network, oracle, types = case
    if not oracle.number_of_edges():
        assert isnan(modularity(network, np.asarray(types)))
        return
    groups = [{n for n in oracle if types[n] == kind} for kind in set(types)]
    same(modularity(network, np.asarray(types)), nx.community.modularity(oracle, groups))
