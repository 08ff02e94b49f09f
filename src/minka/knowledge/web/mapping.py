"""The form that says what each column of a sheet means."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minka.core.forms import DomainForm
from minka.knowledge.forms import kind_choices
from minka.knowledge.models import SheetImport
from minka.knowledge.queries.countries import country_choices
from minka.knowledge.sources.columns import Suggestion, suggest_mapping
from minka.knowledge.sources.difference import has_earlier_rows
from minka.knowledge.sources.fields import SEVERAL_VALUES, Field
from minka.knowledge.sources.sheet import Sheet
from minka.knowledge.states import ActorKind

SAMPLES = 3
SAMPLE_LENGTH = 32
VERSION, MORE = "version", "more"
VERSIONS = [
    (
        VERSION,
        gettext_lazy(
            "A newer version of the whole list: rows that it lacks are marked as vanished."
        ),
    ),
    (MORE, gettext_lazy("More rows of the same source: nothing that is known vanishes.")),
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet beside its choice."""

    header: str
    samples: list[str]
    reason: str
    field: BoundField


class MappingForm(DomainForm):
    """One choice per column, a country and a type for rows that name none."""

    default_kind = forms.ChoiceField(required=False)
    country = forms.ChoiceField()
    version = forms.ChoiceField()

    def __init__(self, *args: Any, sheet: Sheet, sheet_import: SheetImport, **kwargs: Any) -> None:
        """Start from what the import holds: a suggestion, or the columns of its predecessor."""
        super().__init__(*args, **kwargs)
        self.sheet, self.sheet_import = sheet, sheet_import
        self.sample = sheet.sample()
        self.suggestions: dict[str, Suggestion] = suggest_mapping(sheet.headers, self.sample)
        choices = [("", _("Leave out")), *Field.choices]
        for index, header in enumerate(sheet.headers):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                required=False,
                initial=sheet_import.mapping.get(header, ""),
            )
        self.fields["default_kind"] = forms.ChoiceField(
            label=_("Type of organisation where the row does not say"),
            choices=kind_choices(ActorKind.OTHER.label),
            required=False,
            initial=sheet_import.default_kind,
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("Country where the row does not say"),
            choices=country_choices(),
            initial=sheet_import.country,
        )
        self.has_earlier = has_earlier_rows(sheet_import)
        if self.has_earlier:
            self.fields["version"] = forms.ChoiceField(
                label=_("What this sheet is"), choices=VERSIONS, widget=forms.RadioSelect
            )
        else:
            del self.fields["version"]

    @property
    def columns(self) -> Iterator[Column]:
        """The columns in the order of the sheet."""
        for index, header in enumerate(self.sheet.headers):
            values = dict.fromkeys(
                row[index].strip()[:SAMPLE_LENGTH]
                for row in self.sample
                if index < len(row) and row[index].strip()
            )
            samples = list(values)[:SAMPLES]
            yield Column(header, samples, self._reason(header), self[f"column-{index}"])

    @property
    def current_mapping(self) -> dict[str, str]:
        """What is chosen now, whether it can be confirmed or not."""
        return {
            header: str(self[f"column-{index}"].value() or "")
            if str(self[f"column-{index}"].value() or "") in Field.values
            else ""
            for index, header in enumerate(self.sheet.headers)
        }

    @property
    def current_settings(self) -> dict[str, str]:
        """Country and type chosen now."""
        kind, country = str(self["default_kind"].value() or ""), str(self["country"].value() or "")
        return {
            "default_kind": kind if kind in ActorKind.values else "",
            "country": country if len(country) == 2 else "PE",
        }

    @property
    def settled(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "mapping": self.current_mapping,
            "is_new_version": self["version"].value() == VERSION if self.has_earlier else False,
            **self.current_settings,
        }

    def expect(self, *, version: bool) -> None:
        """Start from what the comparison makes likely."""
        if self.has_earlier:
            self.fields["version"].initial = VERSION if version else MORE

    def clean(self) -> dict[str, Any]:
        """Refuse one meaning for two columns, except where several values have room."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        counts = Counter(field for field in self.current_mapping.values() if field)
        for index, header in enumerate(self.sheet.headers):
            field = self.current_mapping[header]
            if field and counts[field] > 1 and field not in SEVERAL_VALUES:
                self.add_error(
                    f"column-{index}",
                    _("Two columns cannot both be “%(field)s”.") % {"field": Field(field).label},
                )
        return cleaned

    def _reason(self, header: str) -> str:
        match self.sheet_import.mapping_origin.get(header):
            case "last_time":
                return _("As last time.")
            case "learnt":
                return _("You or a colleague chose this for such a column before.")
            case _:
                return self.suggestions[header].reason
