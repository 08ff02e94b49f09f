"""A message to one person: in the inbox at once, by e-mail soon after."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minka.core.states import Delivery


class Notice(models.Model):
    """`key` names the occasion: the same occasion is never told twice to the same person.

    `about` names what may be closed to its reader later (`core.withheld`), as the ledger does.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=160)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_per_occasion"),
            models.CheckConstraint(
                condition=models.Q(delivery=Delivery.SENT) ^ models.Q(sent_at__isnull=True),
                name="notice_dated_iff_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["delivery", "claimed_at"], name="notice_delivery"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"
