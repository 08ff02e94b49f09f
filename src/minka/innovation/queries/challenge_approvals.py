"""Who has to approve a challenge before everybody may read it, and what they answered.

A person of a company reads of its own seats and of the team's; that other companies sit there too
is for the team alone.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from minka.core.components import Text
from minka.innovation.models import Challenge, ChallengeApproval
from minka.innovation.queries.problems import company_ids
from minka.innovation.states import ApprovalAnswer, ApprovalSeat, ChallengeState
from minka.knowledge.models import Actor
from minka.knowledge.rules import active_roles
from minka.knowledge.states import MemberRole

ROLE_OF = {
    ApprovalSeat.USER_AREA: MemberRole.USER_AREA,
    ApprovalSeat.REPRESENTATIVE: MemberRole.REPRESENTATIVE,
}
STANDING = Prefetch(
    "approvals",
    ChallengeApproval.objects.filter(voided_at__isnull=True).select_related("by"),
    to_attr="standing_approvals",
)
COMPANIES = ("problems__company", "problems__partners")


@dataclass(frozen=True)
class Seat:
    """One approval that is needed, and the answer that stands."""

    seat: ApprovalSeat
    company: Actor | None
    given: ChallengeApproval | None = None

    @property
    def label(self) -> Text:
        """What the seat is called."""
        return ApprovalSeat(self.seat).label

    @property
    def key(self) -> str:
        """Name the seat in a form."""
        return f"{self.seat}:{self.company.pk if self.company else ''}"

    @property
    def approves(self) -> bool:
        """Whether it said yes to the draft as it is."""
        return self.given is not None and self.given.answer == ApprovalAnswer.APPROVED


def companies_of(challenge: Challenge) -> list[Actor]:
    """Return every company whose problem the challenge comes from, by name."""
    prefetch_related_objects([challenge], *COMPANIES)
    found = {
        company.pk: company
        for problem in challenge.problems.all()
        for company in (problem.company, *problem.partners.all())
    }
    return sorted(found.values(), key=lambda company: company.name_key)


def seats_of(challenge: Challenge) -> list[Seat]:
    """Return all approvals that publication needs, for whoever has found the challenge."""
    if not hasattr(challenge, "standing_approvals"):
        prefetch_related_objects([challenge], STANDING)
    standing: list[ChallengeApproval] = challenge.standing_approvals  # type: ignore[attr-defined]  # prefetched by the query
    given = {(one.seat, one.company_id): one for one in standing}
    wanted: list[tuple[ApprovalSeat, Actor | None]] = [
        (seat, company) for company in companies_of(challenge) for seat in ROLE_OF
    ]
    wanted.append((ApprovalSeat.TEAM, None))
    return [
        Seat(seat, company, given.get((seat, company.pk if company else None)))
        for seat, company in wanted
    ]


def visible_seats(*, viewer: Any, challenge: Challenge) -> list[Seat]:
    """Return the seats that `viewer` may know of: the team all, a company its own and one more."""
    seats = seats_of(challenge)
    if viewer.is_staff:
        return seats
    return [one for one in seats if one.company is None or _acts_for(viewer, one.company.pk)]


def own_seats(*, viewer: Any, challenge: Challenge) -> list[Seat]:
    """Return the seats in whose name `viewer` may answer."""
    return [one for one in visible_seats(viewer=viewer, challenge=challenge) if holds(viewer, one)]


def holds(viewer: Any, seat: Seat) -> bool:
    """Whether a person answers in the name of a seat."""
    if seat.company is None:
        return bool(viewer.is_staff)
    return ROLE_OF[seat.seat] in active_roles(viewer, seat.company.pk)


def drafts_to_read(*, viewer: Any) -> QuerySet[Challenge]:
    """Return the drafts that `viewer` was asked to approve, and to the team all of them."""
    drafts = Challenge.objects.filter(state=ChallengeState.DRAFT)
    if not viewer.is_authenticated:
        return drafts.none()
    if not viewer.has_perm("innovation.challenge_write"):
        own = company_ids(viewer=viewer)
        of_own = Q(problems__company__in=own) | Q(problems__partners__in=own)
        drafts = drafts.filter(
            pk__in=Challenge.objects.filter(of_own).values("pk"), approval_asked_at__isnull=False
        )
    return drafts.select_related("call", "edition").prefetch_related(
        "criteria", "themes", "documents__file", *COMPANIES, STANDING
    )


def _acts_for(viewer: Any, company_id: int) -> bool:
    return bool(active_roles(viewer, company_id) & set(ROLE_OF.values()))
