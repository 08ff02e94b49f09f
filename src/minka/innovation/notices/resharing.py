"""What custodians, old and new, are told when new shares of a key are made."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Custodian, Resharing


def tell_resharing_begun(*, resharing: Resharing) -> list[Notice]:
    """Tell who holds shares that new ones are to be made, and why: nobody is replaced unseen."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("New shares are to be made: “%(challenge)s”")
            % {"challenge": _title(resharing)},
            body=_(
                "Reason: %(reason)s\n\nGive your share only in the session, with the others. "
                "Yours opens until the new ones are in force."
            )
            % {"reason": resharing.reason},
            url=reverse("innovation:resharing", args=[resharing.key.challenge.slug]),
        )

    return notify(
        recipients=_people(resharing.key.holders()),
        kind="innovation.resharing_begun",
        key=f"resharing:{resharing.pk}:begun",
        compose=compose,
    )


def tell_new_shares(*, resharing: Resharing) -> list[Notice]:
    """Ask every new custodian to take her share."""
    sent = []
    for custodian in resharing.custodians():

        def compose(_person: User, custodian: Custodian = custodian) -> Message:
            return Message(
                subject=_("Take your share: “%(challenge)s”") % {"challenge": _title(resharing)},
                body=_(
                    "New shares of the key of the call were made. Take yours with your passphrase, "
                    "keep it where only you can reach it, and confirm that you hold it. The new "
                    "shares count once everybody has done so."
                ),
                url=reverse("innovation:custody", args=[custodian.pk]),
            )

        sent += notify(
            recipients=[custodian.user],
            kind="innovation.share_waits",
            key=f"resharing:{resharing.pk}:{custodian.pk}",
            compose=compose,
        )
    return sent


def tell_resharing_done(*, resharing: Resharing) -> list[Notice]:
    """Tell old and new custodians which shares count from now on."""
    before = Custodian.objects.filter(key=resharing.key, round__lt=resharing.round)
    now = list(resharing.custodians())
    people = _people([*before.select_related("user"), *now])
    new = {one.user_id for one in now}

    def compose(person: User) -> Message:
        body = (
            _("Your new share counts from now on. Destroy the old one, if you had one.")
            if person.pk in new
            else _("Your share counts no more. Please destroy it and every copy of it.")
        )
        return Message(
            subject=_("New shares are in force: “%(challenge)s”")
            % {"challenge": _title(resharing)},
            body=body,
            url=reverse("innovation:custodies"),
        )

    return notify(
        recipients=people,
        kind="innovation.resharing_done",
        key=f"resharing:{resharing.pk}:done",
        compose=compose,
    )


def _people(custodians: Iterable[Custodian]) -> list[User]:
    return list({one.user_id: one.user for one in custodians}.values())


def _title(resharing: Resharing) -> str:
    return localized_text(resharing.key.challenge, "title")[0]
