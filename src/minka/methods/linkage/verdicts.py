"""What was decided about each record, and who speaks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp2

import numpy as np

from minka.methods.linkage.clustering import Merge
from minka.methods.linkage.collecting import uncollected
from minka.methods.linkage.groups import Groups
from minka.methods.linkage.model import Floats, Ints, Scored, probability

SAME_TAX = 0.9999


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one record.

    `actor` is the number of the first record of its organisation. `band` is `automatic`, `review`
    or `apart`. `probability` is that of its being one organisation with `partner`, the record
    that speaks loudest for the decision or for the doubt; when it is apart, that of having none.
    """

    actor: int
    band: str
    probability: float
    partner: int | None


@dataclass(frozen=True, slots=True)
class _Open:
    """The heaviest link of a group to another one that it was not joined with."""

    bits: float
    other: int


@uncollected()
def verdicts(
    groups: Groups,
    pairs: Scored,
    open_links: Sequence[Merge],
    *,
    tax: Sequence[str],
    review_bits: float,
) -> list[Verdict]:
    """Return the decision about each record, in order."""
    labels = groups.labels()
    best, partner = _best_partner(pairs, np.array(labels, dtype=np.int64))
    chances = probability(best)
    same_tax = _tax_partner(tax)
    heaviest = _heaviest(open_links, labels)
    found = []
    for index, label in enumerate(labels):
        link = heaviest.get(label)
        if link and link.bits >= review_bits:
            found.append(Verdict(label, "review", _chance(link), link.other))
        elif (twin := same_tax[index]) >= 0:
            found.append(Verdict(label, "automatic", SAME_TAX, twin))
        elif (known := int(partner[index])) >= 0:
            found.append(Verdict(label, "automatic", float(chances[index]), known))
        elif groups.size(index) > 1:  # a person said so
            found.append(Verdict(label, "automatic", 1.0, None))
        else:
            found.append(Verdict(label, "apart", 1.0 - _chance(link) if link else 1.0, None))
    return found


def _heaviest(open_links: Sequence[Merge], labels: Sequence[int]) -> dict[int, _Open]:
    found: dict[int, _Open] = {}
    for link in open_links:
        for one, other in ((link.left, link.right), (link.right, link.left)):
            known = found.get(labels[one])
            if known is None or link.link_bits > known.bits:
                found[labels[one]] = _Open(link.link_bits, other)
    return found


def _chance(link: _Open) -> float:
    return 1.0 / (1.0 + exp2(-min(max(link.bits, -60.0), 60.0)))


def _best_partner(pairs: Scored, labels: Ints) -> tuple[Floats, Ints]:
    """Return for each record the heaviest pair inside its group: its bits and the other record."""
    left, right, bits = pairs.left, pairs.right, pairs.bits
    best = np.full(len(labels), -np.inf)
    partner = np.full(len(labels), -1, dtype=np.int64)
    inside = np.flatnonzero(labels[left] == labels[right])
    inside = inside[np.argsort(bits[inside], kind="stable")]  # the heaviest is written last
    for mine, other in ((left, right), (right, left)):
        heavier = bits[inside] >= best[mine[inside]]
        chosen = inside[heavier]
        best[mine[chosen]] = bits[chosen]
        partner[mine[chosen]] = other[chosen]
    return best, partner


def _tax_partner(tax: Sequence[str]) -> list[int]:
    """Return for each record another one with the same tax id, or -1."""
    first: dict[str, int] = {}
    partner = [-1] * len(tax)
    for index, one in enumerate(tax):
        if one:
            before = first.setdefault(one, index)
            if before != index:
                partner[index] = before
                if partner[before] < 0:
                    partner[before] = index
    return partner
