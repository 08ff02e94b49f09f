"""Who should meet: pairs without a tie that have much in common."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from minka.methods.network.graph import Floats, Integers, Network

HUB = 500  # with more ties, being known to the same one says little and costs much
COMMON_MARK = 150  # a mark that more bear brings nobody together alone, but counts for those found
BATCH = 1_000  # nodes whose lists are looked for together
SCREENED = 20  # times as many pairs as wanted are looked at closely


@dataclass(frozen=True)
class Introduction:
    """Two nodes without a tie, and why they should meet.

    Args:
        score: sum of both reasons, each by its weight.
        common: nodes that know both, the most telling (fewest ties) first.
        adamic_adar: those weighed by how few ties they have.
        shared: marks (themes) that both bear, the rarest first.
    """

    one: int
    other: int
    score: float
    common: tuple[int, ...]
    adamic_adar: float
    shared: tuple[int, ...]


def introductions(
    network: Network,
    marks: Sequence[Sequence[int]],
    *,
    most: int = 50,
    among: Sequence[int] | None = None,
    mark_weight: float = 1.0,
) -> list[Introduction]:
    """Return the pairs without a tie that have most in common, best first.

    Common neighbours are weighed by 1 ÷ ln(their ties) (Adamic and Adar 2003, Friends and
    neighbors on the web), shared marks by ln(nodes ÷ nodes with the mark), as a rare theme tells
    more. Ties of hubs with more than `HUB` others do not count. It says who is alike in their
    acquaintances, not who would gain from meeting.

    Args:
        network: who has a tie with whom.
        marks: numbers of the themes of each node.
        most: how many pairs at most.
        among: if given, at least one of the two is of these.
        mark_weight: of one unit of shared themes against one of Adamic-Adar.
    """
    chosen = np.arange(network.size) if among is None else np.unique(np.asarray(among))
    lookout = _Lookout.over(network, marks, mark_weight)
    scores = lookout.scores(chosen).tocoo()
    screened = _best(scores, chosen, lookout.adjacency, most * SCREENED)
    found = [lookout.reasons.of(one, other) for one, other in screened]
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))[:most]


def introductions_each(
    network: Network,
    marks: Sequence[Sequence[int]],
    among: Sequence[int],
    *,
    each: int = 5,
    mark_weight: float = 1.0,
) -> dict[int, list[Introduction]]:
    """Return for each node of `among` those whom it should meet, best first.

    As `introductions`, but everybody has a list of their own; in each pair `one` is whose it is.
    """
    lookout = _Lookout.over(network, marks, mark_weight)
    found: dict[int, list[Introduction]] = {}
    for start in range(0, len(among), BATCH):
        some = np.asarray(among[start : start + BATCH], dtype=np.int64)
        scores = lookout.scores(some).tocsr()
        for row, node in enumerate(some.tolist()):
            first, last = scores.indptr[row : row + 2]
            others, values = scores.indices[first:last], scores.data[first:last]
            met = set(network.neighbours[node]) | {node}
            order = np.lexsort((others, -values))[: each * SCREENED + len(met)].tolist()
            strangers = [int(others[at]) for at in order if values[at] > 0]
            pairs = [lookout.reasons.of(node, one) for one in strangers if one not in met]
            pairs.sort(key=lambda pair: (-pair.score, pair.other))
            found[node] = pairs[:each]
    return found


@dataclass(frozen=True)
class _Lookout:
    """From where pairs are seen: who knows whom, who bears what, and how much each tells."""

    adjacency: sparse.csr_matrix
    bearing: sparse.csr_matrix
    bearers: Floats
    reasons: "_Reasons"

    @classmethod
    def over(
        cls, network: Network, marks: Sequence[Sequence[int]], mark_weight: float
    ) -> "_Lookout":
        adjacency = _adjacency(network)
        degrees = np.asarray(adjacency.sum(axis=0)).ravel()
        by_ties = np.zeros(network.size)
        usable = (degrees > 1) & (degrees <= HUB)
        by_ties[usable] = 1 / np.log(degrees[usable])
        bearing = _bearing(marks, network.size)
        bearers = np.asarray(bearing.sum(axis=0)).ravel()
        rarity = mark_weight * np.log(max(network.size, 1) / np.maximum(bearers, 1))
        reasons = _Reasons(network.neighbours, bearing, by_ties, rarity)
        return cls(adjacency, bearing, bearers, reasons)

    def scores(self, chosen: Integers) -> sparse.csr_matrix:
        """Return how much each of the chosen has in common with everybody, marks of many aside."""
        known = self.adjacency[chosen] @ sparse.diags(self.reasons.by_ties) @ self.adjacency
        telling = np.where(self.bearers <= COMMON_MARK, self.reasons.rarity, 0)
        return known + self.bearing[chosen] @ sparse.diags(telling) @ self.bearing.T


def _adjacency(network: Network) -> sparse.csr_matrix:
    ends = np.asarray(network.simple.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    rows = np.concatenate([ends[:, 0], ends[:, 1]])
    columns = np.concatenate([ends[:, 1], ends[:, 0]])
    shape = (network.size, network.size)
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _bearing(marks: Sequence[Sequence[int]], size: int) -> sparse.csr_matrix:
    rows = [node for node, ones in enumerate(marks) for _mark in set(ones)]
    columns = [mark for ones in marks for mark in sorted(set(ones))]
    width = max(columns, default=0) + 1
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, width))


def _best(
    scores: sparse.coo_matrix, chosen: Integers, adjacency: sparse.csr_matrix, most: int
) -> list[tuple[int, int]]:
    """Return the pairs of strangers with the highest scores, each once."""
    rows, columns = chosen[scores.row], scores.col.astype(np.int64)
    low, high = np.minimum(rows, columns), np.maximum(rows, columns)
    wanted = (low < high) & (scores.data > 0)
    low, high, values = low[wanted], high[wanted], scores.data[wanted]
    keys, first = np.unique(low * adjacency.shape[0] + high, return_index=True)
    low, high, values = low[first], high[first], values[first]
    ties = adjacency.tocoo()
    strangers = ~np.isin(keys, ties.row.astype(np.int64) * adjacency.shape[0] + ties.col)
    low, high, values, keys = low[strangers], high[strangers], values[strangers], keys[strangers]
    order = np.lexsort((keys, -values))[:most]
    return list(zip(low[order].tolist(), high[order].tolist(), strict=True))


@dataclass(frozen=True)
class _Reasons:
    """What is needed to say why two should meet."""

    neighbours: Sequence[Sequence[int]]
    bearing: sparse.csr_matrix
    by_ties: Floats
    rarity: Floats

    def of(self, one: int, other: int) -> Introduction:
        common = sorted(
            set(self.neighbours[one]) & set(self.neighbours[other]),
            key=lambda node: (-self.by_ties[node], node),
        )
        shared = sorted(
            set(self._marks(one)) & set(self._marks(other)),
            key=lambda mark: (-self.rarity[mark], mark),
        )
        adamic_adar = float(sum(self.by_ties[node] for node in common))
        score = adamic_adar + float(sum(self.rarity[mark] for mark in shared))
        return Introduction(one, other, score, tuple(common), adamic_adar, tuple(shared))

    def _marks(self, node: int) -> list[int]:
        first, last = self.bearing.indptr[node : node + 2]
        marks: list[int] = self.bearing.indices[first:last].tolist()
        return marks
