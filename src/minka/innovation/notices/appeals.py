"""What is told about clarifications and appeals; never what others answered to the challenge."""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Appeal
from minka.innovation.notices.proposals import people_of
from minka.innovation.notices.words import lima

Say = Callable[[], str]


def tell_asked(*, appeal: Appeal, to: Iterable[User]) -> list[Notice]:
    """Tell whoever could answer that something was asked."""
    return _tell(
        appeal, to, "asked", "appeal_handle",
        lambda: _("To be answered: %(kind)s about “%(challenge)s”"),
        lambda: _(
            "A solver asked about the decision. It can be taken by anybody of the team or the "
            "committee who neither evaluated nor decided. To be answered by %(due)s."
        ),
    )  # fmt: skip


def tell_handler(*, appeal: Appeal) -> list[Notice]:
    """Tell who was named."""
    to = [appeal.handler] if appeal.handler else []
    return _tell(
        appeal, to, f"handler:{appeal.handler_id}", "appeal_handle",
        lambda: _("You answer: %(kind)s about “%(challenge)s”"),
        lambda: _("You were named to answer it. To be answered by %(due)s."),
    )  # fmt: skip


def tell_due(*, appeal: Appeal, to: Iterable[User]) -> list[Notice]:
    """Remind of the day."""
    return _tell(
        appeal, to, "due", "appeal_handle",
        lambda: _("Due soon: %(kind)s about “%(challenge)s”"),
        lambda: _("It has to be answered by %(due)s and has no answer yet."),
    )  # fmt: skip


def tell_answered(*, appeal: Appeal) -> list[Notice]:
    """Tell the solver's people that there is an answer."""
    return _tell(
        appeal, people_of(appeal.letter.proposal), "answered", "letter",
        lambda: _("Answered: %(kind)s about “%(challenge)s”"),
        lambda: _("What you asked about the decision has an answer, with its reasons. Read it on "
                  "the page of the letter."),
    )  # fmt: skip


def tell_reopened(*, appeal: Appeal) -> list[Notice]:
    """Tell the solver's people that the decision is taken again."""
    return _tell(
        appeal, people_of(appeal.letter.proposal), "reopened", "letter",
        lambda: _("To be decided again: “%(challenge)s”"),
        lambda: _("Your appeal was upheld, and the decision on your proposal is taken again. You "
                  "will have a new letter; until then the one before holds."),
    )  # fmt: skip


def _tell(  # noqa: PLR0913, PLR0917 -- who, which, when and both texts
    appeal: Appeal,
    to: Iterable[User],
    key: str,
    page: str,
    subject: Say,
    body: Say,
) -> list[Notice]:
    challenge = appeal.letter.proposal.challenge
    target = appeal.letter.public_id if page == "letter" else appeal.public_id

    def compose(_person: User) -> Message:
        said = {
            "kind": appeal.get_kind_display(),
            "challenge": localized_text(challenge, "title")[0],
            "due": lima(appeal.due_at),
        }
        return Message(
            subject=subject() % said,
            body=body() % said,
            url=reverse(f"innovation:{page}", args=[target]),
        )

    return notify(
        recipients=to,
        kind=f"innovation.appeal_{key.partition(':')[0]}",
        key=f"appeal:{appeal.pk}:{key}",
        compose=compose,
        about=None if page == "letter" else appeal.letter.proposal,  # the lead's own people
    )
