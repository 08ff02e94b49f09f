"""Reads of eligibility: the impartial team sees all, a solver what concerns its own proposals."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from minka.core.models import StoredFile, User
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge, CorrectionRequest, EligibilityCheck, Proposal
from minka.innovation.models.eligibility import Eligibility
from minka.innovation.queries.conflicts import closed_to
from minka.innovation.queries.proposals import own_organisations, staff_challenges
from minka.innovation.states import ProposalState

_BULLET = re.compile(r"^\s*(?:[-–•*]|\d+[.)])\s*")


def conditions_of(challenge: Challenge) -> list[str]:
    """No person: return the conditions of a call, one for each line of who may take part."""
    text = localized_text(challenge, "eligibility")[0]
    lines = [_BULLET.sub("", line).strip() for line in text.splitlines()]
    return [line for line in lines if line]


def to_check(*, viewer: User, challenge: Challenge) -> QuerySet[Proposal]:
    """Return the opened proposals of a call with what was found, for the impartial team."""
    if not viewer.has_perm("innovation.eligibility_check", challenge):
        return Proposal.objects.none()
    return (
        checkable(viewer=viewer)
        .filter(challenge=challenge)
        .select_related("lead", "challenge", "eligibility")
        .order_by("submitted_at", "pk")
    )


def checkable(*, viewer: User) -> QuerySet[Proposal]:
    """Return every opened proposal that `viewer` of the impartial team may check."""
    open_requests = CorrectionRequest.objects.order_by("-pk")
    return (
        Proposal.objects.filter(
            challenge__in=staff_challenges(viewer=viewer).values("pk"),
            state=ProposalState.SUBMITTED,
            is_sealed=False,
            challenge__call__closes_at__lte=timezone.now(),
        )
        .exclude(pk__in=closed_to(viewer=viewer))
        .prefetch_related(
            Prefetch("correction_requests", open_requests, to_attr="loaded_corrections")
        )
    )


def own_opened(*, viewer: User) -> QuerySet[Proposal]:
    """Return the opened proposals of the viewer's organisations."""
    return Proposal.objects.filter(
        lead__in=own_organisations(viewer=viewer).values("pk"),
        state=ProposalState.SUBMITTED,
        is_sealed=False,
        challenge__call__closes_at__lte=timezone.now(),
    )


def may_see(*, viewer: User) -> QuerySet[Proposal]:
    """Return the proposals whose eligibility `viewer` may read: one's own, or as the team."""
    own = Q(pk__in=own_opened(viewer=viewer).values("pk"))
    team = Q(pk__in=checkable(viewer=viewer).values("pk"))
    return Proposal.objects.filter(own | team).select_related("challenge__call", "lead")


def correction_file(*, viewer: User, proposal_id: str, uid: str) -> StoredFile | None:
    """Return a file that mended a defect, to whoever may see it; else None."""
    seen = may_see(viewer=viewer).filter(public_id=proposal_id).values("pk")
    found = CorrectionRequest.objects.filter(proposal__in=seen, files__file__uid=uid).first()
    return StoredFile.objects.get(uid=uid) if found else None


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody in the eligibility of one proposal."""

    proposal: Proposal
    kind: str
    due_at: datetime | None


def waiting_for_solver(*, viewer: User) -> list[Waiting]:
    """Return what the viewer's organisations may still mend or answer; two SQL statements."""
    now, own = timezone.now(), own_opened(viewer=viewer).values("pk")
    asked = CorrectionRequest.objects.filter(
        proposal__in=own, answered_at__isnull=True, decided_at__isnull=True, until__gt=now
    ).select_related("proposal__challenge", "proposal__lead")
    refused = EligibilityCheck.objects.filter(
        proposal__in=own,
        outcome=Eligibility.INELIGIBLE,
        answered_at__isnull=True,
        answer_until__gt=now,
    ).select_related("proposal__challenge", "proposal__lead")
    return [
        *(Waiting(one.proposal, "correction", one.until) for one in asked),
        *(Waiting(one.proposal, "refusal", one.answer_until) for one in refused),
    ]


def waiting_for_team(*, viewer: User) -> list[Waiting]:
    """Return what the team has to resolve: answers to refusals, corrections; two statements."""
    if not viewer.is_staff:
        return []
    now, seen = timezone.now(), checkable(viewer=viewer).values("pk")
    corrections = CorrectionRequest.objects.filter(
        Q(answered_at__isnull=False) | Q(until__lte=now), proposal__in=seen, decided_at__isnull=True
    ).select_related("proposal__challenge", "proposal__lead")
    answers = EligibilityCheck.objects.filter(
        proposal__in=seen, answered_at__isnull=False, reviewed_at__isnull=True
    ).select_related("proposal__challenge", "proposal__lead")
    return [
        *(Waiting(one.proposal, "correction", None) for one in corrections),
        *(Waiting(one.proposal, "answer", None) for one in answers),
    ]


def unsettled(*, challenge: Challenge) -> int:
    """No person: return how many proposals have a defect to mend, or a refusal still to answer."""
    standing = Proposal.objects.filter(challenge=challenge, state=ProposalState.SUBMITTED)
    mending = Q(correction_requests__isnull=False, correction_requests__decided_at__isnull=True)
    refused = Q(eligibility__outcome=Eligibility.INELIGIBLE, eligibility__reviewed_at__isnull=True)
    open_still = Q(eligibility__answered_at__isnull=False) | Q(
        eligibility__answer_until__gt=timezone.now()
    )
    return standing.filter(mending | refused & open_still).distinct().count()
