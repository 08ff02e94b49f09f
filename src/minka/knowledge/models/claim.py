"""A claim: a person says that a profile is their organisation's, and proves it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.knowledge.states import CLAIM_OPEN, ClaimMethod
from minka.knowledge.states import ClaimState as S


class Claim(models.Model):
    """Whoever holds the granted claim of an actor owns its profile.

    Changed only by `actions.claims`; `Actor.owner` repeats the claimant of the granted one.
    """

    actor = models.ForeignKey("knowledge.Actor", models.CASCADE, related_name="claims")
    claimant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    state = models.CharField(max_length=10, choices=S.choices, default=S.REQUESTED)
    method = models.CharField(max_length=10, choices=ClaimMethod.choices)
    email = models.EmailField(_("e-mail at the organisation"), blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_failed_at = models.DateTimeField(
        null=True, blank=True
    )  # its letter, since the last asking
    attempts = models.PositiveSmallIntegerField(default=0)
    document = models.ForeignKey(
        "core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("claim")
        constraints = [
            models.UniqueConstraint(
                fields=["actor"], condition=Q(state=S.GRANTED), name="claim_one_owner"
            ),
            models.UniqueConstraint(
                fields=["actor", "claimant"],
                condition=Q(state__in=[*CLAIM_OPEN, S.GRANTED]),
                name="claim_one_live_per_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLAIM_OPEN) ^ Q(decided_at__isnull=False),
                name="claim_dated_iff_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} → {self.actor}"


class ClaimEvent(models.Model):
    """One step in the history of a claim; a disputed claim is a case that can be read back."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="events")
    state = models.CharField(max_length=10, choices=S.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.claim}: {self.get_state_display()}"
