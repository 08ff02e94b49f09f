"""What is filled in to ask a survey: days, quotas, whom to invite, a filled sheet."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, choose_from, field_of
from minka.knowledge.actions.waves import WANTED_AT_MOST, WantedGroup
from minka.knowledge.forms.organisations import kind_choices, regions
from minka.knowledge.models import Place, Wave
from minka.knowledge.queries.waves import Choice
from minka.knowledge.states import ActorKind

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DaysField(forms.CharField):
    """Numbers of days, with commas."""

    def clean(self, value: Any) -> list[int]:
        """Return the numbers, in order."""
        text = super().clean(value)
        parts = [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]
        if any(not one.isdecimal() or len(one) > 3 for one in parts):
            raise forms.ValidationError(_("Write numbers of days, for example 7, 14."))
        return sorted({int(one) for one in parts})


class WaveForm(DomainForm):
    """A wave before it is opened."""

    name = forms.CharField(
        label=_("Name of the wave"),
        max_length=120,
        help_text=_("For example “March 2027”. It stands in profiles as the source."),
    )
    opens_at = forms.DateField(label=_("First day"), widget=DAY)
    closes_at = forms.DateField(
        label=_("Last day"), widget=DAY, help_text=_("Answers are taken until the end of this day.")
    )
    reminder_days = DaysField(
        label=_("Reminders, in days after the invitation"),
        required=False,
        initial="7, 14",
        help_text=_("Only who has not finished is reminded. Leave it empty for none."),
    )

    def values(self) -> dict[str, Any]:
        """Return what `plan_wave` takes."""
        data = self.cleaned_data
        return {
            **data,
            "opens_at": start_of(data["opens_at"]),
            "closes_at": end_of(data["closes_at"]),
        }


class ReopenForm(DomainForm):
    """Until when answers are taken again."""

    closes_at = forms.DateField(label=_("Last day"), widget=DAY)


class ChoiceForm(DomainForm):
    """Whom to invite."""

    kinds = forms.MultipleChoiceField(
        label=_("Types of organisation"),
        choices=ActorKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All types if none is ticked."),
    )
    regions = forms.ModelMultipleChoiceField(
        label=_("Regions"),
        queryset=Place.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All regions if none is ticked."),
    )
    by_telephone = forms.BooleanField(
        label=_("Also those without an e-mail address"),
        required=False,
        help_text=_("No letter goes to them: an interviewer calls."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "regions", regions())

    def choice(self) -> Choice:
        """Return what the actions take."""
        data = self.cleaned_data
        return Choice(
            kinds=tuple(data["kinds"]),
            regions=tuple(one.pk for one in data["regions"]),
            by_telephone=data["by_telephone"],
        )


class QuotaForm(forms.Form):
    """How many answers are wanted of one group; a row without a number is no row."""

    kind = forms.ChoiceField(label=_("Type of organisation"), required=False)
    region = forms.ModelChoiceField(
        label=_("Region"),
        queryset=Place.objects.none(),
        required=False,
        empty_label=_("All regions"),
    )
    wanted = forms.IntegerField(
        label=_("Wanted"), required=False, min_value=1, max_value=WANTED_AT_MOST
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = field_of(self, "kind", forms.ChoiceField)
        region = field_of(self, "region", forms.ModelChoiceField)
        kind.choices = kind_choices(_("All types"))
        region.queryset = regions()


QuotaRows: Any = forms.formset_factory(QuotaForm, extra=4, max_num=60)


def wanted_groups(rows: Any) -> list[WantedGroup]:
    """Return the groups that a filled `QuotaRows` names."""
    return [
        WantedGroup(one["wanted"], one.get("kind", ""), one.get("region"))
        for one in rows.cleaned_data
        if one.get("wanted")
    ]


def quota_rows(wave: Wave) -> list[dict[str, Any]]:
    """Return the rows that a wave starts from."""
    return [
        {"kind": one.kind, "region": one.region_id, "wanted": one.wanted}
        for one in wave.quotas.order_by("pk")
    ]


class FilledSheetForm(DomainForm):
    """The sheet, filled in."""

    upload = forms.FileField(
        label=_("Filled sheet"),
        help_text=_("XLSX, ODS or CSV, with the first row as it was downloaded."),
        allow_empty_file=True,  # the action says what is wrong with it
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = str(settings.MINKA_UPLOAD_MAX_BYTES)
        self.fields["upload"].widget.attrs["data-max-bytes"] = limit


def start_of(day: date) -> datetime:
    """Return the first moment of a day of the cluster."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Return the last second of a day of the cluster."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
