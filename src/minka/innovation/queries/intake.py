"""Invitations to state problems: those a person may know of, and the one a link opens."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from minka.innovation.models import IntakeInvitation, Problem
from minka.knowledge.models import Actor, Membership
from minka.knowledge.states import ActorKind, MemberRole, MembershipState


@dataclass(frozen=True)
class GuestProblem:
    """A problem as the list behind a personal link shows it."""

    pk: int
    title: str
    handed_over_at: datetime | None
    is_taken_over: bool


def companies_to_invite_for(*, viewer: Any) -> QuerySet[Actor]:
    """Return the mining companies in whose name `viewer` may invite: all to the team."""
    found = Actor.objects.filter(kind=ActorKind.MINING_COMPANY).order_by("name_key")
    return found if viewer.is_staff else found.filter(pk__in=_represented(viewer))


def intake_invitations(*, viewer: Any) -> QuerySet[IntakeInvitation]:
    """Return the invitations of the companies that `viewer` speaks for, all to the team.

    Adds `handed_over`, how many problems came of each; drafts are not counted for anybody.
    """
    found = IntakeInvitation.objects.select_related("company", "invited_by")
    if not viewer.is_staff:
        found = found.filter(company__in=_represented(viewer))
    handed = Count("problems", filter=Q(problems__handed_over_at__isnull=False))
    return found.annotate(handed_over=handed)


def invitation_by_link(*, viewer: Any, pk: int) -> QuerySet[IntakeInvitation]:  # noqa: ARG001 -- whoever holds the link
    """Return the invitation that a personal link is for, open or not, to whoever holds it."""
    return IntakeInvitation.objects.filter(pk=pk).select_related("company", "edition")


def guest_problems(invitation: IntakeInvitation) -> list[GuestProblem]:
    """Return what was written with one link; of what was taken over, that it was."""
    rows = invitation.problems.order_by("pk")
    return [
        GuestProblem(one.pk, one.title, one.handed_over_at, one.author_id is not None)
        for one in rows
    ]


def problem_of_guest(*, viewer: Any, invitation: IntakeInvitation) -> QuerySet[Problem]:  # noqa: ARG001 -- whoever holds the link
    """Return the problems that the holder of a link may still write."""
    open_now = invitation.is_open(at=timezone.now())
    found = Problem.objects.filter(invitation=invitation, author=None)
    found = found.select_related("company", "stage", "edition").prefetch_related("themes")
    return found if open_now else found.none()


def _represented(viewer: Any) -> QuerySet[Membership, int]:
    return Membership.objects.filter(
        user=viewer, state=MembershipState.ACTIVE, role=MemberRole.REPRESENTATIVE
    ).values_list("actor_id", flat=True)
