"""A person asks to be forgotten; the cluster team carries it out."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.core.states import ErasureState as S


class ErasureRequest(models.Model):
    """Changed only by `actions.personal`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasures")
    message = models.CharField(_("message"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=S.choices, default=S.REQUESTED)
    created_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("request to be forgotten")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=S.REQUESTED), name="erasurerequest_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=S.REQUESTED) ^ Q(answered_at__isnull=False),
                name="erasurerequest_dated_iff_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
