"""A network as arrays, and as igraph wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import igraph
import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Network:
    """Nodes 0 … `size` - 1 and the ties between them, each with its tail and its head.

    Several ties between two nodes are kept: that somebody supplies and trains another are two
    facts. Measures that look at neighbours see them once (`simple`).
    """

    size: int
    tails: Integers
    heads: Integers

    @classmethod
    def of(cls, size: int, ties: Sequence[tuple[int, int]]) -> "Network":
        """Return the network of `size` nodes with these ties.

        Raises:
            ValueError: a tie names a node that is not there.
        """
        ends = np.asarray(ties, dtype=np.int64).reshape(-1, 2)
        if len(ends) and (ends.min() < 0 or ends.max() >= size):
            raise ValueError(f"ties must join nodes from 0 to {size - 1}")
        return cls(size, ends[:, 0], ends[:, 1])

    @cached_property
    def simple(self) -> igraph.Graph:
        """Return who is a neighbour of whom: undirected, each pair once, nobody of itself."""
        low, high = np.minimum(self.tails, self.heads), np.maximum(self.tails, self.heads)
        pairs = np.unique(np.stack([low, high], axis=1)[low != high], axis=0)
        return igraph.Graph(n=self.size, edges=pairs.tolist(), directed=False)

    @cached_property
    def directed(self) -> igraph.Graph:
        """Return who points at whom, each ordered pair once, nobody at itself."""
        ends = np.stack([self.tails, self.heads], axis=1)
        pairs = np.unique(ends[self.tails != self.heads], axis=0)
        return igraph.Graph(n=self.size, edges=pairs.tolist(), directed=True)

    @cached_property
    def neighbours(self) -> list[list[int]]:
        """Return the neighbours of each node, ascending."""
        found: list[list[int]] = self.simple.get_adjlist()
        return [sorted(ones) for ones in found]
