"""The team asks evaluators to look at proposals."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.models import Assignment, Challenge, Proposal
from minka.innovation.notices.evaluations import tell_assigned
from minka.innovation.queries.evaluations import candidates, competitors
from minka.innovation.states import AssignmentState, ProposalState

Pair = tuple[int, int]  # proposal id, evaluator id


@transaction.atomic
def assign_evaluators(
    *, by: User, challenge: Challenge, pairs: Collection[Pair]
) -> list[Assignment]:
    """Assign evaluators to proposals and return what is new; known pairs change nothing.

    Whoever belongs to an organisation that answers the challenge is refused: that conflict of
    interest is computed, not declared. Each evaluator is told once.

    Raises:
        NotAllowed: `by` is not of the team, or competes in the challenge.
        WrongState: the call has not closed, or its decisions are released.
        InvalidInput: somebody is not in the pool, competes, or a proposal is not of the challenge.
    """
    require(by, "innovation.evaluator_assign", challenge)
    closed_call(challenge.pk)
    proposals = Proposal.objects.filter(challenge=challenge, state=ProposalState.SUBMITTED).in_bulk(
        {proposal for proposal, _person in pairs}
    )
    people = {p.pk: p for p in candidates().filter(pk__in={person for _proposal, person in pairs})}
    competing = competitors(challenge=challenge)
    for proposal_id, person_id in pairs:
        if proposal_id not in proposals:
            raise InvalidInput(_("One of these proposals cannot be evaluated any more."))
        if person_id not in people:
            raise InvalidInput(_("One of these people is not in the pool of evaluators."))
        if person_id in competing:
            raise InvalidInput(
                _("%(name)s belongs to an organisation that answers this challenge.")
                % {"name": people[person_id]}
            )
    known = set(
        Assignment.objects.filter(proposal__in=proposals).values_list("proposal_id", "evaluator_id")
    )
    fresh = [
        _assign(by, proposals[proposal_id], people[person_id])
        for proposal_id, person_id in sorted(set(pairs) - known)
    ]
    for person in people.values():
        if own := [a for a in fresh if a.evaluator_id == person.pk]:
            tell_assigned(evaluator=person, challenge=challenge, assignments=own)
    return fresh


@transaction.atomic
def remove_assignment(*, by: User, assignment: Assignment) -> None:
    """Take an assignment back as long as the evaluator has declared nothing.

    Raises:
        NotAllowed: `by` is not of the team, or competes in the challenge.
        WrongState: the evaluator has declared, or the decisions are released.
    """
    challenge = assignment.proposal.challenge
    require(by, "innovation.evaluator_assign", challenge)
    closed_call(challenge.pk)
    removed = Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.ASSIGNED)
    if not removed.delete()[0]:
        raise WrongState(_("This evaluator has already declared; the evaluation stays on record."))
    record(
        by=by,
        verb="innovation.evaluator_remove",
        obj=assignment.proposal,
        data={"evaluator": assignment.evaluator_id},
    )


def _assign(by: User, proposal: Proposal, person: User) -> Assignment:
    assignment = Assignment.objects.create(proposal=proposal, evaluator=person, assigned_by=by)
    record(by=by, verb="innovation.evaluator_assign", obj=proposal, data={"evaluator": person.pk})
    return assignment
