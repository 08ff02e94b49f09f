"""Several people in one draft: what it said before, and who is writing now."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.locked_words import unlock


class DraftVersion(models.Model):
    """What a draft said at one revision, locked as drafts are, to merge late words with.

    They are gone once the proposal is handed in, but for the one that says what was handed in
    (`handed_in`), which a sealed proposal keeps only where its people keep a copy of their draft.
    """

    proposal = models.ForeignKey(
        "innovation.Proposal", models.CASCADE, related_name="draft_versions"
    )
    revision = models.PositiveIntegerField()
    locked = models.BinaryField()
    handed_in = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a draft")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "revision", "handed_in"], name="draftversion_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.revision}"

    def words(self) -> dict[str, Any]:
        """Return what it said, as plain values."""
        return unlock(bytes(self.locked), belongs_to=self.proposal.public_id)


class Presence(models.Model):
    """Somebody who has the draft open, and in which field."""

    proposal = models.ForeignKey("innovation.Proposal", models.CASCADE, related_name="present")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.CharField(max_length=40, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence in a draft")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "user"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.user_id}"
