"""Inviting those who could answer a challenge."""

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.actions.invitations import NOTE_MAX, Outsider
from minka.innovation.forms.fields import text_area


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("A word of your own"),
        help_text=_("It goes into the letter, beside the title and the date of closing."),
        required=False,
        max_length=NOTE_MAX,
        widget=text_area(3),
    )


class InviteForm(DomainForm):
    """A note to those who are ticked on the page."""

    note = _note()


class OutsiderForm(DomainForm):
    """An organisation that is not on the map."""

    organisation = forms.CharField(label=_("Organisation"), max_length=250)
    email = forms.EmailField(label=_("E-mail"))
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("es", "Español"), ("en", "English")]
    )
    note = _note()

    def whom(self) -> Outsider:
        """Return who was written down."""
        clean = self.cleaned_data
        return Outsider(clean["organisation"], clean["email"], clean["language"])


class DeclineForm(DomainForm):
    """Why somebody will not answer, if they like to say."""

    reason = forms.CharField(
        label=_("Why not, if you like to say"),
        required=False,
        max_length=NOTE_MAX,
        widget=text_area(3),
    )
