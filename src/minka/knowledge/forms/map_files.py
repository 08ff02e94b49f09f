"""What the team fills in about boundaries and layers of the map."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, offer
from minka.knowledge.models.map_furniture import LEVEL_CHOICES
from minka.knowledge.queries.countries import country_choices
from minka.knowledge.states import LayerCategory
from minka.methods.geography.geojson import MOST_BYTES

ACCEPTED = ".geojson,.json,application/geo+json,application/json"


def _file() -> forms.FileField:
    return forms.FileField(
        label=_("GeoJSON file"),
        help_text=_("Longitude and latitude in WGS 84 (EPSG:4326), up to %(limit)s MB.")
        % {"limit": MOST_BYTES // (1024 * 1024)},
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-max-bytes": MOST_BYTES}),
    )


class BoundaryUploadForm(DomainForm):
    """A file of boundaries, and what they are the boundaries of."""

    upload = _file()
    level = forms.ChoiceField(label=_("What the shapes are"), choices=LEVEL_CHOICES)
    country = forms.ChoiceField(label=_("Country"), initial="PE")
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Shown under every map that draws them.")
    )
    licence = forms.CharField(label=_("Licence"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "country", country_choices())


class BoundaryNamingForm(DomainForm):
    """Which property of the file names its shapes, and which one numbers them."""

    name_property = forms.ChoiceField(label=_("Name of the place"), required=False)
    code_property = forms.ChoiceField(
        label=_("Code of the place"), required=False, help_text=_("Of INEI or of RENIEC.")
    )

    def __init__(
        self, *args: Any, properties: Sequence[tuple[str, Sequence[str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None"))] + [
            (name, f"{name} ({', '.join(samples)})"[:120]) for name, samples in properties
        ]
        for name in ("name_property", "code_property"):
            offer(self, name, choices)


class LayerForm(DomainForm):
    """What is said of a layer."""

    name_es = forms.CharField(label=_("Name in Spanish"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    category = forms.ChoiceField(label=_("What it shows"), choices=LayerCategory.choices)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Shown under every map that draws them.")
    )
    licence = forms.CharField(label=_("Licence"), max_length=200, required=False)


class LayerUploadForm(LayerForm):
    """A new layer: its file, too."""

    upload = _file()
    name_property = forms.CharField(
        label=_("Property that holds the name of each thing"),
        max_length=80,
        required=False,
        help_text=_("Leave it empty to use “name” or “nombre”. Nothing else of the file is kept."),
    )
    field_order = ["upload", "name_property"]
