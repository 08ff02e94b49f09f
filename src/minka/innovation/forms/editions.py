"""One round of the programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm


class EditionForm(DomainForm):
    """Names and places of an edition."""

    name_es = forms.CharField(label=_("Name, in Spanish"), max_length=120)
    name_en = forms.CharField(label=_("Name, in English"), max_length=120)
    shortlist_size = forms.IntegerField(
        label=_("Problems that can be chosen"),
        help_text=_("How many problems may be shortlisted or become challenges."),
        min_value=1,
        max_value=100,
        initial=8,
    )
    change_notice_days = forms.IntegerField(
        label=_("Days that remain after a change"),
        help_text=_(
            "When a published challenge changes late, its call closes so many days later at least."
        ),
        min_value=0,
        max_value=60,
        initial=7,
    )
    appeal_days = forms.IntegerField(
        label=_("Days to ask for clarification or to appeal"),
        help_text=_("From the release, to the end of the day. A challenge can have its own."),
        min_value=1,
        max_value=60,
        initial=10,
    )
    appeal_answer_days = forms.IntegerField(
        label=_("Days to answer what is asked or appealed"),
        min_value=1,
        max_value=90,
        initial=15,
    )
