"""Where a challenge is presented in person."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.innovation.models import Challenge, ChallengePresentation
from minka.innovation.queries.problem_names import owner_told


@dataclass(frozen=True)
class Occasion:
    """An event as somebody wrote it."""

    event: str
    on: date
    place: str = ""


@transaction.atomic
def add_presentation(
    *, by: User, challenge: Challenge, occasion: Occasion
) -> ChallengePresentation:
    """Note an event at which the challenge is presented; it is public with the challenge.

    Raises:
        NotAllowed: `by` does not prepare challenges.
        InvalidInput: the event has no name, is noted already, or tells whose an anonymous
            challenge is.
    """
    require(by, "innovation.challenge_write")
    event = occasion.event.strip()
    if not event:
        raise InvalidInput(fields={"event": _("Write the name of the event.")})
    if wrong := owner_told(challenge, {"event": event, "place": occasion.place}):
        raise InvalidInput(fields=wrong)
    made, is_new = ChallengePresentation.objects.get_or_create(
        challenge=challenge, event=event, on=occasion.on, defaults={"place": occasion.place.strip()}
    )
    if not is_new:
        raise InvalidInput(fields={"event": _("This event is noted already.")})
    data = {"event": event, "on": occasion.on.isoformat(), "place": made.place}
    record(by=by, verb="innovation.presentation_add", obj=challenge, data=data)
    return made


@transaction.atomic
def remove_presentation(*, by: User, presentation: ChallengePresentation) -> None:
    """Take an event back.

    Raises:
        NotAllowed: `by` does not prepare challenges.
    """
    require(by, "innovation.challenge_write")
    data = {"event": presentation.event, "on": presentation.on.isoformat()}
    record(by=by, verb="innovation.presentation_remove", obj=presentation.challenge, data=data)
    presentation.delete()
