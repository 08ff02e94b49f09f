"""Input of what solvers ask after a decision, and of its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.core.models import User
from minka.innovation.models import Appeal
from minka.innovation.models.panel_states import FINDINGS, AppealKind, Finding


class AskForm(DomainForm):
    """A clarification, or an appeal."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"), choices=AppealKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Your words"),
        help_text=_(
            "For an appeal: which rule was not kept, or what of your proposal was overlooked, and "
            "where it stands in it."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class HandlerForm(DomainForm):
    """Who answers."""

    handler = forms.ModelChoiceField(label=_("Who answers"), queryset=User.objects.none())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer those whom nothing keeps from it."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["handler"]
        field.queryset = people


class AnswerForm(DomainForm):
    """What was found, and why."""

    finding = forms.ChoiceField(label=_("What was found"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Answer, with its reasons"),
        help_text=_("The solver reads exactly this. Say nothing of other proposals."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        """Offer the findings that fit what was asked."""
        super().__init__(*args, **kwargs)
        able = FINDINGS[AppealKind(appeal.kind)]
        field: Any = self.fields["finding"]
        field.choices = [(one.value, one.label) for one in Finding if one in able]
        if len(able) == 1:
            field.initial = next(iter(able)).value


class AppealDaysForm(DomainForm):
    """How many days solvers of one challenge have."""

    days = forms.IntegerField(
        label=_("Days to ask or appeal"),
        help_text=_(
            "Counted from the release, to the end of the day. Empty: those of the edition."
        ),
        min_value=1,
        max_value=60,
        required=False,
    )
