"""What was planned in an agreement: milestones, reports, money, KPIs, risks, conditions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.innovation.models.stated_money import StatedMoney, stated_well
from minka.innovation.states.agreements import (
    HseState,
    MilestoneState,
    PaymentState,
    ReportState,
    RiskState,
)

P = PaymentState


class Milestone(models.Model):
    """Something that is delivered by a day. Its state follows that of its reports."""

    agreement = models.ForeignKey("innovation.Agreement", models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=160)
    deliverable = models.TextField(_("what is delivered"), blank=True)
    due_on = models.DateField(_("due"))
    state = models.CharField(
        max_length=10, choices=MilestoneState.choices, default=MilestoneState.PLANNED
    )
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MilestoneState.ACCEPTED) ^ Q(accepted_at__isnull=True),
                name="milestone_dated_iff_accepted",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MilestoneChange(models.Model):
    """A milestone was moved to another day or dropped, by whom and why; both days are kept."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason"))
    due_before = models.DateField()
    due_after = models.DateField(null=True, blank=True)  # None: it was dropped

    class Meta:
        verbose_name = _("change of a milestone")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="milestonechange_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id}: {self.due_before} → {self.due_after}"


class MilestoneReport(models.Model):
    """What the supplier says was done; saved as a draft, handed in once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="reports")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done = models.TextField(_("what was done"), blank=True)
    results = models.TextField(_("results, with their measurements"), blank=True)
    difficulties = models.TextField(_("difficulties and delays"), blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("report on a milestone")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="milestonereport_once"),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(state__in=[ReportState.DRAFT, ReportState.SUBMITTED]),
                name="milestonereport_one_live",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) ^ Q(submitted_at__isnull=False),
                name="milestonereport_dated_iff_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReportState.DRAFT, ReportState.SUBMITTED])
                ^ Q(answered_at__isnull=False),
                name="milestonereport_dated_iff_answered",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.RETURNED) | ~Q(answer=""),
                name="milestonereport_returned_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} r{self.number}"


class ReportFile(models.Model):
    """A deliverable: a file that goes with a report."""

    report = models.ForeignKey(MilestoneReport, models.CASCADE, related_name="files")
    file = models.OneToOneField("core.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("deliverable")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.file)


class BudgetLine(StatedMoney):
    """What part of the money is for."""

    agreement = models.ForeignKey(
        "innovation.Agreement", models.CASCADE, related_name="budget_lines"
    )
    name = models.CharField(_("budget line"), max_length=160)
    planned_usd = models.DecimalField(_("planned (US$)"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("budget line")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(planned_usd__gt=0), name="budgetline_positive"),
            *stated_well("budgetline"),
        ]

    def __str__(self) -> str:
        return self.name


class Payment(StatedMoney):
    """Money that the company owes the supplier: planned, invoiced, paid."""

    agreement = models.ForeignKey("innovation.Agreement", models.CASCADE, related_name="payments")
    milestone = models.ForeignKey(
        Milestone, models.SET_NULL, null=True, blank=True, related_name="payments"
    )
    what = models.CharField(_("payment for"), max_length=160)
    amount_usd = models.DecimalField(_("amount (US$)"), max_digits=14, decimal_places=2)
    planned_on = models.DateField(_("planned for"))
    state = models.CharField(max_length=8, choices=P.choices, default=P.PLANNED)
    invoice_number = models.CharField(_("invoice number"), max_length=60, blank=True)
    invoiced_on = models.DateField(_("invoiced on"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    class Meta:
        verbose_name = _("payment")
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_usd__gt=0), name="payment_positive"),
            *stated_well("payment"),
            models.CheckConstraint(
                condition=Q(state=P.PLANNED) ^ Q(invoiced_on__isnull=False),
                name="payment_dated_iff_invoiced",
            ),
            models.CheckConstraint(
                condition=Q(state=P.PAID) ^ Q(paid_on__isnull=True),
                name="payment_dated_iff_paid",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(paid_on__gte=F("invoiced_on")),
                name="payment_paid_after_invoice",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Kpi(models.Model):
    """A measure of success: where it starts and where it has to get."""

    agreement = models.ForeignKey("innovation.Agreement", models.CASCADE, related_name="kpis")
    name = models.CharField(_("measure"), max_length=160)
    unit = models.CharField(_("unit"), max_length=40)
    baseline = models.DecimalField(_("baseline"), max_digits=16, decimal_places=4)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4)

    class Meta:
        verbose_name = _("measure of success")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(unit=""), name="kpi_has_unit"),
            models.CheckConstraint(
                condition=~Q(baseline=F("target")), name="kpi_target_is_a_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


class KpiReading(models.Model):
    """What was measured on a day, and how it is known; a later one of the same day replaces it."""

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="readings")
    on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    source = models.CharField(_("how it is known"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reading")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "on"], name="kpireading_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"


class Risk(models.Model):
    """What may go wrong, from 1 to 5 how likely and how bad, and what is done about it."""

    agreement = models.ForeignKey("innovation.Agreement", models.CASCADE, related_name="risks")
    what = models.CharField(_("risk"), max_length=250)
    likelihood = models.PositiveSmallIntegerField(_("likelihood, from 1 to 5"))
    impact = models.PositiveSmallIntegerField(_("impact, from 1 to 5"))
    answer = models.TextField(_("what is done about it"))
    state = models.CharField(max_length=8, choices=RiskState.choices, default=RiskState.OPEN)
    note = models.TextField(_("what happened"), blank=True)

    class Meta:
        verbose_name = _("risk")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=5), name="risk_likelihood_in_scale"
            ),
            models.CheckConstraint(
                condition=Q(impact__gte=1, impact__lte=5), name="risk_impact_in_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def weight(self) -> int:
        """Likelihood times impact: 1 to 25."""
        return self.likelihood * self.impact


class HseCondition(models.Model):
    """A condition of health, safety and environment, and whether it is met, with evidence."""

    agreement = models.ForeignKey(
        "innovation.Agreement", models.CASCADE, related_name="hse_conditions"
    )
    what = models.CharField(_("condition"), max_length=250)
    state = models.CharField(max_length=8, choices=HseState.choices, default=HseState.PENDING)
    evidence = models.TextField(_("evidence"), blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("condition of health, safety and environment")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=HseState.PENDING) | Q(checked_at__isnull=False) & ~Q(evidence=""),
                name="hsecondition_checked_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.what
