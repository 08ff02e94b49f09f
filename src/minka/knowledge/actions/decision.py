"""Which actors are one, decided on all pairs of their rows together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from minka.methods.likeness import Compared, Profile, bits_of, probability_of
from minka.methods.linkage.clustering import Lines, Merge, agglomerate
from minka.methods.linkage.groups import Groups
from minka.methods.linkage.model import Scored


@dataclass(frozen=True, slots=True)
class Link:
    """Two actors, the probability that they are one, and the rows that speak loudest for it."""

    left: int
    right: int
    probability: float
    rows: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """`groups` of actors are one, by the links `joined`; links `open` are left to others."""

    groups: Sequence[set[int]]
    joined: Sequence[Link]
    open: Sequence[Link]

    @property
    def chances(self) -> Mapping[int, float]:
        """For each actor that is joined, the probability on which it was."""
        found: dict[int, float] = {}
        for link in self.joined:
            for actor in (link.left, link.right):
                found.setdefault(actor, link.probability)
        return found


def decide(
    rows: Sequence[Profile],
    compared: Compared,
    *,
    apart: Iterable[tuple[int, int]],
    join_from: float,
    tell_from: float,
) -> Decision:
    """Join actors whose rows agree, never two tax ids of one country, nor what was told apart.

    No person: it only computes.

    Args:
        rows: of all actors; those of one actor are one already, and stay so.
        compared: the pairs of rows.
        apart: pairs of actors that people said are two.
        join_from: the probability from which actors are joined.
        tell_from: the probability from which the links of those left apart are told.
    """
    groups = Groups([next(iter(row.tax_ids), "") for row in rows])
    first: dict[int, int] = {}
    for position, row in enumerate(rows):
        groups.join(first.setdefault(row.key, position), position)
    for one, other in apart:
        groups.keep_apart(first[one], first[other])
    outcome = agglomerate(
        groups,
        Scored(compared.left, compared.right, compared.bits),
        # groups grow sheet by sheet: that they are small yet is no reason to join sooner
        Lines(bits_of(join_from), bits_of(tell_from), size_bits=0.0),
        ranks=np.arange(len(rows), dtype=np.int64),
        profiles=compared.profiles,
    )
    members: dict[int, set[int]] = defaultdict(set)
    for merge in outcome.merges:
        members[groups.find(merge.left)] |= {rows[merge.left].key, rows[merge.right].key}
    return Decision(
        list(members.values()),
        [_link(rows, merge) for merge in outcome.merges],
        [_link(rows, merge) for merge in outcome.open_links],
    )


def _link(rows: Sequence[Profile], merge: Merge) -> Link:
    one, other = sorted((merge.left, merge.right), key=lambda row: rows[row].key)
    chance = probability_of(merge.link_bits)
    return Link(rows[one].key, rows[other].key, chance, (one, other))
