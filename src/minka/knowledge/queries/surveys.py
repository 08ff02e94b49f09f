"""Surveys as they are read: for the team, and by the link or the interviewer that opens one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from minka.core.models import User
from minka.knowledge.models import (
    Answer,
    Condition,
    Option,
    Place,
    Question,
    Questionnaire,
    Response,
    Survey,
    Theme,
)
from minka.knowledge.states import PlaceLevel, QuestionKind, ResponseState
from minka.methods.questionnaire import Item, When, counted

SURVEY_PERMISSIONS = ("survey_design", "survey_run", "survey_interview")


def visible_surveys(*, viewer: User) -> QuerySet[Survey]:
    """Return the surveys, newest first, to whoever writes, runs or asks them."""
    found = Survey.objects.select_related("created_by").order_by("-pk")
    if not any(viewer.has_perm(f"knowledge.{one}") for one in SURVEY_PERMISSIONS):
        return found.none()
    return found


def surveys_with_counts(*, viewer: User) -> QuerySet[Survey]:
    """Return the surveys with `questionnaires_count`, `questions_count`, `waves_count`."""
    return visible_surveys(viewer=viewer).annotate(
        questionnaires_count=Count("questionnaires", distinct=True),
        questions_count=Count("questionnaires__questions", distinct=True),
        waves_count=Count("waves", distinct=True),
    )


def questionnaires_of(*, viewer: User, survey: Survey) -> QuerySet[Questionnaire]:
    """Return the questionnaires of a survey with `questions_count`; none to a stranger."""
    found = survey.questionnaires.annotate(
        questions_count=Count("questions"),
        anonymous_count=Count("questions", filter=Q(questions__is_anonymous=True)),
    )
    if not visible_surveys(viewer=viewer).filter(pk=survey.pk).exists():
        return found.none()
    return found.order_by("position", "pk")


def is_asked(survey: Survey) -> bool:
    """Whether anybody was put on the list of one of its waves: its structure stays from then."""
    return Response.objects.filter(wave__survey=survey).exists()


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading: one page of the questionnaire. Numbers start at 1."""

    number: int
    title_es: str
    title_en: str
    questions: list[Question]


@dataclass(slots=True)
class Layout:
    """A questionnaire in memory: its questions in order, and what `methods` make of them."""

    questionnaire: Questionnaire
    questions: list[Question]
    items: list[Item] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    anonymous: list[Question] = field(default_factory=list)

    @property
    def by_code(self) -> Mapping[str, Question]:
        """Return the questions by their short names."""
        return {one.code: one for one in self.questions}

    @property
    def item_of(self) -> Mapping[str, Item]:
        """Return the items by their short names."""
        return {one.code: one for one in self.items}

    @property
    def named_items(self) -> list[Item]:
        """Return what is asked under the organisation's name."""
        return [one for one in self.items if not one.anonymous]

    @property
    def anonymous_items(self) -> list[Item]:
        """Return what is asked without it."""
        return [one for one in self.items if one.anonymous]


def layout_of(questionnaire: Questionnaire) -> Layout:
    """Return a questionnaire with all that its pages need; three SQL statements."""
    conditions = Condition.objects.select_related("on").order_by("pk")
    questions = list(
        questionnaire.questions.order_by("position", "pk").prefetch_related(
            Prefetch("options", Option.objects.order_by("position", "pk")),
            Prefetch("conditions", conditions),
        )
    )
    return Layout(
        questionnaire,
        questions,
        items=[item_of(one) for one in questions],
        parts=_parts([one for one in questions if not one.is_anonymous]),
        anonymous=[one for one in questions if one.is_anonymous],
    )


def item_of(question: Question) -> Item:
    """Return what branching and fitting need of a question, its options and conditions loaded."""
    options = list(question.options.all())
    return Item(
        code=question.code,
        kind=question.kind,
        options=tuple(one.code for one in options),
        alone=frozenset(one.code for one in options if one.excludes_others),
        least=question.least,
        most=question.most,
        required=question.is_required,
        anonymous=question.is_anonymous,
        when=tuple(When(one.on.code, one.test, one.value) for one in question.conditions.all()),
    )


def _parts(questions: Iterable[Question]) -> list[Part]:
    parts: list[Part] = []
    for one in questions:
        if not parts or parts[-1].title_es != one.section_es:
            parts.append(Part(len(parts) + 1, one.section_es, one.section_en, []))
        parts[-1].questions.append(one)
    return parts


def known_words(questions: Iterable[Question]) -> dict[str, frozenset[str]]:
    """Return the names of regions and the codes of themes, by kind, as far as they are asked."""
    kinds = {one.kind for one in questions}
    known: dict[str, frozenset[str]] = {}
    if QuestionKind.REGION in kinds:
        names = Place.objects.filter(level=PlaceLevel.DEPARTMENT).values_list("name", flat=True)
        known[QuestionKind.REGION] = frozenset(names)
    if QuestionKind.THEMES in kinds:
        known[QuestionKind.THEMES] = frozenset(Theme.objects.values_list("slug", flat=True))
    return known


def response_by_link(*, viewer: Any, pk: int) -> Response | None:  # noqa: ARG001 -- by its link
    """Return what a personal link opens; whoever has the link was sent it."""
    return _with_survey().filter(pk=pk).first()


def responses_to_interview(*, viewer: User) -> QuerySet[Response]:
    """Return the responses that an interviewer may fill in; none to anybody else."""
    found = _with_survey()
    return found if viewer.has_perm("knowledge.survey_interview") else found.none()


def _with_survey() -> QuerySet[Response]:
    return Response.objects.select_related("wave__survey", "questionnaire", "actor", "interviewer")


def saved_answers(response: Response) -> dict[str, Any]:
    """Return everything that was answered, by short name, closed branches included."""
    rows = Answer.objects.filter(response=response)
    found = list(rows.values_list("question__code", "question__kind", "value"))
    heirs = theme_heirs(kind for _code, kind, _value in found)
    return {code: heirs_of(kind, value, heirs) for code, kind, value in found}


def counted_answers(
    *, responses: Iterable[Response], known: Iterable[Layout] = ()
) -> dict[int, dict[str, Any]]:
    """Return what counts of finished questionnaires: by response, then by short name.

    Answers behind a closed branch are left out, and so is what was taken back. The questionnaires
    are read once each, those `known` not again.
    """
    done = {one.pk: one for one in responses if one.state == ResponseState.FINISHED}
    kept: dict[int, dict[str, Any]] = {pk: {} for pk in done}
    rows = list(
        Answer.objects.filter(response__in=list(done)).values_list(
            "response_id", "question__code", "question__kind", "value"
        )
    )
    heirs = theme_heirs({kind for _pk, _code, kind, _value in rows})
    for pk, code, kind, value in rows:
        kept[pk][code] = heirs_of(kind, value, heirs)
    layouts = {one.questionnaire.pk: one.named_items for one in known}
    for one in done.values():
        if one.questionnaire_id not in layouts:
            layouts[one.questionnaire_id] = layout_of(one.questionnaire).named_items
    return {pk: counted(layouts[one.questionnaire_id], kept[pk]) for pk, one in done.items()}


def theme_heirs(kinds: Iterable[str] = (QuestionKind.THEMES,)) -> dict[str, str]:
    """Return which concept stands for each that was merged, by slug, if themes are asked at all.

    Answers are kept as they were given; who reads them reads the concept of today, so that a
    merge, and undoing it, changes no answer.
    """
    if QuestionKind.THEMES not in set(kinds):
        return {}
    merged = Theme.every.filter(replaced_by__isnull=False)
    return dict(merged.values_list("slug", "replaced_by__slug"))


def heirs_of(kind: str, value: Any, heirs: Mapping[str, str]) -> Any:
    """Return an answer with each merged theme turned into the one that stands for it, once."""
    if kind != QuestionKind.THEMES or not heirs or not isinstance(value, list):
        return value
    return list(dict.fromkeys(heirs.get(one, one) for one in value))


def themes_by_slug(questions: Iterable[Question]) -> dict[str, Theme]:
    """Return the concepts by their codes, where a question asks for them."""
    if not any(one.kind == QuestionKind.THEMES for one in questions):
        return {}
    return {one.slug: one for one in Theme.objects.all()}
