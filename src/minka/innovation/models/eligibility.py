"""Whether an opened proposal meets what the call asks for, and the mending of formal defects."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Eligibility(models.TextChoices):
    """What came of the check."""

    ELIGIBLE = "eligible", _("Meets the conditions of the call")
    INELIGIBLE = "ineligible", _("Does not meet the conditions of the call")


class CorrectionOutcome(models.TextChoices):
    """What came of asking to mend a formal defect."""

    MENDED = "mended", _("Mended")
    NOT_MENDED = "not_mended", _("Not mended")


class EligibilityCheck(models.Model):
    """The answer for one proposal, condition by condition; by the impartial team, with reasons.

    `items` holds, for each condition, its words, whether it is met, and why. Who led the
    proposal may answer a refusal until `answer_until`; the team then lets it stand or lifts it.
    """

    proposal = models.OneToOneField(
        "innovation.Proposal", models.PROTECT, related_name="eligibility"
    )
    outcome = models.CharField(_("eligibility"), max_length=10, choices=Eligibility.choices)
    items = models.JSONField(default=list)
    reason = models.TextField(_("reason"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    answer_until = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer of the solver"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    review_reason = models.TextField(_("what was resolved on the answer, and why"), blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("eligibility check")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="eligibilitycheck_has_reason"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="eligibilitycheck_answer_dated",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True)
                | Q(answered_at__isnull=False) & ~Q(review_reason=""),
                name="eligibilitycheck_review_reasoned",
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()


class CorrectionRequest(models.Model):
    """A formal defect that may be mended until an instant; the proposal itself stays as it is."""

    proposal = models.ForeignKey(
        "innovation.Proposal", models.PROTECT, related_name="correction_requests"
    )
    what = models.TextField(_("what is missing"))
    until = models.DateTimeField(_("to be mended until"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("what was mended, and how"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=CorrectionOutcome.choices, blank=True)
    outcome_reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("formal correction")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(decided_at__isnull=True),
                name="correctionrequest_one_at_a_time",
                violation_error_message=_("A correction is being asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("asked_at")), name="correctionrequest_leaves_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__lt=models.F("until")),
                name="correctionrequest_answered_in_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="")
                | Q(decided_at__isnull=False) & ~Q(outcome="") & ~Q(outcome_reason=""),
                name="correctionrequest_outcome_reasoned",
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]


class CorrectionFile(models.Model):
    """A file that mends a formal defect; it is no part of what is evaluated."""

    request = models.ForeignKey(CorrectionRequest, models.PROTECT, related_name="files")
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a formal correction")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)
