"""Who evaluates which proposal, with what interests declared and what scores given."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.states import AssignmentState, Confidence, Gate, Outcome

S = AssignmentState


class Assignment(models.Model):
    """One evaluator for one proposal. Changed only by `actions.evaluations` and `assignments`.

    `gate` is the side from which they were asked; empty, they score by every criterion.
    `reminded_at` is the last reminder by hand, `warned_at` the one before the day it is due.
    """

    proposal = models.ForeignKey("innovation.Proposal", models.PROTECT, related_name="assignments")
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments"
    )
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=S.choices, default=S.ASSIGNED)
    declared_at = models.DateTimeField(null=True, blank=True)
    conflict = models.TextField(_("conflict of interest"), blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(_("remark for the panel"), blank=True)
    gate = models.CharField(max_length=11, choices=Gate.choices, blank=True)
    confidence = models.PositiveSmallIntegerField(
        _("how sure you are"), choices=Confidence.choices, null=True, blank=True
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("evaluation")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "evaluator"], name="assignment_once"),
            models.CheckConstraint(
                condition=Q(state=S.ASSIGNED) ^ Q(declared_at__isnull=False),
                name="assignment_dated_iff_declared",
            ),
            models.CheckConstraint(
                condition=Q(state=S.SCORED) ^ Q(scored_at__isnull=True),
                name="assignment_dated_iff_scored",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.CONFLICTED) | ~Q(conflict=""), name="assignment_conflict_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluator} · {self.proposal}"


class Score(models.Model):
    """Points from 1 to 5 by one criterion; empty while the evaluator still thinks."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("innovation.Criterion", models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("score")
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=1, points__lte=5),
                name="score_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}"


class Decision(models.Model):
    """What was resolved on a proposal and why; unknown to its authors until released."""

    proposal = models.OneToOneField("innovation.Proposal", models.PROTECT, related_name="decision")
    outcome = models.CharField(_("decision"), max_length=12, choices=Outcome.choices)
    reason = models.TextField(_("reason, for the record"))
    strengths = models.TextField(_("what convinced"), blank=True)
    feedback = models.TextField(_("feedback for the supplier"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(condition=~Q(feedback=""), name="decision_has_feedback"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="decision_known_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
