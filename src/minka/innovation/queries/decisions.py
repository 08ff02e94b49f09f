"""Reads of decisions: to their suppliers and to the public only once they are released."""

from dataclasses import dataclass

from minka.core.models import User
from minka.innovation.models import Challenge, Decision, Proposal
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.problem_names import without_owner
from minka.innovation.queries.proposals import own_proposals, submitted_to
from minka.innovation.queries.ranking import CriterionMean, criterion_means
from minka.innovation.states import ChallengeState, Outcome, ProposalState
from minka.knowledge.models import Actor


@dataclass(frozen=True)
class Chosen:
    """Who was selected, and what its proposal says for everybody, in the language it has."""

    actor: Actor
    summary: str
    language: str


@dataclass(frozen=True)
class ReleasedDecision:
    """What a supplier learns: no names of evaluators, no reason kept for the record."""

    decision: Decision
    means: list[CriterionMean]


def released_decision(*, viewer: User, proposal: Proposal) -> ReleasedDecision | None:
    """Return the released decision on one of the viewer's own proposals, or None."""
    if not own_proposals(viewer=viewer).filter(pk=proposal.pk).exists():
        return None
    decision = Decision.objects.filter(
        proposal=proposal,
        released_at__isnull=False,
        proposal__challenge__state=ChallengeState.DECIDED,
    ).first()
    if decision is None:
        return None
    criteria = criteria_of(challenge_id=proposal.challenge_id)
    return ReleasedDecision(decision, criterion_means(proposal=proposal, criteria=criteria))


def released_selection(challenge: Challenge) -> list[Chosen]:
    """No person: return what was chosen in a challenge, by name; nothing before the release.

    This is public: it tells who was selected, never who was not. Of the proposal it has the public
    summary alone, which was written for everybody; where the challenge is anonymous, without the
    names of whose problem it is, which its author may know.
    """
    if challenge.state != ChallengeState.DECIDED:
        return []
    chosen = Proposal.objects.filter(
        challenge=challenge,
        challenge__state=ChallengeState.DECIDED,
        state=ProposalState.SUBMITTED,
        ineligible_at__isnull=True,
        decision__outcome=Outcome.SELECTED,
        decision__released_at__isnull=False,
    )
    rows = list(
        chosen.order_by("lead__name_key", "pk").values_list("lead", "public_summary", "language")
    )
    leads = Actor.objects.in_bulk([lead for lead, _summary, _language in rows])
    return [
        Chosen(leads[lead], without_owner(challenge, summary.strip()), language)
        for lead, summary, language in rows
    ]


def undecided_count(*, viewer: User, challenge: Challenge) -> int:
    """Return how many submitted proposals still lack a decision."""
    return submitted_to(viewer=viewer, challenge=challenge).filter(decision__isnull=True).count()
