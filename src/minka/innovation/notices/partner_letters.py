"""The letter that asks somebody without an account to propose together, and its refusal."""

from typing import cast

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import PartnerLetter
from minka.innovation.notices.consortium import members_of
from minka.innovation.notices.words import lima

SALT = "minka.innovation.partner_letter"


def letter_token(*, letter_id: int) -> str:
    """Return what the personal link carries: good for this letter and for nothing else."""
    return signing.Signer(salt=SALT, sep=".").sign_object(letter_id)


def letter_id_of(*, token: str) -> int | None:
    """Return which letter a link is of, None when nobody here made it."""
    try:
        return cast("int", signing.Signer(salt=SALT, sep=".").unsign_object(token))
    except signing.BadSignature:
        return None


def send_letter(*, letter: PartnerLetter) -> None:
    """Ask by e-mail: it names the challenge and who leads, and no word of the proposal."""
    with override(letter.language):
        said = {
            "lead": letter.proposal.lead.name,
            "organisation": letter.organisation,
            "challenge": localized_text(letter.proposal.challenge, "title")[0],
            "until": lima(letter.expires_at),
        }
        subject = _("%(lead)s asks %(organisation)s to propose together") % said
        body = (
            _(
                "%(lead)s asks %(organisation)s to be a partner in its proposal to this challenge: "
                "“%(challenge)s”. Answers are taken until %(until)s.\n\n"
                "To accept you need an account with this e-mail address; you join your "
                "organisation there, or register it. To refuse you need none. Please do not pass "
                "the link on: nobody else knows that you are asked."
            )
            % said
        )
        path = reverse("innovation:partner_letter", args=[letter_token(letter_id=letter.pk)])
        context = {
            "message": Message(subject, body),
            "link": settings.MINKA_BASE_URL + path,
            "cluster_name": settings.MINKA_CLUSTER_NAME,
        }
        EmailMessage(
            subject=" ".join(subject.split()),
            body=render_to_string("innovation/email/partner.txt", context),
            to=[letter.email],
        ).send()


def tell_letter_refused(letter: PartnerLetter) -> list[Notice]:
    """Tell the people of the lead that whoever was written to said no."""
    proposal = letter.proposal

    def compose(_person: User) -> Message:
        return Message(
            subject=_("%(partner)s did not accept to propose together")
            % {"partner": letter.organisation},
            body=_("It is about your proposal to “%(challenge)s”.")
            % {"challenge": localized_text(proposal.challenge, "title")[0]},
            url=reverse("innovation:consortium", args=[proposal.public_id]),
        )

    return notify(
        recipients=members_of(proposal.lead),
        kind="innovation.partner_answered",
        key=f"partner_letter:{letter.pk}:refused",
        compose=compose,
    )
