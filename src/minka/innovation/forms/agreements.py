"""Input of agreements: facts, clauses, approval, signature."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, OneOf, choose_from
from minka.innovation.models import Agreement
from minka.innovation.queries.agreement_content import AgreementFacts, Clause
from minka.innovation.queries.agreements import with_words
from minka.innovation.states.agreements import AgreementKind, AgreementOutcome
from minka.knowledge.models import Actor

FACTS = ("kind", "title", "language", "value_usd", "starts_on", "ends_on")
PAPERS = ".pdf,.docx,.odt,.png,.jpg,.jpeg,.webp"


def day_input() -> forms.DateInput:
    """Return the input of a day, as browsers offer it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def words(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> Any:
    """Return a field of several lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FactsForm(DomainForm):
    """What an agreement says in figures and dates."""

    kind = forms.ChoiceField(label=_("Kind of agreement"), choices=AgreementKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    value_usd = forms.DecimalField(
        label=_("Value (US$)"),
        help_text=_("Without taxes; empty if nothing is paid."),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )
    starts_on = forms.DateField(label=_("Starts"), required=False, widget=day_input())
    ends_on = forms.DateField(label=_("Ends"), required=False, widget=day_input())

    @staticmethod
    def of(facts: AgreementFacts) -> dict[str, Any]:
        """Return the values that the form starts from."""
        return {name: getattr(facts, name) for name in FACTS}

    def facts(self) -> AgreementFacts:
        """Return what was typed."""
        typed: dict[str, Any] = {name: self.cleaned_data.get(name) for name in FACTS}
        return AgreementFacts(**typed)


class AgreementField(OneOf):
    """One agreement of several that a person may know, told apart by parties and day."""

    def label_from_instance(self, obj: Agreement) -> str:
        names = ", ".join(party.name for party in obj.parties.all())
        day = date_format(obj.signed_on, "SHORT_DATE_FORMAT") if obj.signed_on else ""
        return " · ".join(part for part in (obj.title, names, day) if part)


@dataclass(frozen=True)
class Sides:
    """What an agreement from a decision is chosen from: companies, partners, earlier agreements."""

    companies: QuerySet[Actor]
    partners: QuerySet[Actor]
    earlier: QuerySet[Agreement]


class StartForm(FactsForm):
    """An agreement from a decision: for which companies, with whom else."""

    companies = forms.ModelMultipleChoiceField(
        label=_("Companies"),
        queryset=Actor.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        to_field_name="public_id",
    )
    partners = forms.ModelMultipleChoiceField(
        label=_("Partners of the proposal"),
        help_text=_("Those that are ticked are parties beside its lead."),
        queryset=Actor.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="public_id",
    )
    with_cluster = forms.BooleanField(label=_("The cluster is a party, too"), required=False)
    follows = AgreementField(
        label=_("It follows from"),
        queryset=Agreement.objects.none(),
        required=False,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, sides: Sides, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "companies", sides.companies)
        choose_from(self, "partners", sides.partners)
        choose_from(self, "follows", sides.earlier)
        if not sides.partners.exists():
            del self.fields["partners"]

    def clean(self) -> dict[str, Any]:
        """Nobody is a partner where nobody was offered."""
        said = super().clean() or {}
        said.setdefault("partners", [])
        return said


class RegisterForm(FactsForm):
    """An agreement that was signed elsewhere."""

    company = forms.CharField(
        label=_("Companies"),
        help_text=_("The codes of the organisations, as their pages show them, with spaces."),
    )
    solver = forms.CharField(
        label=_("Suppliers"),
        help_text=_("The codes of the organisations, as their pages show them, with spaces."),
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=day_input())
    document = forms.FileField(
        label=_("Signed document"),
        widget=forms.FileInput(
            attrs={"accept": PAPERS, "data-max-bytes": settings.MINKA_UPLOAD_MAX_BYTES}
        ),
    )

    find = forms.CharField(
        label=_("Search signed agreements"),
        help_text=_(
            "Words of the title or of a party; then “Search agreements”, which shortens the list."
        ),
        required=False,
    )
    follows = AgreementField(
        label=_("It follows from"),
        help_text=_("A pilot, say; both pages show the other one."),
        queryset=Agreement.objects.none(),
        required=False,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, earlier: QuerySet[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        choose_from(self, "follows", earlier)

    def narrow(self) -> None:
        """Offer only the agreements that have the words that were looked for."""
        words = str(self.initial.get("find", ""))
        choose_from(self, "follows", with_words(self.earlier, words))

    def actors(self, name: str) -> list[Actor]:
        """Return the organisations of a field; says at the field which code is not known."""
        found = []
        for code in self.cleaned_data.get(name, "").split():
            actor = Actor.objects.filter(public_id=code, state="live").first()
            if actor is None:
                self.add_error(name, _("No organisation has this code."))
                return []
            found.append(actor)
        return found


class TextForm(FactsForm):
    """The whole text: facts and clauses, the last one empty to be added."""

    reason = words(_("Why it changes"), rows=2, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @staticmethod
    def clauses(data: MultiValueDict[str, Any]) -> list[Clause]:
        """Return the clauses that were typed, without those that were ticked to go."""
        gone = set(data.getlist("clause_remove"))
        typed = zip(data.getlist("clause_title"), data.getlist("clause_text"), strict=False)
        return [
            Clause(title, text.replace("\r\n", "\n"))
            for number, (title, text) in enumerate(typed)
            if str(number) not in gone and (title.strip() or text.strip())
        ]


class AnswerForm(DomainForm):
    """Approval, or what has to change, of the text that was read."""

    seat = forms.CharField(widget=forms.HiddenInput)
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = words(_("What has to change"), rows=3, required=False)


class SignForm(DomainForm):
    """Who signs, as what, which text."""

    party = forms.IntegerField(widget=forms.HiddenInput)
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(
        label=_("Your full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    post = forms.CharField(
        label=_("Your post"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    agrees = forms.BooleanField(
        label=_("I have read the whole text, I may bind my organisation, and I sign it.")
    )


class ReasonForm(DomainForm):
    """Why."""

    reason = words(_("Why"))


class ShowForm(DomainForm):
    """Whether everybody may know of the agreement."""

    party = forms.IntegerField(widget=forms.HiddenInput)
    shows = forms.BooleanField(
        label=_("Everybody may know that this agreement exists and with whom"), required=False
    )


class CloseForm(DomainForm):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=_("How it ended"), choices=AgreementOutcome.choices, widget=forms.RadioSelect
    )
    reason = words(_("Why"), _("It is read by the parties and the cluster team."))
