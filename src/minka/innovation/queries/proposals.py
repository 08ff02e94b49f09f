"""Reads of proposals: sealed to everybody but their own people until the call has closed."""

from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from minka.core.models import User
from minka.innovation.models import (
    AgendaItem,
    Appeal,
    Assignment,
    Attachment,
    Call,
    Challenge,
    DeadlineException,
    Partner,
    Proposal,
    Receipt,
)
from minka.innovation.models.panel_states import PanelState
from minka.innovation.queries.conflicts import closed_to
from minka.innovation.queries.consortium import ALL_PARTNERS, with_part
from minka.innovation.queries.deadlines import latest_exception
from minka.innovation.queries.evaluation_modes import hidden_from
from minka.innovation.states import AssignmentState, ChallengeState, ProposalState
from minka.knowledge.models import Actor, Membership
from minka.knowledge.states import MembershipState

# of a sealed call, what was opened, and what could not be: the team sees that it is there
READABLE = Q(is_sealed=False) | ~Q(opening_failure="")
MAY_READ = [AssignmentState.CLEARED, AssignmentState.SCORED]


def own_organisations(*, viewer: User) -> QuerySet[Actor]:
    """Return the organisations that `viewer` is an active member of, by name."""
    return Actor.objects.filter(pk__in=_own_actors(viewer)).order_by("name_key", "pk")


def own_proposals(*, viewer: User) -> QuerySet[Proposal]:
    """Return the proposals of the viewer's organisations with what a list shows of them."""
    return (
        Proposal.objects.filter(with_part(_own_actors(viewer)))
        .select_related("lead", "challenge__call", "author")
        .annotate(more_time_until=latest_exception())
        .order_by("-updated_at", "-pk")
    )


def load_beside(words: Proposal) -> None:
    """No person: load files and partners once, for all that asks for them until it is sealed."""
    files = Attachment.objects.select_related("file").order_by("pk")
    prefetch_related_objects([words], Prefetch("attachments", files), ALL_PARTNERS)


def visible_proposals(*, viewer: User) -> QuerySet[Proposal]:
    """Return what `viewer` may read.

    Their own organisations' proposals in any state; once the call has closed, and once they were
    opened if it is sealed, the submitted ones
    to staff (unless they compete), to evaluators who declared none, to who sits in the panel that
    decides on them and to who answers an appeal; to none of them where a conflict was declared or
    is computed and was not lifted.
    """
    closed = READABLE & Q(
        state=ProposalState.SUBMITTED, challenge__call__closes_at__lte=timezone.now()
    )
    duty = Assignment.objects.filter(proposal=OuterRef("pk"), evaluator=viewer)
    cleared = Exists(duty.filter(state__in=MAY_READ))
    beyond = Q(pk__in=closed_to(viewer=viewer))
    competed = Q(challenge__in=competed_challenges(viewer=viewer))
    decides = Q(_sits_for(viewer)) | Q(_answers_for(viewer))
    evaluated = Q(ineligible_at__isnull=True) & ~hidden_from(viewer)
    readable = with_part(_own_actors(viewer)) | Q(closed, evaluated, cleared, ~beyond)
    beyond |= hidden_from(viewer, until_handed_in=True)
    readable |= Q(closed, decides, ~competed, ~_stepped_aside(viewer), ~beyond)
    if viewer.is_staff:
        readable |= Q(closed, ~competed, ~_stepped_aside(viewer), ~beyond)
    return (
        Proposal.objects.filter(readable)
        .select_related("lead", "challenge__call", "author")
        .annotate(more_time_until=latest_exception())
    )


def submitted_to(*, viewer: User, challenge: Challenge) -> QuerySet[Proposal]:
    """Return the proposals of one challenge that `viewer` of the team may know, oldest first.

    Those with which they have a conflict are left out, and with them all about their evaluators;
    so are those that were found not eligible.
    """
    if not viewer.has_perm("innovation.evaluator_assign", challenge):
        return Proposal.objects.none()
    return (
        Proposal.objects.filter(
            READABLE,
            challenge=challenge,
            state=ProposalState.SUBMITTED,
            ineligible_at__isnull=True,
            challenge__call__closes_at__lte=timezone.now(),
        )
        .exclude(_stepped_aside(viewer))
        .exclude(pk__in=closed_to(viewer=viewer))
        .select_related("lead")
        .order_by("submitted_at", "pk")
    )


def count_received(*, challenge: Challenge) -> int:
    """Return how many proposals were handed in: all that anybody is told while the call is open."""
    return Proposal.objects.filter(challenge=challenge, state=ProposalState.SUBMITTED).count()


def staff_challenges(*, viewer: User) -> QuerySet[Challenge]:
    """Return the challenges whose evaluation `viewer` of the team may run."""
    if not viewer.is_staff:
        return Challenge.objects.none()
    return (
        Challenge.objects.exclude(state=ChallengeState.DRAFT)
        .exclude(pk__in=competed_challenges(viewer=viewer))
        .select_related("call", "edition")
    )


def answerable_challenges() -> QuerySet[Challenge]:
    """No person: return the public challenges; whether they are open is for the action to say."""
    return Challenge.objects.exclude(state=ChallengeState.DRAFT).select_related("call")


def visible_attachments(*, viewer: User) -> QuerySet[Attachment]:
    """Return the files of every proposal that `viewer` may read.

    A locked copy of a proposal that could not be opened is no way around its custodians.
    """
    return (
        Attachment.objects.filter(proposal__in=visible_proposals(viewer=viewer))
        .filter(Q(locked=b"") | Q(proposal__opening_failure=""))
        .select_related("file", "proposal")
    )


def visible_receipts(*, viewer: User) -> QuerySet[Receipt]:
    """Return the receipts of the viewer's organisations."""
    mine = Proposal.objects.filter(with_part(_own_actors(viewer)))
    return Receipt.objects.filter(proposal__in=mine).select_related(
        "proposal__lead", "proposal__challenge__call", "issued_to"
    )


def competed_challenges(*, viewer: User) -> QuerySet[Proposal, int]:
    """Return ids of the challenges that the viewer's own organisations answer, or help to."""
    live = Proposal.objects.exclude(state=ProposalState.WITHDRAWN)
    own = _own_actors(viewer)
    handed_in_with = Partner.objects.filter(proposal=OuterRef("pk"), actor__in=own, counts=True)
    inside = with_part(own) | Q(Exists(handed_in_with))
    return live.filter(inside).values_list("challenge", flat=True)


def still_open(proposal: Proposal, now: datetime | None = None) -> bool:
    """True while the proposal could be handed in; the action looks again under its lock."""
    challenge = proposal.challenge
    at = now or timezone.now()
    return (
        challenge.state == ChallengeState.PUBLISHED
        and challenge.call.opens_at <= at < deadline_of(proposal)
    )


def latest_deadline(*, viewer: User, call: Call) -> datetime:
    """Return until when an organisation of `viewer` may hand in: an exception counts."""
    granted = DeadlineException.objects.filter(
        challenge=call.challenge_id, lead__in=_own_actors(viewer)
    )
    more: datetime | None = granted.aggregate(latest=Max("until"))["latest"]
    return max(call.closes_at, more) if more else call.closes_at


def is_open_until(call: Call, deadline: datetime) -> bool:
    """True while a call takes proposals of whoever has this deadline."""
    is_published = call.challenge.state == ChallengeState.PUBLISHED
    return is_published and call.opens_at <= timezone.now() < deadline


def deadline_of(proposal: Proposal) -> datetime:
    """Return until when the proposal may be handed in, as its query has loaded it."""
    closes_at: datetime = proposal.challenge.call.closes_at
    more: datetime | None = getattr(proposal, "more_time_until", None)
    return max(closes_at, more) if more else closes_at


def _stepped_aside(viewer: User) -> Exists:
    """Match proposals with which `viewer` declared a conflict when asked to evaluate them."""
    duty = Assignment.objects.filter(proposal=OuterRef("pk"), evaluator=viewer)
    return Exists(duty.filter(state=AssignmentState.CONFLICTED))


def _sits_for(viewer: User) -> Exists:
    """Match proposals on the agenda of a panel that was called, in which `viewer` has a seat."""
    agenda = AgendaItem.objects.filter(
        proposal=OuterRef("pk"), session__seats__person=viewer
    ).exclude(session__state__in=[PanelState.PREPARING, PanelState.CANCELLED])
    return Exists(agenda)


def _answers_for(viewer: User) -> Exists:
    """Match proposals about whose decision somebody asked, which `viewer` answers."""
    return Exists(Appeal.objects.filter(letter__proposal=OuterRef("pk"), handler=viewer))


def _own_actors(viewer: User) -> QuerySet[Membership, int]:
    return Membership.objects.filter(user=viewer, state=MembershipState.ACTIVE).values_list(
        "actor", flat=True
    )
