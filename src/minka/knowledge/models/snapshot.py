"""The map as it was on one day, kept in a file of its own, with its figures beside it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

FOLDER = "snapshots"


def snapshot_place(_instance: "Snapshot", _filename: str) -> str:
    """Return a name that cannot be guessed."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


class Snapshot(models.Model):
    """Organisations with their public fields, public ties, themes and measures, frozen.

    The file is gzipped JSON lines (`sources.snapshot_file`); `sha256` is of the lines, not of how
    they are packed. `month` is set for the one that is taken each month, as `2026-11`.
    """

    taken_at = models.DateTimeField(_("taken"))
    month = models.CharField(max_length=7, blank=True)
    note = models.CharField(_("why it is taken"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = models.FileField(upload_to=snapshot_place, max_length=120)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    actors = models.PositiveIntegerField()
    ties = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    seconds = models.FloatField(default=0)

    class Meta:
        verbose_name = _("snapshot of the map")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month"], condition=~Q(month=""), name="snapshot_once_a_month"
            ),
            models.CheckConstraint(
                condition=~Q(month="") | Q(made_by__isnull=False), name="snapshot_has_an_author"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d}"
