"""“Ask the solver”: an evaluator's question goes through the team, and its answer to everybody."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.calls import closed_call
from minka.innovation.actions.evaluation_checks import check_impartial, reason_of
from minka.innovation.actions.evaluations import check_evaluator
from minka.innovation.models import Assignment, Inquiry
from minka.innovation.notices.inquiries import (
    tell_answer,
    tell_answered_to_team,
    tell_asked,
    tell_declined,
    tell_forwarded,
)
from minka.innovation.queries.evaluation_modes import mode_of
from minka.innovation.queries.redactions import found_in, names_that_tell
from minka.innovation.states import (
    INQUIRY_REACHED_FROM,
    AssignmentState,
    BlindMode,
    InquiryState,
)

SHORTEST, LONGEST = 10, 2_000  # characters of a question
LONGEST_ANSWER = 10_000
DAYS = range(1, 31)
MOST_OPEN = 5  # questions of one evaluator about one proposal that are on their way


@transaction.atomic
def ask_solver(*, by: User, assignment: Assignment, text: str) -> Inquiry:
    """Ask something about a proposal; the team forwards it, and nobody else learns who asked.

    Raises:
        NotAllowed: it is somebody else's evaluation, or a conflict appeared.
        WrongState: nothing was declared yet, the evaluation is over, or five questions wait.
        InvalidInput: the question is too short.
    """
    check_evaluator(by=by, assignment=assignment)
    assignment.refresh_from_db(fields=["state"])
    if assignment.state != AssignmentState.CLEARED:
        raise WrongState(_("Questions are asked between the declaration and the handing in."))
    words = _words(text, "text")
    waiting = {InquiryState.ASKED, InquiryState.FORWARDED, InquiryState.ANSWERED}
    own = Inquiry.objects.filter(proposal=assignment.proposal_id, asker=by, state__in=waiting)
    if own.count() >= MOST_OPEN:
        raise WrongState(_("Five of your questions are on their way; wait for their answers."))
    if own.filter(text=words).exists():
        raise WrongState(_("This question is on its way already."))
    asked = Inquiry.objects.create(proposal=assignment.proposal, asker=by, text=words)
    record(by=by, verb="innovation.inquiry_ask", obj=asked)
    tell_asked(inquiry=asked)
    return asked


@transaction.atomic
def forward_inquiry(*, by: User, inquiry: Inquiry, wording: str, days: int) -> Inquiry:
    """Put a question to the solver, for so many days, in words that do not tell who asks.

    Raises:
        NotAllowed: `by` is not of the impartial team, or has a conflict with the proposal.
        InvalidInput: the wording is too short or names the asker, or there are no such days.
        WrongState: it was forwarded or declined already, or decisions are released.
    """
    _check_team(by, inquiry)
    words = _words(wording, "wording")
    if found_in(words, [inquiry.asker.full_name, inquiry.asker.email]):
        raise InvalidInput(fields={"wording": _("The words name who asks; leave that out.")})
    if days not in DAYS:
        raise InvalidInput(fields={"days": _("Give from 1 to 30 days.")})
    now = timezone.now()
    _move(
        inquiry, InquiryState.FORWARDED, wording=words, handled_by=by, forwarded_at=now,
        due_at=now + timedelta(days=days),
    )  # fmt: skip
    record(by=by, verb="innovation.inquiry_forward", obj=inquiry, data={"days": days})
    tell_forwarded(inquiry=inquiry)
    return inquiry


@transaction.atomic
def decline_inquiry(*, by: User, inquiry: Inquiry, reason: str) -> Inquiry:
    """Not forward a question; the asker reads why.

    Raises:
        NotAllowed: `by` is not of the impartial team, or has a conflict with the proposal.
        InvalidInput: the reason is too short.
        WrongState: it was forwarded or declined already, or decisions are released.
    """
    _check_team(by, inquiry)
    words = reason_of(reason, least=SHORTEST)
    _move(inquiry, InquiryState.DECLINED, declined=words, handled_by=by)
    record(by=by, verb="innovation.inquiry_decline", obj=inquiry)
    tell_declined(inquiry=inquiry)
    return inquiry


@transaction.atomic
def answer_inquiry(*, by: User, inquiry: Inquiry, answer: str) -> Inquiry:
    """Answer for the solver, once; evaluators read it at once, or after it was redacted.

    Raises:
        NotAllowed: `by` does not belong to the lead organisation.
        InvalidInput: there is no answer.
        WrongState: it was answered, its time is over, or decisions are released.
    """
    require(by, "innovation.proposal_change", inquiry.proposal)
    closed_call(inquiry.proposal.challenge_id)
    words = answer.strip()[:LONGEST_ANSWER]
    if not words:
        raise InvalidInput(fields={"answer": _("Write an answer.")})
    inquiry.refresh_from_db()
    if not inquiry.may_be_answered:
        raise WrongState(_("This question was answered, or its time is over."))
    now = timezone.now()
    columns = {"answer": words, "answered_by": by, "answered_at": now}
    if mode_of(inquiry.proposal.challenge) == BlindMode.DOUBLE:
        _move(inquiry, InquiryState.ANSWERED, **columns)
        tell_answered_to_team(inquiry=inquiry)
    else:
        _move(inquiry, InquiryState.SHOWN, shown=words, shown_at=now, **columns)
        tell_answer(inquiry=inquiry)
    record(by=by, verb="innovation.inquiry_answer", obj=inquiry)
    return inquiry


@transaction.atomic
def show_answer(*, by: User, inquiry: Inquiry, words: str, is_looked_over: bool = False) -> Inquiry:
    """Let the evaluators read an answer from which the team took what gives the solver away.

    Raises:
        NotAllowed: `by` is not of the impartial team, or has a conflict with the proposal.
        InvalidInput: nothing is left, or a name is still found and was not looked over.
        WrongState: there is no answer that waits, or decisions are released.
    """
    _check_team(by, inquiry)
    inquiry.refresh_from_db()
    if inquiry.state != InquiryState.ANSWERED:
        raise WrongState(_("There is no answer that waits to be redacted."))
    kept = words.strip()[:LONGEST_ANSWER]
    if not kept:
        raise InvalidInput(fields={"shown": _("Write an answer.")})
    left = found_in(kept, names_that_tell(inquiry.proposal))
    if left and not is_looked_over:
        said = _("Still found: %(found)s.") % {"found": ", ".join(left)}
        raise InvalidInput(fields={"shown": said})
    _move(inquiry, InquiryState.SHOWN, shown=kept, shown_at=timezone.now())
    record(by=by, verb="innovation.inquiry_show", obj=inquiry)
    tell_answer(inquiry=inquiry)
    return inquiry


def _check_team(by: User, inquiry: Inquiry) -> None:
    require(by, "innovation.evaluator_assign", inquiry.proposal.challenge)
    check_impartial(by=by, proposals=[inquiry.proposal])
    closed_call(inquiry.proposal.challenge_id)


def _words(text: str, field: str) -> str:
    words = text.strip()
    if not SHORTEST <= len(words) <= LONGEST:
        said = _("Write between %(least)s and %(most)s characters.")
        raise InvalidInput(fields={field: said % {"least": SHORTEST, "most": LONGEST}})
    return words


def _move(inquiry: Inquiry, target: InquiryState, **columns: object) -> None:
    """Compare and swap the state: of two clicks at once, one gets WrongState."""
    movable = Inquiry.objects.filter(pk=inquiry.pk, state__in=INQUIRY_REACHED_FROM[target])
    if not movable.update(state=target, **columns):
        raise WrongState(_("This question has moved on; reload the page."))
    inquiry.refresh_from_db()
