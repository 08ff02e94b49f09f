"""The ranking with what is not known: intervals, chances of the top, ties, and what it rests on.

Reckoned once for the same scores; which of it somebody may see is for `queries.ranking` to say.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from minka.core.models import User
from minka.core.remembering import cache
from minka.innovation.models import Criterion
from minka.innovation.queries.ranking import RankedProposal, points_of
from minka.innovation.states import AssignmentState
from minka.methods.ranking.agreement import Share, intraclass, krippendorff_alpha
from minka.methods.ranking.evaluators import evaluators
from minka.methods.ranking.jury import Jury, Ratios
from minka.methods.ranking.posterior import Posterior, posterior
from minka.methods.ranking.reviews import Floats, Places, Reviews, combine
from minka.methods.ranking.standing import standing

KEPT_S = 24 * 3600
FEWEST_ITEMS, FEWEST_REVIEWS = 2, 4  # below which no model says anything
VERSION = 1  # of what is kept


@dataclass(frozen=True)
class Place:
    """Where one proposal stands, in points of the scale and shares from 0 to 1."""

    quality: float
    low: float
    high: float
    probability_top: float
    expected_rank: float
    band: int
    order: int


@dataclass(frozen=True)
class Judge:
    """How one evaluator gives points beside the others; for the team alone."""

    person: int
    severity: float
    severity_low: float
    severity_high: float
    noise: float
    noise_low: float
    noise_high: float
    reviews: int


@dataclass(frozen=True)
class Change:
    """Which proposals come into the top, and which leave it, if something were otherwise.

    Args:
        subject: id of the evaluator who is left out, or of the criterion.
        factor: what the weight of the criterion is multiplied by; None for an evaluator.
        inside, outside: ids of proposals.
    """

    subject: int
    factor: float | None
    inside: tuple[int, ...]
    outside: tuple[int, ...]

    @property
    def changes_nothing(self) -> bool:
        return not self.inside


@dataclass(frozen=True)
class Standings:
    """All figures of one challenge; `places` by id of the proposal."""

    top: int
    places: dict[int, Place]
    agreement_of_one: Share
    agreement_of_mean: Share
    alpha: Share
    reviews_each: float
    judges: list[Judge] = field(default_factory=list)
    without: list[Change] = field(default_factory=list)
    reweighed: list[Change] = field(default_factory=list)


def usual_top(count: int) -> int:
    """Return how many are looked at as the top where nobody said: the best quarter."""
    return max(1, round(count / 4))


def standings(
    *, rows: Sequence[RankedProposal], criteria: Sequence[Criterion], top: int
) -> Standings | None:
    """Return the figures of rows that `ranking` gave; None where scores are too few for any.

    No SQL: the evaluations are those that the rows hold.
    """
    jury = _Jury.of(rows, criteria)
    if len(jury.items) < FEWEST_ITEMS or len(jury.pairs) < FEWEST_REVIEWS:
        return None
    top = min(max(top, 1), len(jury.items))
    told = json.dumps([VERSION, jury.items, jury.people, jury.pairs, jury.points.tolist(),
                       jury.weights.tolist(), top])  # fmt: skip
    key = f"standings:{hashlib.sha256(told.encode()).hexdigest()}"
    found: Standings | None = cache.get(key)
    if found is None:
        found = _reckon(jury, criteria, top)
        cache.set(key, found, KEPT_S)
    return found


def names_of(rows: Sequence[RankedProposal]) -> dict[int, User]:
    """Return the evaluators whose scores count in rows, by id."""
    return {
        one.evaluator_id: one.evaluator
        for row in rows
        for one in row.assignments
        if one.state == AssignmentState.SCORED
    }


@dataclass(frozen=True)
class _Jury:
    """Scores as arrays: items and people by id, `pairs` of their places, points by criterion."""

    items: list[int]
    people: list[int]
    pairs: list[tuple[int, int]]
    points: Floats
    weights: Floats

    @classmethod
    def of(cls, rows: Sequence[RankedProposal], criteria: Sequence[Criterion]) -> "_Jury":
        given = [
            (row.proposal.pk, one.evaluator_id, points)
            for row in rows
            for one in row.assignments
            if (points := points_of(one, criteria)) is not None
        ]
        items = sorted({item for item, _p, _points in given})
        people = sorted({person for _i, person, _points in given})
        pairs = [(items.index(i), people.index(p)) for i, p, _points in given]
        table = np.array([p for _i, _p, p in given], dtype=np.float64)
        weights = np.array([one.weight for one in criteria], dtype=np.float64)
        return cls(items, people, pairs, table, weights)

    def reviews(self, weights: Floats, kept: Places) -> Reviews:
        """Return the reviews at some places with these weights; criteria without weight are out."""
        pairs = np.array(self.pairs, dtype=np.intp)[kept]
        counts = weights > 0
        scores = combine(self.points[kept][:, counts], weights[counts])
        said = ~np.isnan(scores)
        return Reviews(
            pairs[said, 0], pairs[said, 1], scores[said], len(self.items), len(self.people)
        )


def _reckon(jury: _Jury, criteria: Sequence[Criterion], top: int) -> Standings:
    every = np.arange(len(jury.pairs), dtype=np.intp)
    reviews = jury.reviews(jury.weights, every)
    known = posterior(reviews)
    found = standing(known, reviews, top=top)
    place_in_order = {int(item): at for at, item in enumerate(found.order, start=1)}
    places = {
        pk: Place(
            float(found.quality[at]), float(found.low[at]), float(found.high[at]),
            float(found.probability_top[at]), float(found.expected_rank[at]),
            int(found.band[at]), place_in_order[at],
        )
        for at, pk in enumerate(jury.items)
    }  # fmt: skip
    ratios = Ratios(
        float(np.median(known.spread / known.noise)),
        float(np.median(known.harshness / known.noise)),
    )
    best = _best(jury, reviews, ratios, top)
    each = len(reviews.score) / len(jury.items)
    return Standings(
        top=top,
        places=places,
        agreement_of_one=intraclass(known),
        agreement_of_mean=intraclass(known, reviews_each=each),
        alpha=krippendorff_alpha(reviews),
        reviews_each=each,
        judges=_judges(jury, known, reviews),
        without=_without(jury, ratios, top, best),
        reweighed=_reweighed(jury, ratios, criteria, top, best),
    )


def _judges(jury: _Jury, known: Posterior, reviews: Reviews) -> list[Judge]:
    told = evaluators(known, reviews)
    return [
        Judge(
            pk, float(told.severity[at]), float(told.severity_low[at]),
            float(told.severity_high[at]), float(told.noise[at]), float(told.noise_low[at]),
            float(told.noise_high[at]), int(told.reviews[at]),
        )
        for at, pk in enumerate(jury.people)
    ]  # fmt: skip


def _without(jury: _Jury, ratios: Ratios, top: int, best: set[int]) -> list[Change]:
    """Leave out one evaluator after the other."""
    persons = np.array([person for _item, person in jury.pairs])
    changes = []
    for at, pk in enumerate(jury.people):
        rest = np.flatnonzero(persons != at)
        if len(rest) >= FEWEST_REVIEWS:
            others = _best(jury, jury.reviews(jury.weights, rest), ratios, top)
            changes.append(_change(pk, None, best, others))
    return changes


def _reweighed(
    jury: _Jury, ratios: Ratios, criteria: Sequence[Criterion], top: int, best: set[int]
) -> list[Change]:
    """Let each criterion count twice, and not at all."""
    every = np.arange(len(jury.pairs), dtype=np.intp)
    changes = []
    for at, criterion in enumerate(criteria):
        for factor in (2.0, 0.0):
            weights = jury.weights.copy()
            weights[at] *= factor
            if (weights > 0).any():
                others = _best(jury, jury.reviews(weights, every), ratios, top)
                changes.append(_change(criterion.pk, factor, best, others))
    return changes


def _best(jury: _Jury, reviews: Reviews, ratios: Ratios, top: int) -> set[int]:
    """Return the top by the means alone, with the spreads held at what all scores say of them.

    They are found in milliseconds: what changes an order is who judged and by which criteria,
    hardly how far the spreads themselves would move.
    """
    quality = Jury(reviews).fit(ratios).quality
    order = np.argsort(-np.round(quality, 9), kind="stable")
    return {jury.items[item] for item in order[:top]}


def _change(subject: int, factor: float | None, best: set[int], others: set[int]) -> Change:
    return Change(subject, factor, tuple(sorted(others - best)), tuple(sorted(best - others)))
