"""What the team fills in about a concept of the thesaurus."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, choose_from
from minka.knowledge.forms.profile import ThemeField
from minka.knowledge.models import Theme

ONE_PER_LINE = _("One in each line; symbols and acronyms with their capitals: Cu, SX, TSF.")


class LinesField(forms.CharField):
    """Several short texts, one in each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that hold something."""
        text = super().to_python(value)
        return [line.strip() for line in str(text or "").splitlines() if line.strip()]


class ConceptForm(DomainForm):
    """A concept of the thesaurus."""

    label_es = forms.CharField(label=_("Label in Spanish"), max_length=120)
    label_en = forms.CharField(label=_("Label in English"), max_length=120)
    synonyms_es = LinesField(label=_("Synonyms in Spanish"), required=False, help_text=ONE_PER_LINE)
    synonyms_en = LinesField(label=_("Synonyms in English"), required=False, help_text=ONE_PER_LINE)
    broader = ThemeField(
        label=_("Broader concept"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("None: at the top"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "broader", Theme.objects.order_by("label_es"))

    @staticmethod
    def of(theme: Theme) -> dict[str, Any]:
        """Return the values a person starts from."""
        names = ("label_es", "label_en", "synonyms_es", "synonyms_en", "broader")
        return {name: getattr(theme, name) for name in names}


class MergeForm(DomainForm):
    """The concept that takes the place of another."""

    into = ThemeField(
        label=_("Concept that stays"),
        queryset=Theme.objects.none(),
        empty_label=_("Choose …"),
        help_text=_("The names of the other become synonyms, and its uses follow."),
    )

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "into", Theme.objects.exclude(pk=theme.pk).order_by("label_es"))


class ThesaurusFileForm(DomainForm):
    """A list of concepts."""

    upload = forms.FileField(
        label=_("File"),
        help_text=_("CSV with the columns es, en, synonyms_es, synonyms_en, parent; or Turtle."),
        widget=forms.FileInput(attrs={"accept": ".csv,.ttl,.txt", "data-max-bytes": "5000000"}),
        allow_empty_file=True,  # the action says what is wrong with it
    )
