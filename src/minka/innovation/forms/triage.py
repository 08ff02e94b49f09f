"""What the cluster team answers."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.forms.fields import text_area


class Answer(TextChoices):
    """The three answers of triage."""

    ACCEPT = "accept", _("Accept it for rating")
    ASK = "ask", _("Ask for more information")
    DECLINE = "decline", _("Do not take it up")


class TriageForm(DomainForm):
    """One of three answers, with words that the company will read."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Question or reason"),
        help_text=_("The company reads this. Needed to ask and to decline."),
        widget=text_area(),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the words before the action does, beside the field."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") in {Answer.ASK, Answer.DECLINE} and not cleaned.get("reason"):
            self.add_error("reason", _("Write the reason: the company will read it."))
        return cleaned
