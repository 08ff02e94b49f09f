"""Input of a proposal: everything may stay empty until it is handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, choose_from
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.forms.fields import OwnOrganisationField
from minka.innovation.models import Proposal
from minka.innovation.models.proposal_parts import (
    ANSWERS,
    COLUMNS,
    MOST_LINES,
    TABLE_HELP,
    USUAL_PARTS,
    Column,
    ProposalPart,
)
from minka.innovation.queries.proposals_completeness import WORD_LIMITS, field_of
from minka.innovation.states import Trl

AT_MOST = _("At most {limit} words.")
WORD_COUNT = _("{count} of {limit} words")
PLAIN = ("title", "summary", "public_summary", "language", "requested_usd")
FIGURES = ("duration_months", "trl_now", "trl_after")
BLANK_LINES = 2  # offered beyond what is written, in each table
ACCEPT = ".pdf,.docx,.pptx,.odt,.odp,.xlsx,.xls,.ods,.csv,.png,.jpg,.jpeg,.webp"


class ManyFilesInput(forms.FileInput):
    """Chooses several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Gives a list of uploads, empty when none was chosen; what they are, the action looks at."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ARG002 -- Django calls it so
        return [upload for upload in data or [] if upload]


def _text(label: Any, help_text: Any, *, limit: int, rows: int = 5) -> forms.CharField:
    """Return a long text with its limit in words, which the page counts."""
    return forms.CharField(
        label=label,
        help_text=format_lazy("{} {}", help_text, format_lazy(AT_MOST, limit=limit)),
        widget=forms.Textarea(
            attrs={"rows": rows, "data-words": limit, "data-words-text": WORD_COUNT}
        ),
    )


def _cell(column: Column) -> forms.Field:
    """Return the field of one cell; what may stand in it, the action knows."""
    label: Any = column.label
    if column.kind == "yes":
        return forms.BooleanField(label=label, required=False)
    if column.kind == "choice":
        return forms.ChoiceField(label=label, choices=column.choices, required=False)
    widget = forms.TextInput()
    if column.kind in {"number", "money", "rate"}:
        whole = column.kind == "number"
        widget.attrs = {"inputmode": "numeric" if whole else "decimal", "class": "narrow"}
    return forms.CharField(label=label, required=False, widget=widget)


def _level(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[("", "—"), *Trl.choices],
        coerce=int,
        empty_value=None,
    )


class ProposalForm(DraftForm):
    """The draft of a proposal, whole or in part, and files to add."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("One line that says what it is, without the name of your company."),
    )
    summary = _text(
        _("Summary"),
        _("What you offer, to whom it helps and what changes, for somebody outside your field."),
        limit=WORD_LIMITS["summary"],
        rows=4,
    )
    public_summary = _text(
        _("Public summary"),
        _(
            "What may be told to everybody if you are selected. All the rest stays confidential, "
            "this too until the decision is announced."
        ),
        limit=WORD_LIMITS["public_summary"],
        rows=3,
    )
    requested_usd = forms.DecimalField(
        label=_("Amount requested (US$)"),
        help_text=_("Without taxes. Where there is a budget, it is what the budget requests."),
        max_digits=12,
        decimal_places=2,
        localize=False,
    )
    duration_months = forms.IntegerField(label=_("Duration (months)"))
    trl_now = _level(_("Readiness today"))
    trl_after = _level(_("Readiness at the end"))
    language = forms.ChoiceField(label=_("Language of the proposal"), choices=settings.LANGUAGES)
    uploads = FilesField(
        label=_("Add files"),
        help_text=_("PDF, office documents, sheets or images; up to 10 files."),
        required=False,
        widget=ManyFilesInput(
            attrs={"accept": ACCEPT, "data-max-bytes": settings.MINKA_UPLOAD_MAX_BYTES}
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, parts: Sequence[ProposalPart] = USUAL_PARTS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_summary"].required = False
        self.parts = tuple(parts)
        self.line_counts: dict[str, int] = {}
        for part in self.parts:
            if part.is_table:
                self._add_table(part.key)
            else:
                rows = min(10, max(4, part.words // 120))
                made = _text(part.title, escape(part.help), limit=part.words, rows=rows)
                made.required = part.required
                self.fields[field_of(part.key)] = made

    @classmethod
    def for_draft(cls, proposal: Proposal, *data: Any) -> "ProposalForm":
        """Return the form that its challenge asks for, beginning with what the draft says."""
        return cls(*data, initial=cls.of(proposal), parts=proposal.challenge.parts)

    @staticmethod
    def of(proposal: Proposal) -> dict[str, Any]:
        """Return the values that the form starts from, by its fields."""
        values = {name: getattr(proposal, name) for name in (*PLAIN, *FIGURES, "revision")}
        for answered in proposal.answered():
            key = answered.part.key
            if not answered.part.is_table:
                values[field_of(key)] = answered.text
                continue
            for place, line in enumerate(answered.lines):
                for column in COLUMNS[key]:
                    values[f"{key}-{place}-{column.name}"] = line.get(column.name)
        return values

    def values(self) -> dict[str, Any]:
        """Return what is valid, whatever else is wrong; an unsaid language changes nothing."""
        clean = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        if not clean.get("language"):
            clean.pop("language", None)
        keys = {part.key for part in self.parts if not part.is_table and part.key in clean}
        found = {k: v for k, v in clean.items() if k in {*PLAIN, *FIGURES, *keys}}
        for table in self.line_counts:
            if any(name.startswith(f"{table}-") for name in self.data):
                found[table] = self._lines(table)
        answers = {
            part.key: clean[f"answer_{part.key}"]
            for part in self.parts
            if f"answer_{part.key}" in clean
        }
        return found | ({ANSWERS: answers} if answers else {})

    def tables(self) -> dict[str, "TableOfForm"]:
        """Return the tables as the page draws them, by their keys."""
        return {
            table: TableOfForm(
                COLUMNS[table],
                TABLE_HELP[table],
                [
                    [self[f"{table}-{place}-{column.name}"] for column in COLUMNS[table]]
                    for place in range(count)
                ],
            )
            for table, count in self.line_counts.items()
        }

    def _add_table(self, table: str) -> None:
        begun = [name for name in (*self.initial, *self.data) if name.startswith(f"{table}-")]
        places = [int(n) for name in begun if (n := name.split("-")[1]).isdecimal()]
        written = max(places, default=-1) + 1
        # a page that was sent comes back with the lines it had; a fresh one offers blank ones
        blank = 0 if any(name.startswith(f"{table}-") for name in self.data) else BLANK_LINES
        count = min(max(written + blank, 1), MOST_LINES)
        self.line_counts[table] = count
        for place in range(count):
            for column in COLUMNS[table]:
                self.fields[f"{table}-{place}-{column.name}"] = _cell(column)

    def _lines(self, table: str) -> list[dict[str, Any]]:
        return [
            {c.name: self.cleaned_data.get(f"{table}-{place}-{c.name}") for c in COLUMNS[table]}
            for place in range(self.line_counts[table])
        ]


@dataclass(frozen=True)
class TableOfForm:
    """A table of the form: its columns, what it is for, and its lines of fields."""

    columns: tuple[Column, ...]
    help: Any
    lines: list[list[BoundField]]


class LeadForm(DomainForm):
    """In whose name a challenge is answered."""

    lead = OwnOrganisationField(
        label=_("Organisation that leads the proposal"),
        help_text=_("It signs the proposal and receives the answer. You can name allies inside."),
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "lead", organisations)


class WithdrawForm(DomainForm):
    """The name of the organisation, typed to confirm."""

    confirmation = forms.CharField(label=_("Name of the organisation"), required=False)
