"""New shares of the same key, for a new list of custodians."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.sealing import CallKey, Custodian


class Resharing(models.Model):
    """Begun with a reason, made by k custodians together, in force once all hold their new shares.

    Its custodians are those of `round`. Changed only by `minka.innovation.actions.resharing`.
    """

    key = models.ForeignKey(CallKey, models.PROTECT, related_name="resharings")
    round = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField(_("custodians who open together"))
    reason = models.TextField(_("why new shares are made"))
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    given_by = models.JSONField(default=list)
    present = models.TextField(_("who is present"), blank=True)
    minute = models.TextField(_("minute"), blank=True)
    split = models.CharField(max_length=16, blank=True)
    replaced_split = models.CharField(max_length=16, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    abandoned_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("new shares of a key")
        ordering = ["-round"]
        constraints = [
            models.UniqueConstraint(fields=["key", "round"], name="resharing_round"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(done_at__isnull=True, abandoned_at__isnull=True),
                name="resharing_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(needed__gte=2), name="resharing_two_at_least"),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, split="")
                | Q(made_at__isnull=False) & ~Q(split=""),
                name="resharing_made_with_split",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(made_at__isnull=False),
                name="resharing_done_after_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.round}"

    def custodians(self) -> "models.QuerySet[Custodian]":
        """Return who takes a new share."""
        return Custodian.objects.filter(key=self.key_id, round=self.round).select_related(
            "user", "organisation"
        )

    @property
    def is_open(self) -> bool:
        """True until it is in force or given up."""
        return self.done_at is None and self.abandoned_at is None
