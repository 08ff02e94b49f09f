"""Input of what the proposals to a challenge are asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from minka.innovation.forms.drafts import DraftForm
from minka.innovation.forms.fields import text_area
from minka.innovation.models.proposal_parts import (
    LONGEST_LIMIT,
    MOST_PARTS,
    TEXT_COLUMNS,
    ProposalPart,
)

KINDS = (
    ("", _("Text")),
    ("budget", _("Table: budget")),
    ("timeline", _("Table: timeline")),
    ("people", _("Table: people of the team")),
    ("references", _("Table: references")),
)


class PartForm(DraftForm):
    """One part of the form; a line without a title is none."""

    key = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is filled in"), choices=KINDS, required=False)
    title_es = forms.CharField(label=_("Title, in Spanish"), max_length=120, required=False)
    title_en = forms.CharField(label=_("Title, in English"), max_length=120, required=False)
    help_es = forms.CharField(
        label=_("What is asked, in Spanish"), max_length=500, required=False, widget=text_area(2)
    )
    help_en = forms.CharField(
        label=_("What is asked, in English"), max_length=500, required=False, widget=text_area(2)
    )
    words = forms.IntegerField(
        label=_("Most words"), required=False, min_value=1, max_value=LONGEST_LIMIT
    )
    required = forms.BooleanField(label=_("Has to be answered"), required=False)

    def part(self) -> ProposalPart | None:
        """Return the part that was written, None for a line left empty."""
        clean = self.cleaned_data
        if not clean.get("title_es") and not clean.get("title_en"):
            return None
        texts = {n: clean.get(n, "") for n in ("title_es", "title_en", "help_es", "help_en")}
        return ProposalPart(
            key=clean.get("kind") or self._text_key(),
            words=clean.get("words") or 0,
            required=bool(clean.get("required")),
            **texts,
        )

    def _text_key(self) -> str:
        """Return the key of a text that has one; a table that became a text gets another."""
        key = str(self.cleaned_data.get("key", ""))
        return key if key in TEXT_COLUMNS or key[1:].isdecimal() else ""


PartFormSet: type[BaseFormSet[Any]] = formset_factory(
    PartForm, extra=2, max_num=MOST_PARTS, absolute_max=MOST_PARTS + 2
)


def parts_formset(
    parts: Sequence[ProposalPart], data: Mapping[str, Any] | None = None
) -> BaseFormSet[Any]:
    """Return the list of parts with two empty lines to add more."""
    initial = [
        {**part.plain(), "kind": part.key if part.is_table else "", "words": part.words or None}
        for part in parts
    ]
    return PartFormSet(data, initial=initial, prefix="parts")


def written_parts(formset: BaseFormSet[Any]) -> list[ProposalPart]:
    """Return the parts that were filled in, in their order."""
    found = (form.part() for form in formset if form.cleaned_data)
    return [part for part in found if part is not None]
