"""Workshops and sheets of problems, each to whoever opened it."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from minka.innovation.models import ProblemSheet, Workshop, WorkshopCard
from minka.innovation.queries.problems import own_companies
from minka.knowledge.models import Actor
from minka.knowledge.states import ActorKind


def own_workshops(*, viewer: Any) -> QuerySet[Workshop]:
    """Return the workshops that `viewer` runs, with their cards in order."""
    cards = WorkshopCard.objects.select_related("problem").order_by("position", "pk")
    found = Workshop.objects.select_related("company", "edition")
    if not viewer.has_perm("innovation.workshop_run"):
        return found.none()
    return found.filter(by=viewer).prefetch_related(Prefetch("cards", cards))


def own_sheets(*, viewer: Any) -> QuerySet[ProblemSheet]:
    """Return the sheets that `viewer` uploaded."""
    return ProblemSheet.objects.filter(by=viewer).select_related("company", "file")


def companies_to_state_for(*, viewer: Any) -> QuerySet[Actor]:
    """Return the mining companies that `viewer` may begin drafts of: all to the team."""
    if viewer.is_staff:
        return Actor.objects.filter(kind=ActorKind.MINING_COMPANY).order_by("name_key")
    return own_companies(viewer=viewer)
