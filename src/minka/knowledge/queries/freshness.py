"""How rounds of confirmation go, for the cluster team."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from minka.core.models import User
from minka.knowledge.models import Campaign, Confirmation
from minka.knowledge.states import Freshness


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a group were written to, and what they answered."""

    label: str
    sent: int
    confirmed: int
    changed: int

    @property
    def answered(self) -> int:
        """How many answered either way."""
        return self.confirmed + self.changed

    @property
    def percent(self) -> int:
        """The answered among those written to, in per cent."""
        return round(100 * self.answered / self.sent) if self.sent else 0


def campaigns(*, viewer: User) -> QuerySet[Campaign]:
    """Return the rounds, newest first, with `sent`, `confirmed`, `changed`; to the team only."""
    found = Campaign.objects.select_related("region", "started_by").annotate(
        sent=Count("confirmations"),
        confirmed=Count("confirmations", filter=Q(confirmations__state=Freshness.CONFIRMED)),
        changed=Count("confirmations", filter=Q(confirmations__state=Freshness.CHANGED)),
    )
    if not viewer.has_perm("knowledge.campaign_start"):
        return found.none()
    return found.order_by("-pk")


def rates_by(*, viewer: User, campaign: Campaign, column: str) -> list[Rate]:
    """Return the answers of a round by a column of the actor; one SQL statement."""
    if not viewer.has_perm("knowledge.campaign_start"):
        return []
    rows = (
        campaign.confirmations.values_list(f"actor__{column}")
        .annotate(
            sent=Count("pk"),
            confirmed=Count("pk", filter=Q(state=Freshness.CONFIRMED)),
            changed=Count("pk", filter=Q(state=Freshness.CHANGED)),
        )
        .order_by("-sent", f"actor__{column}")
    )
    return [Rate(label or "", *counts) for label, *counts in rows]


def answers_that_say_more(*, viewer: User, campaign: Campaign) -> QuerySet[Confirmation]:
    """Return the answers that say what has changed, newest first; to the team only."""
    found = campaign.confirmations.filter(state=Freshness.CHANGED).select_related("actor")
    if not viewer.has_perm("knowledge.campaign_start"):
        return found.none()
    return found.order_by("-answered_at", "-pk")


def confirmation_of(*, viewer: Any, pk: int) -> Confirmation | None:  # noqa: ARG001 -- by its link
    """Return what a link is for; whoever has the link was sent it."""
    found = Confirmation.objects.select_related("actor__region", "actor__place", "campaign")
    return found.filter(pk=pk).first()
