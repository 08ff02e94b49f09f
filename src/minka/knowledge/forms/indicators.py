"""What is said of a table of figures when it is uploaded, and of its columns."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.knowledge.models.indicator import OF_YEAR, ROLES, Measure


class IndicatorTableForm(DomainForm):
    """A file, and whose figures it holds."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV, XLSX, XLS or ODS, one row per activity and region; years in a column or in "
            "columns of their own."
        ),
        widget=forms.FileInput(
            attrs={
                "accept": ".csv,.xlsx,.xls,.ods",
                "data-max-bytes": settings.MINKA_UPLOAD_MAX_BYTES,
            }
        ),
    )
    measure = forms.ChoiceField(label=_("What it counts"), choices=Measure.choices)
    unit = forms.CharField(
        label=_("Unit"),
        max_length=60,
        help_text=_(
            "For example: workers on the payroll, yearly average; or thousands of soles of 2020."
        ),
    )
    source_name = forms.CharField(
        label=_("Source"),
        max_length=120,
        help_text=_(
            "Who publishes it and what it is called. The same words again make a new version."
        ),
    )
    licence = forms.CharField(
        label=_("Licence or permission"),
        max_length=200,
        help_text=_("By what right the cluster uses it."),
    )
    address = forms.URLField(
        label=_("Where it was published"), required=False, max_length=250, assume_scheme="https"
    )


class IndicatorColumnsForm(forms.Form):
    """What each column of a sheet is."""

    def __init__(
        self, *args: Any, headers: list[str], mapping: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers = headers
        for place, header in enumerate(headers):
            role = mapping.get(header, "")
            choices: list[tuple[str, Any]] = [("", _("Leave out")), *ROLES.items()]
            year = role if role.startswith(OF_YEAR) else _year_role(header)
            if year:
                choices.append((year, _("Figure of %(year)s") % {"year": year[len(OF_YEAR) :]}))
            self.fields[f"column{place}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=role
            )

    def mapping(self) -> dict[str, str]:
        """Return column → role as chosen."""
        return {
            header: self.cleaned_data.get(f"column{place}", "")
            for place, header in enumerate(self.headers)
        }


def _year_role(header: str) -> str:
    digits = "".join(letter for letter in header if letter.isdecimal())
    return f"{OF_YEAR}{digits}" if len(digits) == 4 and digits[:2] in {"19", "20"} else ""
