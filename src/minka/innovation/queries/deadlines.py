"""Until when somebody may hand in, and since when nothing was promised to anybody any more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, OuterRef, Subquery

from minka.core.models import LedgerEntry
from minka.innovation.models import Call, Challenge, DeadlineException, Receipt
from minka.methods.sealing.failures import SealingFailure
from minka.methods.sealing.receipts import read_receipt

SETS_DEADLINE = (
    "innovation.challenge_publish",
    "innovation.challenge_change",
    "innovation.call_extend",
    "innovation.deadline_except",
)


@dataclass(frozen=True)
class Deadline:
    """The deadline in force for one organisation, and the exception that it rests on, if any."""

    at: datetime
    exception: DeadlineException | None = None


def deadline_for(*, call: Call, lead_id: int) -> Deadline:
    """Return until when an organisation may hand in: the call's closing, or a later exception."""
    exception = (
        DeadlineException.objects.filter(challenge=call.challenge_id, lead=lead_id)
        .order_by("-until", "-pk")
        .first()
    )
    if exception is None or exception.until <= call.closes_at:
        return Deadline(call.closes_at)
    return Deadline(exception.until, exception)


def latest_exception() -> Subquery:
    """Return, for a query of proposals, until when its organisation has more time, if it has."""
    granted = DeadlineException.objects.filter(
        challenge=OuterRef("challenge"), lead=OuterRef("lead")
    ).order_by("-until")
    return Subquery(granted.values("until")[:1])


def last_deadline(*, call: Call) -> datetime:
    """Return when the last of all deadlines of a call passes."""
    exceptions = DeadlineException.objects.filter(challenge=call.challenge_id)
    latest: datetime | None = exceptions.aggregate(latest=Max("until"))["latest"]
    return max(call.closes_at, latest) if latest else call.closes_at


def promised_until(*, challenge: Challenge, call: Call) -> datetime:
    """Return the latest deadline that was ever promised: nothing may be opened before it.

    Rows can be changed by whoever has the database, so they are not believed alone: what the
    ledger says of publishing, changes and exceptions counts, and what signed receipts say.
    """
    said = [last_deadline(call=call), *_in_ledger(challenge), *_in_receipts(challenge)]
    return max(said)


def _in_ledger(challenge: Challenge) -> Iterator[datetime]:
    entries = LedgerEntry.objects.filter(
        subject_type="innovation.challenge", subject_id=str(challenge.pk), verb__in=SETS_DEADLINE
    )
    for entry in entries:
        yield from _instants(entry.details)


def _instants(details: dict[str, Any]) -> Iterator[datetime]:
    """Yield the deadlines that an entry names, whichever of the acts it is of."""
    closes = details.get("closes_at")
    named = [closes.get("to") if isinstance(closes, dict) else closes]
    named += [details.get("to"), details.get("until")]
    for text in named:
        if isinstance(text, str):
            yield datetime.fromisoformat(text)


def _in_receipts(challenge: Challenge) -> Iterator[datetime]:
    rows = Receipt.objects.filter(proposal__challenge=challenge).values_list(
        "signed", "deadline_at"
    )
    for signed, deadline_at in rows:
        yield deadline_at
        try:
            yield datetime.fromisoformat(str(read_receipt(signed).said["deadline_at"]))
        except (SealingFailure, KeyError, ValueError):
            continue
