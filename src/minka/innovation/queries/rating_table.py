"""All ratings of some problems as one table of numbers, calibrated for the severity of raters."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from minka.innovation.models import Problem, Rating, RatingCriterion
from minka.methods.calibration import Calibration, calibrate
from minka.methods.shortlist.study import fingerprint


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote beside points; nobody is told who."""

    problem: int
    criterion: int
    points: int
    text: str


@dataclass(frozen=True, slots=True)
class RatingTable:
    """The ratings of some problems; those by a problem's own company are only counted.

    Args:
        raters: ids of people, in the order of the table.
        points: shape (problems, raters, criteria); NaN where not given.
        own: who rated for the company that has the problem: id of the problem → ids of people.
        comments: those of other companies and the team, in an order that tells nothing of who.
        count: how many ratings there are, the company's own included.
        sha256: fingerprint of all of them.
    """

    raters: tuple[int, ...]
    points: NDArray[np.float64]
    own: dict[int, set[int]]
    comments: tuple[Comment, ...]
    count: int
    sha256: str

    def rows_of(self, place: int) -> list[list[float | None]]:
        """Return the points of one problem, a row for each of its raters."""
        rows = self.points[place]
        given = rows[~np.isnan(rows).all(axis=1)]
        return [[None if isnan(point) else float(point) for point in row] for row in given]

    def calibrated(self, criteria: Sequence[RatingCriterion]) -> Calibration:
        """Return the values of the problems with the severity of raters taken out."""
        weights = np.array([criterion.weight for criterion in criteria], dtype=np.float64)
        return calibrate(self.points, weights)


def rating_table(problems: Sequence[Problem], criteria: Sequence[RatingCriterion]) -> RatingTable:
    """Read the ratings of problems by criteria; one SQL statement for any number of them."""
    ratings = list(
        Rating.objects.filter(problem__in=[one.pk for one in problems], criterion__in=criteria)
        .order_by("problem_id", "criterion_id", "rater_id")
        .values_list(
            "problem_id", "criterion_id", "rater_id", "points", "is_own_company", "comment"
        )
    )
    raters = tuple(sorted({row[2] for row in ratings if not row[4]}))
    rows = {problem.pk: at for at, problem in enumerate(problems)}
    lines = {rater: at for at, rater in enumerate(raters)}
    columns = {criterion.pk: at for at, criterion in enumerate(criteria)}
    points = np.full((len(rows), len(lines), len(columns)), np.nan)
    own: dict[int, set[int]] = defaultdict(set)
    comments = []
    for problem, criterion, rater, given, is_own, text in ratings:
        if is_own:
            own[problem].add(rater)
            continue
        points[rows[problem], lines[rater], columns[criterion]] = given
        if text.strip():
            comments.append(Comment(problem, criterion, given, text.strip()))
    comments.sort(key=lambda one: (one.problem, one.criterion, one.points, one.text))
    return RatingTable(
        raters=raters,
        points=points,
        own=own,
        comments=tuple(comments),
        count=len(ratings),
        sha256=fingerprint([row[:5] for row in ratings]),
    )
