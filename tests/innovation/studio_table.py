"""Rated problems to choose from, and a version kept of them, as the tests of the studio need."""

from minka.innovation.actions.studies import keep_study
from minka.innovation.queries.shortlist import ranking
from minka.innovation.queries.studio import study_inputs
from minka.innovation.sources.study_jobs import draw_study
from tests.factories import (
    EditionFactory,
    ProblemFactory,
    RatingCriterionFactory,
    RatingFactory,
    ThemeFactory,
    UserFactory,
)
from tests.innovation.people import company, staff

POINTS = (5, 4, 4, 3, 2, 1)


def rated_problems():
    """Six rated problems of two companies, the raters of unlike severity, and an unrated one."""
    EditionFactory(shortlist_size=3)
    criteria = [RatingCriterionFactory(weight=weight) for weight in (70, 30)]
    raters = [UserFactory(full_name=f"Rosa Quispe {at}") for at in "ABC"]
    water = ThemeFactory(label_es="agua", label_en="water")
    firms = [company("Minera Uno"), company("Minera Dos")]
    problems = []
    for number, points in enumerate(POINTS):
        one = ProblemFactory(company=firms[number // 3], pilot_usd=10_000 * (number + 1))
        one.themes.add(*[water] * (number % 2))
        for rater, shift in zip(raters, (0, 0, -1), strict=True):
            for criterion in criteria:
                RatingFactory(
                    problem=one, criterion=criterion, rater=rater, points=max(points + shift, 1)
                )
        problems.append(one)
    ProblemFactory(company=firms[0], title="Sin calificar")
    return problems


def inputs(size=3, draws=40, **conditions):
    team = staff()
    found = ranking(viewer=team, edition=EditionFactory())
    told = study_inputs(viewer=team, ranking=found, conditions=conditions, size=size)
    return {**told, "draws": draws}


def kept(**conditions):
    study = keep_study(by=staff(), edition=EditionFactory(), inputs=inputs(**conditions))
    draw_study(study_id=study.pk)
    study.refresh_from_db()
    return study
