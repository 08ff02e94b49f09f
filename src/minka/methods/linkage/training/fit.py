"""Fit the weights of the linkage model on labelled pairs.

A logistic regression over the levels of the comparisons: weights in bits that add up, as in
Fellegi & Sunter (1969), but estimated together, so that evidence that tends to come together is
not counted twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from minka.methods.linkage.blocking import candidate_pairs
from minka.methods.linkage.comparisons import COMPARISONS
from minka.methods.linkage.model import Floats, Levels, Pairs, Weights, find_levels, load_records
from minka.methods.linkage.names import IsPlace
from minka.methods.linkage.pairs import name_codes
from minka.methods.linkage.records import Record, prepare

Flags = NDArray[np.bool_]
SAME_TAX_BITS = 14.0  # such pairs are joined before any is compared; the weight only explains
RIDGE = 1.0
OF_SOURCES = frozenset({"source", "country"})  # what it tells where a row stands
_MOST_STEPS = 2000
# The direction that evidence may take, whatever a sample says.
_NEVER_AGAINST = {
    "tax": {"same", "same_written", "near"},
    "email": {"same"}, "domain": {"same"}, "phone": {"same"}, "street": {"same"},
    "activity": {"same"}, "place": {"near"}, "legal": {"same"},
    "name": {"exact", "order", "near", "slip", "cut"},
    "other_names": {"exact_alike", "exact_unlike", "near_unlike", "acronym_unlike"},
}  # fmt: skip
_NEVER_FOR = {
    "tax": {"apart"}, "legal": {"conflict"},
    "differ": {"rank", "exclusive", "rank_one_sided", "role"},
    "place": {"region_apart", "region_apart_common"},
    "street": {"apart"}, "activity": {"apart"}, "phone": {"apart"}, "domain": {"apart"},
    "email": {"apart"}, "contact_alone": {"numbered"},
    "source": {"never", "seldom", "often"}, "country": {"apart"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelledPairs:
    """The level of each comparison for each candidate pair, and whether it is one organisation."""

    levels: Levels
    same: Flags


def labelled_pairs(
    records: Sequence[Record], entities: Sequence[str], *, is_place: IsPlace
) -> LabelledPairs:
    """Compare the candidate pairs of a collection.

    Args:
        records: the rows, cleaned.
        entities: for each row, which organisation it is.
        is_place: tells whether a text is the name of a place.
    """
    with duckdb.connect() as connection:
        prepared = prepare(records, is_place=is_place)
        left, right = candidate_pairs(prepared, connection)
        codes = name_codes(prepared, left, right, processes=1)
        load_records(prepared, connection)
        levels = find_levels(Pairs(left, right, codes), connection)
    owners = np.array(entities)
    return LabelledPairs(levels, owners[left] == owners[right])


def fit(
    sheets: Sequence[LabelledPairs],
    registers: Sequence[LabelledPairs] = (),
    *,
    ridge: float = RIDGE,
) -> Weights:
    """Fit what rows say on sheets, then beside it what their sources tell, on registers, too.

    Registers are of other organisations, whose names are all of a pattern: they tell how seldom
    one of them names somebody twice, and nothing of how people misspell names.
    """
    first = _fitted_on(sheets, ridge, _Part(lambda key: key not in OF_SOURCES))
    if not registers:
        return first
    part = _Part(lambda key: key in OF_SOURCES, beside=first)
    second = _fitted_on([*sheets, *registers], ridge, part)
    told = {key: second.bits[key] for key in OF_SOURCES}
    return Weights(first.prior_bits, {**first.bits, **told})


@dataclass(frozen=True, slots=True)
class _Part:
    """Which comparisons are fitted; the others weigh what they do in `beside`, or nothing."""

    fits: Callable[[str], bool]
    beside: Weights = field(default_factory=lambda: Weights(0.0, {}))


def _fitted_on(collections: Sequence[LabelledPairs], ridge: float, part: _Part) -> Weights:
    """Fit by penalised maximum likelihood (L-BFGS-B), with signs bounded where reason demands."""
    levels = np.concatenate([one.levels for one in collections])
    same = np.concatenate([one.same for one in collections])
    patterns, inverse = np.unique(levels, axis=0, return_inverse=True)
    total = np.bincount(inverse.ravel()).astype(np.float64)
    positive = np.bincount(inverse.ravel(), weights=same).astype(np.float64)
    x = np.hstack([np.ones((len(patterns), 1)), _design(patterns)])
    known = [part.beside.of(key, level) for _c, _n, key, level in _fitted()]
    offset = x @ (np.array([part.beside.prior_bits, *known]) * np.log(2))

    def loss(beta: Floats) -> tuple[float, Floats]:
        z = offset + x @ beta
        misfit = (total * np.logaddexp(0, z) - positive * z).sum()
        slope = x.T @ (total / (1 + np.exp(-z)) - positive)
        slope[1:] += ridge * beta[1:]
        return float(misfit + ridge * (beta[1:] ** 2).sum() / 2), slope

    found = minimize(
        loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B",
        bounds=[
            (None, None),
            *(
                _bounds(key, level) if part.fits(key) else (0.0, 0.0)
                for _c, _n, key, level in _fitted()
            ),
        ],
        options={"maxiter": _MOST_STEPS},
    )  # fmt: skip
    return _weights(found.x / np.log(2))


def _weights(bits: Floats) -> Weights:
    weights: dict[str, dict[str, float]] = {}
    for weight, (_c, _n, key, level) in zip(bits[1:], _fitted(), strict=True):
        weights.setdefault(key, {})[level] = float(weight)
    weights["tax"]["same"] = SAME_TAX_BITS
    return Weights(float(bits[0]), weights)


def _fitted() -> list[tuple[int, int, str, str]]:
    """Return comparison and level, by number and by name, of every weight to be fitted."""
    return [
        (c, n, comparison.key, level.key)
        for c, comparison in enumerate(COMPARISONS)
        for n, level in enumerate(comparison.levels)
        if not level.reference
    ]


def _design(levels: Levels) -> Floats:
    return np.stack([levels[:, c] == n for c, n, *_names in _fitted()], axis=1).astype(np.float64)


def _bounds(key: str, level: str) -> tuple[float | None, float | None]:
    least = 0.0 if level in _NEVER_AGAINST.get(key, ()) else None
    most = 0.0 if level in _NEVER_FOR.get(key, ()) else None
    return least, most
