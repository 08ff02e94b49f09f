"""Fit the second look on links of made-up collections, resolved with the weights of pairs.

A logistic regression over `second_look.FEATURES`, for links that were joined at first sight and
for links that stayed open. It is fitted behind the weights of pairs, on what those leave
undecided (stacked generalisation, Wolpert 1992).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from minka.methods.linkage.clustering import Merge
from minka.methods.linkage.engine import Options, Resolution, resolve
from minka.methods.linkage.groups import Groups
from minka.methods.linkage.model import Floats, Weights
from minka.methods.linkage.names import IsPlace
from minka.methods.linkage.records import Record
from minka.methods.linkage.review import Answers, known_groups
from minka.methods.linkage.second_look import (
    CONSTANT,
    FEATURES,
    merge_links,
    near_pairs,
    open_links,
)

Flags = NDArray[np.bool_]
RIDGE = 1.0
_MOST_STEPS = 2000


@dataclass(frozen=True, slots=True)
class LabelledLinks:
    """A row of `FEATURES` for each link, and whether most of its pairs are one organisation."""

    told: Floats
    same: Flags


def labelled_links(
    records: Sequence[Record], entities: Sequence[str], weights: Weights, *, is_place: IsPlace
) -> LabelledLinks:
    """Resolve a collection without a second look, and judge its links.

    Args:
        records: the rows, cleaned.
        entities: for each row, which organisation it is.
        weights: of pairs.
        is_place: tells whether a text is the name of a place.
    """
    first = Weights(weights.prior_bits, weights.bits)
    resolution = resolve(records, is_place=is_place, options=Options(weights=first))
    found = resolution.settling.found
    apart = open_links(resolution.groups, found, near_pairs(resolution.groups, found))
    joined = merge_links(_start(resolution), found, resolution.outcome)
    same = [
        *_judged(_start(resolution), joined.links, entities, joining=True),
        *_judged(resolution.groups, apart.links, entities, joining=False),
    ]
    return LabelledLinks(np.vstack([joined.told, apart.told]), np.array(same, dtype=np.bool_))


def _start(resolution: Resolution) -> Groups:
    return known_groups(resolution.tax, Answers())


def _judged(
    groups: Groups, links: Sequence[Merge], entities: Sequence[str], *, joining: bool
) -> list[bool]:
    """Tell of each link whether most pairs of its groups are one, as the groups were then."""
    members: dict[int, Counter[str]] = defaultdict(Counter)
    for row, entity in enumerate(entities):
        members[groups.find(row)][entity] += 1
    found = []
    for link in links:
        a, b = groups.find(link.left), groups.find(link.right)
        one, other = members[a], members[b]
        right = sum(count * other[entity] for entity, count in one.items())
        found.append(2 * right > one.total() * other.total())
        if joining:
            groups.join(a, b)
            members[groups.find(a)] = one + other
    return found


def fit_links(collections: Sequence[LabelledLinks], *, ridge: float = RIDGE) -> dict[str, float]:
    """Fit by penalised maximum likelihood (L-BFGS-B); the penalty is on features of unit spread."""
    told = np.vstack([one.told for one in collections])
    same = np.concatenate([one.same for one in collections]).astype(np.float64)
    spread = told.std(axis=0)
    x = np.hstack([np.ones((len(told), 1)), told / np.where(spread > 0, spread, 1.0)])

    def loss(beta: Floats) -> tuple[float, Floats]:
        z = x @ beta
        slope = x.T @ (1 / (1 + np.exp(-z)) - same)
        slope[1:] += ridge * beta[1:]
        misfit = (np.logaddexp(0, z) - same * z).sum()
        return float(misfit + ridge * (beta[1:] ** 2).sum() / 2), slope

    found = minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _MOST_STEPS}
    )
    bits = found.x / np.log(2)
    bits[1:] /= np.where(spread > 0, spread, 1.0)
    return dict(zip((CONSTANT, *FEATURES), bits.tolist(), strict=True))
