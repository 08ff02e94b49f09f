"""Opening a workshop, and uploading a sheet of problems."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.queries.workshops import companies_to_state_for
from minka.knowledge.models import Actor


class ForCompanyForm(DomainForm):
    """Says for which company."""

    company = forms.ModelChoiceField(label=_("Company"), queryset=Actor.objects.none())

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["company"]
        field.queryset = companies_to_state_for(viewer=viewer)
        if len(field.queryset) == 1:
            field.empty_label = None


class WorkshopForm(ForCompanyForm):
    """Company and area of a session."""

    user_area = forms.CharField(label=_("User area"), max_length=80, required=False)


class SheetForm(ForCompanyForm):
    """Company and file."""

    upload = forms.FileField(
        label=_("Sheet"),
        help_text=_("XLSX, ODS or CSV, one problem per row, with the names of the columns above."),
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,.xls,.ods,.csv",
                "data-max-bytes": settings.MINKA_UPLOAD_MAX_BYTES,
            }
        ),
    )
