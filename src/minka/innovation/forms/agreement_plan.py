"""Input of the plan of an agreement, of reports and of results."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, choose_from
from minka.innovation.forms.agreements import day_input, words
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.forms.proposals import ACCEPT, FilesField, ManyFilesInput
from minka.innovation.models import Milestone, MilestoneReport
from minka.innovation.models.proposal_parts import CURRENCIES
from minka.innovation.states import Trl
from minka.innovation.states.agreements import HseState, Moment, RiskState
from minka.knowledge.models import Actor

SCALE = [(n, str(n)) for n in range(1, 6)]


def _money(label: Any, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, **kwargs)


class ItemForm(DomainForm):
    """Something about one thing of the plan, which it names."""

    pk = forms.IntegerField(widget=forms.HiddenInput)


class MilestoneForm(DomainForm):
    title = forms.CharField(label=_("Milestone"), max_length=160)
    deliverable = words(_("What is delivered"), rows=2, required=False)
    due_on = forms.DateField(label=_("Due"), widget=day_input())


class MoneyForm(DomainForm):
    """An amount in its currency, with the rate that was agreed."""

    amount = _money(_("Amount"), min_value=Decimal("0.01"))
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(one, one) for one in CURRENCIES], initial="USD"
    )
    rate = forms.DecimalField(
        label=_("Per US$"),
        help_text=_("How much of the currency one US dollar costs; empty: as the cluster has set."),
        required=False,
        min_value=Decimal("0.000001"),
        max_digits=14,
        decimal_places=6,
    )


class BudgetForm(MoneyForm):
    name = forms.CharField(label=_("Budget line"), max_length=160)
    field_order = ("name",)


class PaymentForm(MoneyForm):
    what = forms.CharField(label=_("Payment for"), max_length=160)
    field_order = ("what", "milestone")
    milestone = forms.ModelChoiceField(
        label=_("Of the milestone"), queryset=Milestone.objects.none(), required=False
    )
    planned_on = forms.DateField(label=_("Planned for"), widget=day_input())


class KpiForm(DomainForm):
    name = forms.CharField(label=_("Measure"), max_length=160)
    unit = forms.CharField(label=_("Unit"), max_length=40)
    baseline = forms.DecimalField(label=_("Baseline"), max_digits=16, decimal_places=4)
    target = forms.DecimalField(label=_("Target"), max_digits=16, decimal_places=4)


class RiskForm(DomainForm):
    what = forms.CharField(label=_("Risk"), max_length=250)
    likelihood = forms.TypedChoiceField(
        label=_("Likelihood, from 1 to 5"), choices=SCALE, coerce=int
    )
    impact = forms.TypedChoiceField(label=_("Impact, from 1 to 5"), choices=SCALE, coerce=int)
    answer = words(_("What is done about it"), rows=2)


class HseForm(DomainForm):
    what = forms.CharField(label=_("Condition"), max_length=250)


class RemoveForm(ItemForm):
    kind = forms.CharField(widget=forms.HiddenInput)


class MoveForm(ItemForm):
    due_on = forms.DateField(label=_("New day"), widget=day_input())
    reason = words(_("Why"), rows=2)


class DropForm(ItemForm):
    reason = words(_("Why"), rows=2)


class InvoiceForm(ItemForm):
    number = forms.CharField(label=_("Invoice number"), max_length=60)
    on = forms.DateField(label=_("Invoiced on"), widget=day_input())


class PaidForm(ItemForm):
    on = forms.DateField(label=_("Paid on"), widget=day_input())


class ReadingForm(ItemForm):
    on = forms.DateField(label=_("Measured on"), widget=day_input())
    value = forms.DecimalField(label=_("Value"), max_digits=16, decimal_places=4)
    source = forms.CharField(label=_("How it is known"), max_length=200)


class RiskAnswerForm(ItemForm):
    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(s.value, s.label) for s in (RiskState.HAPPENED, RiskState.OVER)],
    )
    note = words(_("What happened"), rows=2)


class CheckForm(ItemForm):
    state = forms.ChoiceField(
        label=_("Is it met?"),
        choices=[(s.value, s.label) for s in (HseState.MET, HseState.NOT_MET)],
    )
    evidence = words(_("Evidence"), rows=2)


class ReportForm(DraftForm):
    """The report on a milestone, whole or in part, and files to add."""

    done = words(_("What was done"), _("What was planned, and what of it is there."), rows=6)
    results = words(
        _("Results, with their measurements"), _("Figures with units, dates and places."), rows=6
    )
    difficulties = words(_("Difficulties and delays"), rows=4, required=False)
    uploads = FilesField(
        label=_("Add deliverables"),
        help_text=_("PDF, office documents, sheets or images; up to 10 files."),
        required=False,
        widget=ManyFilesInput(
            attrs={"accept": ACCEPT, "data-max-bytes": settings.MINKA_UPLOAD_MAX_BYTES}
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def of(report: MilestoneReport) -> dict[str, Any]:
        """Return the values that the form starts from."""
        names = ("done", "results", "difficulties", "revision")
        return {name: getattr(report, name) for name in names}

    def values(self) -> dict[str, Any]:
        """Return what was sent and is valid."""
        sent = ("done", "results", "difficulties")
        return {name: self.cleaned_data.get(name) or "" for name in sent if name in self.data}


class ReportAnswerForm(DomainForm):
    """What the user area answers to a report."""

    answer = words(_("Your answer"), _("To return a report, say what is missing."), required=False)


class TrlForm(DomainForm):
    moment = forms.ChoiceField(label=_("When"), choices=Moment.choices)
    level = forms.TypedChoiceField(label=_("Readiness (TRL)"), choices=Trl.choices, coerce=int)
    evidence = words(
        _("Evidence"), _("Say what proves it: tests, where, when, with which result."), rows=3
    )
    upload = forms.FileField(
        label=_("File with the evidence"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


class ActorForm(DomainForm):
    """In the name of which of one's organisations."""

    actor = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Actor.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )

    def __init__(self, *args: Any, actors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "actor", actors)
        if actors.count() == 1:
            self.fields["actor"].initial = actors[0].public_id


class YearForm(ActorForm):
    year = forms.IntegerField(label=_("Year"), initial=lambda: timezone.localdate().year)
    sales_usd = _money(_("Sales (US$), exports included"), min_value=0)
    exports_usd = _money(_("Exports (US$)"), min_value=0, initial=0)
    export_countries = forms.CharField(
        label=_("Countries of export"),
        help_text=_("Their two letters, as in CL MX."),
        required=False,
        max_length=120,
    )
    jobs = forms.IntegerField(label=_("Jobs kept or created"), min_value=0, initial=0)
    source = forms.CharField(
        label=_("Source"),
        help_text=_("For example: yearly tax return, customs declarations."),
        max_length=250,
    )


class LessonForm(ActorForm):
    text = words(_("What was learnt"), rows=4)
