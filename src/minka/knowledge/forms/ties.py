"""What people fill in about ties, sheets of ties and communities."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.knowledge.actions.ties import TieFacts
from minka.knowledge.models import Relation
from minka.knowledge.states import RelationKind

HOW_SURE = (
    ("1.0", _("Sure")),
    ("0.9", _("Nearly sure")),
    ("0.6", _("Likely")),
    ("0.3", _("Doubtful")),
)


class TieFactsForm(DomainForm):
    """Since when, how sure, who may see it."""

    starts_on = forms.DateField(
        label=_("Since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("Leave it empty while the tie stands."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    confidence = forms.TypedChoiceField(
        label=_("How sure is this?"), choices=HOW_SURE, coerce=float, initial="1.0"
    )
    note = forms.CharField(
        label=_("How it is known"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_public = forms.BooleanField(
        label=_("Everybody may see it"),
        required=False,
        initial=True,
        help_text=_("If not, only the two organisations and the cluster team see it."),
    )

    @staticmethod
    def of(tie: Relation) -> dict[str, Any]:
        """Return what is known of a tie."""
        nearest = min((value for value, _label in HOW_SURE), key=lambda one: _gap(one, tie))
        return {
            "starts_on": tie.starts_on,
            "ends_on": tie.ends_on,
            "confidence": nearest,
            "note": tie.note,
            "is_public": tie.is_public,
        }

    def facts(self) -> TieFacts:
        """Return what was filled in."""
        given = self.cleaned_data
        names = ("starts_on", "ends_on", "confidence", "note", "is_public")
        return TieFacts(**{name: given[name] for name in names})


def _gap(value: str, tie: Relation) -> float:
    return abs(float(value) - tie.confidence)


class TieForm(TieFactsForm):
    """A tie of one organisation with another."""

    direction_kind = forms.ChoiceField(label=_("This organisation"))
    other = forms.CharField(
        label=_("The other organisation"),
        max_length=250,
        help_text=_("Its name, its tax number or its code on this map."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["direction_kind", "other"]

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["direction_kind"]
        field.choices = kinds


class TieSheetForm(DomainForm):
    """A sheet of ties to look at."""

    upload = forms.FileField(
        label=_("Sheet"),
        help_text=_("XLSX, XLS, ODS or CSV, one tie per row."),
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=_("Who made the list"),
        max_length=120,
        help_text=_("The same name for each version of the list: what it said before is known."),
    )
    default_kind = forms.ChoiceField(
        label=_("Kind of tie where the sheet does not say it"),
        required=False,
        choices=[("", _("Each row says it")), *RelationKind.choices],
    )
    is_public = forms.BooleanField(
        label=_("Everybody may see these ties"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = str(settings.MINKA_UPLOAD_MAX_BYTES)
        self.fields["upload"].widget.attrs["data-max-bytes"] = limit


class CommunityForm(DomainForm):
    """What the team calls a community."""

    name_es = forms.CharField(label=_("Name (Spanish)"), max_length=80, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=80, required=False)
