"""Who proposes together, and who is looking for a partner.

Until the call closes nobody but the lead, and the organisation itself, knows of a partner. One
that was asked reads who asks and for which challenge, and nothing of the proposal.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from minka.core.models import User
from minka.innovation.models import (
    Challenge,
    DeadlineException,
    Partner,
    PartnerLetter,
    PartnerMessage,
    PartnerPost,
    Proposal,
)
from minka.innovation.states import PartnerState, ProposalState
from minka.knowledge.models import Actor, Membership
from minka.knowledge.states import MembershipState

STANDING = (PartnerState.ASKED, PartnerState.ACCEPTED)
ALL_PARTNERS = Prefetch("partners", Partner.objects.select_related("actor").order_by("pk"))


def with_part(actors: Iterable[int] | QuerySet[Any, int]) -> Q:
    """Match the proposals that organisations lead, or in which they accepted to be partners."""
    inside = Partner.objects.filter(
        proposal=OuterRef("pk"), actor__in=actors, state=PartnerState.ACCEPTED
    )
    return Q(lead__in=actors) | Q(Exists(inside))


def partners_in(proposal: Proposal) -> list[Partner]:
    """Return who was asked or has accepted, for whoever reads the proposal."""
    standing = proposal.partners.filter(state__in=STANDING)
    return list(standing.select_related("actor", "proposal").order_by("pk"))


def partners_that_count(proposal: Proposal) -> list[Partner]:
    """Return the partners that it was handed in with, for whoever evaluates it."""
    return list(proposal.partners.filter(counts=True).select_related("actor").order_by("pk"))


def lead_share(proposal: Proposal) -> int:
    """Return what is left of the work for the lead, in per cent."""
    standing = proposal.partners.filter(state__in=STANDING)
    asked = sum(one.share for one in letters_that_wait(proposal))
    return 100 - asked - sum(standing.values_list("share", flat=True))


def letters_that_wait(proposal: Proposal) -> list[PartnerLetter]:
    """No person: return the letters that ask into a proposal and may still be answered."""
    letters = PartnerLetter.objects.filter(proposal=proposal, ended_at=None)
    return list(letters.filter(expires_at__gt=timezone.now()).order_by("pk"))


def letters_of(*, viewer: User, proposal: Proposal) -> QuerySet[PartnerLetter]:
    """Return to whom the lead wrote and what came of it; to people of the lead alone."""
    if not viewer.has_perm("innovation.consortium_lead", proposal):
        return PartnerLetter.objects.none()
    return PartnerLetter.objects.filter(proposal=proposal).order_by("pk")


def letter_by_link(*, letter_id: int) -> PartnerLetter | None:
    """No person: return the letter of a personal link, with what its page says."""
    found = PartnerLetter.objects.filter(pk=letter_id)
    return found.select_related("proposal__lead", "proposal__challenge__call", "asked_by").first()


def asked_of(*, viewer: User) -> QuerySet[Partner]:
    """Return what organisations of `viewer` were asked and have not answered."""
    more = DeadlineException.objects.filter(
        challenge=OuterRef("proposal__challenge"), lead=OuterRef("proposal__lead")
    ).order_by("-until")
    asked = _of(viewer).filter(state=PartnerState.ASKED)
    return asked.annotate(more_time_until=Subquery(more.values("until")[:1]))


def own_partnerships(*, viewer: User) -> QuerySet[Partner]:
    """Return what organisations of `viewer` were asked or have accepted."""
    return _of(viewer).filter(state__in=STANDING)


def past_partnerships(*, viewer: User) -> QuerySet[Partner]:
    """Return what organisations of `viewer` were asked once: it says that it is over, no more."""
    return Partner.objects.filter(actor__in=_own(viewer))


def posts_of(*, viewer: Any, challenge: Challenge) -> QuerySet[PartnerPost]:
    """Return who looks for a partner, to people of an organisation; to nobody else."""
    if not _own(viewer).exists():
        return PartnerPost.objects.none()
    standing = PartnerPost.objects.filter(challenge=challenge, removed_at__isnull=True)
    return standing.exclude(challenge__state="draft").select_related("actor")


def messages_of(*, viewer: User, post: PartnerPost) -> QuerySet[PartnerMessage]:
    """Return what `viewer` may read about a post: as whoever posted it, or as the other."""
    own = _own(viewer)
    return (
        PartnerMessage.objects.filter(post=post)
        .filter(Q(post__actor__in=own) | Q(other__in=own))
        .select_related("other", "by", "post__actor")
    )


def live_answers_of(actor: Actor, challenge: Challenge) -> QuerySet[Proposal]:
    """No person: return the live proposals of a challenge in which an organisation has a part."""
    live = Proposal.objects.filter(challenge=challenge).exclude(state=ProposalState.WITHDRAWN)
    return live.filter(with_part([actor.pk]))


def _of(viewer: User) -> QuerySet[Partner]:
    return (
        Partner.objects.filter(actor__in=_own(viewer))
        .exclude(proposal__state=ProposalState.WITHDRAWN)
        .select_related("actor", "proposal__lead", "proposal__challenge__call", "asked_by")
    )


def _own(viewer: Any) -> QuerySet[Membership, int]:
    own = Membership.objects.filter(state=MembershipState.ACTIVE)
    if not viewer.is_authenticated:
        return own.none().values_list("actor", flat=True)
    return own.filter(user=viewer).values_list("actor", flat=True)
