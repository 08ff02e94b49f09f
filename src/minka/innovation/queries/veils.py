"""What of the ledger and of an inbox somebody may not learn: sealed acts, and their conflicts."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from minka.core.ledger_veil import Cover
from minka.core.models import LedgerEntry, User
from minka.innovation.models import Assignment, Inquiry, Proposal
from minka.innovation.queries.conflicts import conflicts
from minka.innovation.queries.proposals import competed_challenges
from minka.innovation.states import AssignmentState

PROPOSAL = "innovation.proposal"
OF_EVALUATION = (
    "innovation.conflict_",
    "innovation.copy_",
    "innovation.evaluat",
    "innovation.inquiry_",
)  # beginnings of verbs; what solvers did with their proposals is no secret of this sort


def closed_among(*, viewer: User, proposals: Sequence[Proposal]) -> set[int]:
    """Return ids of the proposals about whose evaluation `viewer` may know nothing.

    Those with which they have a conflict, computed or declared, and all to challenges which their
    own organisations answer.
    """
    if not proposals:
        return set()
    known = conflicts(proposals=proposals, people=[viewer])
    aside = set(
        Assignment.objects.filter(
            evaluator=viewer, state=AssignmentState.CONFLICTED, proposal__in=proposals
        ).values_list("proposal_id", flat=True)
    )
    competed = set(competed_challenges(viewer=viewer))
    return {
        one.pk
        for one in proposals
        if one.pk in aside or one.challenge_id in competed or known.standing(one.pk, viewer.pk)
    }


def acts_of_sealed(_viewer: User, entries: Sequence[LedgerEntry]) -> Mapping[int, Cover]:
    """No person: cover for all who acted on proposals that are sealed, drafts included."""
    acts = {one.position: one.subject_id for one in entries if one.subject_type == PROPOSAL}
    found = Proposal.objects.filter(public_id__in=set(acts.values()), is_sealed=True)
    sealed = {str(one) for one in found.values_list("public_id", flat=True)} if acts else set()
    return {position: Cover.AUTHOR for position, one in acts.items() if one in sealed}


def acts_of_evaluations(viewer: User, entries: Sequence[LedgerEntry]) -> Mapping[int, Cover]:
    """Cover what was done about evaluations of proposals that are closed to `viewer`."""
    acts = {
        one.position: (one.subject_type, one.subject_id)
        for one in entries
        if one.subject_type != PROPOSAL or one.verb.startswith(OF_EVALUATION)
    }
    subjects = _proposals_of(acts.values())
    closed = closed_among(viewer=viewer, proposals=list(set(subjects.values())))
    return {
        position: Cover.CONFLICT
        for position, subject in acts.items()
        if subject in subjects and subjects[subject].pk in closed
    }


def closed_subjects(viewer: User, subjects: Sequence[str]) -> set[str]:
    """Return which proposals that notices are about are closed to `viewer`."""
    ids = [one.removeprefix(f"{PROPOSAL}:") for one in subjects if one.startswith(f"{PROPOSAL}:")]
    found = list(Proposal.objects.filter(public_id__in=ids))
    closed = closed_among(viewer=viewer, proposals=found)
    return {f"{PROPOSAL}:{one.public_id}" for one in found if one.pk in closed}


def _proposals_of(subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Proposal]:
    """Return the proposal of each subject that is one, or an evaluation of one, or a question."""
    several = set(subjects)

    def ids(kind: str) -> list[str]:
        return [number for subject, number in several if subject == kind]

    found = {
        (PROPOSAL, str(one.public_id)): one
        for one in Proposal.objects.filter(public_id__in=[UUID(each) for each in ids(PROPOSAL)])
    }
    for kind, model in (("innovation.assignment", Assignment), ("innovation.inquiry", Inquiry)):
        if numbers := ids(kind):
            rows = model._default_manager.filter(pk__in=numbers).select_related("proposal")
            found |= {(kind, str(one.pk)): one.proposal for one in rows}
    return found
