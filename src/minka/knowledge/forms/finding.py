"""What is filled in to keep a search or a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.knowledge.states import AlertEvery

NOTE = forms.Textarea(attrs={"rows": 2})


class SearchForm(DomainForm):
    """A saved search: its name, who sees it, how often one is told."""

    name = forms.CharField(label=_("Name of the search"), max_length=120)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=NOTE)
    alert = forms.ChoiceField(
        label=_("Tell me when something new matches"),
        help_text=_("By a notice here and an e-mail, at seven in the morning. Only if there is."),
        choices=AlertEvery.choices,
        required=False,
    )
    for_team = forms.BooleanField(label=_("The cluster team sees this search"), required=False)


class ShortlistForm(DomainForm):
    """A list of organisations."""

    name = forms.CharField(label=_("Name of the list"), max_length=120)
    note = forms.CharField(label=_("What it is for"), max_length=500, required=False, widget=NOTE)
    for_team = forms.BooleanField(label=_("The cluster team sees this list"), required=False)
