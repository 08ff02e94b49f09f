"""What the members of a panel are told: when they are called, and when minutes wait for them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.innovation.models import PanelMinutes, PanelSession
from minka.innovation.notices.words import lima


def tell_called(*, session: PanelSession) -> list[Notice]:
    """Call everybody at the table; of what is dealt with, nothing is said here."""

    def compose(_person: User) -> Message:
        where = " · ".join(one for one in (session.place, session.link) if one)
        return Message(
            subject=_("Panel session: %(title)s") % {"title": session.title},
            body=_(
                "You are called to a panel session.\n\nWhen: %(when)s\nWhere: %(where)s\n\n"
                "Read the agenda before, and declare your interests: whoever has one leaves for "
                "that proposal."
            )
            % {"when": lima(session.starts_at), "where": where},
            url=reverse("innovation:panel", args=[session.pk]),
        )

    return notify(
        recipients=_table(session),
        kind="innovation.panel_called",
        key=f"panel:{session.pk}:{session.revision}",
        compose=compose,
    )


def tell_cancelled(*, session: PanelSession) -> list[Notice]:
    """Tell everybody at the table that the session is off."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Cancelled: %(title)s") % {"title": session.title},
            body=_("The panel session of %(when)s does not take place.")
            % {"when": lima(session.starts_at)},
            url=reverse("innovation:panel", args=[session.pk]),
        )

    return notify(
        recipients=_table(session),
        kind="innovation.panel_cancelled",
        key=f"panel:{session.pk}:off",
        compose=compose,
    )


def tell_minutes(*, minutes: PanelMinutes, to: Iterable[User]) -> list[Notice]:
    """Ask who was there to read and approve."""
    session = minutes.session

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Minutes to approve: %(title)s") % {"title": session.title},
            body=_(
                "Please read the minutes of the session and approve them, or say what is wrong."
            ),
            url=reverse("innovation:minutes", args=[session.pk]),
        )

    return notify(
        recipients=to,
        kind="innovation.minutes_to_approve",
        key=f"minutes:{minutes.pk}:{minutes.number}",
        compose=compose,
    )


def tell_fixed(*, minutes: PanelMinutes) -> list[Notice]:
    """Tell whoever prepared the session that the minutes are fixed, so that it can be released."""
    session = minutes.session

    def compose(_person: User) -> Message:
        return Message(
            subject=_("Minutes approved: %(title)s") % {"title": session.title},
            body=_("Everybody who was there has approved the minutes; they are fixed."),
            url=reverse("innovation:minutes", args=[session.pk]),
        )

    return notify(
        recipients=[session.created_by],
        kind="innovation.minutes_fixed",
        key=f"minutes:{minutes.pk}:fixed",
        compose=compose,
    )


def _table(session: PanelSession) -> list[User]:
    return [one.person for one in session.seats.select_related("person")]
