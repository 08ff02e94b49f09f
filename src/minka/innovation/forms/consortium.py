"""Input of who proposes together, and of looking for a partner."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, choose_from
from minka.innovation.actions.partner_letters import Addressee
from minka.innovation.forms.fields import OwnOrganisationField, text_area
from minka.knowledge.models import Actor
from minka.knowledge.states import ActorState

MOST_NAMED = 5


class PartnerForm(DomainForm):
    """Which organisation is asked, what it does and how much of the work that is."""

    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=250,
        help_text=_("Its name, or its number in the directory. It has to be in the directory."),
    )
    share = forms.IntegerField(
        label=_("Share of the work (%)"), min_value=1, max_value=99, help_text=_("From 1 to 99.")
    )
    does = forms.CharField(
        label=_("What it does in the work"), max_length=300, required=False, widget=text_area(2)
    )

    def clean_organisation(self) -> Actor:
        """Find the one organisation that is meant; several are named, to choose from."""
        wanted = str(self.cleaned_data["organisation"]).strip()
        live = Actor.objects.filter(state=ActorState.LIVE)
        exact = list(live.filter(Q(public_id__iexact=wanted) | Q(name__iexact=wanted))[:2])
        if len(exact) == 1:
            return exact[0]
        alike = list(live.filter(name__icontains=wanted).order_by("name_key")[: MOST_NAMED + 1])
        if len(alike) == 1:
            return alike[0]
        if not alike:
            raise forms.ValidationError(_("No organisation of the directory is called like this."))
        names = "; ".join(f"{one.name} ({one.public_id})" for one in alike[:MOST_NAMED])
        raise forms.ValidationError(
            _("Several are called like this. Write the number of one: %(names)s"),
            params={"names": names},
        )


class LetterForm(DomainForm):
    """Who is written to, where nobody of an organisation has an account yet."""

    organisation = forms.CharField(label=_("Organisation"), max_length=250)
    email = forms.EmailField(
        label=_("E-mail of somebody there"),
        help_text=_("The letter names the challenge and your organisation, and nothing else."),
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("es", "Español"), ("en", "English")]
    )
    share = forms.IntegerField(
        label=_("Share of the work (%)"), min_value=1, max_value=99, help_text=_("From 1 to 99.")
    )
    does = forms.CharField(
        label=_("What it does in the work"), max_length=300, required=False, widget=text_area(2)
    )

    def whom(self) -> Addressee:
        """Return who was written down."""
        clean = self.cleaned_data
        return Addressee(clean["organisation"], clean["email"], clean["language"])


class BringForm(DomainForm):
    """With which of one's organisations one comes into a consortium."""

    organisation = OwnOrganisationField(label=_("In the name of"))

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "organisation", organisations)

    @staticmethod
    def nobody() -> Any:
        """No organisation: of somebody who has not signed in."""
        return Actor.objects.none()


class PartnerSearchForm(DomainForm):
    """What one offers and looks for, in the name of which organisation."""

    organisation = forms.ModelChoiceField(
        label=_("In the name of"),
        queryset=Actor.objects.none(),
        empty_label=None,
        to_field_name="public_id",
    )
    offers = forms.CharField(label=_("What we offer"), max_length=2_000, widget=text_area(3))
    seeks = forms.CharField(label=_("What we look for"), max_length=2_000, widget=text_area(3))

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "organisation", organisations)


class MessageForm(DomainForm):
    """A message to the other side."""

    text = forms.CharField(label=_("Message"), max_length=2_000, widget=text_area(4))
