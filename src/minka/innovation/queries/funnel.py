"""The funnel of an edition: from problems to decisions, for whoever looks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from minka.innovation.models import Challenge, Edition, Proposal
from minka.innovation.queries.problems import current_edition
from minka.innovation.queries.received import COUNTED_IN_PUBLIC
from minka.innovation.states import ChallengeState, Outcome, ProblemState, ProposalState

# problems that were joined count once, as what came of them
STATED = ~Q(state__in=[ProblemState.DRAFT, ProblemState.MERGED])
REACHED = {
    "accepted": Q(
        state__in=[ProblemState.ACCEPTED, ProblemState.SHORTLISTED, ProblemState.CHALLENGED]
    ),
    "shortlisted": Q(state__in=[ProblemState.SHORTLISTED, ProblemState.CHALLENGED]),
}


@dataclass(frozen=True)
class Funnel:
    """How many got how far. What is None is not for this viewer: nothing of it is public.

    For the public, `problems` counts those behind published challenges, and proposals and
    decisions only once their call has closed (and, if it is sealed, was opened or tells their
    number) or their decisions are released.
    """

    edition: Edition | None
    problems: int = 0
    accepted: int | None = None
    shortlisted: int | None = None
    challenges: int = 0
    proposals: int = 0
    evaluated: int | None = None
    decided: int = 0
    selected: int = 0


def edition_funnel(*, viewer: Any, edition: Edition | None = None) -> Funnel:
    """Return the funnel of an edition (the current one): four SQL statements at most."""
    edition = edition or current_edition()
    if edition is None:
        return Funnel(edition=None)
    published = Challenge.objects.filter(edition=edition).exclude(state=ChallengeState.DRAFT)
    is_staff = bool(viewer.is_staff)
    first: dict[str, Any]
    first = _problems(edition) if is_staff else {"problems": _published_problems(edition)}
    return Funnel(
        edition=edition,
        challenges=published.count(),
        **first,
        **_proposals(edition, is_staff=is_staff),
    )


def _problems(edition: Edition) -> dict[str, int]:
    counts = {name: Count("pk", filter=reached) for name, reached in REACHED.items()}
    return edition.problems.aggregate(problems=Count("pk", filter=STATED), **counts)


def _published_problems(edition: Edition) -> int:
    public = edition.problems.filter(
        challenges__state__in=[ChallengeState.PUBLISHED, ChallengeState.DECIDED]
    )
    return public.distinct().count()


def _proposals(edition: Edition, *, is_staff: bool) -> dict[str, Any]:
    handed_in = Proposal.objects.filter(
        challenge__edition=edition, state=ProposalState.SUBMITTED
    ).exclude(challenge__state=ChallengeState.DRAFT)
    if not is_staff:
        handed_in = handed_in.filter(
            COUNTED_IN_PUBLIC, challenge__call__closes_at__lte=timezone.now()
        )
    known = Q(decision__isnull=False) if is_staff else Q(decision__released_at__isnull=False)
    scored = Q(assignments__scored_at__isnull=False)
    counts = handed_in.aggregate(
        proposals=Count("pk", distinct=True),
        evaluated=Count("pk", filter=scored, distinct=True),
        decided=Count("pk", filter=known, distinct=True),
        selected=Count("pk", filter=known & Q(decision__outcome=Outcome.SELECTED), distinct=True),
    )
    return counts if is_staff else {**counts, "evaluated": None}
