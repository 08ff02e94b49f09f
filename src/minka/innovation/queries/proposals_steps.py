"""Where a proposal stands, as the stepper shows it."""

from django.utils.translation import gettext as _

from minka.core.components import Step, StepState
from minka.innovation.models import Proposal
from minka.innovation.queries.proposals import deadline_of, still_open
from minka.innovation.states import ChallengeState, ProposalState

DONE, CURRENT, NEXT, STOPPED = StepState.DONE, StepState.CURRENT, StepState.NEXT, StepState.STOPPED


def proposal_steps(proposal: Proposal) -> list[Step]:
    """Return the way of a proposal from draft to decision, with who must act and by when."""
    challenge, deadline = proposal.challenge, deadline_of(proposal)
    draft = proposal.state == ProposalState.DRAFT
    submitted = proposal.state == ProposalState.SUBMITTED
    decided = submitted and challenge.state == ChallengeState.DECIDED
    in_time = still_open(proposal)
    evaluating = submitted and not in_time and not decided
    steps = [
        Step(
            _("Draft"),
            (CURRENT if in_time else STOPPED) if draft else DONE,
            who=_("Your organisation") if draft and in_time else "",
            due=deadline if draft and in_time else None,
            note=_("Not submitted yet") if draft and in_time else "",
        )
    ]
    if proposal.state == ProposalState.WITHDRAWN:
        return [*steps, Step(_("Withdrawn"), STOPPED, at=proposal.updated_at)]
    if draft and not in_time:
        return [*steps, Step(_("Not submitted: the call closed"), STOPPED, at=deadline)]
    return [
        *steps,
        Step(
            _("Submitted"),
            (CURRENT if in_time else DONE) if submitted else NEXT,
            at=proposal.submitted_at,
            note=_how_to_change(proposal) if submitted and in_time else "",
        ),
        Step(
            _("In evaluation"),
            DONE if decided else (CURRENT if evaluating else NEXT),
            who=_("Evaluators and cluster team") if evaluating else "",
            note="" if decided or evaluating else _("Starts when the call has closed"),
        ),
        Step(
            _("Decision"), DONE if decided else NEXT, at=challenge.released_at if decided else None
        ),
    ]


def _how_to_change(proposal: Proposal) -> str:
    if proposal.is_sealed:
        return _("You can replace it until the call closes; the last one counts")
    return _("You can reopen it until the call closes")
