"""The sheet of a wave as it goes out, and what a filled one would change: nothing is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from minka.core.models import User
from minka.knowledge.models import Answer, Question, Response, Theme, Wave
from minka.knowledge.queries.survey_words import fault_words, text_of
from minka.knowledge.queries.surveys import Layout, known_words, layout_of
from minka.knowledge.queries.waves import responses_of
from minka.knowledge.states import CHOICE_KINDS, AnswerWay, QuestionKind, ResponseState
from minka.methods.questionnaire import UnfitError, fit, is_answered, missing
from minka.methods.text import search_key

K = QuestionKind
ID, NAME, MARK = "id", "organizacion", "#"
ROWS_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row of a filled sheet: whose it is and its cells by the code of the question."""

    line: int
    public_id: str
    cells: Mapping[str, str]


@dataclass(slots=True)
class RowCheck:
    """What would be taken of one row.

    Args:
        fresh: answers that are new; `changed` replace what was answered, `kept` would replace
            what the organisation answered by its own link and are left, unless somebody chooses.
        faults: what is wrong, by the code of the question, or under "" with the row as a whole.
        finishes: whether nothing that has to be answered is missing then.
    """

    line: int
    name: str
    response: Response | None = None
    fresh: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    same: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    finishes: bool = False
    lacks: list[str] = field(default_factory=list)

    def to_write(self, *, replace: bool) -> dict[str, Any]:
        """Return the answers that would be written."""
        return {**self.fresh, **self.changed, **(self.kept if replace else {})}


@dataclass(frozen=True, slots=True)
class _Words:
    """What cells may hold: names of regions and codes of themes, and themes by their labels."""

    known: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]


def sheet_rows(*, viewer: User, wave: Wave, language: str) -> Iterator[list[str]]:
    """Yield the rows of the sheet: short names, questions, what can be written, then everybody.

    What was answered already stands in its cell. Anonymous questions are not in it: a row of it
    has a name.
    """
    found = responses_of(viewer=viewer, wave=wave).exclude(state=ResponseState.REFUSED)
    responses = list(found.select_related("actor", "questionnaire"))
    layouts = _layouts(responses)
    columns = _columns(layouts)
    with override(language):
        heads = [[ID, NAME], [MARK, _("Organisation")], [MARK, _("What can be written")]]
        heads[0] += list(columns)
        heads[1] += [text_of(one) for one in columns.values()]
        heads[2] += [_can_be_written(one) for one in columns.values()]
    yield from heads
    answers = _answers(responses)
    for one in responses:
        given = answers.get(one.pk, {})
        cells = [_cell(given[code]) if code in given else "" for code in columns]
        yield [one.actor.public_id, one.actor.name, *cells]


def check_sheet(*, viewer: User, wave: Wave, rows: Iterable[FilledRow]) -> list[RowCheck]:
    """Return row by row what would be taken; seven SQL statements for any number of rows."""
    responses = list(
        responses_of(viewer=viewer, wave=wave).select_related("actor", "questionnaire")
    )
    by_id = {one.actor.public_id: one for one in responses}
    layouts = _layouts(responses)
    known = known_words([one for layout in layouts.values() for one in layout.questions])
    words = _Words(known, _theme_labels() if K.THEMES in known else {})
    answers = _answers(responses)
    checks, seen = [], set()
    for row in rows:
        response = by_id.get(row.public_id)
        check = RowCheck(row.line, row.cells.get(NAME, "") or row.public_id)
        checks.append(check)
        if response is None:
            check.faults[""] = _("No organisation with this id was invited to this wave.")
            continue
        check.name = response.actor.name
        if row.public_id in seen:
            check.faults[""] = _(
                "This organisation stands in the sheet twice; the first row counts."
            )
            continue
        seen.add(row.public_id)
        if response.state == ResponseState.REFUSED:
            check.faults[""] = _("This organisation said that it does not want to answer.")
            continue
        check.response = response
        layout = layouts[response.questionnaire_id]
        _check_row(check, row, layout, answers.get(response.pk, {}), words)
    return checks


def _check_row(
    check: RowCheck, row: FilledRow, layout: Layout, given: Mapping[str, Any], words: _Words
) -> None:
    by_link = check.response is not None and check.response.way == AnswerWay.LINK
    items, questions = layout.item_of, layout.by_code
    for code, raw in row.cells.items():
        question = questions.get(code)
        if code in (ID, NAME) or not raw.strip():
            continue
        if question is None or question.is_anonymous:
            check.faults[code] = _("This question is not asked of this organisation.")
            continue
        try:
            value = fit(
                items[code], _raw(question, raw, words.labels), known=words.known.get(question.kind)
            )
        except UnfitError as error:
            check.faults[code] = f"“{raw[:60]}”: {fault_words(error)}"
            continue
        if code not in given or not is_answered(given[code]):
            check.fresh[code] = value
        elif given[code] == value:
            check.same += 1
        elif by_link:
            check.kept[code] = value
        else:
            check.changed[code] = value
    after = {**given, **check.fresh, **check.changed}
    lacks = missing(layout.named_items, after)
    check.lacks = [text_of(questions[one.code]) for one in lacks]
    check.finishes = not lacks and any(is_answered(one) for one in after.values())


def _raw(question: Question, raw: str, labels: Mapping[str, str]) -> Any:
    """Return what a cell means: options by their code or their words, lists by semicolons."""
    if question.kind == K.THEMES:
        return [labels.get(search_key(one), one) for one in _parts(raw)]
    if question.kind not in CHOICE_KINDS:
        return raw
    words = {
        search_key(text): option.code
        for option in question.options.all()
        for text in (option.text_es, option.text_en, option.code)
        if text
    }
    if question.kind == K.ONE_OF:
        return words.get(search_key(raw), raw)
    return [words.get(search_key(one), one) for one in _parts(raw)]


def _parts(raw: str) -> list[str]:
    return [one.strip() for one in raw.replace("\n", ";").split(";") if one.strip()]


def _layouts(responses: Sequence[Response]) -> dict[int, Layout]:
    lists = {one.questionnaire_id: one.questionnaire for one in responses}
    return {pk: layout_of(one) for pk, one in sorted(lists.items())}


def _columns(layouts: Mapping[int, Layout]) -> dict[str, Question]:
    columns: dict[str, Question] = {}
    for layout in layouts.values():
        for one in layout.questions:
            if not one.is_anonymous:
                columns.setdefault(one.code, one)
    return columns


def _answers(responses: Sequence[Response]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    waves = {one.wave_id for one in responses}
    rows = Answer.objects.filter(response__wave__in=waves, response__set_aside=False)
    for pk, code, value in rows.values_list("response_id", "question__code", "value"):
        found.setdefault(pk, {})[code] = value
    return found


def _theme_labels() -> dict[str, str]:
    return {
        search_key(text): slug
        for slug, *texts in Theme.objects.values_list("slug", "label_es", "label_en")
        for text in (slug, *texts)
        if text
    }


def _can_be_written(question: Question) -> str:
    if question.kind in CHOICE_KINDS:
        options = "; ".join(f"{one.code} = {text_of(one)}" for one in question.options.all())
        several = question.kind == K.SOME_OF
        return (
            _("Several, with semicolons: %(options)s") % {"options": options}
            if several
            else options
        )
    words = {
        K.YES_NO: _("yes or no"),
        K.SCALE: _("a number from 1 to 5"),
        K.DATE: _("a date, for example 31/12/2026"),
        K.WHOLE_NUMBER: _("a whole number"),
        K.NUMBER: _("a number"),
        K.EMAIL: _("an e-mail address"),
        K.PHONE: _("a telephone with its area code"),
        K.WEBSITE: _("a web address"),
        K.REGION: _("the name of a region"),
        K.THEMES: _("themes of the thesaurus, with semicolons"),
    }
    text = str(words.get(QuestionKind(question.kind), _("text")))
    return f"{text} ({question.unit})" if question.unit else text


def _cell(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
