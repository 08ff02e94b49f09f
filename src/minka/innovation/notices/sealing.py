"""What custodians and the team are told of the key of a call and its opening."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import CallKey, Custodian, DeadlineException, OpeningSession
from minka.innovation.notices.words import lima
from minka.knowledge.states import MembershipState


def tell_named(*, custodian: Custodian) -> list[Notice]:
    """Ask a custodian to get ready."""
    challenge = custodian.key.challenge

    def compose(_person: User) -> Message:
        return Message(
            subject=_("You are asked to be a custodian of “%(challenge)s”")
            % {"challenge": localized_text(challenge, "title")[0]},
            body=_(
                "The proposals to this challenge will be sealed, and opened only by several "
                "custodians together after the call has closed. Please choose the passphrase of "
                "your share."
            ),
            url=reverse("innovation:custody", args=[custodian.pk]),
        )

    return notify(
        recipients=[custodian.user],
        kind="innovation.custodian_named",
        key=f"custodian:{custodian.pk}",
        compose=compose,
    )


def tell_key_made(*, key: CallKey) -> list[Notice]:
    """Ask every custodian to take her share."""
    sent = []
    for custodian in key.holders():

        def compose(_person: User, custodian: Custodian = custodian) -> Message:
            return Message(
                subject=_("Take your share: “%(challenge)s”")
                % {"challenge": localized_text(key.challenge, "title")[0]},
                body=_(
                    "The key of the call was made and split. Take your share with your passphrase, "
                    "keep it where only you can reach it, and confirm that you hold it."
                ),
                url=reverse("innovation:custody", args=[custodian.pk]),
            )

        sent += notify(
            recipients=[custodian.user],
            kind="innovation.share_waits",
            key=f"share:{key.public_key}:{custodian.pk}",
            compose=compose,
        )
    return sent


def tell_opened(*, session: OpeningSession) -> list[Notice]:
    """Tell custodians and whoever led the session what became of it."""
    challenge = session.key.challenge
    people = [one.user for one in session.key.holders()]
    recipients = list({person.pk: person for person in [*people, session.led_by]}.values())

    def compose(_person: User) -> Message:
        opened = ngettext(
            "%(count)s proposal was opened.",
            "%(count)s proposals were opened.",
            len(session.opened),
        ) % {"count": len(session.opened)}
        failed = ngettext(
            "%(count)s failure was recorded.",
            "%(count)s failures were recorded.",
            len(session.failures),
        ) % {"count": len(session.failures)}
        return Message(
            subject=_("Opened: the proposals to “%(challenge)s”")
            % {"challenge": localized_text(challenge, "title")[0]},
            body=f"{opened} {failed}",
            url=reverse("innovation:opening", args=[challenge.slug]),
        )

    return notify(
        recipients=recipients,
        kind="innovation.call_opened",
        key=f"opening:{session.pk}",
        compose=compose,
    )


def tell_more_time(*, exception: DeadlineException) -> list[Notice]:
    """Tell the people of an organisation, and nobody else, until when it has more time."""
    members = exception.lead.memberships.filter(state=MembershipState.ACTIVE)

    def compose(_person: User) -> Message:
        return Message(
            subject=_("More time for your proposal to “%(challenge)s”")
            % {"challenge": localized_text(exception.challenge, "title")[0]},
            body=_("You may submit until %(until)s. Reason: %(reason)s")
            % {"until": lima(exception.until), "reason": exception.reason},
            url=reverse("innovation:proposals"),
        )

    return notify(
        recipients=[one.user for one in members.select_related("user").order_by("pk")],
        kind="innovation.more_time",
        key=f"more-time:{exception.pk}",
        compose=compose,
    )
