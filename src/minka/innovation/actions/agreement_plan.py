"""The plan of an agreement: milestones, money, measures, risks and conditions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.models import User
from minka.innovation.actions.rates import in_dollars, rate_of
from minka.innovation.models import (
    Agreement,
    BudgetLine,
    HseCondition,
    Kpi,
    KpiReading,
    Milestone,
    MilestoneChange,
    Payment,
    Risk,
)
from minka.innovation.notices.agreements import people_of, tell
from minka.innovation.states.agreements import (
    MILESTONE_OPEN,
    MILESTONE_REACHED_FROM,
    RISK_REACHED_FROM,
    AgreementState,
    HseState,
    MilestoneState,
    RiskState,
)

SHORTEST_REASON = 10


@dataclass(frozen=True)
class PlanKind:
    """Something of which a plan has several: its model, and what it is made of."""

    model: type[models.Model]
    fields: tuple[str, ...]
    verb: str
    usd: str = ""  # the column of US$, where it is of money


MONEY = ("amount", "currency", "rate")
PLAN = {
    "milestone": PlanKind(
        Milestone, ("title", "deliverable", "due_on"), "innovation.milestone_add"
    ),
    "budget": PlanKind(BudgetLine, ("name", *MONEY), "innovation.budget_add", "planned_usd"),
    "payment": PlanKind(
        Payment,
        ("milestone", "what", *MONEY, "planned_on"),
        "innovation.payment_plan",
        "amount_usd",
    ),
    "kpi": PlanKind(Kpi, ("name", "unit", "baseline", "target"), "innovation.kpi_add"),
    "risk": PlanKind(Risk, ("what", "likelihood", "impact", "answer"), "innovation.risk_add"),
    "hse": PlanKind(HseCondition, ("what",), "innovation.hse_add"),
}


@transaction.atomic
def add_to_plan(*, by: User, agreement: Agreement, kind: str, values: dict[str, Any]) -> Any:
    """Add a milestone, budget line, payment, measure, risk or condition to a plan.

    Raises:
        NotAllowed: `by` is neither of a party nor of the impartial team.
        WrongState: the agreement is over.
        InvalidInput: a value is missing or makes no sense.
    """
    require(by, "innovation.agreement_plan", agreement)
    held, what = open_agreement(agreement), PLAN[kind]
    given = {name: values.get(name) for name in what.fields if values.get(name) is not None}
    if what.usd:
        given |= _reckoned(given, what.usd)
    milestone = given.get("milestone")
    if milestone is not None and milestone.agreement_id != held.pk:
        raise InvalidInput(fields={"milestone": _("Choose a milestone of this agreement.")})
    is_new = held.state == AgreementState.IN_FORCE and not held.is_registered
    if is_new and (given.get("due_on") or date.max) < _today():
        raise InvalidInput(fields={"due_on": _("A new milestone is due from today on.")})
    made = what.model(agreement=held, **given)
    try:
        with transaction.atomic():
            made.full_clean(exclude=["agreement"], validate_constraints=False)
            made.save()
    except ValidationError as error:
        said = {name: str(why[0]) for name, why in error.message_dict.items()}
        raise InvalidInput(fields=said) from None
    except IntegrityError:
        raise InvalidInput(_("These values make no sense together.")) from None
    record(by=by, verb=what.verb, obj=held, data={"number": made.pk})
    return made


@transaction.atomic
def remove_from_plan(*, by: User, agreement: Agreement, kind: str, pk: int) -> None:
    """Take something out of the plan of an agreement that is still being prepared.

    Raises:
        NotAllowed: `by` is neither of a party nor of the impartial team.
        WrongState: the agreement is in force: then milestones are dropped with a reason.
    """
    require(by, "innovation.agreement_plan", agreement)
    held = open_agreement(agreement)
    if held.state != AgreementState.DRAFT:
        raise WrongState(_("What was planned when it was signed stays on record."))
    PLAN[kind].model._default_manager.filter(agreement=held, pk=pk).delete()
    record(by=by, verb="innovation.plan_remove", obj=held, data={"kind": kind, "number": pk})


@transaction.atomic
def move_milestone(*, by: User, milestone: Milestone, due_on: date, reason: str) -> Milestone:
    """Move a milestone to another day; both days, who and why are kept, and all are told.

    Raises:
        NotAllowed: `by` is not of a party.
        WrongState: it was accepted or dropped, or its report waits for an answer.
        InvalidInput: no reason, or the same day.
    """
    held = _held_milestone(by, milestone)
    words = _reason(reason)
    if due_on == held.due_on:
        raise InvalidInput(fields={"due_on": _("Choose another day.")})
    if held.state not in MILESTONE_OPEN:
        raise WrongState(_("This milestone has been reported; its day does not move now."))
    _change(by, held, words, due_after=due_on)
    Milestone.objects.filter(pk=held.pk).update(due_on=due_on)
    milestone.refresh_from_db()
    return milestone


@transaction.atomic
def drop_milestone(*, by: User, milestone: Milestone, reason: str) -> Milestone:
    """Drop a milestone; that it was planned, and why it was dropped, is kept.

    Raises:
        NotAllowed: `by` is not of a party.
        WrongState: it was accepted, or its report waits for an answer.
        InvalidInput: no reason.
    """
    held = _held_milestone(by, milestone)
    words = _reason(reason)
    move_state(held, MilestoneState.DROPPED)
    _change(by, held, words, due_after=None)
    milestone.refresh_from_db()
    return milestone


@transaction.atomic
def read_kpi(*, by: User, kpi: Kpi, on: date, value: Decimal, source: str) -> KpiReading:
    """Note what a measure was on a day; readings are added and never changed.

    Raises:
        NotAllowed: `by` is neither of the supplier nor of the user area.
        InvalidInput: no source, a day to come, or that day has its reading.
    """
    require(by, "innovation.kpi_read", kpi.agreement)
    open_agreement(kpi.agreement, in_force=True)
    if not source.strip():
        raise InvalidInput(fields={"source": _("Say how it is known.")})
    if on > _today() or kpi.readings.filter(on=on).exists():
        raise InvalidInput(fields={"on": _("Choose a day that has no reading yet, up to today.")})
    words = source.strip()[:200]
    made = KpiReading.objects.create(kpi=kpi, on=on, value=value, source=words, by=by)
    record(by=by, verb="innovation.kpi_read", obj=kpi.agreement, data={"kpi": kpi.pk})
    return made


@transaction.atomic
def answer_risk(*, by: User, risk: Risk, state: str, note: str) -> Risk:
    """Say that a risk happened, or that it is over.

    Raises:
        NotAllowed: `by` is neither of a party nor of the impartial team.
        WrongState: it does not follow from where the risk stands.
        InvalidInput: no words.
    """
    require(by, "innovation.agreement_plan", risk.agreement)
    open_agreement(risk.agreement, in_force=True)
    if state not in RISK_REACHED_FROM:
        raise InvalidInput(fields={"state": _("Choose what became of it.")})
    words = _reason(note, "note")
    movable = Risk.objects.filter(pk=risk.pk, state__in=RISK_REACHED_FROM[RiskState(state)])
    if not movable.update(state=state, note=words):
        raise WrongState
    risk.refresh_from_db()
    data = {"risk": risk.pk, "state": state}
    record(by=by, verb="innovation.risk_answer", obj=risk.agreement, data=data)
    return risk


@transaction.atomic
def check_condition(
    *, by: User, condition: HseCondition, state: str, evidence: str
) -> HseCondition:
    """Say whether a condition of health, safety and environment is met, with the evidence.

    Raises:
        NotAllowed: `by` is not of the user area.
        InvalidInput: neither met nor not met, or no evidence.
    """
    require(by, "innovation.hse_check", condition.agreement)
    held = open_agreement(condition.agreement)
    if state not in {HseState.MET, HseState.NOT_MET}:
        raise InvalidInput(fields={"state": _("Say whether it is met.")})
    words = _reason(evidence, "evidence")
    HseCondition.objects.filter(pk=condition.pk).update(
        state=state, evidence=words, checked_by=by, checked_at=timezone.now()
    )
    condition.refresh_from_db()
    data = {"condition": condition.pk, "state": state}
    record(by=by, verb="innovation.hse_check", obj=held, data=data)
    return condition


def open_agreement(agreement: Agreement, *, in_force: bool = False) -> Agreement:
    """Lock an agreement and return it; refuse one that is over, or not signed where it must be.

    No person: the actions of agreements call it inside their transaction.
    """
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    allowed = {AgreementState.IN_FORCE}
    if not in_force:
        allowed.add(AgreementState.DRAFT)
    if held.state not in allowed:
        raise WrongState(_("This is possible while the agreement is in force."))
    return held


def move_state(milestone: Milestone, target: MilestoneState, **values: Any) -> None:
    """Compare and swap the state of a milestone; the loser of two clicks gets WrongState.

    No person: the actions of plans and reports call it inside their transaction.
    """
    movable = Milestone.objects.filter(pk=milestone.pk, state__in=MILESTONE_REACHED_FROM[target])
    if not movable.update(state=target, **values):
        raise WrongState(_("This milestone has moved on; reload the page."))
    milestone.refresh_from_db()


def _reckoned(given: dict[str, Any], usd: str) -> dict[str, Any]:
    """Return the rate of a line of money, and what it comes to in US$; both are kept with it."""
    amount: Decimal | None = given.get("amount")
    rate = rate_of(given.get("currency", "USD"), given.get("rate"))
    if amount is None or amount <= 0:
        raise InvalidInput(fields={"amount": _("Write an amount above zero.")})
    if rate is None or rate <= 0:
        raise InvalidInput(fields={"rate": _("Say how much of this currency one US dollar costs.")})
    return {"rate": rate, usd: in_dollars(amount, rate)}


def _held_milestone(by: User, milestone: Milestone) -> Milestone:
    require(by, "innovation.milestone_change", milestone.agreement)
    open_agreement(milestone.agreement)
    return Milestone.objects.select_for_update().get(pk=milestone.pk)


def _change(by: User, milestone: Milestone, reason: str, *, due_after: date | None) -> None:
    agreement = milestone.agreement
    made = MilestoneChange.objects.create(
        milestone=milestone, by=by, reason=reason, due_before=milestone.due_on, due_after=due_after
    )
    data = {"milestone": milestone.pk, "from": milestone.due_on.isoformat()}
    if due_after:
        data["to"] = due_after.isoformat()
    record(by=by, verb="innovation.milestone_change", obj=agreement, data=data)
    tell(
        agreement=agreement,
        what="milestone_changed",
        key=f"change:{made.pk}",
        subject=gettext_lazy("The plan changed: %(milestone)s"),
        body=gettext_lazy(
            "“%(milestone)s” of “%(title)s”: from %(before)s to %(after)s. %(reason)s"
        )
        if due_after
        else gettext_lazy("“%(milestone)s” of “%(title)s” was dropped: %(reason)s"),
        values={
            "milestone": milestone.title,
            "before": milestone.due_on,
            "after": due_after or "",
            "reason": reason,
        },
        recipients=people_of(agreement),
        but=by,
    )


def _reason(text: str, field: str = "reason") -> str:
    if len(text.strip()) < SHORTEST_REASON:
        raise InvalidInput(fields={field: _("Say it in a sentence.")})
    return text.strip()


def _today() -> date:
    return timezone.localdate()
