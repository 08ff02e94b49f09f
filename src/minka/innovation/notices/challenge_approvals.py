"""Messages about the approval of a challenge: who is asked, what was answered, what is void now.

They go to the companies of the challenge and to the team. A message to one company says nothing of
the others.
"""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge, ChallengeApproval
from minka.innovation.queries.challenge_approvals import ROLE_OF, Seat
from minka.innovation.states import ApprovalAnswer, ApprovalSeat
from minka.knowledge.states import MembershipState


def tell_of_question(*, challenge: Challenge, seats: Sequence[Seat], but: User) -> None:
    """Ask whoever sits on these seats to read the draft."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Challenge to approve: %(title)s") % _title(challenge),
            body=_(
                "Before it is published, read what everybody will see and what only those who "
                "accept confidentiality will. Approve it, or say what has to change."
            ),
            url=_address(challenge),
        )

    asked = {person.pk: person for seat in seats for person in _people_of(seat)}
    asked.pop(but.pk, None)
    notify(
        recipients=asked.values(),
        kind="innovation.challenge_to_approve",
        key=f"challenge:{challenge.pk}:ask:{challenge.approval_asked_at}",
        compose=compose,
    )


def tell_of_answer(*, challenge: Challenge, approval: ChallengeApproval) -> None:
    """Tell the team what a seat answered."""
    approved = approval.answer == ApprovalAnswer.APPROVED

    def compose(_person: User) -> Message:
        who = {"who": approval.get_seat_display(), "company": approval.company or ""}
        subject = _("Approved: %(title)s") if approved else _("Changes asked for: %(title)s")
        body = _("%(who)s. %(company)s") % who
        return Message(
            subject=subject % _title(challenge),
            body=f"{body}\n\n{approval.reason}".strip(),
            url=reverse("innovation:challenge_edit", args=[challenge.slug]),
        )

    team = User.objects.filter(is_staff=True, is_active=True).exclude(pk=approval.by_id)
    notify(
        recipients=team,
        kind="innovation.challenge_answered",
        key=f"challenge:{challenge.pk}:answer:{approval.pk}",
        compose=compose,
    )


def tell_of_void(*, challenge: Challenge, voided: Iterable[ChallengeApproval]) -> None:
    """Tell whoever had answered that the draft changed, and that they will be asked again."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Your answer does not count any more: %(title)s") % _title(challenge),
            body=_("The draft was changed after you answered. You will be asked to read it again."),
        )

    answers = list(voided)
    notify(
        recipients=[one.by for one in answers],
        kind="innovation.challenge_approval_void",
        key=f"challenge:{challenge.pk}:void:{max(one.pk for one in answers)}",
        compose=compose,
    )


def _people_of(seat: Seat) -> Iterable[User]:
    if seat.seat == ApprovalSeat.TEAM or seat.company is None:
        return User.objects.filter(is_staff=True, is_active=True)
    return User.objects.filter(
        is_active=True,
        memberships__actor=seat.company,
        memberships__state=MembershipState.ACTIVE,
        memberships__role=ROLE_OF[seat.seat],
    )


def _title(challenge: Challenge) -> dict[str, str]:
    return {"title": localized_text(challenge, "title")[0]}


def _address(challenge: Challenge) -> str:
    return reverse("innovation:challenge_approval", args=[challenge.slug])
