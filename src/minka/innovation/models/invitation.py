"""An invitation to answer a challenge: to an organisation of the map, or to one not yet in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SolverInvitation(models.Model):
    """Sent once to an address for a challenge; `opened_at` is when its page was first opened.

    It says nothing of whether an answer was begun: that stays unknown until the call has closed.
    """

    challenge = models.ForeignKey(
        "innovation.Challenge", models.CASCADE, related_name="solver_invitations"
    )
    actor = models.ForeignKey(
        "knowledge.Actor", models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.CharField(_("organisation"), max_length=250)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, default="es")
    note = models.TextField(_("personal note"), blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("invitation to a challenge")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                "challenge", Lower("email"), name="solverinvitation_once_per_address"
            ),
            models.CheckConstraint(condition=~Q(email=""), name="solverinvitation_has_address"),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | Q(opened_at__isnull=False),
                name="solverinvitation_opened_before_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.challenge}"

    @property
    def step(self) -> str:
        """How far it has come: waiting, failed, sent, opened or declined."""
        if self.declined_at:
            return "declined_invitation"
        if self.opened_at:
            return "opened_invitation"
        if self.failed_at:
            return "failed_invitation"
        return "sent_invitation" if self.sent_at else "waiting_invitation"
