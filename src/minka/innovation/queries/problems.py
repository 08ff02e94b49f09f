"""Reads of problems. A competitor does not learn that a problem exists before it is published."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from minka.innovation.models import Edition, Problem, ProblemMove
from minka.innovation.queries.problem_reading import audience_of, words_for
from minka.innovation.rules import FOR_THE_COMPANY
from minka.innovation.states import ProblemState
from minka.knowledge.models import Actor, Membership, Theme
from minka.knowledge.states import ActorKind, MembershipState
from minka.methods.text import search_key

STAGES_ROOT = "cadena de valor minera"

# What the cluster team needs before it can judge a problem, in the order of the form.
NEEDED_TO_SUBMIT = (
    "what_happens",
    "site",
    "stage",
    "yearly_cost_usd",
    "cost_basis",
    "tried",
    "success_measure",
)


@dataclass(frozen=True)
class ProblemFilters:
    """What a list is narrowed to; empty means everything."""

    search: str = ""
    states: list[str] = field(default_factory=list)
    companies: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)


def company_ids(*, viewer: Any) -> QuerySet[Membership, int]:
    """Return the ids of the organisations that `viewer` speaks or works for."""
    return Membership.objects.filter(
        user=viewer, state=MembershipState.ACTIVE, role__in=FOR_THE_COMPANY
    ).values_list("actor_id", flat=True)


def visible_problems(*, viewer: Any) -> QuerySet[Problem]:
    """Return the problems that `viewer` may know exist.

    The company's own people see all of theirs; the cluster team all that left draft, the drafts
    that a person of the team wrote, to that person, and those that an invited person handed over.
    Nobody else sees any. What of them may be read is for `problem_reading` to say.
    """
    if not viewer.is_authenticated:
        return Problem.objects.none()
    companies = company_ids(viewer=viewer)
    joint = Problem.partners.through.objects.filter(actor__in=companies).values("problem_id")
    own = Q(company__in=companies) | Q(pk__in=joint)
    if not viewer.is_staff:
        return Problem.objects.filter(own)
    left_draft = ~Q(state=ProblemState.DRAFT)
    handed_over = Q(author=None, handed_over_at__isnull=False)
    return Problem.objects.filter(own | left_draft | Q(author=viewer) | handed_over)


def loaded(found: QuerySet[Problem]) -> QuerySet[Problem]:
    """No person: return the same problems with everything that a reading needs."""
    return found.select_related("company", "stage", "edition").prefetch_related(
        "themes", "partners", "files__file"
    )


def may_see_problems(*, viewer: Any) -> bool:
    """True for people who have a list of problems at all."""
    return bool(viewer.is_staff) or company_ids(viewer=viewer).exists()


def own_companies(*, viewer: Any) -> QuerySet[Actor]:
    """Return the mining companies in whose name `viewer` may state a problem."""
    return Actor.objects.filter(
        kind=ActorKind.MINING_COMPANY, pk__in=company_ids(viewer=viewer)
    ).order_by("name_key")


def listed_problems(*, viewer: Any, filters: ProblemFilters) -> QuerySet[Problem]:
    """Return the list that matches `filters`, the latest change first."""
    found = loaded(visible_problems(viewer=viewer))
    if filters.states:
        found = found.filter(state__in=filters.states)
    if filters.companies:
        found = found.filter(company__public_id__in=filters.companies)
    if filters.stages:
        found = found.filter(stage__slug__in=filters.stages)
    if filters.themes:
        found = found.filter(
            pk__in=Problem.themes.through.objects.filter(theme__slug__in=filters.themes).values(
                "problem_id"
            )
        )
    if filters.search:
        found = found.filter(pk__in=_matching(viewer, found, filters.search))
    return found.order_by("-updated_at", "-pk")


def problem_record(*, viewer: Any) -> QuerySet[Problem]:
    """Return visible problems with what their own page shows."""
    moves = ProblemMove.objects.select_related("by").order_by("-pk")
    return (
        loaded(visible_problems(viewer=viewer))
        .select_related("author", "invitation")
        .prefetch_related(Prefetch("moves", moves), "challenges__call")
    )


def missing_to_submit(problem: Problem) -> dict[str, str]:
    """Return what is still needed before `problem` can be handed in: field → sentence."""
    sentences = {
        "what_happens": _("Describe what happens."),
        "site": _("Say at which site or operation."),
        "stage": _("Choose where in the value chain."),
        "yearly_cost_usd": _("Estimate what it costs per year."),
        "cost_basis": _("Say how the cost is known."),
        "tried": _("Say what was tried, or that nothing was."),
        "success_measure": _("Say how you would know that it is solved."),
    }
    return {name: sentences[name] for name in NEEDED_TO_SUBMIT if _empty(problem, name)}


def current_edition() -> Edition | None:
    """Return the edition that new problems belong to."""
    return Edition.objects.filter(is_current=True).first()


def value_chain() -> QuerySet[Theme]:
    """No person: return the steps of the value chain, broad and narrow, where a problem can sit."""
    root = Q(broader__label_es=STAGES_ROOT)
    return Theme.objects.filter(root | Q(broader__broader__label_es=STAGES_ROOT)).select_related(
        "broader"
    )


def search_problems(*, viewer: Any, words: str, limit: int = 10) -> list[Problem]:
    """Return the visible problems that have all the words, for the search of everything."""
    return list(listed_problems(viewer=viewer, filters=ProblemFilters(search=words))[:limit])


def has_words(words: str, *texts: str) -> bool:
    """True when every word of `words` begins a word of the texts; accents and case aside."""
    text = f" {search_key(' '.join(texts))}"
    return all(f" {word}" in text for word in search_key(words).split())


def _matching(viewer: Any, problems: QuerySet[Problem], words: str) -> list[int]:
    # An edition has tens of problems: folding accents here works alike on every database, and
    # nobody finds a problem by words that are not for them.
    found = []
    for one in problems:
        audience = audience_of(viewer=viewer, problem=one)
        if audience is not None and has_words(words, words_for(audience, one)):
            found.append(one.pk)
    return found


def _empty(problem: Model, name: str) -> bool:
    value = getattr(problem, f"{name}_id" if name == "stage" else name)
    return value is None or value == ""
