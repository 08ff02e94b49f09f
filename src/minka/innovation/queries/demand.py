"""What problems and challenges tell of what is needed, for the gaps of the map."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge, Problem
from minka.innovation.queries.problem_reading import reading_of
from minka.innovation.queries.problems import loaded, visible_problems
from minka.innovation.states import ChallengeState, ProblemState
from minka.knowledge.queries.demand import Need

# stated, and neither turned down nor spoken of by a public challenge
STANDING = (
    ProblemState.SUBMITTED,
    ProblemState.NEEDS_INFORMATION,
    ProblemState.ACCEPTED,
    ProblemState.SHORTLISTED,
    ProblemState.CHALLENGED,
)


def needs_of_problems(viewer: Any) -> Iterable[Need]:
    """Return the standing problems that `viewer` may know exist; four SQL statements.

    One that a public challenge speaks of is that challenge, and is not told twice.
    """
    found = visible_problems(viewer=viewer).filter(state__in=STANDING)
    spoken = Problem.objects.filter(challenges__state__in=_public()).values("pk")
    rows = loaded(found.exclude(pk__in=spoken))
    for one in rows.order_by("pk"):
        reading = reading_of(viewer=viewer, problem=one)
        if reading is None:
            continue
        yield Need(
            key=f"innovation.problem:{one.pk}",
            title=reading.title,
            detail=" · ".join((reading.companies, str(reading.state_label))),
            url=reverse("innovation:problem", args=[one.pk]),
            themes=reading.theme_ids,
            regions=frozenset({one.company.region_id or 0} - {0}),
        )


def needs_of_challenges(viewer: Any) -> Iterable[Need]:
    """Return the published challenges that are not decided; three SQL statements.

    The region of an anonymous challenge would name its company, and so would the step of the value
    chain that its problem is in: both are told only to who may know of the problem, and the region
    where the challenge names the company.
    """
    own = Prefetch(
        "problems",
        visible_problems(viewer=viewer).select_related("company"),
        to_attr="known_problems",
    )
    everybody = Prefetch(
        "problems", Problem.objects.select_related("company"), to_attr="all_problems"
    )
    rows = Challenge.objects.filter(state=ChallengeState.PUBLISHED, call__isnull=False)
    for one in rows.prefetch_related("themes", own, everybody).order_by("pk"):
        known: list[Problem] = one.known_problems
        every: list[Problem] = one.all_problems
        named = every if one.names_company else known
        yield Need(
            key=f"innovation.challenge:{one.pk}",
            title=localized_text(one, "title")[0],
            detail=_("Published challenge"),
            url=reverse("innovation:challenge", args=[one.slug]),
            themes=frozenset({theme.pk for theme in one.themes.all()})
            | {problem.stage_id for problem in known if problem.stage_id},
            regions=frozenset({p.company.region_id for p in named if p.company.region_id}),
        )


def _public() -> tuple[str, ...]:
    return (ChallengeState.PUBLISHED, ChallengeState.DECIDED)
