"""The questions of one page of a questionnaire as a form: it draws and hands over, no more.

What fits is decided by the action, so that answers from a sheet and from a page meet one rule.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _

from minka.core.forms import DomainForm
from minka.core.templatetags.formats import localized_text
from minka.knowledge.forms.organisations import regions
from minka.knowledge.models import Question, Theme
from minka.knowledge.queries.survey_words import typed_number
from minka.knowledge.states import QuestionKind
from minka.methods.questionnaire import LONG, SHORT

PREFIX, SHOWN = "p_", "s_"
FEW = 9  # so many answers are shown as buttons; more go into a list
INPUTS: Mapping[str, Mapping[str, str]] = {
    QuestionKind.SHORT_TEXT: {"maxlength": str(SHORT)},
    QuestionKind.WHOLE_NUMBER: {"inputmode": "numeric", "autocomplete": "off"},
    QuestionKind.NUMBER: {"inputmode": "decimal", "autocomplete": "off"},
    QuestionKind.DATE: {"type": "date"},
    QuestionKind.EMAIL: {"type": "email", "autocomplete": "email"},
    QuestionKind.PHONE: {"type": "tel", "autocomplete": "tel"},
    QuestionKind.WEBSITE: {"inputmode": "url", "autocomplete": "url"},
}


def shown_codes(data: Any, questions: Iterable[Question]) -> set[str]:
    """Return the short names of the questions that a page says it showed."""
    return {one.code for one in questions if SHOWN + one.code in data}


class RawField(forms.Field):
    """Gives what was sent; the star of “must be answered” is only shown."""

    def clean(self, value: Any) -> Any:
        """Return the value as it came."""
        return value


class ThemeChoice(forms.CheckboxSelectMultiple):
    """Concepts to tick, folded under the broader ones."""

    template_name = "knowledge/surveys/theme_choice.html"
    use_fieldset = True


class AnswerPage(DomainForm):
    """The questions of one page with what was answered."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Iterable[Question],
        answers: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Draw `questions`; `answers` are by short name."""
        self.questions = list(questions)
        initial = {
            PREFIX + one.code: _typed(one, (answers or {}).get(one.code)) for one in self.questions
        }
        super().__init__(data, initial=initial, **kwargs)
        for one in self.questions:
            self.fields[PREFIX + one.code] = _field(one)

    def raw(self) -> dict[str, Any]:
        """Return what was sent, by short name; a question that the page did not show is not in.

        An empty list of ticks is sent as nothing at all: the page names what it showed.
        """
        shown = shown_codes(self.data, self.questions)
        return {
            one.code: self.fields[PREFIX + one.code].widget.value_from_datadict(
                self.data, self.files, PREFIX + one.code
            )
            for one in self.questions
            if one.code in shown
        }

    def show_faults(self, faults: Mapping[str, Any]) -> None:
        """Show what an action said of answers, by short name."""
        self.is_valid()
        for code, words in faults.items():
            self.add_error(PREFIX + code if PREFIX + code in self.fields else None, str(words))


def _typed(question: Question, value: Any) -> Any:
    """Return an answer as it is typed again: numbers without marks for the thousands."""
    if isinstance(value, int | float) and question.kind != QuestionKind.SCALE:
        return typed_number(value)
    return value


def _field(question: Question) -> RawField:
    text, _language = localized_text(question, "text")
    return RawField(
        label=text + (f" ({question.unit})" if question.unit else ""),
        help_text=escape(_help(question)),  # the page prints it as it is
        required=question.is_required,
        widget=_widget(question),
    )


def _help(question: Question) -> str:
    text = localized_text(question, "help")[0]
    if question.kind == QuestionKind.SOME_OF and not text:
        if question.most is not None:
            return _("Choose up to %(most)s.") % {"most": int(question.most)}
        return _("Choose all that apply.")
    return text


def _widget(question: Question) -> forms.Widget:
    if question.kind in INPUTS:
        return forms.TextInput(attrs=dict(INPUTS[question.kind]))
    if question.kind == QuestionKind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 4, "maxlength": LONG})
    choices = _choices(question)
    if question.kind == QuestionKind.SOME_OF:
        return forms.CheckboxSelectMultiple(choices=choices)
    if question.kind == QuestionKind.THEMES:
        return ThemeChoice(choices=choices)
    if question.kind == QuestionKind.REGION or len(choices) > FEW:
        return forms.Select(choices=[("", "—"), *choices])
    return forms.RadioSelect(choices=choices)


def _choices(question: Question) -> list[Any]:
    if question.kind == QuestionKind.YES_NO:
        return [("yes", _("Yes")), ("no", _("No"))]
    if question.kind == QuestionKind.SCALE:
        return [(n, n) for n in range(1, 6)]
    if question.kind == QuestionKind.THEMES:
        return _themes()
    if question.kind == QuestionKind.REGION:
        return [(name, name) for name in regions().values_list("name", flat=True)]
    return [(one.code, localized_text(one, "text")[0]) for one in question.options.all()]


def _themes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the concepts in groups: by the second level of the thesaurus, else by the first."""
    themes = {one.pk: one for one in Theme.objects.all()}
    parents = {one.broader_id for one in themes.values()}
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in themes.values():
        line = [one]
        while line[-1].broader_id:
            line.append(themes[line[-1].broader_id])
        if len(line) == 1 and one.pk in parents:
            continue  # a heading of headings is no theme of anybody
        head = line[-2] if len(line) > 1 and line[-2].pk in parents else line[-1]
        label = localized_text(head, "label")[0]
        groups.setdefault(label, []).append((one.slug, localized_text(one, "label")[0]))
    return [(label, sorted(rest, key=lambda c: c[1])) for label, rest in sorted(groups.items())]
