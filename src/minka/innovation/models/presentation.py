"""Where a challenge was, or will be, presented in person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ChallengePresentation(models.Model):
    """One event, such as a trade fair or a conference; public like the challenge."""

    challenge = models.ForeignKey(
        "innovation.Challenge", models.CASCADE, related_name="presentations"
    )
    event = models.CharField(_("event"), max_length=120)
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("presentation of a challenge")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "event", "on"], name="challengepresentation_once"
            ),
            models.CheckConstraint(condition=~Q(event=""), name="challengepresentation_has_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.on:%Y-%m-%d})"
