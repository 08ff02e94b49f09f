"""From scored pairs to organisations, without ever joining two that cannot be one."""

import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from math import log2

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from minka.methods.linkage.groups import Groups
from minka.methods.linkage.model import Scored
from minka.methods.linkage.profiles import Profile, Profiles

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

# A link of two groups is made of its best pair, of the mean of all pairs, and of what the groups
# say thing by thing (`profiles`), in these shares; without profiles the mean has their share, too.
LONE_SHARE = 0.3
PROFILE_SHARE = 0.4
# Groups of many rows had many chances to agree and did not, and joining them wrongly costs more.
SIZE_BITS = 0.75  # for each doubling of the pairs between two groups, from about three on
_USUAL_SIZE = log2(3)
_CLIP_BITS = 8.0
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
class Links:
    """All pairs between two groups: the sum and number of their bits, and the best pair.

    `at` is the place of a pair that is alone, whose profile is not drawn up before it is needed.
    """

    total: float
    count: int
    best: float
    pair: tuple[int, int]
    at: int
    profile: Profile | None = None
    bits: float = 0.0

    def weigh(self, profiles: Profiles | None) -> None:
        mean = self.total / self.count
        whole = mean
        if self.profile and profiles:
            whole = self.profile.total(profiles.prior_bits)
            whole = min(max(whole, -_CLIP_BITS), _CLIP_BITS)
        self.bits = (
            LONE_SHARE * self.best + PROFILE_SHARE * whole + (1 - LONE_SHARE - PROFILE_SHARE) * mean
        )


AllLinks = dict[int, dict[int, Links]]


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

    def joins(self, bits: float, pairs: int) -> bool:
        """Tell whether a link is strong enough for as many pairs as its groups make together."""
        return bits >= self.join_bits + self.size_bits * (log2(pairs) - _USUAL_SIZE)


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
    Ravi 2005), one connected component at a time.

    Args:
        groups: holds what is known so far, and is changed.
        pairs: the compared pairs with their bits.
        lines: from where groups are joined, and listed as open.
        ranks: a number for each record that does not depend on the order of the records; it
            decides between links of the same weight, so that the order changes nothing.
        profiles: of the pairs, if they are known by more than their bits.
    """
    found = Outcome()
    left, right = pairs.left, pairs.right
    roots = np.array([groups.find(i) for i in range(len(groups))], dtype=np.int64)
    a, b = roots[left], roots[right]
    across = a != b
    loud = across & (pairs.bits >= min(lines.join_bits, lines.open_bits))
    size = len(groups)
    graph = coo_matrix((np.ones(int(loud.sum()), np.int8), (a[loud], b[loud])), (size, size))
    component = connected_components(graph, directed=False)[1]
    inside = np.flatnonzero(across & (component[a] == component[b]))
    low, high = np.minimum(ranks[left], ranks[right]), np.maximum(ranks[left], ranks[right])
    order = inside[np.lexsort((high[inside], low[inside], component[a[inside]]))]
    bounds = np.flatnonzero(np.diff(component[a[order]])) + 1
    clipped = np.clip(pairs.bits, -_CLIP_BITS, _CLIP_BITS)
    first = np.full(size, size, dtype=np.int64)
    np.minimum.at(first, roots, ranks)
    state = _State(groups, found, lines, first.tolist(), profiles)
    if profiles:
        profiles.load(order)
    for part in np.split(order, bounds) if len(order) else []:
        links: AllLinks = defaultdict(dict)
        for at, one, other, x, y, weight in zip(
            part.tolist(), a[part].tolist(), b[part].tolist(), left[part].tolist(),
            right[part].tolist(), clipped[part].tolist(), strict=True,
        ):  # fmt: skip
            link = Links(weight, 1, weight, (x, y), at, bits=weight)
            _add_link(links, one, other, link, profiles)
        _join_component(state, links)
    return found


@dataclass(frozen=True, slots=True)
class _State:
    """What the components share; `first` is the lowest rank in the group of a root."""

    groups: Groups
    found: Outcome
    lines: Lines
    first: list[int]
    profiles: Profiles | None


def _add_link(
    links: AllLinks, one: int, other: int, link: Links, profiles: Profiles | None
) -> None:
    known = links[one].get(other)
    if known is None:
        links[one][other] = links[other][one] = link
        return
    known.total += link.total
    known.count += link.count
    if link.best > known.best:
        known.best, known.pair = link.best, link.pair
    if profiles:
        known.profile = known.profile or profiles.of(known.at)
        known.profile.add(link.profile or profiles.of(link.at))
    known.weigh(profiles)


def _join_component(state: _State, links: AllLinks) -> None:
    groups, found, first = state.groups, state.found, state.first
    heap: list[tuple[float, int, int, int, int]] = []

    def offer(one: int) -> None:
        for other, link in links[one].items():
            if state.lines.joins(link.bits, groups.size(one) * groups.size(other)):
                a, b = sorted((one, other), key=first.__getitem__)
                heapq.heappush(heap, (-link.bits, first[a], first[b], a, b))

    for group in list(links):
        offer(group)
    while heap:
        negative, *_ranks, one, other = heapq.heappop(heap)
        current = links.get(one, {}).get(other)
        if current is None or -current.bits != negative or groups.contradict(one, other):
            continue
        if not state.lines.joins(current.bits, groups.size(one) * groups.size(other)):
            continue
        if _has_rival(groups, links, one, other) or _has_rival(groups, links, other, one):
            continue
        found.merges.append(
            Merge(*current.pair, current.bits, groups.size(one), groups.size(other))
        )
        groups.join(one, other)
        kept = groups.find(one)
        first[kept] = min(first[one], first[other])
        _move_links(links, kept, other if kept == one else one, state.profiles)
        offer(kept)
    for one, mine in links.items():
        found.open_links.extend(
            Merge(*link.pair, link.bits, groups.size(one), groups.size(other))
            for other, link in mine.items()
            if one < other
            and link.bits >= state.lines.open_bits
            and not groups.contradict(one, other)
        )


def _move_links(links: AllLinks, kept: int, gone: int, profiles: Profiles | None) -> None:
    moved = links.pop(gone)
    moved.pop(kept)
    links[kept].pop(gone)
    for third, link in moved.items():
        del links[third][gone]
        _add_link(links, kept, third, link, profiles)


def _has_rival(groups: Groups, links: AllLinks, one: int, other: int) -> bool:
    """Tell whether `one`, which has no tax id, fits a third group that cannot be `other`."""
    if groups.tax(one):
        return False
    least = links[one][other].bits - RIVAL_BITS
    return any(
        third != other and link.bits >= least and groups.contradict(third, other)
        for third, link in links[one].items()
    )
