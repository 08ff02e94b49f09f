"""Questions of evaluators to solvers: each side reads its own half, and never who the other is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from minka.core.models import User
from minka.innovation.models import Assignment, Challenge, Inquiry, Proposal
from minka.innovation.queries.proposals import own_proposals, submitted_to
from minka.innovation.states import AssignmentState, InquiryState

MAY_READ = (AssignmentState.CLEARED, AssignmentState.SCORED)
WITH_SOLVER = (InquiryState.FORWARDED, InquiryState.ANSWERED, InquiryState.SHOWN)


@dataclass(frozen=True)
class Told:
    """A question as an evaluator reads it: the asker their own words, the rest the wording."""

    question: str
    state: InquiryState
    answer: str = ""
    due_at: datetime | None = None
    declined: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as the solver reads it: no trace of who asked, or of what they wrote."""

    pk: int
    question: str
    due_at: datetime | None
    answer: str
    answered_at: datetime | None
    may_be_answered: bool


def told_to_evaluator(*, viewer: User, assignment: Assignment) -> list[Told]:
    """Return what an evaluator reads: answered questions of everybody, and their own on their way.

    Nothing to anybody else, nor before the declaration.
    """
    if assignment.evaluator_id != viewer.pk or assignment.state not in MAY_READ:
        return []
    found = []
    for one in Inquiry.objects.filter(proposal=assignment.proposal_id):
        is_own = one.asker_id == viewer.pk
        state = InquiryState(one.state)
        if state == InquiryState.SHOWN:
            found.append(Told(one.wording, state, one.shown, None, "", is_own))
        elif is_own:
            found.append(Told(one.text, state, "", one.due_at, one.declined, is_own))
    return found


def asked_of_solver(*, viewer: User, proposal: Proposal) -> list[Asked]:
    """Return the questions that were put to the lead's people."""
    if not own_proposals(viewer=viewer).filter(pk=proposal.pk).exists():
        return []
    return [
        Asked(one.pk, one.wording, one.due_at, one.answer, one.answered_at, one.may_be_answered)
        for one in Inquiry.objects.filter(proposal=proposal, state__in=WITH_SOLVER)
    ]


def solver_inquiries(*, viewer: User) -> QuerySet[Inquiry]:
    """Return the questions that people of the viewer's organisations may answer."""
    mine = own_proposals(viewer=viewer).order_by().values("pk")
    found = Inquiry.objects.filter(proposal__in=mine, state__in=WITH_SOLVER)
    return found.select_related("proposal__challenge", "proposal__lead")


def inquiries_to_handle(*, viewer: User, challenge: Challenge) -> QuerySet[Inquiry]:
    """Return all questions about one challenge's proposals, to the impartial team."""
    known = submitted_to(viewer=viewer, challenge=challenge).order_by().values("pk")
    return (
        Inquiry.objects.filter(proposal__in=known)
        .select_related("proposal__lead", "proposal__challenge", "asker")
        .order_by("pk")
    )
