"""What a wave found out, question by question; for the team only.

Anonymous answers are shown once the wave is closed, from five on, and never by group: they are
kept without anything by which they could be grouped.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from minka.core.models import User
from minka.knowledge.models import AnonymousAnswer, Question, Response, Theme, Wave
from minka.knowledge.queries.survey_words import answer_words, text_of
from minka.knowledge.queries.surveys import (
    Layout,
    counted_answers,
    heirs_of,
    layout_of,
    theme_heirs,
)
from minka.knowledge.queries.waves import responses_of
from minka.knowledge.states import CHOICE_KINDS, QuestionKind, ResponseState, WaveState
from minka.methods.audit import Share, wilson
from minka.methods.survey_figures import Mean, mean_of

FEWEST = 5  # anonymous answers, before anything of them is shown
NUMBERS = (QuestionKind.NUMBER, QuestionKind.WHOLE_NUMBER)
COUNTED = (
    *CHOICE_KINDS, QuestionKind.YES_NO, QuestionKind.SCALE, QuestionKind.REGION,
    QuestionKind.THEMES,
)  # fmt: skip
K = QuestionKind


@dataclass(frozen=True, slots=True)
class ChoiceShare:
    """How many of those who answered chose an answer; `earlier` is the share in another wave."""

    label: str
    count: int
    share: Share
    earlier: Share | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The answers to one question, of everybody or of one group; `n` is how many answered."""

    n: int
    mean: Mean | None = None
    choices: tuple[ChoiceShare, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """An answer in words, and whose it is; nobody's if the question is anonymous."""

    text: str
    name: str = ""
    public_id: str = ""


@dataclass(slots=True)
class QuestionResult:
    """One question and what was answered.

    Args:
        asked: how many finished questionnaires contain it.
        hidden: why nothing is shown: `open` (the wave is not closed), `few` (under five answers).
    """

    question: Question
    text: str
    asked: int
    whole: Summary
    groups: list[tuple[str, Summary]] = field(default_factory=list)
    texts: list[Written] = field(default_factory=list)
    earlier: Summary | None = None
    hidden: str = ""

    @property
    def is_number(self) -> bool:
        return self.question.kind in NUMBERS

    @property
    def has_mean(self) -> bool:
        return self.whole.mean is not None


@dataclass(slots=True)
class QuestionnaireResult:
    """The results of one questionnaire of the wave."""

    layout: Layout
    finished: int
    results: list[QuestionResult]


@dataclass(frozen=True, slots=True)
class _Given:
    value: Any
    response: Response | None = None


def finished_responses(*, viewer: User, wave: Wave) -> QuerySet[Response]:
    """Return the finished responses that count, to the team only."""
    found = responses_of(viewer=viewer, wave=wave).filter(state=ResponseState.FINISHED)
    return found.select_related("actor", "questionnaire")


def wave_results(
    *, viewer: User, wave: Wave, by: str = "", earlier: Wave | None = None
) -> list[QuestionnaireResult]:
    """Return the results of each questionnaire; statements do not grow with the answers.

    Args:
        viewer: to the team only.
        wave: which time.
        by: `group` (type of organisation) or `region_name`, or empty.
        earlier: another wave of the same survey to compare with.
    """
    if not viewer.has_perm("knowledge.survey_run"):
        return []
    layouts = {
        one.pk: layout_of(one) for one in wave.survey.questionnaires.order_by("position", "pk")
    }
    now = _given(viewer, wave, layouts)
    before = _given(viewer, earlier, layouts) if earlier else None
    finished = Counter(now[0])
    themes = {one.slug: one for one in Theme.objects.all()} if _asks_themes(layouts) else {}
    found = []
    for pk, layout in layouts.items():
        results = [
            _result(one, wave, now[1].get(one.pk, []), finished[pk], by, themes)
            for one in layout.questions
        ]
        for one in results:
            if earlier and before and not one.hidden:
                _compare(one, earlier, before[1].get(one.question.pk, []), themes)
        found.append(QuestionnaireResult(layout, finished[pk], results))
    return found


def earlier_waves(*, viewer: User, wave: Wave) -> QuerySet[Wave]:
    """Return the other waves of the survey that were opened before; to the team only."""
    if not viewer.has_perm("knowledge.survey_run"):
        return Wave.objects.none()
    other = wave.survey.waves.exclude(pk=wave.pk).exclude(state=WaveState.PLANNED)
    return other.filter(opens_at__lt=wave.opens_at).order_by("-opens_at")


def _given(
    viewer: User, wave: Wave, layouts: Mapping[int, Layout]
) -> tuple[list[int], Mapping[int, list[_Given]]]:
    """Return the questionnaire of each finished response, and the answers by question."""
    responses = list(finished_responses(viewer=viewer, wave=wave))
    keys = {(pk, one.code): one.pk for pk, layout in layouts.items() for one in layout.questions}
    given: dict[int, list[_Given]] = defaultdict(list)
    answers = counted_answers(responses=responses)
    for one in responses:
        for code, value in answers[one.pk].items():
            given[keys[one.questionnaire_id, code]].append(_Given(value, one))
    heirs = theme_heirs(q.kind for layout in layouts.values() for q in layout.anonymous)
    apart = AnonymousAnswer.objects.filter(wave=wave).order_by("pk")
    for question, kind, value in apart.values_list("question_id", "question__kind", "value"):
        given[question].append(_Given(heirs_of(kind, value, heirs)))
    return [one.questionnaire_id for one in responses], given


def _asks_themes(layouts: Mapping[int, Layout]) -> bool:
    return any(q.kind == K.THEMES for layout in layouts.values() for q in layout.questions)


def _hidden(question: Question, wave: Wave, n: int) -> str:
    if not question.is_anonymous:
        return ""
    if wave.state != WaveState.CLOSED:
        return "open"
    return "few" if n < FEWEST else ""


def _result(  # noqa: PLR0913, PLR0917 -- what one question needs
    question: Question,
    wave: Wave,
    given: Sequence[_Given],
    asked: int,
    by: str,
    themes: Mapping[str, Theme],
) -> QuestionResult:
    hidden = _hidden(question, wave, len(given))
    if hidden:
        return QuestionResult(question, text_of(question), asked, Summary(0), hidden=hidden)
    result = QuestionResult(question, text_of(question), asked, _summary(question, given, themes))
    if by in {"group", "region_name"} and not question.is_anonymous:
        parts: dict[str, list[_Given]] = defaultdict(list)
        for one in given:
            parts[getattr(one.response, by)].append(one)
        order = sorted(parts, key=lambda label: (-len(parts[label]), label))
        result.groups = [(one, _summary(question, parts[one], themes)) for one in order]
    if question.kind not in (*NUMBERS, *COUNTED):
        result.texts = _texts(question, given, themes)
    return result


def _texts(
    question: Question, given: Iterable[_Given], themes: Mapping[str, Theme]
) -> list[Written]:
    found = [
        Written(
            answer_words(question, one.value, themes=themes),
            one.response.actor.name if one.response else "",
            one.response.actor.public_id if one.response else "",
        )
        for one in given
    ]
    return sorted(found, key=lambda one: (one.name, one.text))


def _compare(
    result: QuestionResult,
    earlier: Wave,
    given: Sequence[_Given],
    themes: Mapping[str, Theme],
) -> None:
    if not given or _hidden(result.question, earlier, len(given)):
        return
    result.earlier = _summary(result.question, given, themes)
    shares = {one.label: one.share for one in result.earlier.choices}
    none = wilson(0, len(given))
    choices = tuple(
        ChoiceShare(one.label, one.count, one.share, shares.get(one.label, none))
        for one in result.whole.choices
    )
    result.whole = Summary(result.whole.n, result.whole.mean, choices)


def _summary(question: Question, given: Sequence[_Given], themes: Mapping[str, Theme]) -> Summary:
    values = [one.value for one in given]
    n = len(values)
    if not n:
        return Summary(0)
    if question.kind in NUMBERS:
        return Summary(n, mean_of(float(one) for one in values))
    if question.kind not in COUNTED:
        return Summary(n)
    counts = Counter(
        code for value in values for code in (value if isinstance(value, list) else [value])
    )
    mean = mean_of(float(one) for one in values) if question.kind == K.SCALE else None
    codes = _codes(question, counts)
    choices = []
    for code in codes:
        share = wilson(counts[code], n)
        if share is not None:
            choices.append(ChoiceShare(_label(question, code, themes), counts[code], share))
    return Summary(n, mean, tuple(choices))


def _codes(question: Question, counts: Counter[Any]) -> list[Any]:
    if question.kind in CHOICE_KINDS:
        return [one.code for one in question.options.all()]
    if question.kind == K.YES_NO:
        return ["yes", "no"]
    if question.kind == K.SCALE:
        return [1, 2, 3, 4, 5]
    return [code for code, _count in counts.most_common()]


def _label(question: Question, code: Any, themes: Mapping[str, Theme]) -> str:
    if question.kind == K.SCALE:
        return str(code)
    value = [code] if question.kind in {K.SOME_OF, K.THEMES} else code
    return answer_words(question, value, themes=themes)
