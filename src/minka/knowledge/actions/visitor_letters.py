"""What a correction by a visitor sends and how long it keeps their address."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from minka.core.jobs import enqueue
from minka.knowledge.models import Correction
from minka.knowledge.states import CorrectionState

SEND_LINK = "minka.knowledge.tasks.send_correction_link"
SEND_ANSWER = "minka.knowledge.tasks.send_correction_answer"
FORGET = "minka.knowledge.tasks.forget_correction_visitor"
UNCHECKED_KEPT, ADDRESS_KEPT = timedelta(days=14), timedelta(days=60)
MAX_ATTEMPTS = 8


def ask_for_click(*, correction: Correction) -> None:
    """Send the link that confirms the address; without a click all is forgotten in 14 days.

    No person: a step of proposing, in its transaction.
    """
    enqueue(SEND_LINK, correction.pk)
    enqueue(FORGET, correction.pk, wait=UNCHECKED_KEPT)


def answer_by_letter(*, correction: Correction) -> None:
    """Tell a visitor what was answered; 60 days later their address is forgotten.

    An address that nobody confirmed may be anybody's: it is not written to.

    No person: a step of answering, in its transaction.
    """
    if correction.confirmed_at is not None and correction.email:
        enqueue(SEND_ANSWER, correction.pk)
    enqueue(FORGET, correction.pk, wait=ADDRESS_KEPT)


@transaction.atomic
def letter_to_send(*, correction_id: int, mark: str) -> Correction | None:
    """Take the letter in hand whose time is kept in the field `mark`, once; else None.

    No person: the job that sends it calls this.
    """
    waiting = Correction.objects.filter(pk=correction_id, **{f"{mark}__isnull": True})
    waiting = waiting.filter(by_visitor=True).exclude(email="")
    if mark == "link_sent_at":
        waiting = waiting.filter(state=CorrectionState.UNCHECKED)
    if not waiting.update(**{mark: timezone.now()}):
        return None
    return Correction.objects.select_related("actor").get(pk=correction_id)


@transaction.atomic
def letter_not_sent(*, correction_id: int, mark: str, attempt: int) -> None:
    """Put a letter back that the mail server did not take, and try again later, eight times.

    No person: the job that could not send it calls this.
    """
    Correction.objects.filter(pk=correction_id).update(**{mark: None})
    if attempt < MAX_ATTEMPTS:
        path = SEND_LINK if mark == "link_sent_at" else SEND_ANSWER
        enqueue(path, correction_id, attempt + 1, wait=timedelta(minutes=2**attempt))


@transaction.atomic
def forget_visitor(*, correction_id: int) -> str:
    """Delete a proposal that nobody confirmed in its time, or the address of one long answered.

    No person: the job that was queued for that day calls this.
    """
    now = timezone.now()
    found = Correction.objects.filter(pk=correction_id, by_visitor=True)
    unchecked = found.filter(state=CorrectionState.UNCHECKED, proposed_at__lte=now - UNCHECKED_KEPT)
    if unchecked.delete()[0]:
        return "deleted"
    old = found.filter(answered_at__lte=now - ADDRESS_KEPT)
    return "forgotten" if old.update(email="") else "nothing to do"
