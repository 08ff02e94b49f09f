"""Letters of a survey: the invitation and the reminder, each with a personal link."""

from typing import cast

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.notices import Message
from minka.knowledge.models import Response, Survey

RESPONSE_SALT = "minka.knowledge.survey_response"


def response_token(*, response_id: int) -> str:
    """Return what the personal link carries: good for this response and for nothing else."""
    return signing.Signer(salt=RESPONSE_SALT, sep=".").sign_object(response_id)


def response_id_of(*, token: str) -> int | None:
    """Return which response a link is for, None when nobody here made it."""
    try:
        return cast("int", signing.Signer(salt=RESPONSE_SALT, sep=".").unsign_object(token))
    except signing.BadSignature:
        return None


def send_invitation(*, response: Response) -> None:
    """Invite an organisation to answer, in the language of whoever reads its post."""
    with override(response.language):
        names = _names(response)
        subject = _("%(survey)s: your answers, please") % names
        body = _(
            "We ask %(actor)s to answer the questionnaire “%(survey)s”, until %(until)s.\n\n"
            "%(purpose)s\n\n"
            "The link is personal and needs no account. What you write is saved as you go: you "
            "can stop and go on later, on a telephone, too. Please do not pass the link on."
        )
        _send(response, subject, body % names)


def send_reminder(*, response: Response) -> None:
    """Remind an organisation that has not finished."""
    with override(response.language):
        names = _names(response)
        subject = _("Reminder: %(survey)s, until %(until)s") % names
        body = _(
            "The answers of %(actor)s to the questionnaire “%(survey)s” are still missing. It can "
            "be answered until %(until)s, by the same personal link; what was written is kept."
        )
        _send(response, subject, body % names)


def survey_title(survey: Survey, language: str) -> str:
    """Return the title in a language, in Spanish where there is no other."""
    return (survey.title_en if language == "en" else "") or survey.title_es


def _names(response: Response) -> dict[str, str]:
    survey = response.wave.survey
    english = response.language == "en"
    return {
        "actor": response.actor.name,
        "survey": survey_title(survey, response.language),
        "purpose": (survey.purpose_en if english else "") or survey.purpose_es,
        "until": date_format(localtime(response.wave.closes_at), "j F Y"),
    }


def _send(response: Response, subject: str, body: str) -> None:
    token = response_token(response_id=response.pk)
    stop = settings.MINKA_BASE_URL + reverse("knowledge:survey_silence", args=[token])
    context = {
        "message": Message(subject=subject, body=body),
        "link": settings.MINKA_BASE_URL + reverse("knowledge:survey_answer", args=[token]),
        "stop": stop,
        "cluster_name": settings.MINKA_CLUSTER_NAME,
    }
    EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string("knowledge/email/survey.txt", context),
        to=[response.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    ).send()
