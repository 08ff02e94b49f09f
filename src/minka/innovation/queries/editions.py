"""Reads of editions."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from minka.innovation.models import Edition
from minka.innovation.states import ChallengeState, ProblemState


def editions_with_counts(*, viewer: Any) -> QuerySet[Edition]:
    """Return the editions to the cluster team, with `problem_count` and `challenge_count`."""
    editions = Edition.objects.annotate(
        problem_count=Count(
            "problems", filter=~Q(problems__state=ProblemState.DRAFT), distinct=True
        ),
        challenge_count=Count(
            "challenges", filter=~Q(challenges__state=ChallengeState.DRAFT), distinct=True
        ),
    )
    return editions if viewer.has_perm("innovation.edition_write") else editions.none()
