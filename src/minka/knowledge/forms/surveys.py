"""What people fill in to write a survey."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from minka.core.forms import DomainForm, offer
from minka.knowledge.actions.survey_questions import ConditionDraft, OptionDraft
from minka.knowledge.models import Condition, Question
from minka.knowledge.queries.survey_words import feed_choices, text_of, typed_number
from minka.knowledge.states import ActorKind, ConditionTest, QuestionKind
from minka.methods.questionnaire import read_number

SPARE_OPTIONS, SPARE_CONDITIONS = 3, 1
ANY, AMOUNT = "*", "#"  # instead of an answer: any at all; a number to compare with
COUNTABLE = (QuestionKind.WHOLE_NUMBER, QuestionKind.NUMBER, QuestionKind.SCALE)


def _long(label: Any, help_text: Any = "", *, rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}), **kwargs
    )


class RevisionForm(DomainForm):
    """Carries the revision that its writer has seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def seen(self) -> int:
        """Return the revision that the page showed; -1, which never matches, when missing."""
        value = self.cleaned_data.get("revision")
        return -1 if value is None else int(value)

    def words(self) -> dict[str, Any]:
        """Return what was written, without the revision."""
        return {k: v for k, v in self.cleaned_data.items() if k != "revision"}

    def start_from(self, revision: int) -> None:
        """Let the next sending be measured against `revision`: its writer has been told."""
        self.say_now(revision=revision)


class SurveyForm(RevisionForm):
    """Title, welcome and purpose in two languages."""

    title_es = forms.CharField(label=_("Title in Spanish"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    purpose_es = _long(
        _("What the answers are for, in Spanish"),
        _(
            "Whoever answers reads this before the first question; it is the purpose for which "
            "the data is kept."
        ),
        rows=4,
        max_length=1000,
    )
    purpose_en = _long(
        _("What the answers are for, in English"), rows=4, max_length=1000, required=False
    )
    welcome_es = _long(_("Welcome in Spanish"), rows=4, max_length=2000, required=False)
    welcome_en = _long(_("Welcome in English"), rows=4, max_length=2000, required=False)


class QuestionnaireForm(RevisionForm):
    """Which types of organisation it is for."""

    title_es = forms.CharField(label=_("Title in Spanish"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("For these types of organisation"),
        choices=ActorKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: for all that no other questionnaire names."),
    )


class NumberField(forms.CharField):
    """A number as people write it."""

    def clean(self, value: Any) -> Any:
        """Return a Decimal, or None for nothing."""
        text = super().clean(value)
        if not text:
            return None
        found = read_number(text)
        if found is None:
            raise forms.ValidationError(_("Write a number, for example 1,200 or 12.5."))
        return found


class QuestionForm(RevisionForm):
    """One question with its kind of answer."""

    text_es = _long(_("Question in Spanish"), rows=2, max_length=500)
    text_en = _long(_("Question in English"), rows=2, max_length=500, required=False)
    help_es = forms.CharField(label=_("Explanation in Spanish"), max_length=500, required=False)
    help_en = forms.CharField(label=_("Explanation in English"), max_length=500, required=False)
    section_es = forms.CharField(
        label=_("Part in Spanish"),
        max_length=120,
        required=False,
        help_text=_("Questions that follow one another under the same part make one page."),
        widget=forms.TextInput(attrs={"list": "sections", "autocomplete": "off"}),
    )
    section_en = forms.CharField(label=_("Part in English"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices)
    unit = forms.CharField(
        label=_("Unit"), max_length=24, required=False, help_text=_("For example: people, %, US$.")
    )
    least = NumberField(label=_("At least"), required=False)
    most = NumberField(label=_("At most"), required=False)
    is_required = forms.BooleanField(label=_("It must be answered"), required=False)
    is_anonymous = forms.BooleanField(
        label=_("Anonymous: kept apart from who answers"), required=False
    )
    feeds = forms.ChoiceField(
        label=_("Field of the profile that it fills"),
        required=False,
        help_text=_("The answer stands in the profile as said in this survey."),
    )
    code = forms.SlugField(
        label=_("Short name"),
        max_length=32,
        required=False,
        help_text=_("Heads the column in sheets. Left empty, it is made from the question."),
    )

    def __init__(
        self, *args: Any, question: Question | None = None, fixed: bool = False, **kwargs: Any
    ) -> None:
        """Of a `fixed` questionnaire only the words can be corrected."""
        super().__init__(*args, **kwargs)
        offer(self, "feeds", feed_choices())
        if question is not None:
            del self.fields["code"]
        if fixed:
            for name in ("section_es", "section_en", "kind", "unit", "least", "most",
                         "is_required", "is_anonymous", "feeds"):  # fmt: skip
                del self.fields[name]

    @staticmethod
    def of(question: Question) -> dict[str, Any]:
        """Return the values a writer starts from."""
        values = {name: getattr(question, name, "") for name in QuestionForm.base_fields}
        for name in ("least", "most"):
            if values[name] is not None:
                values[name] = typed_number(float(values[name]))
        return values | {"revision": None}


class OptionRow(forms.Form):
    """One answer to choose from."""

    code = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    text_es = forms.CharField(label=_("Answer in Spanish"), max_length=200, required=False)
    text_en = forms.CharField(label=_("Answer in English"), max_length=200, required=False)
    excludes_others = forms.BooleanField(label=_("excludes the others"), required=False)


class ConditionRow(forms.Form):
    """One condition: an earlier question, how, and a number where one is compared with."""

    on = forms.ChoiceField(label=_("Ask it only if"), required=False)
    test = forms.ChoiceField(
        label=_("how"),
        required=False,
        choices=[
            (value, label)
            for value, label in ConditionTest.choices
            if value != ConditionTest.ANSWERED
        ],
    )
    amount = forms.CharField(
        label=_("number"),
        required=False,
        max_length=20,
        help_text=_("Only for “is a number”."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        """Offer the answers of earlier questions."""
        super().__init__(*args, **kwargs)
        offer(self, "on", [("", "—"), *choices])

    def draft(self) -> ConditionDraft | None:
        """Return the condition; None of an empty row."""
        code, _colon, answer = str(self.cleaned_data.get("on") or "").partition(":")
        if not code:
            return None
        test = self.cleaned_data.get("test") or ConditionTest.IS
        if answer == ANY:
            return ConditionDraft(code, ConditionTest.ANSWERED)
        if answer == AMOUNT:
            number = read_number(self.cleaned_data.get("amount") or "")
            return ConditionDraft(code, test, "" if number is None else f"{number:f}")
        if test not in {ConditionTest.IS, ConditionTest.IS_NOT}:
            test = ConditionTest.IS
        return ConditionDraft(code, test, answer)


def condition_choices(earlier: Iterable[Question]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """Return what conditions can look at: question by question, its answers."""
    groups = []
    for one in earlier:
        answers: list[tuple[str, Any]] = [(o.code, text_of(o)) for o in one.options.all()]
        if one.kind == QuestionKind.YES_NO:
            answers = [("yes", _("Yes")), ("no", _("No"))]
        if one.kind in COUNTABLE:
            answers = [(AMOUNT, _("is a number …"))]
        question = text_of(one)
        short = Truncator(question).chars(48)  # a closed list shows the choice without its group
        choices = [
            (f"{one.code}:{code}", f"{short} {words}")
            for code, words in [*answers, (ANY, _("has any answer"))]
        ]
        groups.append((question, choices))
    return groups


def condition_initial(condition: Condition) -> Mapping[str, str]:
    """Return a condition as its row shows it."""
    on = condition.on
    if condition.test == ConditionTest.ANSWERED:
        return {"on": f"{on.code}:{ANY}"}
    if on.kind in COUNTABLE:
        return {"on": f"{on.code}:{AMOUNT}", "test": condition.test, "amount": condition.value}
    return {"on": f"{on.code}:{condition.value}", "test": condition.test}


class QuestionRows:
    """The rows of answers and of conditions that go with a question's form."""

    def __init__(
        self, data: Any, *, question: Question | None, earlier: Iterable[Question], more: int = 0
    ) -> None:
        """Read the rows that were sent, else show those of `question` and some empty ones."""
        options = list(question.options.all()) if question else []
        conditions = list(question.conditions.select_related("on")) if question else []
        choices = condition_choices(earlier)
        self.options = [
            OptionRow(data, prefix=f"o{n}", initial=_option(options[n]) if n < len(options) else {})
            for n in range(_count(data, "options", len(options) + SPARE_OPTIONS) + more)
        ]
        self.conditions = [
            ConditionRow(
                data,
                prefix=f"c{n}",
                choices=choices,
                initial=dict(condition_initial(conditions[n])) if n < len(conditions) else {},
            )
            for n in range(_count(data, "conditions", len(conditions) + SPARE_CONDITIONS))
        ]
        self.has_choices = bool(choices)

    def is_valid(self) -> bool:
        """Whether every row can be read."""
        read = [row.is_valid() for row in (*self.options, *self.conditions)]
        return all(read)

    def option_drafts(self) -> list[OptionDraft]:
        """Return the answers that were written, in order; a row without words is none."""
        rows = [row.cleaned_data for row in self.options]
        return [
            OptionDraft(row["text_es"], row["text_en"], row["excludes_others"], row["code"])
            for row in rows
            if row["text_es"] or row["text_en"]
        ]

    def condition_drafts(self) -> list[ConditionDraft]:
        """Return the conditions that were chosen."""
        drafts = [row.draft() for row in self.conditions]
        return [one for one in drafts if one is not None]


def _option(option: Any) -> dict[str, Any]:
    names = ("code", "text_es", "text_en", "excludes_others")
    return {name: getattr(option, name) for name in names}


def _count(data: Any, name: str, otherwise: int) -> int:
    sent = (data or {}).get(f"{name}_rows", "")
    return min(int(sent), 60) if str(sent).isdecimal() else otherwise
