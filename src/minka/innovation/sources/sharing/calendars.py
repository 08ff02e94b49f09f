"""Dates of challenges as calendars (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from minka.innovation.queries.challenges_dates import ChallengeDate
from minka.innovation.queries.challenges_public import PublicChallenge

REFRESHED = timedelta(hours=12)


def calendar_of(challenges: Sequence[PublicChallenge], *, name: str) -> bytes:
    """Return one event for every date of each challenge, in the language in use.

    An event keeps its UID in both languages and for ever; SEQUENCE grows with the challenge.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.MINKA_CLUSTER_NAME}//Minka//ES")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for challenge in challenges:
        for one in challenge.dates:
            calendar.add_component(_event(challenge, one))
    return bytes(calendar.to_ical())


def name_of_all() -> str:
    """No person: return what the calendar of all running calls is called."""
    return _("Challenges of %(cluster)s") % {"cluster": settings.MINKA_CLUSTER_NAME}


def _event(challenge: PublicChallenge, one: ChallengeDate) -> Event:
    event = Event()
    host = urlsplit(settings.MINKA_BASE_URL).hostname or "minka"
    event.add("uid", f"challenge-{challenge.pk}-{one.what.value}@{host}")
    event.add("sequence", challenge.sequence)
    event.add("dtstamp", challenge.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _start(one.at))
    event.add("summary", f"{one.what.label}: {challenge.title}")
    event.add("description", f"{challenge.texts['summary']}\n\n{challenge.url}")
    event.add("url", challenge.url)
    event.add("categories", [_("Challenge")])
    event.add("transp", "TRANSPARENT")
    return event


def _start(at: datetime | date) -> datetime | date:
    """Return an instant in UTC without fractions; a day as it is."""
    return at.astimezone(UTC).replace(microsecond=0) if isinstance(at, datetime) else at
