"""Who stands between two that have no tie with each other, and between which types."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minka.methods.network.graph import Integers, Network

LOOKED_AT = 400  # neighbours of a hub that are looked at; a sample stands for more


@dataclass(frozen=True)
class Brokerage:
    """How often each node stands between two others without a tie, by their types.

    Args:
        coordinator: all three of one type.
        itinerant: the two of one type, the broker of another.
        gatekeeper: the broker and one of the two of one type, the other not.
        liaison: all three of different types.
        is_sampled: nodes with so many neighbours that pairs of a sample were counted and scaled.
    """

    coordinator: Integers
    itinerant: Integers
    gatekeeper: Integers
    liaison: Integers
    is_sampled: np.ndarray

    @property
    def total(self) -> Integers:
        """Return all pairs between which each node stands."""
        return self.coordinator + self.itinerant + self.gatekeeper + self.liaison


def brokerage(network: Network, types: Sequence[int], *, seed: int = 0) -> Brokerage:
    """Return the roles of every node as a broker.

    Ties are taken without direction, so that gatekeeper and representative are one role.
    Source: Gould and Fernandez (1989), Structures of mediation. Sociological Methodology 19.
    """
    kinds = np.asarray(types, dtype=np.int64)
    adjacent = [np.asarray(ones, dtype=np.int64) for ones in network.neighbours]
    roles = np.zeros((4, network.size), dtype=np.int64)
    sampled = np.zeros(network.size, dtype=bool)
    chance = np.random.default_rng(seed)
    for node, known in enumerate(adjacent):
        if len(known) < 2:
            continue
        sampled[node] = len(known) > LOOKED_AT
        chosen = np.sort(chance.choice(known, LOOKED_AT, False)) if sampled[node] else known
        scale = len(known) * (len(known) - 1) / (len(chosen) * (len(chosen) - 1))
        roles[:, node] = np.round(_roles(node, chosen, adjacent, kinds) * scale)
    return Brokerage(roles[0], roles[1], roles[2], roles[3], sampled)


def _roles(
    node: int, neighbours: Integers, adjacent: Sequence[Integers], kinds: Integers
) -> np.ndarray:
    own, types = kinds[node], kinds[neighbours]
    counts = np.zeros(4)
    for at, one in enumerate(neighbours[:-1].tolist()):
        others, other_types = neighbours[at + 1 :], types[at + 1 :]
        strangers = ~np.isin(others, adjacent[one], assume_unique=True)
        theirs, alike = other_types[strangers], types[at]
        same = theirs == alike
        counts[0] += np.count_nonzero(same) if alike == own else 0
        counts[1] += np.count_nonzero(same) if alike != own else 0
        gates = ~same & ((theirs == own) | (alike == own))
        counts[2] += np.count_nonzero(gates)
        counts[3] += np.count_nonzero(~same & ~gates)
    return counts
