"""Of which entries of the ledger somebody may not learn who acted: those of their conflicts."""

from django.db.models import Q

from minka.core.models import User
from minka.innovation.models import Assignment, Inquiry, Proposal
from minka.innovation.queries.conflicts import conflicts
from minka.innovation.queries.proposals import competed_challenges
from minka.innovation.states import AssignmentState, ProposalState

OF_EVALUATION = (
    "innovation.conflict_",
    "innovation.copy_",
    "innovation.evaluat",
    "innovation.inquiry_",
)  # beginnings of verbs; what solvers did with their proposals is no secret of this sort


def veil_of_evaluations(viewer: User) -> Q:
    """Match what was done about evaluations of proposals that are closed to `viewer`.

    Those with which they have a conflict, computed or declared, and all to challenges which their
    own organisations answer.
    """
    closed = _closed_to(viewer)
    if not closed:
        return Q(pk__in=[])
    publicly = [str(one) for one in closed.values()]
    duties = Assignment.objects.filter(proposal__in=closed)
    numbers = [str(pk) for pk in duties.values_list("pk", flat=True)]
    asked = Inquiry.objects.filter(proposal__in=closed).values_list("pk", flat=True)
    about = Q(verb__startswith=OF_EVALUATION[0])
    for verb in OF_EVALUATION[1:]:
        about |= Q(verb__startswith=verb)
    return (
        Q(subject_type="innovation.assignment", subject_id__in=numbers)
        | Q(subject_type="innovation.inquiry", subject_id__in=[str(pk) for pk in asked])
        | Q(about, subject_type="innovation.proposal", subject_id__in=publicly)
    )


def _closed_to(viewer: User) -> dict[int, object]:
    """Return the public ids of proposals whose evaluators `viewer` may not know, by id."""
    standing = list(
        Proposal.objects.filter(state=ProposalState.SUBMITTED).only(
            "pk", "public_id", "lead_id", "challenge_id"
        )
    )
    known = conflicts(proposals=standing, people=[viewer])
    aside = set(
        Assignment.objects.filter(evaluator=viewer, state=AssignmentState.CONFLICTED).values_list(
            "proposal_id", flat=True
        )
    )
    competed = set(competed_challenges(viewer=viewer))
    return {
        one.pk: one.public_id
        for one in standing
        if one.pk in aside or one.challenge_id in competed or known.standing(one.pk, viewer.pk)
    }
