"""Which edition of the report somebody wants."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.knowledge.models import Place
from minka.knowledge.queries.filter_address import address_of
from minka.knowledge.queries.fitting import DirectoryFilter
from minka.knowledge.states import ActorKind, ReportAudience


class ReportForm(DomainForm):
    """For whom, in which language, of which organisations; nothing chosen means all of them."""

    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=ReportAudience.choices,
        initial=ReportAudience.BOARD,
        widget=forms.RadioSelect,
        help_text=_(
            "The board also reads what changed since the last snapshot, official figures and "
            "survey answers of five organisations or more together. Neither edition holds "
            "contacts, ties that are not public or problems that are not published."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=(("es", "Español"), ("en", "English")),
        widget=forms.RadioSelect,
    )
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("The whole map"),
        help_text=_("The network and what changed are always of the whole map."),
    )
    kind = forms.ChoiceField(
        label=_("Type of organisation"),
        choices=[("", _("All types")), *ActorKind.choices],
        required=False,
    )

    def __init__(self, *args: Any, regions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["region"]
        field.queryset = regions

    @property
    def address(self) -> str:
        """What was chosen, as an address says it."""
        region, kind = self.cleaned_data["region"], self.cleaned_data["kind"]
        return address_of(
            DirectoryFilter(regions=(region.pk,) if region else (), kinds=(kind,) if kind else ())
        )
