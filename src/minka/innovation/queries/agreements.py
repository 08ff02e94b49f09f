"""Reads of agreements: for their parties, and for the team unless it competes; for nobody else."""

from typing import Any

from django.db.models import Q, QuerySet

from minka.core.models import User
from minka.innovation.models import Agreement, AgreementParty, Decision
from minka.innovation.queries.problems import company_ids
from minka.innovation.queries.proposals import competed_challenges
from minka.innovation.rules import FOR_THE_COMPANY
from minka.innovation.states import ChallengeState, Outcome, ProposalState
from minka.innovation.states.agreements import AgreementState, PartyRole
from minka.knowledge.models import Membership
from minka.knowledge.rules import active_roles, member_actors
from minka.knowledge.states import MemberRole, MembershipState

FROM_OUTCOMES = (Outcome.SELECTED, Outcome.RESERVE)


def own_agreements(*, viewer: Any) -> QuerySet[Agreement]:
    """Return the agreements to which an organisation of the viewer is party.

    Of a mining company its representatives and user areas read them, of a supplier every member.
    """
    if not viewer.is_authenticated:
        return Agreement.objects.none()
    own = AgreementParty.objects.filter(
        Q(role=PartyRole.SOLVER, actor__in=member_actors(viewer))
        | Q(role=PartyRole.COMPANY, actor__in=company_ids(viewer=viewer))
    )
    return _with_parties(Agreement.objects.filter(pk__in=own.values("agreement")))


def visible_agreements(*, viewer: Any) -> QuerySet[Agreement]:
    """Return what the viewer may know exists: their own, and to the team those it may judge."""
    own = own_agreements(viewer=viewer)
    if not viewer.is_authenticated or not viewer.is_staff:
        return own
    competed = competed_challenges(viewer=viewer)
    impartial = Agreement.objects.exclude(decision__proposal__challenge__in=competed)
    both = Agreement.objects.filter(Q(pk__in=impartial.values("pk")) | Q(pk__in=own.values("pk")))
    return _with_parties(both)


def agreements_to_follow(*, viewer: Any) -> QuerySet[Agreement]:
    """Return the signed agreements, of those that `viewer` may know, that another can follow."""
    signed = [AgreementState.IN_FORCE, AgreementState.CLOSED]
    return visible_agreements(viewer=viewer).filter(state__in=signed)


def earlier_of(*, viewer: Any, agreement: Agreement) -> Agreement | None:
    """Return what an agreement follows from, if the viewer may know that it exists."""
    if agreement.follows_id is None:
        return None
    return visible_agreements(viewer=viewer).filter(pk=agreement.follows_id).first()


def search_agreements(*, viewer: Any, words: str, limit: int) -> list[Agreement]:
    """Return the first agreements whose title or parties have these words, the newest first."""
    found = with_words(visible_agreements(viewer=viewer), words)
    return list(found[:limit]) if words.strip() else []


def with_words(found: QuerySet[Agreement], words: str) -> QuerySet[Agreement]:
    """No person: return those of some agreements whose title or parties have all these words."""
    for word in words.split():
        named = AgreementParty.objects.filter(actor__name__icontains=word).values("agreement")
        found = found.filter(Q(title__icontains=word) | Q(pk__in=named))
    return found


def decisions_to_agree_on(*, viewer: User) -> QuerySet[Decision]:
    """Return the released decisions from which the team may begin an agreement."""
    if not viewer.is_staff:
        return Decision.objects.none()
    return (
        Decision.objects.filter(
            outcome__in=FROM_OUTCOMES,
            released_at__isnull=False,
            proposal__state=ProposalState.SUBMITTED,
            proposal__challenge__state=ChallengeState.DECIDED,
        )
        .exclude(proposal__challenge__in=competed_challenges(viewer=viewer))
        .select_related("proposal__lead", "proposal__challenge__edition")
        .prefetch_related("agreements")
        .order_by("-released_at", "outcome", "pk")
    )


def parties_of(agreement: Agreement) -> list[AgreementParty]:
    """Return the parties in their order, for whoever has found the agreement."""
    return list(agreement.parties.all())


def is_party(viewer: Any, party: AgreementParty) -> bool:
    """Whether a person belongs to a party in a role that reads its agreements."""
    if party.actor_id is None:
        return bool(viewer.is_staff)
    roles = active_roles(viewer, party.actor_id)
    return bool(roles & FOR_THE_COMPANY if party.role == PartyRole.COMPANY else roles)


def people_of_party(party: AgreementParty) -> list[User]:
    """Return whom a party's news goes to: people of the company who act for it, or all members."""
    if party.actor_id is None:
        return list(User.objects.filter(is_staff=True, is_active=True).order_by("pk"))
    members = Membership.objects.filter(actor=party.actor_id, state=MembershipState.ACTIVE)
    if party.role == PartyRole.COMPANY:
        members = members.filter(role__in=FOR_THE_COMPANY)
    return [one.user for one in members.select_related("user").order_by("pk")]


def represented_parties(*, viewer: Any, agreement: Agreement) -> list[AgreementParty]:
    """Return the parties in whose name `viewer` may sign; the team for the cluster."""
    return [
        one
        for one in parties_of(agreement)
        if (
            viewer.is_staff
            if one.actor_id is None
            else MemberRole.REPRESENTATIVE in active_roles(viewer, one.actor_id)
        )
    ]


def public_agreements() -> QuerySet[Agreement]:
    """No person: return what every party lets everybody know: that it exists, and with whom."""
    asked = AgreementParty.objects.exclude(role=PartyRole.CLUSTER)
    hidden = asked.filter(shows_at__isnull=True).values("agreement")
    return _with_parties(
        Agreement.objects.filter(
            state__in=[AgreementState.IN_FORCE, AgreementState.CLOSED], parties__in=asked
        )
        .exclude(pk__in=hidden)
        .distinct()
    )


def _with_parties(found: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return (
        found.select_related(
            "decision__proposal__challenge__edition", "decision__proposal__lead", "text", "edition"
        )
        .prefetch_related("parties__actor")
        .order_by("-created_at", "-pk")
    )
