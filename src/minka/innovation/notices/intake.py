"""The letter to whoever is invited to state problems, and what comes of it."""

from typing import cast

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.innovation.models import IntakeInvitation, Problem
from minka.knowledge.states import MemberRole, MembershipState

SALT = "minka.innovation.intake"


def intake_token(*, invitation_id: int) -> str:
    """Return what the personal link carries: good for this invitation and for nothing else."""
    return signing.Signer(salt=SALT, sep=".").sign_object(invitation_id)


def invitation_id_of(*, token: str) -> int | None:
    """Return which invitation a link is for, None when nobody here made it."""
    try:
        found = signing.Signer(salt=SALT, sep=".").unsign_object(token)
    except signing.BadSignature:
        return None
    return cast("int", found)


def send_intake_letter(*, invitation: IntakeInvitation) -> None:
    """Ask a person to state problems of their company, in their language."""
    with override(invitation.language):
        names = {
            "company": invitation.company.name,
            "by": invitation.invited_by,
            "until": date_format(localtime(invitation.expires_at), "j F Y"),
            "cluster": settings.MINKA_CLUSTER_NAME,
        }
        message = Message(
            subject=_("%(company)s: state an operational problem") % names,
            body=_(
                "%(by)s asks you to state an operational problem of %(company)s for the programme "
                "of %(cluster)s, until %(until)s.\n\n"
                "The link is personal and needs no account. What you write is saved as you go. "
                "Only your company reads it until you hand it over; please do not pass the link on."
            )
            % names,
        )
        path = reverse("innovation:intake", args=[intake_token(invitation_id=invitation.pk)])
        context = {
            "message": message,
            "words": invitation.words,
            "link": settings.MINKA_BASE_URL + path,
            "cluster_name": settings.MINKA_CLUSTER_NAME,
        }
        send_mail(
            " ".join(message.subject.split()),
            render_to_string("innovation/email/intake.txt", context),
            None,
            [invitation.email],
        )


def tell_of_hand_over(*, problem: Problem, invitation: IntakeInvitation) -> None:
    """Tell the company's representatives, and the team, that somebody has to take it over."""

    def compose(_person: User) -> Message:
        return Message(
            subject=_("To take over: %(title)s") % {"title": problem.title},
            body=_(
                "A person invited by %(by)s wrote this problem of %(company)s. Take it over to "
                "complete and submit it."
            )
            % {"by": invitation.invited_by, "company": problem.company.name},
            url=reverse("innovation:problem", args=[problem.pk]),
        )

    speaks = User.objects.filter(
        memberships__actor_id=problem.company_id,
        memberships__state=MembershipState.ACTIVE,
        memberships__role=MemberRole.REPRESENTATIVE,
    )
    team = User.objects.filter(is_staff=True, is_active=True)
    notify(
        recipients=[*speaks.distinct(), *team],
        kind="innovation.problem_handed_over",
        key=f"problem-handed-over:{problem.pk}",
        compose=compose,
    )
