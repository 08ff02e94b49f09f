"""Input of the check of eligibility, of formal corrections, and of their answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.actions.eligibility import ConditionAnswer
from minka.innovation.forms.proposals import ACCEPT, FilesField, ManyFilesInput
from minka.innovation.models import EligibilityCheck
from minka.innovation.models.eligibility import CorrectionOutcome

YES, NO = "yes", "no"


class EligibilityForm(DomainForm):
    """For each condition whether it is met, and why."""

    reason = forms.CharField(
        label=_("In short, for the record and the solver"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, conditions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = conditions
        for place, condition in enumerate(conditions):
            self.fields[f"met_{place}"] = forms.ChoiceField(
                label=condition,
                choices=[(YES, _("Met")), (NO, _("Not met"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{place}"] = forms.CharField(
                label=_("Why"),
                help_text=_("Compulsory when it is not met: the solver reads it."),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @staticmethod
    def of(check: EligibilityCheck | None) -> dict[str, Any]:
        """Return the values that the form starts from."""
        if check is None:
            return {"revision": 0}
        values: dict[str, Any] = {"reason": check.reason, "revision": check.revision}
        for place, item in enumerate(check.items):
            values[f"met_{place}"] = YES if item["is_met"] else NO
            values[f"reason_{place}"] = item["reason"]
        return values

    def blocks(self) -> list[dict[str, Any]]:
        """Return the fields of every condition, in order, for the page."""
        return [
            {"met": self[f"met_{place}"], "reason": self[f"reason_{place}"]}
            for place in range(len(self.conditions))
        ]

    def answers(self) -> list[ConditionAnswer]:
        """Return what was said of every condition."""
        values = self.cleaned_data
        told = {YES: True, NO: False}
        return [
            ConditionAnswer(told.get(values.get(f"met_{place}", "")), values[f"reason_{place}"])
            for place in range(len(self.conditions))
        ]


class CorrectionForm(DomainForm):
    """What is missing, and until when it may be mended."""

    what = forms.CharField(
        label=_("What is missing"),
        help_text=_("Only formal defects: nothing of what is evaluated changes."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateTimeField(
        label=_("To be mended until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class MendForm(DomainForm):
    """What was mended, in words and files."""

    answer = forms.CharField(
        label=_("What you mended, and how"), widget=forms.Textarea(attrs={"rows": 4})
    )
    uploads = FilesField(
        label=_("Files"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPT}),
    )


class MendedForm(DomainForm):
    """Whether a defect was mended, and why."""

    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=CorrectionOutcome.choices, widget=forms.RadioSelect
    )
    outcome_reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 2}))


class RefusalAnswerForm(DomainForm):
    """What a solver answers to a refusal."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say why the condition is met. You can answer once."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReviewForm(DomainForm):
    """Whether a refusal stands after its answer, and why."""

    is_lifted = forms.ChoiceField(
        label=_("What is resolved"),
        choices=[(YES, _("The refusal is lifted")), (NO, _("The refusal stands"))],
        widget=forms.RadioSelect,
    )
    review_reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))
