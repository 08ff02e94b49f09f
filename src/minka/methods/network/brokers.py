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
    around = _Around.of(network, kinds)
    roles = np.zeros((4, network.size), dtype=np.int64)
    sampled = np.zeros(network.size, dtype=bool)
    chance = np.random.default_rng(seed)
    for node in np.flatnonzero(np.diff(around.first) > 1).tolist():
        known = around.neighbours(node)
        sampled[node] = len(known) > LOOKED_AT
        chosen = np.sort(chance.choice(known, LOOKED_AT, False)) if sampled[node] else known
        scale = len(known) * (len(known) - 1) / (len(chosen) * (len(chosen) - 1))
        roles[:, node] = np.round(around.roles(node, chosen) * scale)
    return Brokerage(roles[0], roles[1], roles[2], roles[3], sampled)


@dataclass(frozen=True)
class _Around:
    """The neighbours of all nodes in one row, and a note pad of one place per node."""

    kinds: Integers
    first: Integers
    others: Integers
    noted: Integers

    @classmethod
    def of(cls, network: Network, kinds: Integers) -> "_Around":
        ends = np.asarray(network.simple.get_edgelist(), dtype=np.int64).reshape(-1, 2)
        tails = np.concatenate([ends[:, 0], ends[:, 1]])
        heads = np.concatenate([ends[:, 1], ends[:, 0]])
        order = np.lexsort((heads, tails))
        counts = np.bincount(tails, minlength=network.size)
        first = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return cls(kinds, first, heads[order], np.full(network.size, -1, dtype=np.int64))

    def neighbours(self, node: int) -> Integers:
        return self.others[self.first[node] : self.first[node + 1]]

    def roles(self, node: int, chosen: Integers) -> np.ndarray:
        """Return in how many pairs of the chosen without a tie the node has each role."""
        own, types = self.kinds[node], self.kinds[chosen]
        alike = np.bincount(types)
        mine = alike[own] if own < len(alike) else 0
        same = int((alike * (alike - 1)).sum()) // 2
        inside, gates = mine * (mine - 1) // 2, mine * (len(chosen) - mine)
        pairs = len(chosen) * (len(chosen) - 1) // 2
        every = np.array([inside, same - inside, gates, pairs - same - gates], dtype=float)
        left: np.ndarray = every - self._closed(node, chosen, types)
        return left

    def _closed(self, node: int, chosen: Integers, types: Integers) -> np.ndarray:
        """Return the pairs of the chosen that do have a tie, by the role the node would have."""
        self.noted[chosen] = node
        sizes = self.first[chosen + 1] - self.first[chosen]
        ends = np.cumsum(sizes)
        at = np.arange(ends[-1]) + np.repeat(self.first[chosen] - (ends - sizes), sizes)
        far = self.others[at]
        tied = self.noted[far] == node
        one, other = np.repeat(types, sizes)[tied], self.kinds[far[tied]]
        own, same = self.kinds[node], one == other
        counts = [
            np.count_nonzero(same & (one == own)),
            np.count_nonzero(same & (one != own)),
            np.count_nonzero(~same & ((one == own) | (other == own))),
            np.count_nonzero(~same & (one != own) & (other != own)),
        ]
        return np.array(counts) / 2  # each pair is met from both its ends
