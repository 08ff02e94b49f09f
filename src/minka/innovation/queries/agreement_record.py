"""Everything that the page of an agreement shows, in a constant number of SQL statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from minka.innovation.models import (
    Agreement,
    AgreementTrl,
    BudgetLine,
    Kpi,
    KpiReading,
    Milestone,
    MilestoneReport,
    Payment,
    ReportFile,
)
from minka.innovation.queries.agreements import visible_agreements
from minka.innovation.rules import stands_for_solver
from minka.innovation.states.agreements import (
    MILESTONE_OPEN,
    MilestoneState,
    PaymentState,
    ReportState,
)


@dataclass(frozen=True)
class KpiStanding:
    """A measure, its newest reading, and how far it has come from baseline to target."""

    kpi: Kpi
    readings: list[KpiReading]

    @property
    def last(self) -> KpiReading | None:
        """The newest reading."""
        return self.readings[-1] if self.readings else None

    @property
    def share(self) -> int | None:
        """How much of the way is done, in per cent; below 0 it got worse."""
        if self.last is None:
            return None
        way = self.kpi.target - self.kpi.baseline
        return round(100 * (self.last.value - self.kpi.baseline) / way)

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return self.share is not None and self.share >= 100


@dataclass(frozen=True)
class MilestoneStanding:
    """A milestone with what can be seen of its reports, and whether it is late."""

    milestone: Milestone
    reports: list[MilestoneReport]
    today: date

    @property
    def days_late(self) -> int:
        """How many days after its day it still has no report, or had its last one handed in."""
        if self.milestone.state in MILESTONE_OPEN:
            return max(0, (self.today - self.milestone.due_on).days)
        handed_in = [one.submitted_at for one in self.reports if one.submitted_at]
        if self.milestone.state == MilestoneState.DROPPED or not handed_in:
            return 0
        return max(0, (timezone.localtime(min(handed_in)).date() - self.milestone.due_on).days)

    @property
    def was_moved(self) -> bool:
        """Whether its day is another one than was planned first."""
        return any(one.due_after for one in self.milestone.changes.all())


@dataclass(frozen=True)
class Money:
    """What was planned, invoiced and paid, in US$; and the same as stated, by currency.

    Each line counts in US$ at its own rate, rounded to the cent, so that the lines sum to this.
    `stated` is empty while all is in US$.
    """

    budget_usd: Decimal
    planned_usd: Decimal
    invoiced_usd: Decimal
    paid_usd: Decimal
    stated: list["StatedTotal"] = field(default_factory=list)


@dataclass(frozen=True)
class StatedTotal:
    """What was planned, invoiced and paid in one currency."""

    currency: str
    budget: Decimal
    planned: Decimal
    invoiced: Decimal
    paid: Decimal


@dataclass(frozen=True)
class PlanStanding:
    """The plan of an agreement as it stands."""

    milestones: list[MilestoneStanding]
    budget: list[BudgetLine]
    payments: list[Payment]
    money: Money
    kpis: list[KpiStanding]
    risks: list[Any]
    conditions: list[Any]
    trl: dict[str, AgreementTrl]
    years: list[Any]
    lessons: list[Any]
    marks: list[Any]

    @property
    def late(self) -> list[MilestoneStanding]:
        """Milestones that are overdue and open."""
        late = [one for one in self.milestones if one.days_late]
        return [one for one in late if one.milestone.state in MILESTONE_OPEN]


def plan_of(*, viewer: Any, agreement: Agreement) -> PlanStanding:
    """Return the plan for whoever found the agreement; drafts of reports to the supplier alone."""
    today, drafts = timezone.localdate(), bool(stands_for_solver(viewer, agreement))
    payments = list(agreement.payments.select_related("milestone"))
    budget = list(agreement.budget_lines.all())
    marks = agreement.trl_marks.filter(replaced_at__isnull=True).select_related("by", "file")
    return PlanStanding(
        milestones=[
            MilestoneStanding(one, _reports(one, drafts=drafts), today)
            for one in _milestones(agreement)
        ],
        budget=budget,
        payments=payments,
        money=_money(budget, payments),
        kpis=[
            KpiStanding(one, list(one.readings.all()))
            for one in agreement.kpis.prefetch_related("readings")
        ],
        risks=sorted(agreement.risks.all(), key=lambda risk: (-risk.weight, risk.pk)),
        conditions=list(agreement.hse_conditions.select_related("checked_by")),
        trl={one.moment: one for one in marks},
        years=list(agreement.years.select_related("actor", "by")),
        lessons=list(agreement.lessons.select_related("actor", "by")),
        marks=list(agreement.marks.select_related("actor")),
    )


def visible_reports(*, viewer: Any) -> QuerySet[MilestoneReport]:
    """Return the reports of agreements that `viewer` reads; drafts of their own suppliers alone."""
    found = MilestoneReport.objects.filter(
        milestone__agreement__in=visible_agreements(viewer=viewer).values("pk")
    ).select_related("milestone__agreement", "author", "answered_by")
    found = found.prefetch_related("milestone__agreement__parties", "files__file")
    seen = [
        one.pk
        for one in found.filter(state=ReportState.DRAFT)
        if stands_for_solver(viewer, one.milestone.agreement)
    ]
    return found.exclude(state=ReportState.DRAFT) | found.filter(pk__in=seen)


def visible_deliverables(*, viewer: Any) -> QuerySet[ReportFile]:
    """Return the files of the reports that `viewer` may read."""
    reports = visible_reports(viewer=viewer).values_list("pk", flat=True)
    return ReportFile.objects.filter(report__in=list(reports)).select_related(
        "file", "report__milestone__agreement"
    )


def _milestones(agreement: Agreement) -> QuerySet[Milestone]:
    reports = MilestoneReport.objects.select_related("author", "answered_by").prefetch_related(
        "files__file"
    )
    return agreement.milestones.prefetch_related(Prefetch("reports", reports), "changes__by")


def _reports(milestone: Milestone, *, drafts: bool) -> list[MilestoneReport]:
    return [one for one in milestone.reports.all() if drafts or one.state != ReportState.DRAFT]


def _money(budget: list[BudgetLine], payments: list[Payment]) -> Money:
    invoiced = [p for p in payments if p.state in {PaymentState.INVOICED, PaymentState.PAID}]
    paid = [p for p in payments if p.state == PaymentState.PAID]
    used = sorted({one.currency for one in [*budget, *payments]})

    def of(lines: Sequence[BudgetLine | Payment], currency: str) -> Decimal:
        return sum((one.amount for one in lines if one.currency == currency), Decimal(0))

    return Money(
        budget_usd=sum((one.planned_usd for one in budget), Decimal(0)),
        planned_usd=sum((one.amount_usd for one in payments), Decimal(0)),
        invoiced_usd=sum((one.amount_usd for one in invoiced), Decimal(0)),
        paid_usd=sum((one.amount_usd for one in paid), Decimal(0)),
        stated=[
            StatedTotal(one, of(budget, one), of(payments, one), of(invoiced, one), of(paid, one))
            for one in used
            if used != ["USD"]
        ],
    )
