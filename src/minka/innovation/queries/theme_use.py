"""Which themes public challenges carry, for the pages of the thesaurus."""

from typing import Any

from django.db.models import Count
from django.urls import reverse

from minka.innovation.models import Challenge
from minka.innovation.queries.challenges import PUBLIC
from minka.knowledge.models import Theme


def challenge_counts(viewer: Any) -> dict[int, int]:  # noqa: ARG001 -- what is public is so for all
    """Return how many published challenges carry each theme, by its key; one SQL statement."""
    published = Challenge.objects.filter(state__in=PUBLIC, themes__isnull=False).order_by()
    return dict(published.values_list("themes").annotate(Count("pk", distinct=True)))


def challenges_url(theme: Theme) -> str:
    """Return the list of the public challenges with a theme."""
    return f"{reverse('innovation:challenges')}?theme={theme.slug}"
