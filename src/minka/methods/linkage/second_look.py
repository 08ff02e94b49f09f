"""Whether two groups are one organisation, seen beside all the others they might be one with.

Average linkage looks at two groups at a time. What it does not see: that one of them fits a third
group better, that both were named by the same sources, which name nobody twice, and how many of
their rows were worth comparing at all. A second, small model weighs a link together with that.

Source: stacked generalisation (Wolpert 1992), a logistic model over what the first one says; what
competes with a link as in collective resolution (Bhattacharya & Getoor 2007).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from minka.methods.linkage.clustering import RIVAL_BITS, Merge, Outcome
from minka.methods.linkage.groups import Groups
from minka.methods.linkage.links import CLIP_BITS, LONE_SHARE, PROFILE_SHARE
from minka.methods.linkage.model import Floats, Ints, Scored
from minka.methods.linkage.profiles import BEST_NAME, Profiles
from minka.methods.linkage.provenance import NEVER

LEAST_BITS = -6.0  # a link below is no rival, and nobody is asked about it
_KNOTS = (-1.0, 1.0, 3.0)
FEATURES = (
    "bits", *(f"bits_above_{knot:g}" for knot in _KNOTS), "best", "mean", "pairs", "smaller",
    "compared", "rival", "one_source", "one_register", "unsourced", "joined",
)  # fmt: skip
_OWN = FEATURES.index("rival")  # what a link tells without the others comes before
CONSTANT = "constant"


@dataclass(frozen=True, slots=True)
class Origins:
    """Of each record: its source, and how often that names somebody twice."""

    sources: Sequence[str]
    repeating: Sequence[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of records: pairs and what they say, where the records stand, their ranks.

    `ranks` are a number for each record that does not depend on the order of the records.
    """

    pairs: Scored
    profiles: Profiles
    origins: Origins
    ranks: Ints


@dataclass(frozen=True, slots=True)
class Looked:
    """Links, and a row of `FEATURES` for each."""

    links: list[Merge]
    told: Floats


def weighed(told: Floats, weights: Mapping[str, float]) -> Floats:
    """Return the bits for each link being right: the log odds, to the base of two."""
    found: Floats = told @ np.array([weights.get(name, 0.0) for name in FEATURES])
    # rounded, for sums differ in their last digit with the order of the records
    return np.round(found + weights.get(CONSTANT, 0.0), 9)


def look_again(
    groups: Groups, found: Found, weights: Mapping[str, float], *, join_bits: float
) -> Outcome:
    """Join groups whose link is likely beside its rivals, first those that fit no other better.

    Returns:
        The further merges, and the links that stay open, each with the bits of this model.
    """
    merges: list[Merge] = []
    near = near_pairs(groups, found)
    while True:
        looked = open_links(groups, found, near)
        bits = weighed(looked.told, weights)
        links = [
            replace(link, link_bits=float(one))
            for link, one in zip(looked.links, bits, strict=True)
        ]
        own = looked.told[:, 0].tolist()
        fits = _fits(groups, looked.links, own)
        likely = [
            link
            for link, bits in zip(links, own, strict=True)
            if link.link_bits >= join_bits and not _waits(groups, fits, link, bits)
        ]
        chosen = _best_for_both(groups, likely, found.ranks)
        joined = [link for link in chosen if groups.join(link.left, link.right)]
        if not joined:
            return Outcome(merges, links)
        merges += joined


Fits = Mapping[int, Sequence[tuple[float, int]]]


def _fits(groups: Groups, links: Sequence[Merge], bits: Sequence[float]) -> Fits:
    """Return of each group all groups that it may be one with, and by how many bits."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for link, weight in zip(links, bits, strict=True):
        one, other = groups.find(link.left), groups.find(link.right)
        found[one].append((weight, other))
        found[other].append((weight, one))
    return found


def _waits(groups: Groups, fits: Fits, link: Merge, bits: float) -> bool:
    """Tell whether a side without a tax id fits a third group that cannot be the other side.

    The same rule as at first sight (`clustering.RIVAL_BITS`): a government fits each of its units.
    """
    sides = groups.find(link.left), groups.find(link.right)
    return any(
        not groups.tax(one)
        and any(
            weight >= bits - RIVAL_BITS and third != other and groups.contradict(third, other)
            for weight, third in fits[one]
        )
        for one, other in (sides, sides[::-1])
    )


def _best_for_both(groups: Groups, links: Iterable[Merge], ranks: Ints) -> list[Merge]:
    def order(link: Merge) -> tuple[float, list[int]]:
        return -link.link_bits, sorted((int(ranks[link.left]), int(ranks[link.right])))

    taken: set[int] = set()
    chosen = []
    for link in sorted(links, key=order):
        sides = {groups.find(link.left), groups.find(link.right)}
        if not sides & taken:
            chosen.append(link)
        taken |= sides
    return chosen


def near_pairs(groups: Groups, found: Found) -> Ints:
    """Return the places of the pairs between groups of which one pair at least is near."""
    keys, across = _keys(groups, found.pairs.left, found.pairs.right)
    loud = np.unique(keys[across & (found.pairs.bits >= LEAST_BITS)])
    return np.flatnonzero(across & np.isin(keys, loud))


def _keys(groups: Groups, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    roots = np.array([groups.find(i) for i in range(len(groups))], dtype=np.int64)
    a, b = roots[left], roots[right]
    return np.minimum(a, b) * len(groups) + np.maximum(a, b), a != b


def open_links(groups: Groups, found: Found, near: Ints) -> Looked:
    """Return what groups that are not one say of each other, if it is not hopeless."""
    keys, across = _keys(groups, found.pairs.left[near], found.pairs.right[near])
    near, keys = near[across], keys[across]
    distinct, owner = np.unique(keys, return_inverse=True)
    size = len(groups)
    sides = list(zip((distinct // size).tolist(), (distinct % size).tolist(), strict=True))
    sizes = [(groups.size(a), groups.size(b)) for a, b in sides]
    sources = _sources_of(groups, found.origins, {root for pair in sides for root in pair})
    own, loudest = _own(found, near, owner.ravel(), sizes)
    told = np.zeros((len(sides), len(FEATURES)))
    told[:, :_OWN] = own
    kept = [
        number
        for number, (a, b) in enumerate(sides)
        if own[number, 0] >= LEAST_BITS and not groups.contradict(a, b)
    ]
    for number in kept:
        a, b = sides[number]
        told[number, _OWN + 1 :] = (*_in_common(sources[a], sources[b]), 0.0)
    tops = _tops([(*sides[n], own[n, 0]) for n in kept])
    for number in kept:
        a, b = sides[number]
        told[number, _OWN] = _rival(tops, a, b)
    links = [Merge(*_rows(found, near[loudest[n]]), float(own[n, 0]), *sizes[n]) for n in kept]
    return Looked(links, told[kept])


def merge_links(known: Groups, found: Found, outcome: Outcome) -> Looked:
    """Return what spoke for each merge when it was made, with the rivals that stayed.

    Args:
        known: the groups before the first merge; they are changed.
        found: the pairs.
        outcome: the merges in their order, and what stayed open.
    """
    owner = np.full(len(found.pairs.left), -1, dtype=np.int64)
    neighbours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    left, right = found.pairs.left.tolist(), found.pairs.right.tolist()
    for place, (x, y) in enumerate(zip(left, right, strict=True)):
        neighbours[x].append((y, place))
        neighbours[y].append((x, place))
    members: dict[int, list[int]] = defaultdict(list)
    for row in range(len(known)):
        members[known.find(row)].append(row)
    sizes, common = [], []
    for number, merge in enumerate(outcome.merges):
        one, other = members.pop(known.find(merge.left)), members.pop(known.find(merge.right))
        sizes.append((len(one), len(other)))
        common.append(_in_common(*(_named(rows, found.origins) for rows in (one, other))))
        root = known.find(one[0])
        for row in other:
            for third, place in neighbours[row]:
                if known.find(third) == root:
                    owner[place] = number
        known.join(one[0], other[0])
        members[known.find(one[0])] = one + other
    told = np.zeros((len(sizes), len(FEATURES)))
    near = np.flatnonzero(owner >= 0)
    told[:, :_OWN], _loudest = _own(found, near, owner[near], sizes)
    tops = _tops(
        [(known.find(o.left), known.find(o.right), o.link_bits) for o in outcome.open_links]
    )
    for number, merge in enumerate(outcome.merges):
        root = known.find(merge.left)
        told[number, _OWN:] = (_rival(tops, root, root), *common[number], 1.0)
    return Looked(list(outcome.merges), told)


def _rows(found: Found, place: int) -> tuple[int, int]:
    return int(found.pairs.left[place]), int(found.pairs.right[place])


def _own(
    found: Found, near: Ints, owner: Ints, sizes: Sequence[tuple[int, int]]
) -> tuple[Floats, Ints]:
    """Return what each link says by itself, and the place in `near` of its loudest pair."""
    count = len(sizes)
    left, right = found.ranks[found.pairs.left[near]], found.ranks[found.pairs.right[near]]
    low, high = np.minimum(left, right), np.maximum(left, right)
    order = np.lexsort((high, low, -found.pairs.bits[near], owner))
    starts = np.searchsorted(owner[order], np.arange(count))
    loudest = order[starts] if count else order
    whole, best, mean = _mixed(found, near, owner, count)
    many = np.array(sizes, dtype=np.float64).reshape(-1, 2)
    pairs = many.prod(axis=1)
    columns = [
        whole, *(np.maximum(whole - knot, 0.0) for knot in _KNOTS), best, mean,
        np.log2(pairs), np.log2(many.min(axis=1, initial=np.inf)),
        np.bincount(owner, minlength=count) / pairs,
    ]  # fmt: skip
    return np.stack(columns, axis=1), loudest


def _mixed(found: Found, near: Ints, owner: Ints, count: int) -> tuple[Floats, Floats, Floats]:
    """Weigh many links at once, as `links.Linking` does one; return also best pairs and means."""
    clipped = np.clip(found.pairs.bits[near], -CLIP_BITS, CLIP_BITS)
    held = np.bincount(owner, minlength=count)
    mean = np.bincount(owner, clipped, count) / held
    best = np.full(count, -CLIP_BITS)
    np.maximum.at(best, owner, clipped)
    whole = np.clip(_totals(found.profiles, near, owner, count), -CLIP_BITS, CLIP_BITS)
    mixed = LONE_SHARE * best + PROFILE_SHARE * whole + (1 - LONE_SHARE - PROFILE_SHARE) * mean
    return np.where(held == 1, best, mixed), best, mean


def _totals(profiles: Profiles, near: Ints, owner: Ints, count: int) -> Floats:
    """Return `profiles.total` of many links at once."""
    table = profiles.table(near)
    things = table.shape[1] // 2
    best = np.full(count, -np.inf)
    np.maximum.at(best, owner, table[:, 0])
    total = np.full(count, profiles.prior_bits)
    for thing in range(things):
        said = np.bincount(owner, table[:, things + thing], count)
        mean = np.bincount(owner, table[:, thing], count) / np.maximum(said, 1.0)
        total += mean
        if thing == 0:
            total += BEST_NAME * (best - mean)
    return total


def _sources_of(groups: Groups, origins: Origins, roots: set[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {root: {} for root in roots}
    for row, source in enumerate(origins.sources):
        if source and (held := found.get(groups.find(row))) is not None:
            held[source] = origins.repeating[row]
    return found


def _named(rows: Iterable[int], origins: Origins) -> dict[str, str]:
    return {origins.sources[row]: origins.repeating[row] for row in rows if origins.sources[row]}


def _in_common(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[float, float, float]:
    """Return the share of sources that name both, of lists and of registers; 1 if none is told."""
    if not one or not other:
        return 0.0, 0.0, 1.0
    fewest = min(len(one), len(other))
    both = [often == NEVER for source, often in one.items() if source in other]
    return (len(both) - sum(both)) / fewest, sum(both) / fewest, 0.0


def _tops(links: Iterable[tuple[int, int, float]]) -> dict[int, list[tuple[float, int]]]:
    """Return of each group its two heaviest links."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other, bits in links:
        for mine, yours in ((one, other), (other, one)):
            found[mine] = sorted([*found[mine], (bits, yours)], reverse=True)[:2]
    return found


def _rival(tops: Mapping[int, list[tuple[float, int]]], one: int, other: int) -> float:
    """Return the heaviest link of either group to a third one."""
    thirds = [
        bits
        for mine, yours in ((one, other), (other, one))
        for bits, third in tops.get(mine, ())
        if third != yours
    ]
    return max([LEAST_BITS, *thirds])
