"""One entry of the append-only, hash-chained ledger."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

GENESIS = "0" * 64


class LedgerEntry(models.Model):
    """An act that mattered. Written by `minka.core.audit.record`; never changed, never deleted.

    `data` is text, not a JSON column, so that the bytes that were hashed are the bytes kept.
    """

    position = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    data = models.TextField(default="{}")
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("ledger entry")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="ledgerentry_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(position__gte=1), name="ledgerentry_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.verb} {self.subject_type} {self.subject_id}"

    @property
    def details(self) -> dict[str, Any]:
        """What was recorded with the act."""
        parsed: dict[str, Any] = json.loads(self.data)
        return parsed

    def computed_hash(self) -> str:
        """Return SHA-256 (hex) over every field but the hash itself, in canonical JSON."""
        at: datetime = self.at.astimezone(UTC)
        return hashlib.sha256(
            canonical(
                {
                    "position": self.position,
                    "at": at.isoformat(timespec="microseconds"),
                    "by": self.by_id,
                    "verb": self.verb,
                    "subject": [self.subject_type, self.subject_id],
                    "data": self.data,
                    "previous": self.previous_hash,
                }
            ).encode()
        ).hexdigest()


def canonical(value: object) -> str:
    """Return JSON with sorted keys and no spaces: equal values give equal bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
