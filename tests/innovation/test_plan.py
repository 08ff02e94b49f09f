"""The plan of an agreement: milestones and reports, money, measures, risks, readiness, figures."""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from minka.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from minka.core.models import Notice
from minka.innovation.actions.agreement_payments import invoice_payment, pay_payment
from minka.innovation.actions.agreement_plan import (
    add_to_plan,
    answer_risk,
    check_condition,
    drop_milestone,
    move_milestone,
    read_kpi,
    remove_from_plan,
)
from minka.innovation.actions.agreement_reminders import remind_of_milestones
from minka.innovation.actions.agreement_reports import (
    answer_report,
    attach_deliverable,
    remove_deliverable,
    save_report,
    start_report,
    submit_report,
)
from minka.innovation.actions.agreement_results import (
    YearStatement,
    close_agreement,
    confirm_trl,
    confirm_year,
    state_trl,
    state_year,
    write_lesson,
)
from minka.innovation.models import Milestone, MilestoneReport
from minka.innovation.queries.agreement_record import plan_of
from minka.innovation.queries.supplier_paths import supplier_paths, supplier_record
from minka.innovation.states.agreements import (
    MILESTONE_REACHED_FROM,
    PAYMENT_REACHED_FROM,
    REPORT_REACHED_FROM,
    RISK_REACHED_FROM,
    MilestoneState,
    PaymentState,
    ReportState,
    RiskState,
)
from minka.knowledge.models import Capability
from tests.factories import ThemeFactory
from tests.innovation.agreement_stories import (
    begun,
    cast,
    days,
    in_force,
    milestone,
    upload,
)

pytestmark = pytest.mark.django_db
WORDS = "Se instaló el reactor y trabajó 200 horas sin detenerse."


def handed_in(people, one):
    report = start_report(by=people.worker, milestone=one)
    saved = save_report(
        by=people.worker,
        report=report,
        revision=report.revision,
        values={"done": WORDS, "results": WORDS, "difficulties": ""},
    )
    return submit_report(by=people.worker, report=saved, revision=saved.revision)


@pytest.mark.parametrize(
    ("table", "states"),
    [
        (MILESTONE_REACHED_FROM, MilestoneState),
        (REPORT_REACHED_FROM, ReportState),
        (PAYMENT_REACHED_FROM, PaymentState),
        (RISK_REACHED_FROM, RiskState),
    ],
)
def test_every_state_is_reached_from_the_first_one(table, states):
    assert {*table} == {*states} - {states(states.values[0])}
    assert all(target not in sources for target, sources in table.items())


def test_a_report_is_saved_handed_in_once_and_accepted_by_the_user_area():
    people = cast()
    one = milestone(people, in_force(people))
    report = handed_in(people, one)
    with pytest.raises(WrongState):
        submit_report(by=people.worker, report=report, revision=report.revision)
    with pytest.raises(WrongState):
        save_report(by=people.worker, report=report, revision=report.revision, values={})
    for person in (people.team, people.rep, people.boss, *people.strangers):
        with pytest.raises(NotAllowed):
            answer_report(by=person, report=report, accepts=True)
    answer_report(by=people.area, report=report, accepts=True)
    one.refresh_from_db()
    assert one.state == MilestoneState.ACCEPTED
    with pytest.raises(WrongState):
        answer_report(by=people.area, report=report, accepts=True)


def test_a_returned_report_stays_and_its_revision_begins_with_its_words():
    people = cast()
    one = milestone(people, in_force(people))
    report = handed_in(people, one)
    with pytest.raises(InvalidInput):
        answer_report(by=people.area, report=report, accepts=False, answer="No.")
    answer_report(
        by=people.area, report=report, accepts=False, answer="Faltan las mediciones del caudal."
    )
    one.refresh_from_db()
    again = start_report(by=people.worker, milestone=one)
    assert (again.number, again.done, again.state) == (2, WORDS, ReportState.DRAFT)
    assert MilestoneReport.objects.get(pk=report.pk).state == ReportState.RETURNED
    told = Notice.objects.get(kind="innovation.agreement_report_returned", recipient=people.boss)
    assert "Faltan las mediciones" in told.body


def test_the_second_writer_of_a_report_is_told_and_the_team_writes_none():
    people = cast()
    one = milestone(people, in_force(people))
    report = start_report(by=people.worker, milestone=one)
    assert start_report(by=people.boss, milestone=one) == report
    save_report(by=people.worker, report=report, revision=0, values={"done": "Uno"})
    with pytest.raises(Conflict):
        save_report(by=people.boss, report=report, revision=0, values={"done": "Dos"})
    for person in (people.team, people.area, *people.strangers):
        with pytest.raises(NotAllowed):
            save_report(by=person, report=report, revision=1, values={"done": "Tres"})


def test_a_report_needs_words_and_an_agreement_in_force():
    people = cast()
    draft = begun(people)
    one = milestone(people, draft)
    with pytest.raises(WrongState):
        start_report(by=people.worker, milestone=one)
    other = cast()
    report = start_report(by=other.worker, milestone=milestone(other, in_force(other)))
    with pytest.raises(InvalidInput) as wrong:
        submit_report(by=other.worker, report=report, revision=0)
    assert {*wrong.value.fields} == {"done", "results"}


def test_deliverables_belong_to_the_draft():
    people = cast()
    report = start_report(by=people.worker, milestone=milestone(people, in_force(people)))
    first = attach_deliverable(by=people.worker, report=report, upload=upload())
    second = attach_deliverable(by=people.worker, report=report, upload=upload("b.pdf"))
    remove_deliverable(by=people.worker, deliverable=first)
    saved = save_report(
        by=people.worker, report=report, revision=0, values={"done": WORDS, "results": WORDS}
    )
    submit_report(by=people.worker, report=saved, revision=1)
    with pytest.raises(WrongState):
        remove_deliverable(by=people.worker, deliverable=second)


def test_a_late_report_is_taken_and_said_to_be_late():
    people = cast()
    agreement = in_force(people)
    one = milestone(people, agreement)
    Milestone.objects.filter(pk=one.pk).update(due_on=days(-5))
    one.refresh_from_db()
    [late] = plan_of(viewer=people.area, agreement=agreement).late
    assert late.days_late == 5
    handed_in(people, one)
    plan = plan_of(viewer=people.area, agreement=agreement)
    assert (plan.late, plan.milestones[0].days_late) == ([], 5)


def test_a_delay_keeps_both_days_the_reason_and_who():
    people = cast()
    one = milestone(people, in_force(people), due=days(10))
    with pytest.raises(NotAllowed):
        move_milestone(by=people.team, milestone=one, due_on=days(40), reason="Llegó tarde.")
    with pytest.raises(InvalidInput):
        move_milestone(by=people.boss, milestone=one, due_on=days(40), reason="")
    move_milestone(by=people.boss, milestone=one, due_on=days(40), reason="La bomba llegó tarde.")
    change = one.changes.get()
    assert (change.due_before, change.due_after) == (days(10), days(40))
    assert (change.by, change.reason) == (people.boss, "La bomba llegó tarde.")
    drop_milestone(by=people.area, milestone=one, reason="Ya no hace falta medirlo.")
    with pytest.raises(WrongState):
        move_milestone(by=people.boss, milestone=one, due_on=days(50), reason="Otra vez tarde.")


def test_reminders_come_once_each_and_again_when_the_day_moves():
    people = cast()
    agreement = in_force(people)
    soon = milestone(people, agreement, due=days(3))
    milestone(people, agreement, due=days(60), title="Lejano")
    assert remind_of_milestones() == 3  # everybody of the supplier
    assert remind_of_milestones() == 0
    Milestone.objects.filter(pk=soon.pk).update(due_on=days(-1))
    assert remind_of_milestones() == 5  # and both of the company
    assert remind_of_milestones() == 0
    told = Notice.objects.filter(kind__startswith="innovation.agreement_")
    assert not told.filter(recipient__in=people.strangers).exists()


def test_payments_are_invoiced_by_the_supplier_and_paid_by_the_company():
    people = cast()
    agreement = in_force(people)
    values = {"what": "Adelanto", "amount": Decimal(20_000), "planned_on": days(5)}
    pay = add_to_plan(by=people.team, agreement=agreement, kind="payment", values=values)
    with pytest.raises(WrongState):
        pay_payment(by=people.rep, payment=pay, on=days(0))
    with pytest.raises(NotAllowed):
        invoice_payment(by=people.team, payment=pay, number="F001", on=days(0))
    invoice_payment(by=people.worker, payment=pay, number="F001", on=days(-2))
    with pytest.raises(NotAllowed):
        pay_payment(by=people.boss, payment=pay, on=days(0))
    with pytest.raises(InvalidInput):
        pay_payment(by=people.rep, payment=pay, on=days(-3))
    pay_payment(by=people.rep, payment=pay, on=days(0))
    money = plan_of(viewer=people.rep, agreement=agreement).money
    assert (money.planned_usd, money.paid_usd) == (20_000, 20_000)


def test_a_measure_goes_from_its_baseline_to_its_target():
    people = cast()
    agreement = in_force(people)
    values = {"name": "Lodo", "unit": "t/día", "baseline": Decimal(40), "target": Decimal(20)}
    kpi = add_to_plan(by=people.area, agreement=agreement, kind="kpi", values=values)
    read_kpi(by=people.worker, kpi=kpi, on=days(-1), value=Decimal(30), source="Balanza")
    assert plan_of(viewer=people.area, agreement=agreement).kpis[0].share == 50
    with pytest.raises(InvalidInput):
        read_kpi(by=people.worker, kpi=kpi, on=days(-1), value=Decimal(10), source="Balanza")
    read_kpi(by=people.area, kpi=kpi, on=days(0), value=Decimal(18), source="Balanza")
    assert plan_of(viewer=people.area, agreement=agreement).kpis[0].is_met
    with pytest.raises(InvalidInput):
        add_to_plan(
            by=people.area, agreement=agreement, kind="kpi", values={**values, "target": 40}
        )


def test_risks_and_conditions_are_answered_with_words():
    people = cast()
    agreement = in_force(people)
    values = {"what": "Helada", "likelihood": 4, "impact": 3, "answer": "Aislar tuberías"}
    risk = add_to_plan(by=people.worker, agreement=agreement, kind="risk", values=values)
    with pytest.raises(InvalidInput):
        answer_risk(by=people.worker, risk=risk, state="happened", note="")
    answer_risk(by=people.worker, risk=risk, state="happened", note="Se heló una tubería.")
    with pytest.raises(WrongState):
        answer_risk(by=people.worker, risk=risk, state="happened", note="Se heló una tubería.")
    with pytest.raises(InvalidInput):
        add_to_plan(
            by=people.worker, agreement=agreement, kind="risk", values={**values, "impact": 9}
        )
    hse = add_to_plan(
        by=people.team, agreement=agreement, kind="hse", values={"what": "Bloqueo y etiquetado"}
    )
    with pytest.raises(NotAllowed):
        check_condition(by=people.boss, condition=hse, state="met", evidence="Acta del 3 de mayo")
    with pytest.raises(InvalidInput):
        check_condition(by=people.area, condition=hse, state="met", evidence="")
    check_condition(by=people.area, condition=hse, state="met", evidence="Acta del 3 de mayo")
    assert hse.checked_by == people.area


def test_strangers_touch_nothing_of_a_plan_and_what_was_signed_stays():
    people = cast()
    agreement = in_force(people)
    one = milestone(people, agreement)
    for person in people.strangers:
        with pytest.raises(NotAllowed):
            milestone_values = {"title": "X", "due_on": days(3)}
            add_to_plan(by=person, agreement=agreement, kind="milestone", values=milestone_values)
    with pytest.raises(WrongState):
        remove_from_plan(by=people.area, agreement=agreement, kind="milestone", pk=one.pk)


def proven(people, agreement, moment, level):
    mark = state_trl(
        by=people.worker, agreement=agreement, moment=moment, level=level, evidence=WORDS
    )
    return confirm_trl(by=people.area, mark=mark)


def test_readiness_counts_once_the_user_area_confirmed_its_evidence():
    people = cast()
    agreement = in_force(people)
    proven(people, agreement, "before", 4)
    mark = state_trl(
        by=people.boss,
        agreement=agreement,
        moment="after",
        level=7,
        evidence=WORDS,
        upload=upload(),
    )
    assert supplier_paths(viewer=people.team)[0].trl_gains == []
    for person in (people.team, people.boss, people.rep, *people.strangers):
        with pytest.raises(NotAllowed):
            confirm_trl(by=person, mark=mark)
    confirm_trl(by=people.area, mark=mark)
    found = {one.actor: one for one in supplier_paths(viewer=people.team)}
    assert found[people.solver].trl_gains == [3]
    with pytest.raises(InvalidInput):
        state_trl(by=people.boss, agreement=agreement, moment="after", level=8, evidence="")


def test_a_pilot_is_closed_by_the_company_with_its_outcome_and_the_supplier_is_counted():
    people = cast()
    theme = ThemeFactory()
    Capability.objects.create(actor=people.solver, theme=theme, trl=4)
    agreement = in_force(people)
    for moment, level in (("before", 4), ("after", 7)):
        proven(people, agreement, moment, level)
    Capability.objects.filter(actor=people.solver).update(trl=7)
    for person in (people.team, people.boss, people.area, *people.strangers):
        with pytest.raises(NotAllowed):
            close_agreement(by=person, agreement=agreement, outcome="contract", reason=WORDS)
    with pytest.raises(InvalidInput):
        close_agreement(by=people.rep, agreement=agreement, outcome="stopped", reason="")
    close_agreement(by=people.rep, agreement=agreement, outcome="contract", reason=WORDS)
    with pytest.raises(WrongState):
        close_agreement(by=people.rep, agreement=agreement, outcome="contract", reason=WORDS)
    write_lesson(by=people.worker, agreement=agreement, actor=people.solver, text=WORDS)
    write_lesson(by=people.area, agreement=agreement, actor=people.company, text=WORDS)
    with pytest.raises(NotAllowed):
        write_lesson(by=people.team, agreement=agreement, actor=people.company, text=WORDS)
    record = supplier_record(viewer=people.boss, actor=people.solver)
    assert record.path.succeeded
    assert (record.path.answered, record.path.selected, record.path.pilots) == (1, 1, 1)
    assert [(one.before, one.after) for one in record.capabilities] == [(4, 7)]
    assert {one.side for one in record.lessons} == {"solver", "user_area"}


def test_figures_of_a_year_are_stated_by_the_supplier_and_confirmed_by_the_team():
    people = cast()
    agreement = in_force(people)
    year = timezone.localdate().year
    values = {
        "year": year,
        "sales_usd": Decimal(90_000),
        "exports_usd": Decimal(30_000),
        "export_countries": "cl, mx",
        "jobs": 4,
        "source": "Declaración anual",
    }

    def stated(by, **change):
        said = YearStatement(**{**values, **change})
        return state_year(by=by, agreement=agreement, actor=people.solver, said=said)

    for person in (people.team, people.rep, *people.strangers):
        with pytest.raises(NotAllowed):
            stated(person)
    wrong = [
        {"exports_usd": Decimal(95_000)},
        {"export_countries": ""},
        {"year": year + 1},
        {"source": ""},
    ]
    for change in wrong:
        with pytest.raises(InvalidInput):
            stated(people.boss, **change)
    made = stated(people.boss)
    assert made.export_countries == "CL MX"
    for person in (people.boss, people.rep, *people.strangers):
        with pytest.raises(NotAllowed):
            confirm_year(by=person, figures=made)
    confirm_year(by=people.team, figures=made)
    with pytest.raises(WrongState):
        stated(people.boss)


@pytest.mark.parametrize("rows", [1, 4])
def test_a_plan_costs_the_same_for_one_milestone_or_four(rows, django_assert_max_num_queries):
    people = cast()
    agreement = in_force(people)
    for _ in range(rows):
        handed_in(people, milestone(people, agreement, due=days(10)))
    people.area.__dict__.pop("_active_memberships", None)
    with django_assert_max_num_queries(17):
        plan_of(viewer=people.area, agreement=agreement)


def test_a_milestone_that_is_far_is_no_reason_to_write(settings):
    people = cast()
    milestone(people, in_force(people), due=timezone.localdate() + timedelta(days=8))
    assert remind_of_milestones() == 0


def test_a_line_of_money_keeps_its_currency_and_rate_and_totals_sum_the_lines():
    people = cast()
    agreement = begun(people)
    add = partial(add_to_plan, by=people.area, agreement=agreement)
    soles = {"amount": Decimal(1_000), "currency": "PEN", "rate": Decimal("3.7")}
    line = add(kind="budget", values={"name": "Equipos", **soles})
    line.refresh_from_db()
    assert (line.planned_usd, line.rate_said) == (Decimal("270.27"), "3.7")
    add(kind="budget", values={"name": "Viajes", "amount": Decimal(100)})
    due = add(kind="payment", values={"what": "Adelanto", "planned_on": days(9), **soles})
    assert due.amount_usd == Decimal("270.27")
    money = plan_of(viewer=people.rep, agreement=agreement).money
    assert (money.budget_usd, money.planned_usd) == (Decimal("370.27"), Decimal("270.27"))
    said = {one.currency: (one.budget, one.planned, one.paid) for one in money.stated}
    assert said == {"PEN": (1_000, 1_000, 0), "USD": (100, 0, 0)}


@pytest.mark.parametrize(
    "values",
    [
        {"amount": Decimal(1_000), "currency": "CLP"},  # nobody said what a dollar costs
        {"amount": Decimal(-1)},
        {"amount": Decimal(10), "currency": "XYZ", "rate": Decimal(2)},
        {"amount": Decimal("0.01"), "currency": "CLP", "rate": Decimal(900)},  # no cent is left
        {"currency": "PEN", "rate": Decimal("3.7")},
    ],
)
def test_money_that_cannot_be_reckoned_in_dollars_is_refused(values):
    people = cast()
    with pytest.raises(InvalidInput):
        add_to_plan(
            by=people.area, agreement=begun(people), kind="budget",
            values={"name": "Equipos", **values},
        )  # fmt: skip


def test_dollars_have_no_rate_and_the_rate_of_the_cluster_is_kept_with_the_line(settings):
    settings.MINKA_USD_RATES = "PEN=3.8"
    people = cast()
    add = partial(add_to_plan, by=people.area, agreement=begun(people), kind="budget")
    odd = add(values={"name": "Equipos", "amount": Decimal(50), "rate": Decimal(2)})
    assert (odd.rate, odd.planned_usd) == (1, 50)
    line = add(values={"name": "Montaje", "amount": Decimal(380), "currency": "PEN"})
    settings.MINKA_USD_RATES = "PEN=4"
    line.refresh_from_db()
    assert (line.rate, line.planned_usd) == (Decimal("3.8"), 100)
