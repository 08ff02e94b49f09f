"""Who has ties with whom, by type: the triple helix in figures."""

from collections.abc import Sequence

import numpy as np

from minka.methods.network.graph import Floats, Integers, Network


def mixing_matrix(network: Network, types: Sequence[int], count: int) -> Integers:
    """Return how many ties join each type with each: `count` × `count`, symmetric.

    A tie inside a type is counted once, on the diagonal.
    """
    ends, kinds = _ends(network), np.asarray(types, dtype=np.int64)
    matrix = np.zeros((count, count), dtype=np.int64)
    one, other = kinds[ends[:, 0]], kinds[ends[:, 1]]
    np.add.at(matrix, (one, other), 1)
    inside = np.diag(matrix).copy()
    matrix = matrix + matrix.T
    matrix[np.diag_indices(count)] = inside
    return matrix


def external_internal(network: Network, types: Sequence[int]) -> float:
    """Return (ties between types - ties inside a type) ÷ all ties: from -1 closed to 1 open.

    NaN without any tie. It depends on the sizes of the types: compare it with
    `expected_external_internal`.
    Source: Krackhardt and Stern (1988), Informal networks and organizational crises.
    """
    kinds, ends = np.asarray(types), _ends(network)
    if not len(ends):
        return float("nan")
    outward = kinds[ends[:, 0]] != kinds[ends[:, 1]]
    return float((2 * outward.sum() - len(ends)) / len(ends))


def expected_external_internal(types: Sequence[int]) -> float:
    """Return the E-I index if everybody had a tie with everybody; NaN below two nodes."""
    sizes = np.bincount(np.asarray(types, dtype=np.int64)) if len(types) else np.zeros(0)
    size = int(sizes.sum())
    if size < 2:
        return float("nan")
    inside = float((sizes * (sizes - 1) / 2).sum())
    pairs = size * (size - 1) / 2
    return (pairs - 2 * inside) / pairs


def node_external_internal(network: Network, types: Sequence[int]) -> Floats:
    """Return the E-I index of each node; NaN for those without a tie."""
    kinds, ends = np.asarray(types), _ends(network)
    total, outward = np.zeros(network.size), np.zeros(network.size)
    differ = (kinds[ends[:, 0]] != kinds[ends[:, 1]]).astype(float)
    for side in (0, 1):
        np.add.at(total, ends[:, side], 1)
        np.add.at(outward, ends[:, side], differ)
    with np.errstate(invalid="ignore"):
        return (2 * outward - total) / np.where(total > 0, total, np.nan)


def type_assortativity(network: Network, types: Sequence[int]) -> float:
    """Return how much ties prefer one's own type: 1 only those, 0 as chance, below 0 avoid.

    NaN where it is not defined (no tie, or all of one type).
    Source: Newman (2003), Mixing patterns in networks. Physical Review E 67, equation 2.
    """
    kinds, ends = np.asarray(types, dtype=np.int64), _ends(network)
    if not len(ends):
        return float("nan")
    count = int(kinds.max()) + 1
    shares = np.zeros((count, count))
    for one, other in ((0, 1), (1, 0)):
        np.add.at(shares, (kinds[ends[:, one]], kinds[ends[:, other]]), 1)
    shares /= shares.sum()
    chance = float((shares.sum(axis=0) * shares.sum(axis=1)).sum())
    if np.isclose(chance, 1):
        return float("nan")
    return (float(np.trace(shares)) - chance) / (1 - chance)


def degree_assortativity(network: Network) -> float:
    """Return the correlation of the degrees at both ends of a tie; NaN where not defined.

    Below 0 hubs serve small ones, above 0 the well connected keep to themselves.
    Source: Newman (2002), Assortative mixing in networks. Physical Review Letters 89.
    """
    ends = _ends(network)
    degrees = np.asarray(network.simple.degree(), dtype=float)
    if len(ends) == 0:
        return float("nan")
    one = np.concatenate([degrees[ends[:, 0]], degrees[ends[:, 1]]])
    other = np.concatenate([degrees[ends[:, 1]], degrees[ends[:, 0]]])
    if np.isclose(one.std(), 0):
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _ends(network: Network) -> Integers:
    return np.asarray(network.simple.get_edgelist(), dtype=np.int64).reshape(-1, 2)
