"""Hand one notice to the mail server: retried when it fails, never sent twice.

A notice is claimed with a compare-and-swap before anything is sent, and marked just before the
message is handed over. If the process dies after that mark, or the server falls silent, nobody can
know whether it took the message: the notice becomes `uncertain`, is reported by `minka doctor`,
and is not sent again. What the server refuses in so many words is tried again.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from smtplib import (
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from minka.core.jobs import enqueue
from minka.core.models import Notice
from minka.core.notices import DELIVER, way_out
from minka.core.states import Delivery
from minka.core.withheld import withheld

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 8
STUCK_AFTER = timedelta(minutes=15)
REFUSALS = (SMTPResponseException, SMTPRecipientsRefused, SMTPNotSupportedError)


class SilenceError(Exception):
    """The server was handed the message and did not say whether it took it."""


def deliver(*, notice_id: int) -> str:
    """Send the e-mail of one notice if nobody else has; return its delivery state."""
    claimed = Notice.objects.filter(pk=notice_id, delivery=Delivery.PENDING).update(
        delivery=Delivery.SENDING,
        attempts=F("attempts") + 1,
        claimed_at=timezone.now(),
        handed_over_at=None,
    )
    notice = Notice.objects.select_related("recipient").get(pk=notice_id)
    if not claimed:
        return notice.delivery
    if withheld(viewer=notice.recipient, notices=[notice]):
        notice.delivery = Delivery.WITHHELD
        notice.save(update_fields=["delivery"])
        return notice.delivery
    try:
        _hand_over(notice)
    except SilenceError as error:
        logger.warning("notice %s may have been sent or not: %s", notice.pk, error)
        notice.delivery = Delivery.UNCERTAIN
        notice.save(update_fields=["delivery"])
        return notice.delivery
    except (SMTPException, OSError) as error:
        return _try_later(notice, error)
    notice.delivery, notice.sent_at = Delivery.SENT, timezone.now()
    notice.save(update_fields=["delivery", "sent_at"])
    return notice.delivery


def recover_stuck(*, now_stuck_after: timedelta = STUCK_AFTER) -> tuple[int, int]:
    """Put notices whose sender died back in the queue; return (queued again, uncertain)."""
    stuck = Notice.objects.filter(
        delivery=Delivery.SENDING, claimed_at__lt=timezone.now() - now_stuck_after
    )
    uncertain = stuck.filter(handed_over_at__isnull=False).update(delivery=Delivery.UNCERTAIN)
    again = list(stuck.values_list("pk", flat=True))
    Notice.objects.filter(pk__in=again).update(delivery=Delivery.PENDING)
    for notice_id in again:
        enqueue(DELIVER, notice_id)
    return len(again), uncertain


def _hand_over(notice: Notice) -> None:
    with override(notice.language):
        context = {
            "notice": notice,
            "link": settings.MINKA_BASE_URL + notice.url if notice.url else "",
            "cluster_name": settings.MINKA_CLUSTER_NAME,
        }
        text = render_to_string("core/email/notice.txt", context)
        html = render_to_string("core/email/notice.html", context)
    headers = {"Message-ID": f"<notice-{notice.uid}@{settings.MINKA_MAIL_DOMAIN}>"}
    if stop := way_out(notice):
        headers["List-Unsubscribe"] = f"<{settings.MINKA_BASE_URL}{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    connection = get_connection()
    connection.open()
    try:
        message = EmailMultiAlternatives(
            subject=notice.subject,
            body=text,
            to=[notice.recipient.email],
            connection=connection,
            headers=headers,
        )
        message.attach_alternative(html, "text/html")
        message.message()  # what cannot be written fails here, before the mark
        Notice.objects.filter(pk=notice.pk).update(handed_over_at=timezone.now())
        _send(message)
    finally:
        with suppress(SMTPException, OSError):  # a farewell that fails takes nothing back
            connection.close()


def _send(message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except REFUSALS:
        raise
    except (SMTPException, OSError) as error:
        raise SilenceError(str(error)) from error


def _try_later(notice: Notice, error: Exception) -> str:
    """Queue another attempt with growing pauses, or give up and leave it for people to see."""
    final = notice.attempts >= MAX_ATTEMPTS
    notice.delivery = Delivery.FAILED if final else Delivery.PENDING
    notice.save(update_fields=["delivery"])
    logger.warning("notice %s, attempt %s: %s", notice.pk, notice.attempts, error)
    if not final:
        enqueue(DELIVER, notice.pk, wait=timedelta(seconds=15 * 2**notice.attempts))
    return notice.delivery
