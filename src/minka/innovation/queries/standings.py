"""The ranking with what is not known: intervals, chances of the top, ties, and what it rests on.

Reckoned once for the same scores, whatever the top that is asked about; which of it somebody may
see is for `queries.ranking` to say. Where there are gates, each has a model of its own, and they
are joined draw by draw, each counting as much as its criteria weigh.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from minka.core.models import User
from minka.core.remembering import cache
from minka.innovation.models import Criterion
from minka.innovation.queries.ranking import RankedProposal
from minka.innovation.queries.standing_panels import (
    MOST_TOPS,
    Judge,
    Known,
    Place,
    panels_of,
    reckon,
)
from minka.innovation.states import AssignmentState
from minka.methods.ranking.agreement import Share

__all__ = ["Change", "Judge", "Place", "Standings", "names_of", "standings", "usual_top"]

KEPT_S = 24 * 3600
FEWEST_ITEMS, FEWEST_REVIEWS = 2, 4  # below which no model says anything
VERSION = 2  # of what is kept


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

    Proposals that lack evaluations at one of the gates have no place. No SQL: the evaluations are
    those that the rows hold. No more than the best 400 are looked at.
    """
    panels = panels_of(rows, criteria)
    if not panels or any(
        len(one.items) < FEWEST_ITEMS or len(one.pairs) < FEWEST_REVIEWS for one in panels
    ):
        return None
    told = json.dumps([VERSION, *(one.told() for one in panels)])
    key = f"standings:{hashlib.sha256(told.encode()).hexdigest()}"
    known: Known | None = cache.get(key)
    if known is None:
        known = _reckon(panels)
        cache.set(key, known, KEPT_S)
    return _of_top(known, min(max(top, 1), len(known.items), MOST_TOPS))


_reckon = reckon


def names_of(rows: Sequence[RankedProposal]) -> dict[int, User]:
    """Return the evaluators whose scores count in rows, by id."""
    return {
        one.evaluator_id: one.evaluator
        for row in rows
        for one in row.assignments
        if one.state == AssignmentState.SCORED
    }


def _of_top(known: Known, top: int) -> Standings:
    """Return what is known as it looks for one top."""

    def change(subject: int, factor: float | None, order: Sequence[int]) -> Change:
        best, others = set(known.best[:top]), set(order[:top])
        return Change(subject, factor, tuple(sorted(others - best)), tuple(sorted(best - others)))

    return Standings(
        top=top,
        places={pk: known.place(at, pk, top) for at, pk in enumerate(known.items)},
        agreement_of_one=known.agreement_of_one,
        agreement_of_mean=known.agreement_of_mean,
        alpha=known.alpha,
        reviews_each=known.reviews_each,
        judges=known.judges,
        without=[change(subject, None, order) for subject, order in known.without],
        reweighed=[change(subject, factor, order) for subject, factor, order in known.reweighed],
    )
