"""Inviting somebody to state problems, and how such a person begins one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.forms.fields import text_area
from minka.innovation.queries.intake import companies_to_invite_for
from minka.knowledge.models import Actor


class InviteForm(DomainForm):
    """Whom, for which company, for how long."""

    company = forms.ModelChoiceField(label=_("Company"), queryset=Actor.objects.none())
    email = forms.EmailField(label=_("E-mail of the person"), max_length=254)
    person = forms.CharField(label=_("Name of the person"), max_length=120, required=False)
    user_area = forms.CharField(label=_("User area"), max_length=80, required=False)
    takes_several = forms.BooleanField(
        label=_("The link takes several problems, not only one"), required=False
    )
    days = forms.IntegerField(
        label=_("Days that the link stays open"), min_value=1, max_value=90, initial=21
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("es", "Español"), ("en", "English")]
    )
    words = forms.CharField(
        label=_("A word from you"),
        help_text=_("It goes into the letter."),
        widget=text_area(3),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["company"]
        field.queryset = companies_to_invite_for(viewer=viewer)
        if len(field.queryset) == 1:
            field.empty_label = None


class GuestStartForm(DomainForm):
    """The title; the company is that of the invitation."""

    title = forms.CharField(
        label=_("What is the problem, in one line?"),
        help_text=_("For example: “Mill liners last half of what was planned”."),
        max_length=200,
    )
