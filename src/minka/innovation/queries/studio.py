"""What a run of the shortlist studio goes by: problems with their values, criteria, suppliers."""

from typing import Any

from minka.innovation.models import Edition, Problem, RatingCriterion
from minka.innovation.queries.shortlist import Candidate, Ranking, places_taken
from minka.innovation.queries.suppliers import suppliers_by_theme
from minka.knowledge.models import Actor, Theme
from minka.methods.shortlist.robustness import DRAWS, WEIGHT_CONCENTRATION
from minka.methods.shortlist.study import Json

SEED = 1
FORM = 1  # of the inputs; a later one may hold other things
MANY, FEWER_DRAWS = 200, 200  # from so many problems on, fewer draws are made
_DECIMALS = 4


def code_of(pk: int) -> str:
    """Return the short name of a problem in studies, the same in all of them."""
    return f"P{pk}"


def places_left(edition: Edition) -> int:
    """Return how many problems of the edition can still be chosen."""
    return max(edition.shortlist_size - places_taken(edition), 0)


def study_inputs(*, viewer: Any, ranking: Ranking, conditions: Json, size: int) -> Json:
    """Return all that a run follows from; empty for who may not choose.

    Two SQL statements. Problems that nobody rated have no value and are only named.
    """
    if not viewer.has_perm("innovation.study_write"):
        return {}
    rated = sorted(
        (row for row in ranking.rows if row.calibrated is not None), key=lambda row: row.problem.pk
    )
    told = {row.problem.pk for row in rated}
    unrated = [row.problem for row in ranking.rows if row.problem.pk not in told]
    themes = {theme.pk for row in rated for theme in row.problem.themes.all()}
    suppliers = suppliers_by_theme(themes)
    return {
        "form": FORM,
        "size": size,
        "seed": SEED,
        "draws": DRAWS if len(rated) <= MANY else FEWER_DRAWS,
        "concentration": WEIGHT_CONCENTRATION,
        "criteria": [_criterion(one) for one in ranking.criteria],
        "problems": [_problem(row) for row in rated],
        "unrated": [_named(one) for one in sorted(unrated, key=lambda one: one.pk)],
        "suppliers": {str(theme): count for theme, count in suppliers.items()},
        "conditions": conditions,
        "ratings": {
            "count": ranking.ratings.count,
            "raters": len(ranking.ratings.raters),
            "sha256": ranking.ratings.sha256,
            "noise": round(ranking.calibration.noise, _DECIMALS),
            "severity": round(ranking.calibration.severity_spread, _DECIMALS),
            "is_assumed": ranking.calibration.is_assumed,
        },
        "comments": [
            {"problem": one.problem, "criterion": one.criterion, "points": one.points,
             "text": one.text}
            for one in ranking.ratings.comments
        ],
    }  # fmt: skip


def _criterion(one: RatingCriterion) -> Json:
    return {"id": one.pk, "es": one.name_es, "en": one.name_en, "weight": one.weight}


def _named(one: Problem) -> Json:
    return {"id": one.pk, "code": code_of(one.pk), "title": one.title, "language": one.language}


def _problem(row: Candidate) -> Json:
    one = row.problem
    return {
        **_named(one),
        "company": _company(one.company),
        "partners": [_company(actor) for actor in sorted(one.partners.all(), key=_pk)],
        "stage": _theme(one.stage) if one.stage else None,
        "themes": [_theme(theme) for theme in sorted(one.themes.all(), key=_pk)],
        "pilot_usd": None if one.pilot_usd is None else float(one.pilot_usd),
        "plain": _rounded(row.standing.mean),
        "spread": _rounded(row.standing.spread),
        "raters": row.standing.raters,
        "value": _rounded(row.calibrated),
        "error": _rounded(row.error),
        "by_criterion": [_rounded(mean) for mean in row.means],
    }


def _pk(one: Actor | Theme) -> int:
    return one.pk


def _company(one: Actor) -> Json:
    return {"id": one.pk, "es": one.name, "en": one.name}


def _theme(one: Theme) -> Json:
    return {"id": one.pk, "es": one.label_es, "en": one.label_en}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS) + 0.0
