"""From scored pairs to organisations, without ever joining two that cannot be one."""

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from minka.methods.linkage.groups import Groups
from minka.methods.linkage.links import Links
from minka.methods.linkage.model import Scored
from minka.methods.linkage.profiles import Profiles

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# Groups of many rows had many chances to agree and did not, and joining them wrongly costs more.
SIZE_BITS = 0.75  # for each doubling of the pairs between two groups, from about three on
_USUAL_SIZE = log2(3)
RIVAL_BITS = 0.5  # a group that fits two others that cannot be one, nearly as well, waits


@dataclass(frozen=True, slots=True)
class Merge:
    """Two groups became one: the pair that spoke loudest, the groups' link and their sizes."""

    left: int
    right: int
    link_bits: float
    left_size: int
    right_size: int


@dataclass(slots=True)
class Outcome:
    """`merges` in the order they happened; `open_links` are the pairs of groups left apart."""

    merges: list[Merge] = field(default_factory=list)
    open_links: list[Merge] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lines:
    """Groups linked by `join_bits` become one; those by `open_bits` at least are listed as open.

    That holds for groups of the usual size; the line rises and falls with their size.
    """

    join_bits: float
    open_bits: float
    size_bits: float = SIZE_BITS

    @property
    def least(self) -> float:
        """Return the bits below which not even two lone records are joined."""
        return self.join_bits - self.size_bits * _USUAL_SIZE

    def joins(self, bits: float, pairs: int) -> bool:
        """Tell whether a link is strong enough for as many pairs as its groups make together."""
        return bits >= self.join_bits + self.size_bits * (_doublings(pairs) - _USUAL_SIZE)


@lru_cache(maxsize=4096)
def _doublings(pairs: int) -> float:
    return log2(pairs)


def agglomerate(
    groups: Groups,
    pairs: Scored,
    lines: Lines,
    *,
    ranks: Ints,
    profiles: Profiles | None = None,
) -> Outcome:
    """Join groups whose pairs agree, the most certain first, and list those that nearly do.

    Two groups are linked by the mean of the bits of all compared pairs between them, mixed with
    the best of those pairs: one loud pair does not carry a group against the others, and one
    poor row does not forbid it. With profiles, what the groups say thing by thing counts, too.
    Source: average linkage (Sokal & Michener 1958) under cannot-link constraints (Davidson &
    Ravi 2005). Pairs that no chain of loud ones holds together are left out.

    Args:
        groups: holds what is known so far, and is changed.
        pairs: the compared pairs with their bits.
        lines: from where groups are joined, and listed as open.
        ranks: a number for each record that does not depend on the order of the records; it
            decides between links of the same weight, so that the order changes nothing.
        profiles: of the pairs, if they are known by more than their bits.
    """
    left, right = pairs.left, pairs.right
    size = len(groups)
    roots = np.fromiter(map(groups.find, range(size)), dtype=np.int64, count=size)
    a, b = roots[left], roots[right]
    inside = _held_together(a, b, pairs.bits >= min(lines.join_bits, lines.open_bits), size)
    low, high = np.minimum(ranks[left], ranks[right]), np.maximum(ranks[left], ranks[right])
    order = inside[np.lexsort((high[inside], low[inside]))]
    first = np.full(size, size, dtype=np.int64)
    np.minimum.at(first, roots, ranks)
    if profiles:
        profiles.load(order)
    joining = _Joining(groups, pairs, lines, first.tolist(), Links(pairs.bits, profiles))
    joining.lay_out(order, a[order], b[order])
    joining.join()
    joining.list_open()
    return joining.found


def _held_together(a: Ints, b: Ints, loud: NDArray[np.bool_], size: int) -> Ints:
    """Return the pairs of two groups that a chain of loud pairs holds together."""
    across = a != b
    loud &= across
    graph = coo_matrix((np.ones(int(loud.sum()), np.int8), (a[loud], b[loud])), (size, size))
    component = connected_components(graph, directed=False)[1]
    return np.flatnonzero(across & (component[a] == component[b]))


@dataclass(slots=True)
class _Joining:
    """Groups on their way together; `first` is the lowest rank in the group of a root."""

    groups: Groups
    pairs: Scored
    lines: Lines
    first: list[int]
    links: Links
    of: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)
    found: Outcome = field(default_factory=Outcome)

    def lay_out(self, order: Ints, a: Ints, b: Ints) -> None:
        """Link the groups `a` and `b` of the pairs that are named in their order."""
        of, add = self.of, self.links.add
        for link, one, other in zip(order.tolist(), a.tolist(), b.tolist(), strict=True):
            mine = of[one]
            known = mine.get(other)
            mine[other] = of[other][one] = link if known is None else add(known, link)

    def join(self) -> None:
        """Join the groups, the most certain first, until none is left to join."""
        groups, of, joins = self.groups, self.of, self.lines.joins
        for group in of:
            self._offer(group)
        while self.heap:
            negative, _, _, one, other = heapq.heappop(self.heap)
            bits, link = -negative, of[one].get(other) if one in of else None
            if link is None or self.links.bits[link] != bits or groups.contradict(one, other):
                continue
            if not joins(bits, groups.size(one) * groups.size(other)):
                continue
            if self._has_rival(one, other, bits) or self._has_rival(other, one, bits):
                continue
            self.found.merges.append(self._merge(link, one, other))
            groups.join(one, other)
            kept = groups.find(one)
            self.first[kept] = min(self.first[one], self.first[other])
            self._move(kept, other if kept == one else one)
            self._offer(kept)

    def list_open(self) -> None:
        """List the links of groups that stay apart and might be one."""
        least, bits, contradict = self.lines.open_bits, self.links.bits, self.groups.contradict
        for one, mine in self.of.items():
            self.found.open_links.extend(
                self._merge(link, one, other)
                for other, link in mine.items()
                if one < other and bits[link] >= least and not contradict(one, other)
            )

    def _offer(self, one: int) -> None:
        first, bits, size = self.first, self.links.bits, self.groups.size
        least, mine = self.lines.least, size(one)
        for other, link in self.of[one].items():
            if (weight := bits[link]) >= least and self.lines.joins(weight, mine * size(other)):
                a, b = (one, other) if first[one] < first[other] else (other, one)
                heapq.heappush(self.heap, (-weight, first[a], first[b], a, b))

    def _has_rival(self, one: int, other: int, weight: float) -> bool:
        """Tell whether `one`, which has no tax id, fits a third group that cannot be `other`."""
        if self.groups.tax(one):
            return False
        least, bits, contradict = weight - RIVAL_BITS, self.links.bits, self.groups.contradict
        return any(
            bits[link] >= least and third != other and contradict(third, other)
            for third, link in self.of[one].items()
        )

    def _merge(self, link: int, one: int, other: int) -> Merge:
        at, size = self.links.pair(link), self.groups.size
        left, right = int(self.pairs.left[at]), int(self.pairs.right[at])
        return Merge(left, right, self.links.bits[link], size(one), size(other))

    def _move(self, kept: int, gone: int) -> None:
        """Give the links of a group to the one it has become part of."""
        of, add = self.of, self.links.add
        moved, mine = of.pop(gone), of[kept]
        del moved[kept], mine[gone]
        for third, link in moved.items():
            theirs = of[third]
            del theirs[gone]
            known = mine.get(third)
            mine[third] = theirs[kept] = link if known is None else add(known, link)
