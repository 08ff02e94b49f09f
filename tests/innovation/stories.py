"""Situations that many tests of proposals and evaluations begin with."""

from datetime import timedelta

from django.utils import timezone

from minka.innovation.models import Assignment, Call, Discussion, Proposal
from tests.factories import (
    AssignmentFactory,
    ChallengeFactory,
    DecisionFactory,
    MembershipFactory,
    ProposalFactory,
    ScoreFactory,
    UserFactory,
)


def member_of(actor, **kwargs):
    """A new active member of an organisation."""
    return MembershipFactory(actor=actor, **kwargs).user


def draft_of_member(**kwargs):
    """A complete draft and its author, who belongs to the lead organisation."""
    proposal = ProposalFactory(**kwargs)
    MembershipFactory(actor=proposal.lead, user=proposal.author)
    return proposal, proposal.author


def move_deadline(challenge, *, days=0, seconds=0):
    """Put the closing of a call so far from now; negative is past."""
    closes = timezone.now() + timedelta(days=days, seconds=seconds)
    Call.objects.filter(challenge=challenge).update(
        closes_at=closes, opens_at=closes - timedelta(days=60)
    )
    challenge.refresh_from_db()


def closed_challenge(proposals=2, **kwargs):
    """A challenge whose call has closed, and its submitted proposals with one member each."""
    challenge = ChallengeFactory(call__phase="closed", **kwargs)
    received = [draft_of_member(challenge=challenge, submitted=True)[0] for _ in range(proposals)]
    return challenge, received


def assigned(proposal, **kwargs):
    """An evaluation of the proposal, to be declared unless `state` says otherwise."""
    return AssignmentFactory(proposal=proposal, **kwargs)


def scored(proposal, points, *, reason="Evidencia medida en planta.", **kwargs) -> Assignment:
    """A handed-in evaluation with these points, in the order of the criteria."""
    assignment = AssignmentFactory(proposal=proposal, state="scored", **kwargs)
    criteria = proposal.challenge.criteria.order_by("position")
    for criterion, given in zip(criteria, points, strict=True):
        ScoreFactory(assignment=assignment, criterion=criterion, points=given, reason=reason)
    return assignment


def discussed(challenge):
    """The evaluations of the challenge are released to discussion: averages are shown."""
    return Discussion.objects.create(challenge=challenge, opened_by=staff())


def decided(proposal: Proposal, outcome="selected", **kwargs):
    """A decision that nobody outside the team knows yet."""
    return DecisionFactory(proposal=proposal, outcome=outcome, **kwargs)


def staff():
    """Somebody of the cluster's team."""
    return UserFactory(is_staff=True)
