"""Weights of the rating criteria from comparing them two by two."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.models import CriteriaComparison, Edition
from minka.methods.pairwise_weights import HIGHEST, PairwiseWeights, pairwise_weights

MOST_CRITERIA = 10
WHOLE = 100


def weigh(ids: list[int], ratios: Mapping[tuple[int, int], float]) -> PairwiseWeights:
    """No person: return what comparisons say; `ratios` has one for each pair, in order.

    Raises:
        InvalidInput: a pair is missing, or there are too many criteria.
    """
    if not 2 <= len(ids) <= MOST_CRITERIA:
        raise InvalidInput(
            _("From 2 to %(most)s criteria can be compared.") % {"most": MOST_CRITERIA}
        )
    table = np.ones((len(ids), len(ids)))
    for row, column in combinations(range(len(ids)), 2):
        ratio = ratios.get((ids[row], ids[column]))
        if ratio is None or not 1 / HIGHEST <= ratio <= HIGHEST:
            raise InvalidInput(_("Compare every pair."))
        table[row, column], table[column, row] = ratio, 1 / ratio
    return pairwise_weights(table)


def whole_weights(weights: tuple[float, ...]) -> list[int]:
    """No person: return weights as whole numbers from 1 that sum to 100, as near as can be."""
    spare = WHOLE - len(weights)
    exact = [max(weight * WHOLE - 1, 0.0) for weight in weights]
    scale = spare / sum(exact)
    parts = [part * scale for part in exact]
    found = [int(part) for part in parts]
    order = sorted(range(len(parts)), key=lambda at: (found[at] - parts[at], at))
    for at in order[: spare - sum(found)]:
        found[at] += 1
    return [1 + part for part in found]


@transaction.atomic
def compare_criteria(
    *, by: User, edition: Edition, ratios: Mapping[tuple[int, int], float]
) -> CriteriaComparison:
    """Keep comparisons of the criteria and give the criteria the weights that follow.

    Args:
        by: of the cluster team.
        edition: whose criteria are compared.
        ratios: how many times as important the first is as the second, for each pair in order.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: a pair is missing, or there are too many criteria.
        WrongState: the criteria have changed since.
    """
    require(by, "innovation.edition_write")
    criteria = list(edition.criteria.select_for_update().order_by("position"))
    ids = [criterion.pk for criterion in criteria]
    if {pk for pair in ratios for pk in pair} - set(ids):
        raise WrongState(_("The criteria have changed; reload the page."))
    told = weigh(ids, ratios)
    for criterion, weight in zip(criteria, whole_weights(told.weights), strict=True):
        criterion.weight = weight
        criterion.save(update_fields=["weight"])
    weights = {str(criterion.pk): criterion.weight for criterion in criteria}
    comparison = CriteriaComparison.objects.create(
        edition=edition,
        by=by,
        answers=[[one, other, ratios[one, other]] for one, other in combinations(ids, 2)],
        weights=weights,
        consistency_ratio=round(told.consistency_ratio, 6),
    )
    data = {"comparison": comparison.pk, "weights": weights}
    record(by=by, verb="innovation.criteria_compare", obj=edition, data=data)
    return comparison
