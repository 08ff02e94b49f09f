"""The results of a wave as tables to take along; for the team only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from random import SystemRandom
from typing import Any

from django.utils.translation import gettext as _

from minka.core.models import User
from minka.knowledge.models import AnonymousAnswer, Question, Theme, Wave
from minka.knowledge.queries.survey_results import QuestionResult, finished_responses, wave_results
from minka.knowledge.queries.survey_words import answer_words, text_of
from minka.knowledge.queries.surveys import counted_answers, heirs_of, theme_heirs
from minka.knowledge.states import ActorKind

Table = list[list[str | int | float]]


def export_rows(*, viewer: User, wave: Wave) -> tuple[Table, Table]:
    """Return the table of named answers and that of anonymous ones, each with its heads.

    In the second each column stands in an order of chance of its own: a row of it is nobody.
    """
    if not viewer.has_perm("knowledge.survey_run"):
        return [], []
    results = [one for part in wave_results(viewer=viewer, wave=wave) for one in part.results]
    themes = {one.slug: one for one in Theme.objects.all()}
    named = [one.question for one in results if not one.question.is_anonymous]
    apart = [one for one in results if one.question.is_anonymous and not one.hidden]
    return _named(viewer, wave, named, themes), _apart(wave, apart, themes)


def _named(
    viewer: User, wave: Wave, asked: Sequence[Question], themes: Mapping[str, Theme]
) -> Table:
    columns: dict[str, str] = {}
    for question in asked:
        columns.setdefault(question.code, text_of(question))
    questions = {(one.questionnaire_id, one.code): one for one in asked}
    responses = list(finished_responses(viewer=viewer, wave=wave))
    answers = counted_answers(responses=responses)
    rows: Table = [
        [
            _("Public id"), _("Organisation"), _("Type of organisation"), _("Region"),
            _("By whose hand"), _("Finished"), *columns.values(),
        ]
    ]  # fmt: skip
    for one in responses:
        given = answers[one.pk]
        kind = str(dict(ActorKind.choices).get(one.group, one.group))
        day = one.finished_at.date().isoformat() if one.finished_at else ""
        cells = [
            _exported(question, given.get(code), themes) if question else ""
            for code in columns
            for question in [questions.get((one.questionnaire_id, code))]
        ]
        head = [one.actor.public_id, one.actor.name, kind, one.region_name]
        rows.append([*head, one.get_way_display(), day, *cells])
    return rows


def _apart(wave: Wave, shown: Sequence[QuestionResult], themes: Mapping[str, Theme]) -> Table:
    kept: dict[int, list[Any]] = defaultdict(list)
    rows = AnonymousAnswer.objects.filter(
        wave=wave, question__in=[one.question.pk for one in shown]
    )
    heirs = theme_heirs(one.question.kind for one in shown)
    for key, kind, value in rows.values_list("question_id", "question__kind", "value"):
        kept[key].append(heirs_of(kind, value, heirs))
    lists: Table = []
    for one in shown:
        values = [_exported(one.question, value, themes) for value in kept[one.question.pk]]
        SystemRandom().shuffle(values)
        lists.append([one.text, *values])
    longest = max(map(len, lists), default=0)
    return [[own[at] if at < len(own) else "" for own in lists] for at in range(longest)]


def _exported(question: Question, value: Any, themes: Mapping[str, Theme]) -> str | int | float:
    if isinstance(value, int | float):
        return value
    return answer_words(question, value, themes=themes).replace(" · ", "; ")
