"""Groups that have more ties inside than outside, and their names from one run to the next."""

import random
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

import igraph
import numpy as np
from scipy.optimize import linear_sum_assignment

from minka.methods.network.graph import Integers, Network

ROUNDS = 4  # more move few nodes and take minutes where there are no groups to be found
SAME_GROUP = 0.3  # of two groups in one; below, a group is a new one


def communities(network: Network, *, resolution: float = 1.0, seed: int = 0) -> Integers:
    """Return the group of each node, 0 being the largest; nodes without a tie have -1.

    The same network and seed give the same groups.
    Source: Traag, Waltman and van Eck (2019), From Louvain to Leiden. Scientific Reports 9.
    Limits: modularity cannot see groups that are small against the whole (Fortunato and
    Barthélemy 2007); `resolution` above 1 gives smaller ones.
    """
    graph = network.simple
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 -- not for secrets
    try:
        found = graph.community_leiden(
            objective_function="modularity", resolution=resolution, n_iterations=ROUNDS
        )
    finally:
        igraph.set_random_number_generator(random)
    membership = np.asarray(found.membership, dtype=np.int64)
    membership[np.asarray(graph.degree()) == 0] = -1
    inside = Counter(membership[membership >= 0].tolist())
    first = {group: int(np.argmax(membership == group)) for group in inside}
    order = sorted(inside, key=lambda group: (-inside[group], first[group]))
    rank = {group: number for number, group in enumerate(order)} | {-1: -1}
    return np.asarray([rank[group] for group in membership.tolist()], dtype=np.int64)


def modularity(network: Network, groups: Integers) -> float:
    """Return how much more ties the groups hold inside than chance would give, from -0.5 to 1.

    NaN without any tie. Source: Newman and Girvan (2004), Physical Review E 69.
    """
    if not network.simple.ecount():
        return float("nan")
    return float(network.simple.modularity((groups - groups.min()).tolist()))


def follow_groups(
    before: Mapping[Hashable, int], now: Mapping[Hashable, int], *, first_free: int = 0
) -> dict[int, int]:
    """Return for each group of `now` the lasting number it goes by.

    It is that of the group of `before` with which it shares most, each number given once and the
    sum of what is shared (Jaccard) made largest; a group that shares less than `SAME_GROUP` with
    all of them gets a number never used, from `first_free` up.

    Args:
        before: lasting number of the group of each member in the former run; -1 is no group.
        now: group of each member in this run; -1 is no group.
        first_free: the lowest number that no run has used yet.
    """
    old, new = _members(before), _members(now)
    names: dict[int, int] = {}
    if old and new:
        olds, news = sorted(old), sorted(new)
        shared = np.array([[_jaccard(old[o], new[n]) for o in olds] for n in news])
        rows, columns = linear_sum_assignment(-shared)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if shared[row, column] >= SAME_GROUP:
                names[news[row]] = olds[column]
    free = max([first_free - 1, *old]) + 1
    for group in sorted(set(new) - set(names)):
        names[group] = free
        free += 1
    return names


def telling_marks(
    groups: Integers, marks: Sequence[Sequence[str]], *, most: int = 2
) -> dict[int, list[str]]:
    """Return for each group the marks (themes, regions …) more frequent in it than elsewhere.

    Ordered by the log-likelihood ratio (Dunning 1993, Accurate methods for the statistics of
    surprise and coincidence); only marks that at least two members bear.
    """
    everywhere = Counter(mark for ones in marks for mark in set(ones))
    inside: dict[int, Counter[str]] = {}
    sizes = Counter(groups.tolist())
    for group, ones in zip(groups.tolist(), marks, strict=True):
        inside.setdefault(group, Counter()).update(set(ones))
    told = {}
    for group, counts in inside.items():
        if group < 0:
            continue
        rest = len(groups) - sizes[group]
        scores = {
            mark: _surprise(count, sizes[group], everywhere[mark] - count, rest)
            for mark, count in counts.items()
            if count >= 2
        }
        ranked = sorted((-score, mark) for mark, score in scores.items() if score > 0)
        told[group] = [mark for _score, mark in ranked[:most]]
    return told


def _members(groups: Mapping[Hashable, int]) -> dict[int, set[Hashable]]:
    found: dict[int, set[Hashable]] = {}
    for member, group in groups.items():
        if group >= 0:
            found.setdefault(group, set()).add(member)
    return found


def _jaccard(one: set[Hashable], other: set[Hashable]) -> float:
    return len(one & other) / len(one | other)


def _surprise(inside: int, size: int, outside: int, rest: int) -> float:
    """Return the signed log-likelihood ratio of a mark's share inside against outside."""
    if not rest:
        return 0.0
    together = (inside + outside) / (size + rest)
    ratio = _likely(inside, size, inside / size) + _likely(outside, rest, outside / rest)
    ratio -= _likely(inside, size, together) + _likely(outside, rest, together)
    return 2 * ratio if inside / size > outside / rest else -2 * ratio


def _likely(count: int, size: int, share: float) -> float:
    if share in (0.0, 1.0):
        return 0.0
    return float(count * np.log(share) + (size - count) * np.log(1 - share))
