"""What people fill in about organisations and who belongs to them."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, OneOf, SeveralOf, choose_from, field_of
from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.knowledge.models import Actor, Place, Theme
from minka.knowledge.queries.countries import country_choices
from minka.knowledge.states import ActorKind, MemberRole, PlaceLevel

FIRST_YEAR = 1500


def kind_choices(empty: Any) -> list[tuple[str, Any]]:
    """Return the types of organisation after an empty choice."""
    return [("", empty), *ActorKind.choices]


def regions() -> Any:
    """Return the regions a person can choose from."""
    return Place.objects.filter(level=PlaceLevel.DEPARTMENT).order_by("name_key")


class ThemesField(SeveralOf):
    """Themes in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the label in the active language."""
        return localized_text(obj, "label")[0]


class PersonField(OneOf):
    """People with what tells two of one name apart."""

    def label_from_instance(self, obj: Any) -> str:
        """Return name and address."""
        return f"{obj.full_name} <{obj.email}>"


class UploadForm(DomainForm):
    """A sheet of organisations and where it comes from."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("CSV, a workbook of Excel (XLSX, XLS) or LibreOffice (ODS), or JSON."),
        widget=forms.FileInput(
            attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.json,.jsonl,.ndjson,.geojson"}
        ),
        allow_empty_file=True,  # the action says what is wrong with it, as with any other file
    )
    source_name = forms.CharField(
        label=_("Source"),
        max_length=120,
        help_text=_("Who keeps this list. Use the same name each time the list comes again."),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    licence = forms.CharField(
        label=_("Licence or permission"),
        max_length=200,
        required=False,
        help_text=_("Under which terms the cluster may use it, for a source that is new."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = str(settings.MINKA_UPLOAD_MAX_BYTES)
        self.fields["upload"].widget.attrs["data-max-bytes"] = limit


class OrganisationForm(DomainForm):
    """A new organisation, as its own people describe it."""

    name = forms.CharField(
        label=_("Legal name"),
        max_length=250,
        widget=forms.TextInput(
            attrs={
                "hx-get": reverse_lazy("knowledge:organisation_likeness"),
                "hx-trigger": "input changed delay:400ms",
                "hx-target": "#similar",
                "hx-swap": "outerHTML",
                "autocomplete": "organization",
            }
        ),
    )
    tax_id = forms.CharField(
        label=_("Tax number"),
        max_length=20,
        required=False,
        help_text=_("In Peru the RUC of 11 digits. It shows whether the map knows you already."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Type of organisation"))
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Place.objects.none(), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = field_of(self, "kind", forms.ChoiceField)
        region = field_of(self, "region", forms.ModelChoiceField)
        kind.choices = kind_choices(_("Choose …"))
        region.queryset = regions()


class ActorForm(DomainForm):
    """The profile of an organisation."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Legal name"), max_length=250)
    kind = forms.ChoiceField(label=_("Type of organisation"), choices=ActorKind.choices)
    activity = forms.CharField(label=_("Activity"), max_length=250, required=False)
    description = forms.CharField(
        label=_("What it does"),
        required=False,
        max_length=4000,
        help_text=_("What you offer to mining, in a few plain sentences."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    themes = ThemesField(
        label=_("Themes"),
        queryset=Theme.objects.none(),
        required=False,
        help_text=_("Hold Ctrl to choose several."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    website = forms.URLField(
        label=_("Website"), max_length=250, required=False, assume_scheme="https"
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Shown only to people who have signed in.")
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=60,
        required=False,
        help_text=_("Shown only to people who have signed in."),
    )
    address = forms.CharField(label=_("Address"), max_length=250, required=False)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Place.objects.none(), required=False, empty_label="—"
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    founded_year = forms.IntegerField(
        label=_("Founded in"), min_value=FIRST_YEAR, required=False, max_value=2100
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = field_of(self, "region", forms.ModelChoiceField)
        themes = field_of(self, "themes", forms.ModelMultipleChoiceField)
        country = field_of(self, "country", forms.ChoiceField)
        region.queryset, themes.queryset = regions(), Theme.objects.order_by("label_es")
        country.choices = [("", "—"), *country_choices()]

    def clean_founded_year(self) -> int | None:
        """Refuse a year that has not come."""
        year: int | None = self.cleaned_data["founded_year"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("This year is still to come."))
        return year

    @staticmethod
    def of(actor: Actor) -> dict[str, Any]:
        """Return the values a person starts from."""
        names = (
            "name", "kind", "activity", "description", "website", "email", "phone", "address",
            "region", "country", "founded_year",
        )  # fmt: skip
        values = {name: getattr(actor, name) for name in names}
        values["version"] = actor.updated_at.isoformat()
        return values | {"themes": list(actor.themes.all())}


class MembershipRequestForm(DomainForm):
    """A few words to the people who will answer."""

    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=500,
        help_text=_("Say what you do there; it helps those who answer."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AssignmentForm(DomainForm):
    """A person and their role in an organisation."""

    person = PersonField(label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose …"))
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices)
    user_area = forms.CharField(
        label=_("User area"),
        max_length=80,
        required=False,
        help_text=_("Only for the role “User area”: for example Maintenance, Metallurgy, Mine."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        """Offer `people`; who they are is decided by a query."""
        super().__init__(*args, **kwargs)
        choose_from(self, "person", people)
