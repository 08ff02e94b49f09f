"""Situations that several browser tests begin with. Call them inside `site.database()`."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils import timezone

from minka.innovation.models import Call, Challenge, Proposal
from tests.factories import (
    AssignmentFactory,
    ChallengeFactory,
    MembershipFactory,
    ProposalFactory,
    UserFactory,
)


def draft_and_author(**kwargs):
    """A complete draft, and a member of the organisation that leads it."""
    proposal = ProposalFactory(**kwargs)
    MembershipFactory(actor=proposal.lead, user=proposal.author)
    return proposal, proposal.author


def evaluation_to_score(count=1):
    """A submitted proposal of a closed call, and its evaluations ready to be scored."""
    challenge = ChallengeFactory(call__phase="closed")
    proposal, _author = draft_and_author(challenge=challenge, submitted=True)
    return [AssignmentFactory(proposal=proposal, state="cleared") for _ in range(count)]


def company_person(company, role, **kwargs):
    """Somebody who acts for a mining company."""
    user = UserFactory(**kwargs)
    MembershipFactory(actor=company, user=user, role=role)
    return user


def close(challenge: Challenge) -> None:
    """Let the deadline of a call pass."""
    closed = timezone.now() - timedelta(seconds=5)
    Call.objects.filter(challenge=challenge).update(
        closes_at=closed, opens_at=closed - timedelta(days=30), questions_until=None
    )


def confirm_email(user) -> None:
    """Let somebody sign in with their password."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def end_sessions() -> None:
    """Sign everybody out."""
    Session.objects.all().delete()


def stored(proposal: Proposal) -> Proposal:
    """Return the proposal as it is in the database now."""
    return Proposal.objects.get(pk=proposal.pk)
