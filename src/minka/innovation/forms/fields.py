"""Fields that several forms of the line share."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from minka.core.forms import OneOf, SeveralOf
from minka.innovation.queries.problems_themes import ThemeGroup, label_of
from minka.knowledge.models import Actor, Theme


class OwnOrganisationField(OneOf):
    """One of a person's organisations; the form says of which (`choose_from`)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Actor.objects.none(),
            widget=forms.RadioSelect,
            empty_label=None,
            to_field_name="public_id",
            **kwargs,
        )


class ClusterDateTimeField(forms.DateTimeField):
    """An instant that is typed and shown in the cluster's zone, wherever the person sits."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", format_lazy(_("In the time of {city}."), city=_city()))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return the clock of the cluster's zone for the input."""
        if isinstance(value, datetime) and timezone.is_aware(value):
            return value.astimezone(_zone()).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> Any:
        """Read what was typed as the clock of the cluster's zone."""
        with timezone.override(_zone()):
            return super().to_python(value)


class GroupedThemeField(OneOf):
    """One theme from groups, in the reader's language."""

    def __init__(self, groups: Iterable[ThemeGroup], **kwargs: Any) -> None:
        super().__init__(queryset=Theme.objects.all(), **kwargs)
        rows = [(g.label, [(t.pk, label_of(t)) for t in g.themes]) for g in groups]
        self.choices = [("", "—"), *rows]


class ThemesField(SeveralOf):
    """Any number of themes; `groups` is what the page draws."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, groups: Iterable[ThemeGroup], **kwargs: Any) -> None:
        super().__init__(queryset=Theme.objects.all(), **kwargs)
        self.groups = list(groups)
        self.choices = [
            (group.label, [(theme.pk, label_of(theme)) for theme in group.themes])
            for group in self.groups
        ]


def chosen_ids(bound: BoundField) -> set[int]:
    """Return the ids that a field of themes holds, as it was typed or as it begins."""
    values = bound.value() or []
    ids = [str(getattr(value, "pk", value)) for value in values]
    return {int(pk) for pk in ids if pk.isdigit()}


def text_area(rows: int = 4) -> forms.Textarea:
    """Return a text area of some lines that grows with what is written."""
    return forms.Textarea(attrs={"rows": rows})


def _city() -> str:
    return settings.TIME_ZONE.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
