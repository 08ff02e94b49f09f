"""What the cluster team answers to a problem that was handed in."""

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.problems import move_problem
from minka.innovation.models import Problem
from minka.innovation.notices.problems import tell_company
from minka.innovation.states import ProblemState


@transaction.atomic
def ask_information(*, by: User, problem: Problem, question: str) -> Problem:
    """Give the problem back to its company with a question.

    Raises:
        NotAllowed: `by` is not of the cluster team, or wrote the problem.
        InvalidInput: there is no question.
        WrongState: it is not waiting for triage.
    """
    return _answer(by, problem, ProblemState.NEEDS_INFORMATION, question)


@transaction.atomic
def decline_problem(*, by: User, problem: Problem, reason: str) -> Problem:
    """Say that the problem is not taken up, and why.

    Raises:
        NotAllowed: `by` is not of the cluster team, or wrote the problem.
        InvalidInput: there is no reason.
        WrongState: it is neither waiting for triage nor among the accepted.
    """
    return _answer(by, problem, ProblemState.DECLINED, reason)


@transaction.atomic
def accept_problem(*, by: User, problem: Problem, remark: str = "") -> Problem:
    """Let the problem be rated by the representatives.

    Raises:
        NotAllowed: `by` is not of the cluster team, or wrote the problem.
        WrongState: it is not waiting for triage.
    """
    require(by, "innovation.problem_triage", problem)
    if problem.state != ProblemState.SUBMITTED:
        raise WrongState(_("This problem is not waiting for triage."))
    move_problem(
        by=by,
        problem=problem,
        target=ProblemState.ACCEPTED,
        words=remark.strip(),
        triage_reason=remark.strip(),
    )
    tell_company(problem=problem, words=remark.strip(), but=by)
    return problem


def _answer(by: User, problem: Problem, target: ProblemState, reason: str) -> Problem:
    require(by, "innovation.problem_triage", problem)
    reason = reason.strip()
    if not reason:
        raise InvalidInput(fields={"reason": _("Write the reason: the company will read it.")})
    move_problem(by=by, problem=problem, target=target, words=reason, triage_reason=reason)
    tell_company(problem=problem, words=reason, but=by)
    return problem
