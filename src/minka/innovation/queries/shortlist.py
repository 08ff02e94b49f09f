"""The table that the cluster team chooses from: problems ranked by what the raters gave."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from minka.innovation.models import Edition, Problem, Rating, RatingCriterion, ShortlistChoice
from minka.innovation.states import ProblemState
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
        if standing.mean is None:
            return None
        spread = standing.spread or 0.0
        low, high = max(standing.mean - spread, LOWEST), min(standing.mean + spread, HIGHEST)
        places = (round(100 * (value - LOWEST), 1) for value in (standing.mean, low, high))
        return cls(*places)


@dataclass(frozen=True)
class Candidate:
    """One row of the table; `own` counts ratings by the problem's own company, left out."""

    problem: Problem
    standing: Standing
    rank: int
    own: int

    @property
    def interval(self) -> Interval | None:
        """Where mean and spread are drawn."""
        return Interval.of(self.standing)

    @property
    def has_few_ratings(self) -> bool:
        """True while too few people have rated for the mean to say much."""
        return self.standing.raters < FEW_RATERS

    @property
    def is_chosen(self) -> bool:
        """True for what stands on the shortlist now."""
        return self.problem.state == ProblemState.SHORTLISTED


def candidates(*, viewer: Any, edition: Edition) -> list[Candidate]:
    """Return accepted and shortlisted problems, best mean first, unrated last.

    Four SQL statements for any number of problems and ratings. Ratings by the company that has
    the problem are counted apart and stay out of the mean.
    """
    if not viewer.has_perm("innovation.shortlist_choose"):
        return []
    problems = list(
        Problem.objects.filter(edition=edition, state__in=IN_THE_TABLE)
        .select_related("company", "stage")
        .order_by("submitted_at", "pk")
    )
    criteria = list(edition.criteria.order_by("position"))
    points, own = _points(problems, criteria)
    weights = [criterion.weight for criterion in criteria]
    rows = [(problem, standing(points[problem.pk], weights)) for problem in problems]
    rows.sort(key=lambda row: -(row[1].mean or 0.0))
    return [
        Candidate(problem, result, rank, len(own[problem.pk]))
        for rank, (problem, result) in enumerate(rows, start=1)
    ]


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


def _points(
    problems: list[Problem], criteria: list[RatingCriterion]
) -> tuple[dict[int, list[list[float | None]]], dict[int, set[int]]]:
    """Return each problem's rows of points (one per rater), and who rated for its own company."""
    place = {criterion.pk: index for index, criterion in enumerate(criteria)}
    by_rater: dict[int, dict[int, list[float | None]]] = defaultdict(dict)
    own: dict[int, set[int]] = defaultdict(set)
    ratings = Rating.objects.filter(problem__in=problems, criterion__in=criteria)
    for problem, criterion, rater, points, is_own in ratings.values_list(
        "problem_id", "criterion_id", "rater_id", "points", "is_own_company"
    ):
        if is_own:
            own[problem].add(rater)
            continue
        row = by_rater[problem].setdefault(rater, [None] * len(criteria))
        row[place[criterion]] = float(points)
    return defaultdict(list, {pk: list(rows.values()) for pk, rows in by_rater.items()}), own
