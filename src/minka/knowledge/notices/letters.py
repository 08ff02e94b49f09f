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
from minka.knowledge.models import Claim, Confirmation, Correction
from minka.knowledge.queries.fields import field_label
from minka.knowledge.states import CorrectionState

CONFIRMATION_SALT = "minka.knowledge.confirmation"
CORRECTION_SALT = "minka.knowledge.correction"


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


def send_correction_link(*, correction: Correction) -> None:
    """Ask a visitor for the click that confirms their address.

    The letter quotes nothing that was typed: it may go to somebody who knows nothing of it.
    """
    with override(correction.language):
        names = {"actor": correction.actor.name, "field": field_label(correction.field)}
        message = Message(
            subject=_("Confirm your correction for %(actor)s") % names,
            body=_(
                "With this address somebody proposed a correction of the profile of %(actor)s in "
                "the map of the cluster: %(field)s. If it was you, open the link and confirm it; "
                "then those who keep the profile read it.\n\n"
                "If you know nothing of this, do nothing: in 14 days it is deleted."
            )
            % names,
            url=reverse("knowledge:correction_link", args=[correction_token(correction.pk)]),
        )
        _send(correction.email, message, reason=_why_visitor())


def send_correction_answer(*, correction: Correction) -> None:
    """Tell a visitor what became of what they proposed."""
    with override(correction.language):
        names = {"actor": correction.actor.name, "field": field_label(correction.field)}
        if correction.state == CorrectionState.ACCEPTED:
            subject = _("Your correction for %(actor)s was accepted: %(field)s")
        else:
            subject = _("Your correction for %(actor)s was not accepted: %(field)s")
        message = Message(
            subject=subject % names,
            body=correction.answer or _("Thank you for helping to keep the map right."),
            url=reverse("knowledge:correction_link", args=[correction_token(correction.pk)]),
        )
        _send(correction.email, message, reason=_why_visitor())


def correction_token(correction_id: int) -> str:
    """Return what the link of a visitor carries: good for this correction and for nothing else."""
    return signing.Signer(salt=CORRECTION_SALT, sep=".").sign_object(correction_id)


def correction_id_of(*, token: str) -> int | None:
    """Return which correction a link is for, None when nobody here made it."""
    try:
        return cast("int", signing.Signer(salt=CORRECTION_SALT, sep=".").unsign_object(token))
    except signing.BadSignature:
        return None


def _why_visitor() -> str:
    return _("You receive this because a correction was proposed with this address.")


def _send(to: str, message: Message, *, reason: str = "") -> None:
    context = {
        "reason": reason,
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
