"""The team is told that redacted copies lack what was opened since they were confirmed."""

from collections.abc import Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import Notice, User
from minka.core.notices import Message, notify
from minka.core.templatetags.formats import localized_text
from minka.innovation.models import Challenge


def tell_stale(
    *, challenge: Challenge, counts: Mapping[int, int], people: list[User], on: date
) -> list[Notice]:
    """Ask people to confirm the copies that they may see, once a day at most; none is named."""

    def compose(person: User) -> Message:
        count = counts[person.pk]
        title = localized_text(challenge, "title")[0]
        return Message(
            subject=_("Confirm the redacted copies again: “%(challenge)s”") % {"challenge": title},
            body=ngettext(
                "The economic parts of %(count)s proposal were opened. Evaluators do not read "
                "them before its copy is confirmed again.",
                "The economic parts of %(count)s proposals were opened. Evaluators do not read "
                "them before their copies are confirmed again.",
                count,
            )
            % {"count": count},
            url=reverse("innovation:copies", args=[challenge.slug]),
        )

    return notify(
        recipients=[person for person in people if person.pk in counts],
        kind="innovation.copies_wait",
        key=f"copies:{challenge.pk}:{on.isoformat()}",
        compose=compose,
    )
