"""Letters to addresses that are nobody's account here: a code, a question to an organisation."""

from typing import cast

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.notices import Message
from minka.knowledge.models import Claim, Confirmation

CONFIRMATION_SALT = "minka.knowledge.confirmation"


def send_code_letter(*, claim: Claim, code: str) -> None:
    """Send the code of a claim to the address at the organisation's domain."""
    names = {"code": code, "actor": claim.actor.name, "person": claim.claimant.get_full_name()}
    with override(claim.claimant.language):
        message = Message(
            subject=_("Code to claim the profile of %(actor)s") % names,
            body=_(
                "%(person)s says that they keep the profile of %(actor)s in the map of the "
                "cluster. If this is so, give them this code: %(code)s\n\n"
                "It is good for 30 minutes. If you know nothing of this, do nothing."
            )
            % names,
        )
        _send(claim.email, message)


def send_confirmation_letter(*, confirmation: Confirmation) -> None:
    """Ask an organisation whether its profile is still right."""
    actor = confirmation.actor
    with override(confirmation.language):
        token = confirmation_token(confirmation_id=confirmation.pk)
        message = Message(
            subject=_("%(actor)s: is this still right?") % {"actor": actor.name},
            body=_(
                "The map of the cluster shows a profile of %(actor)s. Open the link, look at it "
                "and confirm with one click that it is still right, or say what has changed. "
                "You need no account; the link is good for 60 days."
            )
            % {"actor": actor.name},
            url=reverse("knowledge:confirmation", args=[token]),
        )
        _send(confirmation.email, message)


def confirmation_token(*, confirmation_id: int) -> str:
    """Return what the link of a confirmation carries: good for this one and for nothing else."""
    return signing.Signer(salt=CONFIRMATION_SALT, sep=".").sign_object(confirmation_id)


def confirmation_id_of(*, token: str) -> int | None:
    """Return which confirmation a link is for, None when nobody here made it."""
    try:
        return cast("int", signing.Signer(salt=CONFIRMATION_SALT, sep=".").unsign_object(token))
    except signing.BadSignature:
        return None


def _send(to: str, message: Message) -> None:
    context = {
        "message": message,
        "link": settings.MINKA_BASE_URL + message.url if message.url else "",
        "cluster_name": settings.MINKA_CLUSTER_NAME,
    }
    send_mail(
        " ".join(message.subject.split()),
        render_to_string("knowledge/email/letter.txt", context),
        None,
        [to],
    )
