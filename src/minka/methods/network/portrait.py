"""All measures of one network together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minka.methods.network.brokers import Brokerage, brokerage
from minka.methods.network.centrality import Estimate, betweenness, closeness, core_number, degree
from minka.methods.network.graph import Floats, Integers, Network
from minka.methods.network.groups import communities, modularity
from minka.methods.network.mixing import (
    degree_assortativity,
    expected_external_internal,
    external_internal,
    mixing_matrix,
    node_external_internal,
    type_assortativity,
)
from minka.methods.network.structure import (
    Structure,
    articulation_nodes,
    bridge_shores,
    structure,
)


@dataclass(frozen=True)
class Portrait:
    """What each function of this package says of one network.

    Args:
        bridges: ties without which a piece falls apart, and how many they would cut off.
        expected_ei: the E-I index if all had ties with all who have any.
    """

    structure: Structure
    degree: Integers
    core: Integers
    betweenness: Estimate
    closeness: Estimate
    groups: Integers
    modularity: float
    brokerage: Brokerage
    node_ei: Floats
    ei: float
    expected_ei: float
    mixing: Integers
    type_assortativity: float
    degree_assortativity: float
    articulation: list[int]
    bridges: dict[tuple[int, int], int]


def portrait(
    network: Network,
    types: Sequence[int],
    count: int,
    *,
    is_directed: np.ndarray | None = None,
    seed: int = 0,
) -> Portrait:
    """Measure everything.

    Args:
        network: who has a tie with whom.
        types: type of each node, from 0 to `count` - 1.
        count: number of types.
        is_directed: for each tie whether its direction means something.
        seed: of whatever is left to chance.
    """
    groups = communities(network, seed=seed)
    degrees = degree(network)
    tied = np.flatnonzero(degrees > 0)
    return Portrait(
        structure=structure(network, is_directed=is_directed),
        degree=degrees,
        core=core_number(network),
        betweenness=betweenness(network, seed=seed),
        closeness=closeness(network, seed=seed),
        groups=groups,
        modularity=modularity(network, groups),
        brokerage=brokerage(network, types, seed=seed),
        node_ei=node_external_internal(network, types),
        ei=external_internal(network, types),
        expected_ei=expected_external_internal(np.asarray(types)[tied].tolist()),
        mixing=mixing_matrix(network, types, count),
        type_assortativity=type_assortativity(network, types),
        degree_assortativity=degree_assortativity(network),
        articulation=articulation_nodes(network),
        bridges=bridge_shores(network),
    )
