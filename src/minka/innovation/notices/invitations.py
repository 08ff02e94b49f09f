"""The letter that invites an organisation to answer a challenge, with its personal link."""

from typing import cast

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.notices import Message
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import SolverInvitation
from minka.innovation.notices.words import lima

INVITATION_SALT = "minka.innovation.solver_invitation"


def invitation_token(*, invitation_id: int) -> str:
    """Return what the personal link carries: good for this invitation and for nothing else."""
    return signing.Signer(salt=INVITATION_SALT, sep=".").sign_object(invitation_id)


def invitation_id_of(*, token: str) -> int | None:
    """Return which invitation a link is for, None when nobody here made it."""
    try:
        return cast("int", signing.Signer(salt=INVITATION_SALT, sep=".").unsign_object(token))
    except signing.BadSignature:
        return None


def send_solver_letter(*, invitation: SolverInvitation) -> None:
    """Invite an organisation, in the language of whoever reads its post."""
    with override(invitation.language):
        title, _language = localized_text(invitation.challenge, "title")
        said = {
            "organisation": invitation.organisation,
            "title": title,
            "until": lima(invitation.challenge.call.closes_at),
        }
        body = _(
            "%(organisation)s could have an answer to this challenge: “%(title)s”.\n\n"
            "It was stated by the mining companies of the cluster. Answers are taken until "
            "%(until)s."
        )
        link = reverse(
            "innovation:solver_invitation", args=[invitation_token(invitation_id=invitation.pk)]
        )
        message = Message(_("A challenge for %(organisation)s") % said, body % said)
        context = {
            "message": message,
            "note": invitation.note,
            "link": settings.MINKA_BASE_URL + link,
            "cluster_name": settings.MINKA_CLUSTER_NAME,
        }
        EmailMessage(
            subject=" ".join(message.subject.split()),
            body=render_to_string("innovation/email/invitation.txt", context),
            to=[invitation.email],
        ).send()
