"""Who else has a draft open."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from minka.core.models import User
from minka.innovation.models import Presence, Proposal

PRESENT_FOR = timedelta(seconds=45)  # three times as long as a page says that it is open


@dataclass(frozen=True)
class Present:
    """One person, and the name of the field where they are; empty when in none."""

    name: str
    place: str


def present_in(*, viewer: User, proposal: Proposal) -> list[Present]:
    """Return the others who have the draft open, to somebody who may write it; else nobody."""
    if not viewer.has_perm("innovation.proposal_change", proposal):
        return []
    since = timezone.now() - PRESENT_FOR
    rows = (
        Presence.objects.filter(proposal=proposal, seen_at__gte=since)
        .exclude(user=viewer)
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    return [Present(row.user.get_full_name(), row.place) for row in rows]
