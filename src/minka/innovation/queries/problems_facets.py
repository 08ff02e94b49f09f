"""What a list of problems can be narrowed by, with counts."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from minka.core.components import Facet, FacetOption
from minka.innovation.models import Problem
from minka.innovation.queries.problems import ProblemFilters, visible_problems
from minka.innovation.states import ProblemState


def problem_facets(*, viewer: Any, filters: ProblemFilters) -> list[Facet]:
    """Return the facets of `viewer`'s list: four SQL statements, whatever its length."""
    problems = visible_problems(viewer=viewer).order_by()
    label = f"label_{(get_language() or 'es')[:2]}"
    by_state = dict(problems.values_list("state").annotate(n=Count("pk")))
    companies = problems.values_list("company__public_id", "company__name").annotate(n=Count("pk"))
    stages = (
        problems.exclude(stage=None)
        .values_list("stage__slug", f"stage__{label}")
        .annotate(n=Count("pk"))
    )
    themes = (
        Problem.themes.through.objects.filter(problem__in=problems)
        .values_list("theme__slug", f"theme__{label}")
        .annotate(n=Count("pk"))
    )
    facets = [
        Facet(
            name="state",
            label=_("State"),
            options=[
                FacetOption(state.value, state.label, by_state[state], state in filters.states)
                for state in ProblemState
                if state in by_state
            ],
        ),
        Facet("company", _("Company"), _options(companies, filters.companies)),
        Facet("stage", _("Where in the value chain"), _options(stages, filters.stages)),
        Facet("theme", _("Theme"), _options(themes, filters.themes), open=bool(filters.themes)),
    ]
    return [facet for facet in facets if len(facet.options) > 1 or _is_used(facet)]


def _options(rows: Iterable[Any], chosen: list[str]) -> list[FacetOption]:
    ordered = sorted(rows, key=lambda row: str(row[1]).casefold())
    return [FacetOption(value, text, count, value in chosen) for value, text, count in ordered]


def _is_used(facet: Facet) -> bool:
    return any(option.selected for option in facet.options)
