"""The plan of an agreement on one page, and its results on another, with a form per act."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.errors import NotFound
from minka.core.forms import choose_from
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions import agreement_payments as payments
from minka.innovation.actions import agreement_plan as plan
from minka.innovation.actions import agreement_results as results
from minka.innovation.forms import agreement_plan as forms
from minka.innovation.models import Agreement
from minka.innovation.queries.agreement_record import plan_of
from minka.innovation.queries.agreement_steps import agreement_steps
from minka.innovation.queries.agreements import is_party, visible_agreements
from minka.innovation.states.agreements import AgreementState, PartyRole
from minka.innovation.web.acting import Act, Failed, act, asked
from minka.innovation.web.agreements import agreement_tabs
from minka.innovation.web.expiry import keeps_words
from minka.knowledge.models import Actor

KEPT = _("It is kept.")
ADD = {
    "milestone": (_("Add a milestone"), forms.MilestoneForm),
    "budget": (_("Add a budget line"), forms.BudgetForm),
    "payment": (_("Plan a payment"), forms.PaymentForm),
    "kpi": (_("Add a measure"), forms.KpiForm),
    "risk": (_("Add a risk"), forms.RiskForm),
    "hse": (_("Add a condition"), forms.HseForm),
}


@keeps_words
@never_cache
@require_http_methods(["GET", "POST"])
def agreement_plan(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Milestones, money, measures, risks and conditions, each with what can be done about it."""
    return _page(request, public_id, _plan_acts, "agreement_plan", "plan.html")


@keeps_words
@never_cache
@require_http_methods(["GET", "POST"])
def agreement_results(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Readiness before and after, figures of later years, lessons, capability."""
    return _page(request, public_id, _result_acts, "agreement_results", "results.html")


@require_GET
def trl_file(request: SignedInRequest, public_id: str, pk: int) -> FileResponse:
    """The evidence of a readiness level."""
    found = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    mark = get_object_or_404(found.trl_marks.select_related("file"), pk=pk)
    if mark.file is None:
        raise NotFound
    return stream_file(mark.file)


def _page(
    request: SignedInRequest,
    public_id: str,
    acts_of: Callable[[Any, Agreement], dict[str, Act]],
    name: str,
    template: str,
) -> HttpResponse:
    viewer = request.user
    found = get_object_or_404(visible_agreements(viewer=viewer), public_id=public_id)
    acts = acts_of(viewer, found)
    failed: Failed | None = asked(request, acts)
    if request.method == "POST":
        failed = act(request, found, acts)
        if failed is None:
            return redirect(f"innovation:{name}", found.public_id)
    allowed = (
        "agreement_plan",
        "milestone_change",
        "report_write",
        "report_answer",
        "payment_invoice",
        "payment_pay",
        "kpi_read",
        "hse_check",
        "trl_state",
        "trl_confirm",
        "year_state",
        "year_confirm",
        "lesson_write",
    )
    context = {
        "agreement": found,
        "plan": plan_of(viewer=viewer, agreement=found),
        "tabs": agreement_tabs(found, name),
        "steps": agreement_steps(found),
        "may": {one: viewer.has_perm(f"innovation.{one}", found) for one in allowed},
        "is_open": found.state in {AgreementState.DRAFT, AgreementState.IN_FORCE},
        "in_force": found.state == AgreementState.IN_FORCE,
        "is_draft": found.state == AgreementState.DRAFT,
        "failed": failed,
    }
    status = failed.status if failed else 200
    return render(request, f"innovation/agreements/{template}", context, status=status)


def _plan_acts(_viewer: Any, found: Agreement) -> dict[str, Act]:
    def payment(*args: Any, **kwargs: Any) -> forms.PaymentForm:
        form = forms.PaymentForm(*args, **kwargs)
        choose_from(form, "milestone", found.milestones.all())
        return form

    def adds(kind: str) -> Callable[[Any, Any, dict[str, Any]], Any]:
        return lambda by, one, said: plan.add_to_plan(by=by, agreement=one, kind=kind, values=said)

    acts = {
        f"add_{kind}": Act(title, payment if kind == "payment" else form, adds(kind), KEPT)
        for kind, (title, form) in ADD.items()
    }
    acts["remove"] = Act(
        _("Take out of the plan"),
        forms.RemoveForm,
        lambda by, one, said: plan.remove_from_plan(by=by, agreement=one, **said),
        _("It is no longer in the plan."),
    )
    return acts | _item_acts()


def _item_acts() -> dict[str, Act]:
    """What is done about one thing of the plan, found inside the agreement of the page."""

    def on(
        related: str, name: str, call: Callable[..., Any]
    ) -> Callable[[Any, Any, dict[str, Any]], Any]:
        def do(by: Any, one: Any, said: dict[str, Any]) -> Any:
            pk = said.pop("pk")
            return call(by=by, **{name: getattr(one, related).get(pk=pk)}, **said)

        return do

    milestone, payment = ("milestones", "milestone"), ("payments", "payment")
    kpi, risk, condition = ("kpis", "kpi"), ("risks", "risk"), ("hse_conditions", "condition")
    move, drop, invoice = plan.move_milestone, plan.drop_milestone, payments.invoice_payment
    rows: dict[str, tuple[Any, type[forms.ItemForm], tuple[str, str], Callable[..., Any]]] = {
        "move": (_("Move to another day"), forms.MoveForm, milestone, move),
        "drop": (_("Drop the milestone"), forms.DropForm, milestone, drop),
        "invoice": (_("Note the invoice"), forms.InvoiceForm, payment, invoice),
        "pay": (_("Note the payment"), forms.PaidForm, payment, payments.pay_payment),
        "read": (_("Add a reading"), forms.ReadingForm, kpi, plan.read_kpi),
        "risk": (_("Say what became of it"), forms.RiskAnswerForm, risk, plan.answer_risk),
        "check": (_("Say whether it is met"), forms.CheckForm, condition, plan.check_condition),
    }
    return {
        do: Act(title, form, on(*where, call), KEPT)
        for do, (title, form, where, call) in rows.items()
    }


def _result_acts(viewer: Any, found: Agreement) -> dict[str, Act]:
    own = [one for one in found.parties.all() if one.actor_id and is_party(viewer, one)]
    mine = Actor.objects.filter(pk__in=[one.actor_id for one in own])
    suppliers = Actor.objects.filter(
        pk__in=[one.actor_id for one in own if one.role == PartyRole.SOLVER]
    )
    return {
        "trl": Act(
            _("State a readiness level"),
            forms.TrlForm,
            lambda by, one, said: results.state_trl(by=by, agreement=one, **said),
            _("It is kept; the user area confirms it."),
        ),
        "confirm_trl": Act(
            _("Confirm the level"),
            forms.ItemForm,
            lambda by, one, said: results.confirm_trl(
                by=by, mark=one.trl_marks.select_related("agreement").get(pk=said["pk"])
            ),
            KEPT,
        ),
        "year": Act(
            _("State the figures of a year"),
            lambda *args, **kwargs: forms.YearForm(*args, actors=suppliers, **kwargs),
            lambda by, one, said: results.state_year(
                by=by, agreement=one, actor=said.pop("actor"), said=results.YearStatement(**said)
            ),
            _("They are kept; the cluster team confirms them."),
        ),
        "confirm_year": Act(
            _("Confirm the figures"),
            forms.ItemForm,
            lambda by, one, said: results.confirm_year(
                by=by, figures=one.years.select_related("agreement").get(pk=said["pk"])
            ),
            KEPT,
        ),
        "lesson": Act(
            _("Write what was learnt"),
            lambda *args, **kwargs: forms.LessonForm(*args, actors=mine, **kwargs),
            lambda by, one, said: results.write_lesson(by=by, agreement=one, **said),
            _("Thank you: it is kept."),
        ),
    }
