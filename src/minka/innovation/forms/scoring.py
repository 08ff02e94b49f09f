"""Input around an evaluation: its terms, questions to the solver, redaction, changed scores."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.actions.evaluation_terms import CheckRow
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.models import EvaluationCheck
from minka.innovation.queries.redactions import Part
from minka.innovation.states import BlindMode, CheckKind


class ModeForm(DomainForm):
    """Who knows whom."""

    mode = forms.ChoiceField(
        label=_("Who knows whom"), choices=BlindMode.choices, widget=forms.RadioSelect
    )


class CheckForm(DraftForm):
    """One check in both languages; a line left empty is none."""

    kind = forms.ChoiceField(label=_("About"), choices=CheckKind.choices)
    text_es = forms.CharField(
        label=_("Question in Spanish"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    text_en = forms.CharField(
        label=_("Question in English"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


CheckFormSet: type[BaseFormSet[Any]] = formset_factory(
    CheckForm, extra=2, max_num=20, absolute_max=20
)


def checks_formset(
    checks: Sequence[EvaluationCheck], data: Mapping[str, Any] | None = None
) -> BaseFormSet[Any]:
    """Return the list of checks, with two empty lines to add more."""
    names = ("kind", "text_es", "text_en")
    initial = [{name: getattr(one, name) for name in names} for one in checks]
    return CheckFormSet(data, initial=initial, prefix="checks")


def check_rows(formset: BaseFormSet[Any]) -> list[CheckRow]:
    """Return the lines in which anything was written."""
    return [
        CheckRow(clean["kind"], clean["text_es"], clean["text_en"])
        for form in formset
        if (clean := form.cleaned_data) and (clean.get("text_es") or clean.get("text_en"))
    ]


class DueForm(DomainForm):
    """By which day evaluations are due."""

    due_on = forms.DateField(
        label=_("Evaluations due"),
        help_text=_("Three days before, everybody who still owes one gets a message, once."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AskForm(DomainForm):
    """What an evaluator asks the solver."""

    text = forms.CharField(
        label=_("Your question to the solver"),
        help_text=_(
            "The cluster team puts it to the solver without your name; question and answer are "
            "then read by everybody who evaluates this proposal."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeForm(DomainForm):
    """Other points after the discussion, and why."""

    points = forms.TypedChoiceField(
        label=_("New points"),
        choices=[(points, str(points)) for points in range(1, 6)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Reason for the change"), widget=forms.Textarea(attrs={"rows": 2})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ForwardForm(DomainForm):
    """A question as the solver reads it, and for how long."""

    wording = forms.CharField(
        label=_("Question as the solver reads it"), widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=30, initial=5)


class AnswerInquiryForm(DomainForm):
    """What the solver answers."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("It can be sent once. Those who evaluate your proposal read it, nobody else."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ShowForm(DomainForm):
    """An answer without what gives the solver away."""

    shown = forms.CharField(
        label=_("Answer as evaluators read it"), widget=forms.Textarea(attrs={"rows": 5})
    )
    looked = forms.BooleanField(
        label=_("I looked it over: what is still found gives nobody away"), required=False
    )


class RedactionForm(DraftForm):
    """The texts of a proposal as evaluators will read them."""

    looked = forms.BooleanField(
        label=_("I looked it over: what is still found gives nobody away"), required=False
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, parts: Sequence[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            widget: forms.Widget = forms.Textarea(attrs={"rows": 8})
            if part.key == "title":
                widget = forms.TextInput()
            self.fields[part.key] = forms.CharField(
                label=str(part.label), widget=widget, required=bool(part.words), initial=part.words
            )

    def words(self) -> dict[str, str]:
        """Return the texts that were sent."""
        return {part.key: self.cleaned_data.get(part.key) or "" for part in self.parts}

    def rows(self) -> list[tuple[Part, Any]]:
        """Return each part with its field, for the page."""
        return [(part, self[part.key]) for part in self.parts]
