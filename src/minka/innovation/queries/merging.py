"""Joining problems: what the team sees of it, and what one company does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from minka.innovation.models import MergeConsent, MergeProposal, Problem
from minka.innovation.queries.problem_reading import Reading, readings
from minka.innovation.queries.problems import loaded, visible_problems
from minka.innovation.states import ConsentState, MergeState
from minka.knowledge.models import Membership
from minka.knowledge.states import MemberRole, MembershipState


@dataclass(frozen=True)
class MergeQuestion:
    """What one company is asked about one of its problems: nothing tells who else is."""

    problem_id: int
    is_open: bool
    agreed: bool
    answered_at: datetime | None


def merge_proposals(*, viewer: Any) -> QuerySet[MergeProposal]:
    """Return the proposals with their answers, to the cluster team alone."""
    found = MergeProposal.objects.prefetch_related("consents__problem__company")
    if not viewer.has_perm("innovation.merge_propose"):
        return found.none()
    return found.select_related("proposed_by", "result")


def open_consents(*, viewer: Any) -> QuerySet[MergeConsent]:
    """Return the questions that wait for `viewer` as a representative.

    They wait on after another company has refused: that the question ends would tell of it.
    """
    represented = Membership.objects.filter(
        user=viewer, state=MembershipState.ACTIVE, role=MemberRole.REPRESENTATIVE
    ).values("actor_id")
    return MergeConsent.objects.filter(
        problem__company__in=represented,
        state=ConsentState.ASKED,
        proposal__state__in=(MergeState.ASKING, MergeState.REFUSED),
    ).select_related("problem", "proposal")


def merge_question(*, viewer: Any, problem: Problem) -> MergeQuestion | None:
    """Return what the representatives of the problem's company were asked last, if anything."""
    if not viewer.has_perm("innovation.merge_answer", problem):
        return None
    last = problem.consents.select_related("proposal").order_by("-pk").first()
    if last is None or (
        last.state == ConsentState.ASKED and last.proposal.state == MergeState.WITHDRAWN
    ):
        return None
    return MergeQuestion(
        problem_id=problem.pk,
        is_open=last.state == ConsentState.ASKED,
        agreed=last.state == ConsentState.YES,
        answered_at=last.answered_at,
    )


def joined_with(*, viewer: Any, problem: Problem) -> list[Reading]:
    """Return the joint problem of a parent, or the parents of a joint one, that one may see."""
    near = Q(parents=problem) | Q(joined_in=problem)
    found = loaded(visible_problems(viewer=viewer).filter(near)).order_by("pk").distinct()
    return readings(viewer=viewer, problems=found)
