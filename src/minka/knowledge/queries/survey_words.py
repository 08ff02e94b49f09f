"""What answers and their faults are called: for pages, letters and tables."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minka.core.templatetags.formats import day, localized_text, number
from minka.knowledge.models import Question, Theme
from minka.knowledge.queries.fields import field_label
from minka.knowledge.states import CHOICE_KINDS, QuestionKind
from minka.methods.questionnaire import UnfitError, is_answered

# what an answer may fill in a profile, and the kinds of question that give such a value
FEEDS: Mapping[str, tuple[str, ...]] = {
    "name": (QuestionKind.SHORT_TEXT,),
    "activity": (QuestionKind.SHORT_TEXT, QuestionKind.ONE_OF),
    "description": (QuestionKind.LONG_TEXT, QuestionKind.SHORT_TEXT),
    "size_band": (QuestionKind.ONE_OF,),
    "founded_year": (QuestionKind.WHOLE_NUMBER,),
    "website": (QuestionKind.WEBSITE,),
    "email": (QuestionKind.EMAIL,),
    "phone": (QuestionKind.PHONE,),
    "address": (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT),
    "region": (QuestionKind.REGION,),
    "themes": (QuestionKind.THEMES,),
    "products": (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.SOME_OF),
    "certifications": (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.SOME_OF),
}
FAULTS: Mapping[str, str | Promise] = {
    "number": gettext_lazy("Write a number, for example 1,200 or 12.5."),
    "whole": gettext_lazy("Write a whole number, without decimals."),
    "least": gettext_lazy("It must be at least %(least)s."),
    "most": gettext_lazy("It must be at most %(most)s."),
    "long": gettext_lazy("At most %(most)s characters."),
    "email": gettext_lazy("Write an e-mail address, for example name@company.com."),
    "phone": gettext_lazy("Write a telephone with its area code, for example 054 123456."),
    "website": gettext_lazy("Write a web address, for example www.company.com."),
    "date": gettext_lazy("Write a date, for example 31/12/2026."),
    "option": gettext_lazy("Choose one of the answers offered."),
    "alone": gettext_lazy("One of these answers excludes the others: leave only one or the other."),
    "few": gettext_lazy("Choose at least %(least)s."),
    "many": gettext_lazy("Choose at most %(most)s."),
}

FIRST_YEAR, LAST_YEAR = 1000, 10_000  # limits between which a number is a year


def feed_choices() -> list[tuple[str, str]]:
    """Return the profile fields that an answer may fill, with their names."""
    fields = [(name, field_label(name)) for name in FEEDS]
    return [("", _("None")), *fields]


def fault_words(error: UnfitError) -> str:
    """Return what is wrong with an answer, in words that help to mend it."""
    values = {name: _limit(value) for name, value in error.values.items()}
    return str(FAULTS[error.reason]) % values


def _limit(value: Any) -> str:
    """Return a limit as people read it; four digits are most likely a year."""
    if value != int(value):
        return number(value, 2)
    return str(int(value)) if FIRST_YEAR <= value < LAST_YEAR else number(value)


def text_of(thing: Any, name: str = "text") -> str:
    """Return the words of a question or option in the reader's language, else in Spanish."""
    return localized_text(thing, name)[0]


def answer_words(
    question: Question, value: Any, *, themes: Mapping[str, Theme] | None = None
) -> str:
    """Return an answer as people read it; empty where there is none.

    `themes` are the concepts by slug, for the questions that ask for them.
    """
    if not is_answered(value):
        return ""
    if question.kind in CHOICE_KINDS:
        words = {one.code: text_of(one) for one in question.options.all()}
        chosen = value if isinstance(value, list) else [value]
        return " · ".join(words.get(str(code), str(code)) for code in chosen)
    if question.kind == QuestionKind.THEMES:
        known = themes or {}
        return " · ".join(text_of(known[s], "label") if s in known else s for s in value)
    return _plain_words(question, value)


def _plain_words(question: Question, value: Any) -> str:
    kind = question.kind
    if kind == QuestionKind.YES_NO:
        return _("Yes") if value == "yes" else _("No")
    if kind == QuestionKind.SCALE:
        return _("%(points)s of 5") % {"points": value}
    if kind == QuestionKind.DATE:
        return strip_tags(str(day(date.fromisoformat(value))))
    if kind in {QuestionKind.NUMBER, QuestionKind.WHOLE_NUMBER}:
        return " ".join(filter(None, (plain_number(question, value), question.unit)))
    return str(value)


def typed_number(value: Any) -> str:
    """Return a number as one types it: with the decimals it has and no other marks."""
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def plain_number(question: Question, value: Any) -> str:
    """Return a number with its thousands, but a year as a year."""
    text = typed_number(value)
    return text if is_year(question) else number(value, len(text.partition(".")[2]))


def is_year(question: Question) -> bool:
    """Whether the answers are years: by the field they fill, or by the limits."""
    first, last = question.least, question.most
    within = first is not None and last is not None and first >= FIRST_YEAR and last < LAST_YEAR
    return question.feeds == "founded_year" or within


def mean_words(question: Question, value: float | None) -> str:
    """Return a mean or the end of its interval: one decimal, of years the nearest year."""
    if value is None:
        return "—"
    return str(round(value)) if is_year(question) else number(value, 1)


def middle_words(question: Question, value: float) -> str:
    """Return a median as the answers are: whole where they are, a year as a year."""
    places = 0 if value == int(value) else 1
    return f"{value:.{places}f}" if is_year(question) else number(value, places)


def minutes_words(questions: int) -> str:
    """Return how long so many questions take: three in a minute."""
    minutes = max(2, round(questions / 3))
    return ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": minutes}
