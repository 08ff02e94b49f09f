"""What surrounds a challenge: documents, approvals, versions, and who opened its secrets."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import ApprovalAnswer, ApprovalSeat, ChallengePart


class ChallengeDocument(models.Model):
    """A file, public or confidential; what was removed stays for the old versions."""

    challenge = models.ForeignKey("innovation.Challenge", models.CASCADE, related_name="documents")
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=8, choices=ChallengePart.choices)
    title_es = models.CharField(_("title in Spanish"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("document of a challenge")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title_es


class ChallengeApproval(models.Model):
    """What one seat answered to a draft as it was; void once the draft changed."""

    challenge = models.ForeignKey("innovation.Challenge", models.CASCADE, related_name="approvals")
    seat = models.CharField(max_length=16, choices=ApprovalSeat.choices)
    company = models.ForeignKey(
        "knowledge.Actor", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=ApprovalAnswer.choices)
    reason = models.TextField(_("reason"), blank=True)
    content_sha256 = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("approval of a challenge")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat=ApprovalSeat.TEAM) ^ Q(company__isnull=False),
                name="challengeapproval_company_but_for_team",
            ),
            models.CheckConstraint(
                condition=~Q(answer=ApprovalAnswer.CHANGES) | ~Q(reason=""),
                name="challengeapproval_changes_have_reason",
            ),
            models.UniqueConstraint(
                fields=["challenge", "seat", "company"],
                condition=Q(voided_at__isnull=True, company__isnull=False),
                name="challengeapproval_one_per_seat",
            ),
            models.UniqueConstraint(
                fields=["challenge"],
                condition=Q(voided_at__isnull=True, seat=ApprovalSeat.TEAM),
                name="challengeapproval_one_of_team",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.seat} {self.answer}"


class ChallengeVersion(models.Model):
    """A published challenge as it was: `content` has what is public and what is confidential apart.

    `closed_at_before` is set where the deadline moved by rule: it is the one before.
    """

    challenge = models.ForeignKey("innovation.Challenge", models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    closed_at_before = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("version of a challenge")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="challengeversion_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="challengeversion_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} v{self.number}"


class NdaText(models.Model):
    """A wording of the confidentiality agreement of a challenge; the highest number is in force."""

    challenge = models.ForeignKey("innovation.Challenge", models.CASCADE, related_name="nda_texts")
    number = models.PositiveSmallIntegerField()
    text_es = models.TextField()
    text_en = models.TextField()
    sha256 = models.CharField(max_length=64)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("confidentiality agreement")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="ndatext_once"),
        ]

    def __str__(self) -> str:
        return f"{self.challenge_id} v{self.number}"


class NdaAcceptance(models.Model):
    """One person accepted one wording in the name of one organisation."""

    text = models.ForeignKey(NdaText, models.PROTECT, related_name="acceptances")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    actor = models.ForeignKey("knowledge.Actor", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=2)

    class Meta:
        verbose_name = _("acceptance of confidentiality")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "by", "actor"], name="ndaacceptance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.by_id}"


class NdaOpening(models.Model):
    """Somebody opened the confidential part, or a document of it; `actor` for whom they acted."""

    challenge = models.ForeignKey(
        "innovation.Challenge", models.CASCADE, related_name="nda_openings"
    )
    document = models.ForeignKey(
        ChallengeDocument, models.CASCADE, null=True, blank=True, related_name="openings"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    actor = models.ForeignKey(
        "knowledge.Actor", models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("opening of what is confidential")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.challenge_id}: {self.by_id} ({self.at:%Y-%m-%d})"
