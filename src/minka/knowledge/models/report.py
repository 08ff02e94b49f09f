"""The report “State of the ecosystem”: who asked for which edition, and the file that was made."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import ReportAudience, ReportState


class EcosystemReport(models.Model):
    """One edition. Changed only by `actions.reports`; kept for ever once it is ready.

    `parts_done` of `parts` are written; `failed_parts` names those that the report leaves out,
    and says so itself. `figures` are those of its first page.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    audience = models.CharField(_("for whom"), max_length=8, choices=ReportAudience.choices)
    language = models.CharField(_("language"), max_length=2, default="es")
    address = models.TextField(blank=True)  # of the filter, as `queries.filter_address` writes it
    state = models.CharField(max_length=8, choices=ReportState.choices, default=ReportState.QUEUED)
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    failed_parts = models.JSONField(default=list)
    figures = models.JSONField(default=list)  # [value, what it counts] each
    file = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report on the ecosystem")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ReportState.READY) ^ Q(file__isnull=True),
                name="ecosystemreport_file_iff_ready",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.QUEUED) ^ Q(finished_at__isnull=False),
                name="ecosystemreport_dated_iff_done",
            ),
            models.UniqueConstraint(
                fields=["audience", "language", "address"],
                condition=Q(state=ReportState.QUEUED),
                name="ecosystemreport_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience} {self.language} #{self.pk}"
