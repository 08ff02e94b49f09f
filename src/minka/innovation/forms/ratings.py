"""Points by one criterion, and the criteria themselves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.actions.criteria import CriterionRow
from minka.innovation.actions.ratings import COMMENT_MAX, HIGHEST, LOWEST
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.models import RatingCriterion
from minka.innovation.states import Gate


class RatingForm(DomainForm):
    """One to five points and, if one likes, why."""

    points = forms.TypedChoiceField(
        coerce=int,
        choices=[(n, str(n)) for n in range(LOWEST, HIGHEST + 1)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose from 1 to 5.")},
    )
    comment = forms.CharField(
        label=_("Comment"),
        max_length=COMMENT_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Any = None, *, criterion: RatingCriterion, label: str, initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{criterion.pk}_%s")
        self.criterion = criterion
        self.fields["points"].label = label


class CriterionForm(DraftForm):
    """One criterion with its weight; a line left empty is no criterion."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name_es = forms.CharField(label=_("Name, in Spanish"), max_length=80)
    name_en = forms.CharField(label=_("Name, in English"), max_length=80)
    meaning_es = forms.CharField(
        label=_("What it means, in Spanish"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    meaning_en = forms.CharField(
        label=_("What it means, in English"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100)

    def is_blank(self) -> bool:
        """True for a line that nobody filled in."""
        return not any(self.cleaned_data.get(n) for n in ("name_es", "name_en", "weight"))

    def clean(self) -> dict[str, Any]:
        """Ask for the names and the weight of a line that was begun."""
        cleaned = super().clean()
        typed = [n for n in ("name_es", "name_en", "weight") if cleaned.get(n)]
        if typed:
            if not cleaned.get("name_es"):
                self.add_error("name_es", _("Write the name in Spanish."))
            if not cleaned.get("name_en"):
                self.add_error("name_en", _("Write the name in English."))
            if "weight" not in self.errors and not cleaned.get("weight"):
                self.add_error("weight", _("Give it a weight."))
        return cleaned


def _anchor(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, required=False)


class ScaledCriterionForm(CriterionForm):
    """A criterion that says what the ends of its scale mean."""

    low_es = _anchor(_("1 means, in Spanish"))
    low_en = _anchor(_("1 means, in English"))
    high_es = _anchor(_("5 means, in Spanish"))
    high_en = _anchor(_("5 means, in English"))
    gate = forms.ChoiceField(
        label=_("Who scores by it"),
        choices=[
            ("", _("All evaluators")),
            (Gate.TECHNICAL, _("Experts: technical feasibility")),
            (Gate.OPERATIONAL, _("User areas: operational feasibility")),
        ],
        help_text=_("Either all criteria belong to a gate, with some in both, or none does."),
        required=False,
    )


LIST: dict[str, Any] = {"extra": 2, "min_num": 2, "max_num": 12, "absolute_max": 20}
CriterionFormSet: type[BaseFormSet[Any]] = formset_factory(CriterionForm, **LIST)
ScaledFormSet: type[BaseFormSet[Any]] = formset_factory(ScaledCriterionForm, **LIST)


def criteria_formset(
    criteria: Any, data: Mapping[str, Any] | None = None, *, with_scales: bool = False
) -> BaseFormSet[Any]:
    """Return the list of criteria of an owner, with two empty lines to add more."""
    made = ScaledFormSet if with_scales else CriterionFormSet
    names = list(made.form.base_fields)
    initial = [{name: getattr(criterion, name) for name in names} for criterion in criteria]
    return made(data, initial=initial, prefix="criteria")


def criterion_rows(formset: BaseFormSet[Any]) -> list[CriterionRow]:
    """Return the lines that were filled in."""
    return [
        CriterionRow(**form.cleaned_data)
        for form in formset
        if form.cleaned_data and not form.is_blank()
    ]
