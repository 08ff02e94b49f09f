"""What people fill in about the lists of a profile, its size, languages and logo."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, OneOf, choose_from, field_of
from minka.knowledge.forms.organisations import ThemesField, regions
from minka.knowledge.models import Actor, Place, Theme
from minka.knowledge.queries.activities import (
    SEPARATOR,
    activity_choices,
    activity_label,
    find_activities,
    is_activity,
)
from minka.knowledge.queries.countries import country_choices
from minka.knowledge.queries.profile import LANGUAGES
from minka.knowledge.states import ContactKind, NameKind, SiteKind, SizeBand, Visibility

CANDIDATES = 12
NUMBERS = (
    ("pe.ruc", "RUC (PE)"), ("cl.rut", "RUT (CL)"), ("ar.cuit", "CUIT (AR)"),
    ("bo.nit", "NIT (BO)"), ("co.nit", "NIT (CO)"), ("ec.ruc", "RUC (EC)"), ("mx.rfc", "RFC (MX)"),
    ("br.cnpj", "CNPJ (BR)"), ("au.abn", "ABN (AU)"),
)  # fmt: skip


class ThemeField(OneOf):
    """One theme in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the label in the active language."""
        return ThemesField.label_from_instance(self, obj)  # type: ignore[arg-type]  # the same label, of another field


class SuggestingInput(forms.TextInput):
    """A line of text with a list to choose from, which the browser searches by itself."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the field and its list."""
        listed = f"{(attrs or {}).get('id', name)}-list"
        options = format_html_join(
            "", '<option value="{}">', ((one,) for one in activity_choices())
        )
        field = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', field, listed, options)


class ActivityField(forms.CharField):
    """An activity, named by its code or by words of its title in any of the two languages."""

    widget = SuggestingInput(attrs={"autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """Show a code with its label."""
        return f"{value}{SEPARATOR}{activity_label(value)}" if is_activity(str(value)) else value

    def clean(self, value: Any) -> str:
        """Return the code that is meant; name the candidates where there are several."""
        text = super().clean(value)
        found = find_activities(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("No activity of the classification has these words."))
        shown = [f"{code}{SEPARATOR}{activity_label(code)}" for code in found[:CANDIDATES]]
        raise forms.ValidationError(
            [_("Several activities have these words. Write the code of one of them:"), *shown]
        )


class OtherNameForm(DomainForm):
    """Another name."""

    text = forms.CharField(label=_("Name"), max_length=250)
    kind = forms.ChoiceField(label=_("What kind of name"), choices=NameKind.choices)


class IdentifierForm(DomainForm):
    """A tax number of one country."""

    scheme = forms.ChoiceField(label=_("Register"), choices=NUMBERS)
    value = forms.CharField(label=_("Tax number"), max_length=64)


class ActivityForm(DomainForm):
    """A section, division, group or class of the classification."""

    code = ActivityField(
        label=_("Economic activity"),
        help_text=_(
            "International classification (CIIU), revision 4. Write a code, or words such as "
            "“minerales no ferrosos”, and choose from the list."
        ),
    )


class ProductForm(DomainForm):
    """A product or a service."""

    name = forms.CharField(label=_("Product or service"), max_length=160)
    unspsc = forms.CharField(
        label=_("UNSPSC code"),
        max_length=8,
        required=False,
        help_text=_("Eight digits, if you know them: many buyers search by them."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class CapabilityForm(DomainForm):
    """How far a technology has come."""

    theme = ThemeField(label=_("Theme"), queryset=Theme.objects.none(), empty_label=_("Choose …"))
    trl = forms.TypedChoiceField(
        label=_("Technology readiness level (TRL)"),
        coerce=int,
        choices=[
            (1, _("1 · Basic principles observed")),
            (2, _("2 · Concept formulated")),
            (3, _("3 · Proven in principle")),
            (4, _("4 · Tested in the laboratory")),
            (5, _("5 · Tested in a relevant setting")),
            (6, _("6 · Shown in a relevant setting")),
            (7, _("7 · Prototype shown at a mine")),
            (8, _("8 · Complete and qualified")),
            (9, _("9 · In daily operation")),
        ],
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        help_text=_("Where it runs or was tested, and since when."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "theme", Theme.objects.order_by("label_es"))


class CertificationForm(DomainForm):
    """A certificate."""

    name = forms.CharField(
        label=_("Certification"), max_length=120, help_text=_("For example ISO 45001.")
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=120, required=False)
    expires_on = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SiteForm(DomainForm):
    """A place of the organisation."""

    kind = forms.ChoiceField(label=_("What is there"), choices=SiteKind.choices)
    name = forms.CharField(label=_("Name of the place"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=250, required=False)
    region = forms.ModelChoiceField(
        label=_("Region"), queryset=Place.objects.none(), required=False, empty_label="—"
    )
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = field_of(self, "region", forms.ModelChoiceField)
        country = field_of(self, "country", forms.ChoiceField)
        region.queryset, country.choices = regions(), [("", "—"), *country_choices()]


class ContactForm(DomainForm):
    """A contact and who sees it."""

    label = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("For example Sales, or Innovation.")
    )
    kind = forms.ChoiceField(label=_("Kind of contact"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Address or number"), max_length=160)
    visibility = forms.ChoiceField(
        label=_("Who sees it"),
        choices=Visibility.choices,
        initial=Visibility.MEMBERS,
        help_text=_("Those who edit the profile see every contact."),
    )


class LinkForm(DomainForm):
    """A page elsewhere."""

    label = forms.CharField(label=_("Title of the page"), max_length=80)
    url = forms.URLField(label=_("Address of the page"), max_length=250, assume_scheme="https")


SECTION_FORMS: dict[str, type[DomainForm]] = {
    "other_names": OtherNameForm,
    "identifiers": IdentifierForm,
    "activities": ActivityForm,
    "products": ProductForm,
    "capabilities": CapabilityForm,
    "certifications": CertificationForm,
    "sites": SiteForm,
    "contacts": ContactForm,
    "links": LinkForm,
}


class DescribeForm(DomainForm):
    """Size and languages."""

    size_band = forms.ChoiceField(
        label=_("How many people work there"),
        required=False,
        choices=[("", "—"), *SizeBand.choices],
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which you can be written to"),
        required=False,
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    @staticmethod
    def of(actor: Actor) -> dict[str, Any]:
        """Return the values a person starts from."""
        return {"size_band": actor.size_band, "languages": actor.languages}


class LogoForm(DomainForm):
    """A picture."""

    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, up to 1 MB."),
        widget=forms.FileInput(
            attrs={"accept": ".png,.jpg,.jpeg,.webp", "data-max-bytes": "1000000"}
        ),
        allow_empty_file=True,  # the action says what is wrong with it
    )
