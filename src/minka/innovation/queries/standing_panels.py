"""The panels whose scores make a ranking, one per gate, and all that follows from them.

What is reckoned here holds for every top; `queries.standings` keeps it and reads it for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minka.innovation.models import Criterion
from minka.innovation.queries.gates import GatePart, gate_parts
from minka.innovation.queries.ranking import RankedProposal, points_of
from minka.methods.ranking.agreement import Share, intraclass, krippendorff_alpha
from minka.methods.ranking.evaluators import evaluators
from minka.methods.ranking.jury import Jury, Ratios
from minka.methods.ranking.posterior import Posterior, posterior
from minka.methods.ranking.reviews import Floats, Places, Reviews, combine
from minka.methods.ranking.standing import chances, standing

MOST_TOPS = 400
FEWEST_REVIEWS = 4  # that are left when somebody is left out


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
class Known:
    """All figures of one set of scores; arrays in the order of `items`, ids of proposals.

    `best` is the order by the means; `without` and `reweighed` the orders that would be.
    """

    items: list[int]
    quality: Floats
    low: Floats
    high: Floats
    expected: Floats
    band: Places
    chance: Floats
    order: dict[int, int]
    best: list[int]
    agreement_of_one: Share
    agreement_of_mean: Share
    alpha: Share
    reviews_each: float
    judges: list[Judge]
    without: list[tuple[int, list[int]]]
    reweighed: list[tuple[int, float, list[int]]]

    def place(self, at: int, pk: int, top: int) -> Place:
        """Return where one proposal stands."""
        return Place(
            float(self.quality[at]), float(self.low[at]), float(self.high[at]),
            float(self.chance[at, top - 1]), float(self.expected[at]), int(self.band[at]),
            self.order[pk],
        )  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """Scores of one gate as arrays: `pairs` of places of items and people, points by criterion."""

    part: GatePart
    share: float
    items: list[int]
    people: list[int]
    pairs: list[tuple[int, int]]
    points: Floats

    def told(self) -> list[Any]:
        """Return all that the figures depend on, as JSON."""
        ids = [one.pk for one in self.part.criteria]
        return [self.share, self.items, self.people, self.pairs, self.points.tolist(), ids,
                self.part.weights]  # fmt: skip

    @property
    def weights(self) -> Floats:
        """The weights of its criteria."""
        return np.array(self.part.weights, dtype=np.float64)

    @property
    def every(self) -> Places:
        """The places of all its reviews."""
        return np.arange(len(self.pairs), dtype=np.intp)

    def reviews(self, weights: Floats, kept: Places) -> Reviews:
        """Return the reviews at some places with these weights; criteria without weight are out."""
        pairs = np.array(self.pairs, dtype=np.intp)[kept]
        counts = weights > 0
        scores = combine(self.points[kept][:, counts], weights[counts])
        said = ~np.isnan(scores)
        return Reviews(
            pairs[said, 0], pairs[said, 1], scores[said], len(self.items), len(self.people)
        )


def panels_of(rows: Sequence[RankedProposal], criteria: Sequence[Criterion]) -> list[Panel]:
    """Return a panel per gate, about the proposals that have evaluations at every one of them."""
    parts = gate_parts(criteria)
    given = [
        [(row.proposal.pk, one.evaluator_id, points)
         for row in rows for one in row.assignments
         if (points := points_of(one, part.criteria)) is not None]
        for part in parts
    ]  # fmt: skip
    everywhere = [{item for item, _person, _points in several} for several in given]
    items = sorted(set.intersection(*everywhere)) if everywhere else []
    return [_panel(part, several, items) for part, several in zip(parts, given, strict=True)]


def _panel(part: GatePart, given: Sequence[tuple[int, int, list[int]]], items: list[int]) -> Panel:
    here = [one for one in given if one[0] in set(items)]
    people = sorted({person for _i, person, _points in here})
    pairs = [(items.index(i), people.index(p)) for i, p, _points in here]
    points = np.array([p for _i, _p, p in here], dtype=np.float64)
    return Panel(part, part.share, items, people, pairs, points)


def reckon(panels: Sequence[Panel]) -> Known:
    """Return all that follows from the scores of every gate."""
    reviews = [one.reviews(one.weights, one.every) for one in panels]
    models = [posterior(one) for one in reviews]
    joint = _joined(models, [one.share for one in panels])
    found = standing(joint, reviews[0], top=1)
    items = panels[0].items
    changes = _Changes(panels, reviews, models)
    each = sum(len(one.score) for one in reviews) / len(items) / len(panels)
    return Known(
        items=items, quality=found.quality, low=found.low, high=found.high,
        expected=found.expected_rank, band=found.band, chance=chances(joint, most=MOST_TOPS),
        order={items[int(item)]: at for at, item in enumerate(found.order, start=1)},
        best=changes.best(), agreement_of_one=intraclass(joint),
        agreement_of_mean=intraclass(joint, reviews_each=each),
        alpha=_alpha(panels, reviews), reviews_each=each * len(panels),
        judges=_judges(panels, reviews, models),
        without=changes.without(), reweighed=changes.reweighed(),
    )  # fmt: skip


def _joined(models: Sequence[Posterior], shares: Sequence[float]) -> Posterior:
    """Add up the gates' qualities by their shares, draw by draw: what they say is independent."""
    if len(models) == 1:
        return models[0]

    def total(name: str) -> Floats:
        parts = [s * getattr(one, name) for one, s in zip(models, shares, strict=True)]
        return np.asarray(sum(parts[1:], start=parts[0]))

    def squares(name: str) -> Floats:
        parts = [(s * getattr(one, name)) ** 2 for one, s in zip(models, shares, strict=True)]
        return np.asarray(np.sqrt(sum(parts[1:], start=parts[0])))

    return replace(
        models[0], quality=total("quality"), quality_draws=total("quality_draws"),
        level=total("level"), noise=squares("noise"), spread=squares("spread"),
        harshness=squares("harshness"),
    )  # fmt: skip


def _alpha(panels: Sequence[Panel], reviews: Sequence[Reviews]) -> Share:
    """Return Krippendorff's alpha; of several gates the mean of theirs, by their shares."""
    found = [krippendorff_alpha(one) for one in reviews]
    if len(found) == 1:
        return found[0]
    values = np.array([(one.value, one.low, one.high) for one in found])
    mean = np.array([one.share for one in panels]) @ values
    return Share(*(float(one) for one in mean))


def _judges(
    panels: Sequence[Panel], reviews: Sequence[Reviews], models: Sequence[Posterior]
) -> list[Judge]:
    """Return how each evaluator gives, beside the others of the same gate."""
    judges = []
    for panel, given, known in zip(panels, reviews, models, strict=True):
        told = evaluators(known, given)
        judges += [
            Judge(
                pk, float(told.severity[at]), float(told.severity_low[at]),
                float(told.severity_high[at]), float(told.noise[at]), float(told.noise_low[at]),
                float(told.noise_high[at]), int(told.reviews[at]),
            )
            for at, pk in enumerate(panel.people)
        ]  # fmt: skip
    return judges


class _Changes:
    """Orders as they are and as they would be, by the means alone, with the spreads held.

    They are found in milliseconds: what changes an order is who judged and by which criteria,
    hardly how far the spreads themselves would move.
    """

    def __init__(
        self, panels: Sequence[Panel], reviews: Sequence[Reviews], models: Sequence[Posterior]
    ) -> None:
        self.panels = panels
        self.ratios = [
            Ratios(
                float(np.median(known.spread / known.noise)),
                float(np.median(known.harshness / known.noise)),
            )
            for known in models
        ]
        self.base = [self._quality(at, one) for at, one in enumerate(reviews)]

    def best(self) -> list[int]:
        """Return the proposals by their means."""
        return self._order(self.base, [one.share for one in self.panels])

    def without(self) -> list[tuple[int, list[int]]]:
        """Leave out one evaluator after the other, where enough reviews are left."""
        shares = [one.share for one in self.panels]
        found = []
        for at, panel in enumerate(self.panels):
            persons = np.array([person for _item, person in panel.pairs])
            for place, pk in enumerate(panel.people):
                rest = np.flatnonzero(persons != place)
                if len(rest) >= FEWEST_REVIEWS:
                    fresh = self._quality(at, panel.reviews(panel.weights, rest))
                    found.append((pk, self._order(self._with(at, fresh), shares)))
        return found

    def reweighed(self) -> list[tuple[int, float, list[int]]]:
        """Let each criterion count twice, and not at all; its gate counts as it then weighs."""
        found = []
        for at, panel in enumerate(self.panels):
            for place, criterion in enumerate(panel.part.criteria):
                for factor in (2.0, 0.0):
                    weights = panel.weights.copy()
                    weights[place] *= factor
                    shares = [
                        one.share * (weights.sum() / panel.weights.sum() if here == at else 1.0)
                        for here, one in enumerate(self.panels)
                    ]
                    if not (weights > 0).any():
                        continue
                    fresh = self._quality(at, panel.reviews(weights, panel.every))
                    found.append((criterion.pk, factor, self._order(self._with(at, fresh), shares)))
        return found

    def _with(self, at: int, fresh: Floats) -> list[Floats]:
        return [fresh if here == at else one for here, one in enumerate(self.base)]

    def _quality(self, at: int, reviews: Reviews) -> Floats:
        return np.asarray(Jury(reviews).fit(self.ratios[at]).quality)

    def _order(self, qualities: Sequence[Floats], shares: Sequence[float]) -> list[int]:
        parts = [share * one for share, one in zip(shares, qualities, strict=True)]
        joint = np.asarray(sum(parts[1:], start=parts[0])) / sum(shares)
        return [
            self.panels[0].items[item] for item in np.argsort(-np.round(joint, 9), kind="stable")
        ]
