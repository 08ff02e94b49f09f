"""What people make of a kept version: another set, or its adoption."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.forms import DomainForm
from minka.innovation.forms.fields import text_area
from minka.innovation.models import ShortlistStudy

BEST = "best"


class OtherSetForm(DomainForm):
    """Other problems, ticked, and why."""

    chosen = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Problems"), coerce=int, required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this set"),
        help_text=gettext_lazy("It is printed in the decision pack beside what it costs."),
        max_length=2000,
        required=False,
        widget=text_area(3),
    )

    def __init__(self, data: Any = None, *, study: ShortlistStudy) -> None:
        super().__init__(data)
        field: Any = self.fields["chosen"]
        field.choices = [(one["id"], one["code"]) for one in study.inputs["problems"]]
        self._best = set(study.result["chosen"])

    @property
    def ticked(self) -> set[int]:
        """Return what is ticked: what was sent, or the best set to begin with."""
        if not self.is_bound:
            return self._best
        return {int(value) for value in self["chosen"].value() or () if str(value).isdigit()}


class AdoptionForm(DomainForm):
    """Which of the sets of a version becomes the shortlist, and why."""

    taken_set = forms.ChoiceField(
        label=gettext_lazy("Set to adopt"), widget=forms.RadioSelect, initial=BEST
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the choice"),
        help_text=gettext_lazy("Companies are told that their problem was chosen, not why."),
        widget=text_area(3),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, study: ShortlistStudy, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._overrulings = {str(one.pk): one for one in study.overrulings.all()}
        field: Any = self.fields["taken_set"]
        field.choices = [
            (BEST, _("The best set of this version")),
            *(
                (pk, _("The set that %(person)s recorded: %(reason)s")
                 % {"person": one.by, "reason": one.reason[:90]})
                for pk, one in self._overrulings.items()
            ),
        ]  # fmt: skip

    def taken(self) -> dict[str, Any]:
        """Return what was chosen, for the action."""
        told = self.cleaned_data
        return {
            "overruling": self._overrulings.get(told["taken_set"]),
            "reason": told["reason"],
            "seen": told["seen"],
        }
