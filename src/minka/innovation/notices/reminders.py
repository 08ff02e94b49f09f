"""What evaluators are reminded of."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge
from minka.innovation.queries.evaluation_modes import due_on


def tell_due(*, evaluator: User, challenge: Challenge, count: int, at: datetime) -> list[Notice]:
    """Remind one evaluator, in one message, of what they owe; no proposal is named."""

    def compose(_person: User) -> Message:
        title = localized_text(challenge, "title")[0]
        body = ngettext(
            "%(count)s evaluation of proposals to “%(challenge)s” waits for you.",
            "%(count)s evaluations of proposals to “%(challenge)s” wait for you.",
            count,
        ) % {"count": count, "challenge": title}
        if day := due_on(challenge):
            body += " " + _("They are due on %(day)s.") % {"day": date_format(day, "DATE_FORMAT")}
        return Message(
            subject=_("Evaluations that wait for you: “%(challenge)s”") % {"challenge": title},
            body=body,
            url=reverse("innovation:evaluations"),
        )

    return notify(
        recipients=[evaluator],
        kind="innovation.evaluation_due",
        key=f"due:{challenge.pk}:{evaluator.pk}:{at.timestamp()}",
        compose=compose,
    )
