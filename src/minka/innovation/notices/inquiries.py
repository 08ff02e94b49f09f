"""What a question to the solver makes people read: never who asked, nor whose proposal it is."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Assignment, Inquiry
from minka.innovation.notices.proposals import people_of
from minka.innovation.notices.words import lima
from minka.innovation.queries.conflicts import conflicts
from minka.innovation.states import AssignmentState

Words = Callable[[str], tuple[str, str]]  # title of the challenge → subject, body


def tell_asked(*, inquiry: Inquiry) -> list[Notice]:
    """Tell the impartial team that a question waits to be forwarded."""

    def words(title: str) -> tuple[str, str]:
        return (
            _("An evaluator asks: “%(challenge)s”") % {"challenge": title},
            _("A question to a solver waits for the team to forward it."),
        )

    return _tell(_team(inquiry), inquiry, "asked", words, _desk(inquiry))


def tell_forwarded(*, inquiry: Inquiry) -> list[Notice]:
    """Ask the lead's people for an answer."""
    due = inquiry.due_at
    until = lima(due) if due else ""

    def words(title: str) -> tuple[str, str]:
        body = _(
            "Those who evaluate your proposal ask:\n\n%(question)s\n\n"
            "Please answer until %(until)s. Afterwards they go on without an answer."
        )
        return (
            _("A question about your proposal to “%(challenge)s”") % {"challenge": title},
            body % {"question": inquiry.wording, "until": until},
        )

    url = reverse("innovation:inquiry_answer", args=[inquiry.pk])
    return _tell(people_of(inquiry.proposal), inquiry, "forwarded", words, url)


def tell_declined(*, inquiry: Inquiry) -> list[Notice]:
    """Tell the asker why their question was not forwarded."""

    def words(title: str) -> tuple[str, str]:
        return (
            _("Your question was not forwarded: “%(challenge)s”") % {"challenge": title},
            inquiry.declined,
        )

    return _tell([inquiry.asker], inquiry, "declined", words, reverse("innovation:evaluations"))


def tell_answered_to_team(*, inquiry: Inquiry) -> list[Notice]:
    """Tell the impartial team that an answer waits to be redacted."""

    def words(title: str) -> tuple[str, str]:
        return (
            _("An answer to redact: “%(challenge)s”") % {"challenge": title},
            _("A solver has answered. Take out what gives them away, so that evaluators read it."),
        )

    return _tell(_team(inquiry), inquiry, "answered", words, _desk(inquiry))


def tell_answer(*, inquiry: Inquiry) -> list[Notice]:
    """Tell everybody who evaluates the proposal that there is an answer; it is read on the page."""

    def words(title: str) -> tuple[str, str]:
        return (
            _("A solver has answered: “%(challenge)s”") % {"challenge": title},
            _("The answer to a question stands beside a proposal that you evaluate."),
        )

    given = Assignment.objects.filter(
        proposal=inquiry.proposal_id, state__in=[AssignmentState.CLEARED, AssignmentState.SCORED]
    ).select_related("evaluator")
    people = _without_conflict(inquiry, [one.evaluator for one in given])
    return _tell(people, inquiry, "shown", words, reverse("innovation:evaluations"))


def _team(inquiry: Inquiry) -> list[User]:
    """Return the impartial team, without whoever has a conflict with the proposal."""
    team = User.objects.filter(is_staff=True, is_active=True)
    aside = {"assignments__proposal": inquiry.proposal_id, "assignments__state": "conflicted"}
    challenge = inquiry.proposal.challenge
    free = _without_conflict(inquiry, list(team.exclude(**aside)))
    return [one for one in free if one.has_perm("innovation.evaluator_assign", challenge)]


def _without_conflict(inquiry: Inquiry, people: list[User]) -> list[User]:
    known = conflicts(proposals=[inquiry.proposal], people=people)
    return [one for one in people if not known.standing(inquiry.proposal_id, one.pk)]


def _desk(inquiry: Inquiry) -> str:
    return reverse("innovation:inquiries", args=[inquiry.proposal.challenge.slug])


def _tell(people: list[User], inquiry: Inquiry, step: str, words: Words, url: str) -> list[Notice]:
    def compose(_person: User) -> Message:
        title = localized_text(inquiry.proposal.challenge, "title")[0]
        subject, body = words(title)
        return Message(subject=subject, body=body, url=url)

    return notify(
        recipients=people,
        kind=f"innovation.inquiry_{step}",
        key=f"inquiry:{inquiry.pk}:{step}",
        compose=compose,
        about=None if step == "forwarded" else inquiry.proposal,  # the lead's own people
    )
