"""Messages about problems: to the company that has one, and to the cluster team.

The text of a problem stays on its page; a message carries its title and what was answered.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.innovation.models import Problem, ProblemMove
from minka.innovation.rules import FOR_THE_COMPANY
from minka.innovation.states import ProblemState
from minka.knowledge.states import MembershipState


def tell_staff_of_submission(*, problem: Problem, but: User) -> None:
    """Tell the cluster team that a problem waits for triage."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Problem to triage: %(title)s") % {"title": problem.title},
            body=_("%(company)s submitted a problem. It waits for your answer.")
            % {"company": problem.company.name},
            url=reverse("innovation:problem", args=[problem.pk]),
        )

    team = User.objects.filter(is_staff=True, is_active=True).exclude(pk=but.pk)
    notify(
        recipients=team,
        kind="innovation.problem_submitted",
        key=_occasion(problem),
        compose=compose,
    )


def tell_company(*, problem: Problem, words: str = "", but: User) -> None:
    """Tell the author and the company's people what became of their problem."""

    def compose(_person: User) -> Message:
        subject, body = _answer(problem)
        return Message(
            subject=subject,
            body=f"{body}\n\n{words}" if words else body,
            url=reverse("innovation:problem", args=[problem.pk]),
        )

    notify(
        recipients=[person for person in people_of_problem(problem) if person.pk != but.pk],
        kind=f"innovation.problem_{problem.state}",
        key=_occasion(problem),
        compose=compose,
    )


def _answer(problem: Problem) -> tuple[str, str]:
    """Return subject and body for the state that the problem has reached."""
    title = {"title": problem.title}
    messages = {
        ProblemState.NEEDS_INFORMATION: (
            _("More information is needed: %(title)s"),
            _("The cluster team asks this before it can go on. Answer and submit again."),
        ),
        ProblemState.ACCEPTED: (
            _("Accepted for rating: %(title)s"),
            _("The representatives of the companies now rate the problem."),
        ),
        ProblemState.DECLINED: (
            _("Not taken up: %(title)s"),
            _("The cluster team will not take this problem further in this edition."),
        ),
        ProblemState.SHORTLISTED: (
            _("Shortlisted: %(title)s"),
            _("The problem was chosen. The cluster team now prepares a challenge from it."),
        ),
        ProblemState.MERGED: (
            _("Joined with others: %(title)s"),
            _("All companies agreed to join forces. The problem goes on as a joint problem."),
        ),
        ProblemState.CHALLENGED: (
            _("Published as a challenge: %(title)s"),
            _("The challenge that came of this problem is public."),
        ),
    }
    subject, body = messages[ProblemState(problem.state)]
    return subject % title, body


def people_of_problem(problem: Problem) -> Iterable[User]:
    """Return whoever still acts for its companies; an author who left is told no more."""
    companies = [problem.company_id, *(one.pk for one in problem.partners.all())]
    return User.objects.filter(
        memberships__actor_id__in=companies,
        memberships__state=MembershipState.ACTIVE,
        memberships__role__in=FOR_THE_COMPANY,
    ).distinct()


def _occasion(problem: Problem) -> str:
    """Name this very step, so that a second round of questions is told as well."""
    steps = ProblemMove.objects.filter(problem=problem).count()
    return f"problem:{problem.pk}:{problem.state}:{steps}"
