"""The dates of a challenge in one place: its page, its PDF, its feed and its calendars."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from minka.innovation.models import Call


class Milestone(TextChoices):
    """What happens on a date of a challenge, in the order in which it happens."""

    OPENS = "opens", _("Opens")
    QUESTIONS = "questions", _("Questions close")
    CLOSES = "closes", _("Closes")
    EVALUATION = "evaluation", _("Evaluation ends")
    DECISION = "decision", _("Decision announced")
    PILOT = "pilot", _("Pilot starts")


@dataclass(frozen=True)
class ChallengeDate:
    """An instant, or a whole day where no hour was promised."""

    what: Milestone
    at: datetime | date

    @property
    def is_day(self) -> bool:
        """Whether it is a day without an hour."""
        return not isinstance(self.at, datetime)


def questions_close_at(call: Call) -> datetime:
    """Return the instant from which nothing can be asked: the one set, never after closing."""
    return min(call.questions_until or call.closes_at, call.closes_at)


def dates_of(call: Call) -> list[ChallengeDate]:
    """Return every date that is set, in their order."""
    found = [
        (Milestone.OPENS, call.opens_at),
        (Milestone.QUESTIONS, call.questions_until and questions_close_at(call)),
        (Milestone.CLOSES, call.closes_at),
        (Milestone.EVALUATION, call.evaluation_until),
        (Milestone.DECISION, call.decision_on),
        (Milestone.PILOT, call.pilot_from),
    ]
    return [ChallengeDate(what, at) for what, at in found if at]
