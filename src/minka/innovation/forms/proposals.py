"""Input of a proposal: everything may stay empty until it is handed in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm
from minka.innovation.forms.drafts import DraftForm
from minka.innovation.models import Proposal
from minka.innovation.queries.proposals_completeness import WORD_LIMITS
from minka.innovation.states import Trl
from minka.knowledge.models import Actor

FIGURES = ("requested_usd", "duration_months", "trl_now", "trl_after")
AT_MOST = _("At most {limit} words.")
WORD_COUNT = _("{count} of {limit} words")
ACCEPT = ".pdf,.docx,.pptx,.odt,.odp,.xlsx,.xls,.ods,.csv,.png,.jpg,.jpeg,.webp"


class ManyFilesInput(forms.FileInput):
    """Chooses several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Gives a list of uploads, empty when none was chosen; what they are, the action looks at."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ARG002
        return [upload for upload in data or [] if upload]


def _text(label: Any, help_text: Any, *, name: str, rows: int = 5) -> forms.CharField:
    """Return a long text with its limit in words, which the page counts."""
    return forms.CharField(
        label=label,
        help_text=format_lazy("{} {}", help_text, format_lazy(AT_MOST, limit=WORD_LIMITS[name])),
        widget=forms.Textarea(
            attrs={"rows": rows, "data-words": WORD_LIMITS[name], "data-words-text": WORD_COUNT}
        ),
    )


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
        name="summary",
        rows=4,
    )
    approach = _text(
        _("What you propose and how it works"),
        _("Steps, equipment, what you need from the mine, and how success will be measured."),
        name="approach",
        rows=10,
    )
    evidence = _text(
        _("Evidence that it works"),
        _("Tests, pilots, customers, measurements. If there is none yet, say how you will get it."),
        name="evidence",
        rows=6,
    )
    team = _text(
        _("Team"), _("Who does what, with which experience, and with which allies."), name="team"
    )
    requested_usd = forms.DecimalField(
        label=_("Amount requested (US$)"),
        help_text=_("Without taxes."),
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

    @staticmethod
    def of(proposal: Proposal) -> dict[str, Any]:
        """Return the values that the form starts from."""
        names = [*WORD_LIMITS, *FIGURES, "title", "language", "revision"]
        return {name: getattr(proposal, name) for name in names}

    def values(self) -> dict[str, Any]:
        """Return what is valid, whatever else is wrong; an unsaid language changes nothing."""
        clean = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        if not clean.get("language"):
            clean.pop("language", None)
        return {k: v for k, v in clean.items() if k not in {"uploads", "revision"}}


class LeadForm(DomainForm):
    """In whose name a challenge is answered."""

    lead = forms.ModelChoiceField(
        label=_("Organisation that leads the proposal"),
        help_text=_("It signs the proposal and receives the answer. You can name allies inside."),
        queryset=Actor.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = organisations  # type: ignore[attr-defined]


class WithdrawForm(DomainForm):
    """The name of the organisation, typed to confirm."""

    confirmation = forms.CharField(label=_("Name of the organisation"), required=False)
