"""Conditions of a scenario, in the address, so that they can be shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.models import Challenge
from minka.innovation.queries.scenarios import BAR
from minka.methods.shortlist.funding import PROBABILITY, QUALITY, Json

MEASURES = [
    (QUALITY, _("Quality above the bar")),
    (PROBABILITY, _("Probability of being among the best of its challenge")),
]
NUMBERS = ("budget_usd", "least", "most", "per_organisation", "per_challenge")


class ScenarioForm(DomainForm):
    """Everything may be left empty."""

    use_required_attribute = False
    budget_usd = forms.DecimalField(
        label=_("Budget (US$)"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    least = forms.IntegerField(
        label=_("At least so many"), min_value=0, max_value=500, required=False
    )
    most = forms.IntegerField(
        label=_("At most so many"), min_value=1, max_value=500, required=False
    )
    per_organisation = forms.IntegerField(
        label=_("At most, of one organisation"),
        help_text=_("As lead or as partner."),
        min_value=1,
        max_value=50,
        required=False,
    )
    per_challenge = forms.IntegerField(
        label=_("At most, of one challenge"), min_value=1, max_value=50, required=False
    )
    measure = forms.ChoiceField(label=_("What counts"), choices=MEASURES, required=False)
    bar = forms.DecimalField(
        label=_("Bar, in points"),
        help_text=_("A proposal below it takes away from the set."),
        min_value=1,
        max_value=5,
        decimal_places=2,
        required=False,
        initial=BAR,
    )
    also = forms.ModelMultipleChoiceField(
        label=_("Together with"),
        queryset=Challenge.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    inside = forms.MultipleChoiceField(
        label=_("Has to be in"), widget=forms.CheckboxSelectMultiple, required=False
    )
    outside = forms.MultipleChoiceField(
        label=_("May not be in"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, others: Any, proposals: list[Json], **kwargs: Any) -> None:
        """Offer challenges of the same edition, and proposals to have in or out."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["also"].queryset = others
        for name in ("inside", "outside"):
            fields[name].choices = [(str(one["id"]), one["title"]) for one in proposals]

    def conditions(self) -> Json:
        """Return what was asked, without what was left empty."""
        values = self.cleaned_data
        asked: Json = {}
        for name in NUMBERS:
            if values.get(name) is not None:
                asked[name] = float(values[name]) if name == "budget_usd" else values[name]
        for name in ("inside", "outside"):
            if values.get(name):
                asked[name] = sorted(int(one) for one in values[name])
        return asked
