"""What a wave sends: invitations and reminders, each once, and to nobody who asked for silence."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from minka.core.audit import record
from minka.core.jobs import enqueue
from minka.knowledge.models import Response, SurveySilence, Wave
from minka.knowledge.states import ResponseState, WaveState

INVITE = "minka.knowledge.tasks.send_survey_invitation"
REMIND = "minka.knowledge.tasks.send_survey_reminder"
MAX_ATTEMPTS = 8
UNFINISHED = (ResponseState.INVITED, ResponseState.STARTED)


@transaction.atomic
def invitation_to_send(*, response_id: int) -> Response | None:
    """Take an invitation in hand, once; None when somebody has, or it is not wanted any more.

    No person: the job that sends it calls this, after somebody opened the wave.
    """
    waiting = Response.objects.filter(
        pk=response_id,
        invited_at__isnull=True,
        state=ResponseState.INVITED,
        set_aside=False,
        wave__state=WaveState.OPEN,
    )
    response = waiting.select_related("actor", "wave__survey").first()
    if response is None or _wants_silence(response):
        return None
    if not waiting.update(invited_at=timezone.now()):
        return None
    return response


@transaction.atomic
def invitation_not_sent(*, response_id: int, attempt: int) -> None:
    """Put an invitation back that the mail server did not take, and try again later, eight times.

    After that the organisation counts as not reached.

    No person: the job that could not send it calls this.
    """
    mine = Response.objects.filter(pk=response_id, state=ResponseState.INVITED)
    if attempt >= MAX_ATTEMPTS:
        mine.update(state=ResponseState.UNREACHED)
        return
    mine.update(invited_at=None)
    enqueue(INVITE, response_id, attempt + 1, wait=timedelta(minutes=2**attempt))


def queue_reminders(*, wave: Wave) -> int:
    """Queue the reminders that are due; return how many. Days that were missed count as one.

    No person: the hourly job of an open wave, in its transaction.
    """
    now, queued = timezone.now(), 0
    for number, days in reversed(list(enumerate(wave.reminder_days, start=1))):
        due = Response.objects.filter(
            wave=wave,
            state__in=UNFINISHED,
            set_aside=False,
            invited_at__lte=now - timedelta(days=days),
            reminded_times__lt=number,
        ).exclude(email="")
        keys = list(due.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), 500):
            Response.objects.filter(pk__in=keys[start : start + 500]).update(
                reminded_times=number, reminded_at=None
            )
        for key in keys:
            enqueue(REMIND, key, number)
        queued += len(keys)
    return queued


@transaction.atomic
def reminder_to_send(*, response_id: int, number: int) -> Response | None:
    """Take the reminder with this number in hand, once; None when it is not wanted any more.

    No person: the job that sends it calls this.
    """
    waiting = Response.objects.filter(
        pk=response_id,
        reminded_times=number,
        reminded_at__isnull=True,
        state__in=UNFINISHED,
        set_aside=False,
        wave__state=WaveState.OPEN,
    )
    response = waiting.select_related("actor", "wave__survey").first()
    if response is None or _wants_silence(response):
        return None
    if not waiting.update(reminded_at=timezone.now()):
        return None
    return response


@transaction.atomic
def reminder_not_sent(*, response_id: int, number: int, attempt: int) -> None:
    """Put a reminder back that the mail server did not take, and try again later.

    No person: the job that could not send it calls this.
    """
    if attempt >= MAX_ATTEMPTS:
        return
    mine = Response.objects.filter(pk=response_id, reminded_times=number)
    if mine.update(reminded_at=None):
        enqueue(REMIND, response_id, number, attempt + 1, wait=timedelta(minutes=2**attempt))


@transaction.atomic
def ask_no_more(*, response: Response) -> None:
    """Write to an address about surveys no more, and take its organisation's word as a no.

    No person: whoever holds the link that was sent to the address says so. Said twice, it is
    kept once.
    """
    email = response.email.lower()
    if not email:
        return
    _silence, fresh = SurveySilence.objects.get_or_create(email=email)
    theirs = Response.objects.filter(email__iexact=email, state__in=UNFINISHED)
    theirs.filter(wave__state=WaveState.OPEN).update(
        state=ResponseState.REFUSED, revision=F("revision") + 1
    )
    if fresh:
        record(by=None, verb="knowledge.survey_silence", obj=response.actor)


def _wants_silence(response: Response) -> bool:
    return SurveySilence.objects.filter(email=response.email.lower()).exists()
