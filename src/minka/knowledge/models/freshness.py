"""A round of letters that ask whether a profile is still right."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import ActorKind, Freshness


class Campaign(models.Model):
    """One round, for the organisations that fit its filter. Started by `actions.freshness`."""

    name = models.CharField(_("name of the round"), max_length=120)
    kind = models.CharField(_("actor type"), max_length=24, choices=ActorKind.choices, blank=True)
    region = models.ForeignKey(
        "knowledge.Place", models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("round of confirmation")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Confirmation(models.Model):
    """One letter to one organisation and its answer; the link in it opens this and no more."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="confirmations")
    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="confirmations")
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=2, default="es")
    state = models.CharField(max_length=10, choices=Freshness.choices, default=Freshness.WAITING)
    note = models.CharField(_("what has changed"), max_length=1000, blank=True)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("confirmation")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "actor"], name="confirmation_one_per_round"
            ),
            models.CheckConstraint(
                condition=Q(state=Freshness.WAITING) ^ Q(answered_at__isnull=False),
                name="confirmation_dated_iff_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.actor}"
