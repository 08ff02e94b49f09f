"""What the answers of one organisation say of its profile, field by field.

Which fields those can be is in `survey_words.FEEDS`. Lists (themes, products, certifications) do
not follow the rules of survivorship: to them is added.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from minka.knowledge.models import Place, Question
from minka.knowledge.queries.survey_words import FEEDS
from minka.knowledge.states import PlaceLevel, QuestionKind, SizeBand
from minka.methods.questionnaire import is_answered
from minka.methods.text import tidy

K = QuestionKind

PLAIN = frozenset(
    {"name", "activity", "description", "address", "website", "email", "phone", "founded_year"}
)
LISTS = {"products": 160, "certifications": 120}  # and how long an entry may be


@dataclass(slots=True)
class Said:
    """What the answers of one organisation say of its profile, as a record keeps it."""

    cells: list[list[str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    place_id: int | None = None
    themes: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    certifications: list[str] = field(default_factory=list)


def said_by(questions: Iterable[Question], answers: Mapping[str, Any]) -> Said:
    """Return what answers say of the profile; `answers` are those that count, by short name.

    An answer that means nothing to the field (a code that it does not know) is left out.
    """
    said = Said()
    for question in questions:
        value = answers.get(question.code)
        if question.is_anonymous or question.kind not in FEEDS.get(question.feeds, ()):
            continue
        if is_answered(value) and _take(said, question, value):
            said.cells.append([question.text_es, written(question, value)])
    return said


def written(question: Question, value: Any, *, language: str = "es", separator: str = "; ") -> str:
    """Return an answer in words, in one language for ever; options by their text."""
    if question.kind in (K.ONE_OF, K.SOME_OF):
        words = {
            str(one.code): str((one.text_en if language == "en" else "") or one.text_es)
            for one in question.options.all()
        }
        chosen = value if isinstance(value, list) else [value]
        return separator.join(str(words.get(one, one)) for one in chosen)
    if question.kind == K.YES_NO:
        yes, no = ("yes", "no") if language == "en" else ("sí", "no")
        return yes if value == "yes" else no
    if isinstance(value, list):
        return separator.join(str(one) for one in value)
    return str(value)


def _take(said: Said, question: Question, value: Any) -> bool:
    """Keep what a value means to its field; return whether it means anything."""
    feeds = question.feeds
    if feeds == "size_band":
        said.values.update({"size_band": value} if value in SizeBand.values else {})
        return value in SizeBand.values
    if feeds == "region":
        region = Place.objects.filter(level=PlaceLevel.DEPARTMENT, name=value).first()
        said.place_id = region.pk if region else None
        return region is not None
    if feeds == "themes":
        said.themes = [str(one) for one in value]
        return True
    if feeds in LISTS:
        said_list = getattr(said, feeds)
        said_list.extend(_several(question, value, LISTS[feeds]))
        return bool(said_list)
    name = {"founded_year": "founded"}.get(feeds, feeds)
    text = written(question, value)
    said.values[name] = [text] if feeds in {"phone", "email"} else text
    return feeds in PLAIN


def _several(question: Question, value: Any, length: int) -> list[str]:
    """Return the entries of a list: those ticked, or one per line or semicolon of a text."""
    texts = re.split(r"[\n;]+", written(question, value, separator="\n"))
    return [tidy(text)[:length] for text in texts if tidy(text)]
