"""Which problems become challenges, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.forms.fields import text_area


class ShortlistForm(DomainForm):
    """The ids that were ticked in the table, with the reason of the choice."""

    chosen = forms.TypedMultipleChoiceField(label=_("Chosen problems"), coerce=int, required=False)
    reason = forms.CharField(
        label=_("Reason for the choice"),
        help_text=_(
            "What weighed besides the points: balance between companies, urgency, who could answer."
        ),
        widget=text_area(3),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, problems: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = [(pk, str(pk)) for pk in problems]
