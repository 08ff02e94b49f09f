"""The table that the cluster team chooses from: problems ranked by what the raters gave."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db.models import QuerySet

from minka.core.models import User
from minka.innovation.models import Edition, Problem, RatingCriterion, ShortlistChoice
from minka.innovation.queries.rating_table import RatingTable, rating_table
from minka.innovation.states import ProblemState
from minka.methods.calibration import Calibration
from minka.methods.weighting import Standing, standing

LOWEST, HIGHEST = 1, 5
FEW_RATERS = 3  # below this a mean says more about who rated than about the problem
IN_THE_TABLE = (ProblemState.ACCEPTED, ProblemState.SHORTLISTED)


@dataclass(frozen=True)
class Interval:
    """Mean and spread on a line from 1 to 5, in hundredths of a point from its left end."""

    centre: float
    low: float
    high: float

    @classmethod
    def of(cls, standing: Standing) -> "Interval | None":
        """Return where to draw; None when nobody rated."""
        return cls.around(standing.mean, standing.spread)

    @classmethod
    def around(cls, mean: float | None, spread: float | None) -> "Interval | None":
        """Return where to draw a value and what it may differ by; None where there is none."""
        if mean is None:
            return None
        low, high = max(mean - (spread or 0.0), LOWEST), min(mean + (spread or 0.0), HIGHEST)
        held = min(max(mean, LOWEST), HIGHEST)
        return cls(*(round(100 * (value - LOWEST), 1) for value in (held, low, high)))


@dataclass(frozen=True)
class Candidate:
    """One row of the table; `own` counts ratings by the problem's own company, left out.

    `calibrated` is the mean with the severity of raters taken out, `error` its standard error;
    both None when nobody rated. `means` are those of the criteria, calibrated as well.
    """

    problem: Problem
    standing: Standing
    rank: int
    own: int
    calibrated: float | None
    error: float | None
    means: tuple[float | None, ...]

    @property
    def interval(self) -> Interval | None:
        """Where mean and spread are drawn."""
        return Interval.of(self.standing)

    @property
    def calibrated_interval(self) -> Interval | None:
        """Where the calibrated mean and twice its standard error are drawn."""
        return Interval.around(self.calibrated, 2 * (self.error or 0.0))

    @property
    def has_few_ratings(self) -> bool:
        """True while too few people have rated for the mean to say much."""
        return self.standing.raters < FEW_RATERS

    @property
    def is_chosen(self) -> bool:
        """True for what stands on the shortlist now."""
        return self.problem.state == ProblemState.SHORTLISTED


@dataclass(frozen=True)
class Severity:
    """How much a rater gives beside the others, in points; less than none is severe."""

    person: str
    problems: int
    severity: float
    error: float

    @property
    def is_told_apart(self) -> bool:
        """True where it is more than chance would make of it."""
        return self.error > 0 and abs(self.severity) >= 2 * self.error

    @property
    def severity_text(self) -> str:
        """Return the severity with its sign."""
        return f"{self.severity:+.2f}".replace("-", "\u2212")


@dataclass(frozen=True)
class Ranking:
    """The table, and what it was reckoned from."""

    rows: list[Candidate]
    criteria: list[RatingCriterion]
    ratings: RatingTable
    calibration: Calibration


def ranking(*, viewer: Any, edition: Edition) -> Ranking | None:
    """Return accepted and shortlisted problems, best calibrated mean first, unrated last.

    Five SQL statements for any number of problems and ratings; None for who may not choose.
    Ratings by the company that has the problem are counted apart and stay out of the means.
    """
    if not viewer.has_perm("innovation.shortlist_choose"):
        return None
    problems = list(
        Problem.objects.filter(edition=edition, state__in=IN_THE_TABLE)
        .select_related("company", "stage")
        .prefetch_related("themes", "partners")
        .order_by("submitted_at", "pk")
    )
    criteria = list(edition.criteria.order_by("position"))
    ratings = rating_table(problems, criteria)
    calibration = ratings.calibrated(criteria)
    weights = [criterion.weight for criterion in criteria]
    rows = [
        Candidate(
            problem,
            standing(ratings.rows_of(at), weights),
            0,
            len(ratings.own[problem.pk]),
            _told(calibration.values[at]),
            _told(calibration.errors[at]),
            tuple(map(_told, calibration.by_criterion[at])),
        )
        for at, problem in enumerate(problems)
    ]
    rows.sort(key=lambda row: -(row.calibrated or 0.0))
    ranked = [replace(row, rank=rank) for rank, row in enumerate(rows, start=1)]
    return Ranking(ranked, criteria, ratings, calibration)


def candidates(*, viewer: Any, edition: Edition) -> list[Candidate]:
    """Return the rows of the ranked table; none for who may not choose."""
    found = ranking(viewer=viewer, edition=edition)
    return found.rows if found else []


def severities(*, viewer: Any, ranking: Ranking) -> list[Severity]:
    """Return how severe each rater is, the most severe first; to the cluster team only."""
    if not viewer.has_perm("innovation.shortlist_choose"):
        return []
    people = User.objects.in_bulk(ranking.ratings.raters)
    rated = (~np.isnan(ranking.ratings.points)).any(axis=2).sum(axis=0)
    told = ranking.calibration
    found = [
        Severity(str(people[pk]), int(count), float(severity), float(error))
        for pk, count, severity, error in zip(
            ranking.ratings.raters, rated, told.severities, told.severity_errors, strict=True
        )
    ]
    return sorted(found, key=lambda one: one.severity)


def last_choice(*, viewer: Any, edition: Edition) -> ShortlistChoice | None:
    """Return the latest choice, with who made it."""
    if not viewer.has_perm("innovation.shortlist_choose"):
        return None
    return edition.choices.select_related("by").first()


def places_taken(edition: Edition) -> int:
    """Return how many problems of the edition have already become challenges."""
    return edition.problems.filter(state=ProblemState.CHALLENGED).count()


def shortlisted_problems(*, viewer: Any) -> QuerySet[Problem]:
    """Return what can be turned into a challenge: shortlisted, and in no challenge yet."""
    shortlisted = Problem.objects.filter(state=ProblemState.SHORTLISTED, challenges=None)
    if not viewer.has_perm("innovation.challenge_write"):
        return shortlisted.none()
    return shortlisted.select_related("company", "stage", "edition").order_by("pk")


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
