"""What a representative rates, and how far they are.

A representative sees of another company's problem at most what rating needs: its title, what
happens, where in the value chain, its themes and its yearly cost, and of those only what the
company lets solvers or everybody read. Never the company, the site, the sponsor or how the cost is
known; and where the text itself names them, the names are covered.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minka.innovation.models import Edition, Problem, Rating, RatingCriterion
from minka.innovation.queries.problem_names import names_of_owner
from minka.innovation.queries.problem_parts import PARTS, tiers_of
from minka.innovation.queries.problem_reading import Audience
from minka.innovation.queries.problems import company_ids
from minka.innovation.states import ProblemState
from minka.knowledge.models import Theme
from minka.methods.redaction import redact

SUMMARY_LENGTH = 900
RATED_BY = tuple(key for key, part in PARTS.items() if part.for_raters)


@dataclass(frozen=True)
class RatingCard:
    """One problem as a rater may see it: plain values, so that no page can ask for more."""

    pk: int
    language: str
    title: str
    summary: str
    stage: Theme | None
    themes: tuple[Theme, ...]
    yearly_cost_usd: Decimal | None
    is_own_company: bool
    given: int
    criteria: int
    is_partly_hidden: bool = False

    @property
    def is_complete(self) -> bool:
        """True once every criterion has points."""
        return self.criteria > 0 and self.given >= self.criteria


def ratable_problems(*, viewer: Any, edition: Edition) -> QuerySet[Problem]:
    """Return the accepted problems of an edition, to whoever rates; in the order they came in."""
    accepted = Problem.objects.filter(edition=edition, state=ProblemState.ACCEPTED)
    if not viewer.has_perm("innovation.problem_rate"):
        return accepted.none()
    return accepted.order_by("submitted_at", "pk")


def rating_cards(*, viewer: Any, edition: Edition) -> list[RatingCard]:
    """Return every problem to rate: a constant number of SQL statements."""
    problems = (
        ratable_problems(viewer=viewer, edition=edition)
        .select_related("company", "stage")
        .prefetch_related("themes", "company__other_names", "partners__other_names")
        .annotate(given=Count("ratings", filter=Q(ratings__rater=viewer)))
    )
    own = set(company_ids(viewer=viewer))
    criteria = edition.criteria.count()
    return [_card(viewer, problem, own, criteria) for problem in problems]


def own_ratings(*, viewer: Any, problem_id: int) -> dict[int, Rating]:
    """Return what `viewer` gave to one problem: criterion id → rating."""
    given = Rating.objects.filter(rater=viewer, problem_id=problem_id)
    return {rating.criterion_id: rating for rating in given}


def rating_progress(*, viewer: Any, edition: Edition) -> tuple[int, int]:
    """Return how many problems `viewer` has rated by every criterion, and of how many."""
    criteria = edition.criteria.count()
    problems = ratable_problems(viewer=viewer, edition=edition).order_by()
    done = (
        problems.annotate(given=Count("ratings", filter=Q(ratings__rater=viewer)))
        .filter(given__gte=max(criteria, 1))
        .count()
    )
    return done, problems.count()


def rating_criteria(*, edition: Edition) -> list[RatingCriterion]:
    """Return what the problems of an edition are rated by, in order."""
    return list(edition.criteria.order_by("position"))


def _card(viewer: Any, problem: Any, own: set[int], criteria: int) -> RatingCard:
    names = names_of_owner(problem)
    mark = _("[name covered]")
    is_own = bool(own & {problem.company_id, *(p.pk for p in problem.partners.all())})
    shown = _parts_for(viewer, problem, is_own=is_own)
    summary = Truncator(redact(problem.what_happens, names, mark)).chars(SUMMARY_LENGTH)
    return RatingCard(
        pk=problem.pk,
        language=problem.language if "title" in shown else get_language() or "es",
        title=redact(problem.title, names, mark) if "title" in shown else _untitled(problem),
        summary=summary if "what_happens" in shown else "",
        stage=problem.stage if "stage" in shown else None,
        themes=tuple(problem.themes.all()) if "themes" in shown else (),
        yearly_cost_usd=problem.yearly_cost_usd if "cost" in shown else None,
        is_own_company=is_own,
        given=problem.given,
        criteria=criteria,
        is_partly_hidden=len(shown) < len(RATED_BY),
    )


def _parts_for(viewer: Any, problem: Problem, *, is_own: bool) -> set[str]:
    """Return which of the parts that rating needs are for `viewer`."""
    if is_own:
        return set(RATED_BY)
    audience = Audience.TEAM if viewer.is_staff else Audience.SOLVERS
    tiers = tiers_of(problem)
    return {key for key in RATED_BY if audience.reads(tiers[key])}


def _untitled(problem: Problem) -> str:
    return _("Problem %(number)s (its title is not for other companies)") % {"number": problem.pk}
