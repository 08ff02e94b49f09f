"""Input of a decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.innovation.forms.drafts import DraftForm
from minka.innovation.models import Decision
from minka.innovation.states import Outcome


class DecisionForm(DraftForm):
    """What was resolved on one proposal, why, and what its supplier is told.

    The action says what is missing, so that every door says it alike.
    """

    outcome = forms.ChoiceField(
        label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason, for the record"),
        help_text=_("Why it was decided so. It stays with the cluster."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    strengths = forms.CharField(
        label=_("What convinced"),
        help_text=_("Read by the supplier in the letter, before the feedback."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    feedback = forms.CharField(
        label=_("Feedback for the supplier"),
        help_text=_("The supplier reads exactly this: what convinced, what was missing."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def of(decision: Decision | None) -> dict[str, Any]:
        """Return the values that the form starts from."""
        if decision is None:
            return {"revision": 0}
        names = ("outcome", "reason", "strengths", "feedback", "revision")
        return {name: getattr(decision, name) for name in names}
