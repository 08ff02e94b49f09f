"""What people fill in to claim, to decide, to correct, to ask for confirmation."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, choose_from, field_of, offer
from minka.core.models import User
from minka.knowledge.forms.organisations import PersonField, kind_choices, regions
from minka.knowledge.models import Place
from minka.knowledge.queries.fields import CORRECTABLE, choices_of, field_label


class ClaimByEmailForm(DomainForm):
    """An address at the organisation's own domain."""

    email = forms.EmailField(label=_("E-mail at the organisation"))


class ClaimByDocumentForm(DomainForm):
    """A document and a few words."""

    upload = forms.FileField(
        label=_("Document"),
        help_text=_("For example a power of attorney or a RUC sheet: PDF, Word or a picture."),
        allow_empty_file=True,  # the action says what is wrong with it
    )
    note = forms.CharField(
        label=_("Note for the cluster team"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = str(settings.MINKA_UPLOAD_MAX_BYTES)
        self.fields["upload"].widget.attrs["data-max-bytes"] = limit


class CodeForm(DomainForm):
    """The code of the letter."""

    code = forms.CharField(
        label=_("Code of eight digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class DecisionForm(DomainForm):
    """Why a claim is granted or refused."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The claimant reads it; it stays in the history of the claim."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HeirForm(DomainForm):
    """Who is to own the profile."""

    person = PersonField(label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose …"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer `people`; who they are is decided by a query."""
        super().__init__(*args, **kwargs)
        choose_from(self, "person", people)


class CorrectionForm(DomainForm):
    """What one field should be, and why; from a visitor an address for the answer, too."""

    after = forms.CharField(required=False)
    why = forms.CharField(
        label=_("How do you know?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, viewer: Any, field: str, **kwargs: Any) -> None:
        """Ask `viewer`, perhaps a stranger, for a value of `field`, by choice where it has any."""
        super().__init__(*args, **kwargs)
        choices = choices_of(viewer=viewer, field=field)
        label = _("What it should be")
        if choices:
            self.fields["after"] = forms.ChoiceField(label=label, choices=choices, required=False)
        elif field == "description":
            self.fields["after"] = forms.CharField(
                label=label, required=False, widget=forms.Textarea(attrs={"rows": 6})
            )
        else:
            self.fields["after"] = forms.CharField(label=label, required=False, max_length=250)
        if not viewer.is_authenticated:
            self.fields["email"] = forms.EmailField(
                label=_("Your e-mail"),
                help_text=_(
                    "We send you a link to confirm it is yours, and later the answer. Only the "
                    "cluster team sees it; it is not published and it is deleted afterwards."
                ),
                widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            )
        self.order_fields(["after", "why"])


class FieldChoiceForm(forms.Form):
    """Which field is wrong."""

    field = forms.ChoiceField(label=_("What is wrong?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "field", [(name, field_label(name)) for name in CORRECTABLE])


class CampaignForm(DomainForm):
    """Whom to ask whether their profile is still right."""

    name = forms.CharField(label=_("Name of the round"), max_length=120)
    kind = forms.ChoiceField(label=_("Type of organisation"), required=False)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Place.objects.none(), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = field_of(self, "kind", forms.ChoiceField)
        region = field_of(self, "region", forms.ModelChoiceField)
        kind.choices, region.queryset = kind_choices(_("All")), regions()


class AnswerForm(DomainForm):
    """What has changed."""

    changed = forms.CharField(
        label=_("What has changed?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
