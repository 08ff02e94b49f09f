"""The questions of a questionnaire: add, change, move, remove; their answers and conditions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from minka.core.audit import record
from minka.core.errors import InvalidInput
from minka.core.models import User
from minka.knowledge.actions.survey_design import hold_survey
from minka.knowledge.models import Condition, Option, Question, Questionnaire
from minka.knowledge.queries.survey_words import FEEDS
from minka.knowledge.states import CHOICE_KINDS, ConditionTest, QuestionKind, SurveyState

WORDS = {"text_es": 500, "text_en": 500, "help_es": 500, "help_en": 500}
SECTIONS = {"section_es": 120, "section_en": 120}
BOUNDED = (
    QuestionKind.WHOLE_NUMBER,
    QuestionKind.NUMBER,
    QuestionKind.SOME_OF,
    QuestionKind.THEMES,
)
OPTIONS_AT_MOST, CONDITIONS_AT_MOST, QUESTIONS_AT_MOST = 40, 5, 200


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """An answer to choose from as it is written; without a code it is a new one."""

    text_es: str
    text_en: str = ""
    excludes_others: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class ConditionDraft:
    """A condition as it is written; `on` is the short name of an earlier question."""

    on: str
    test: str
    value: str = ""


@transaction.atomic
def save_question(  # noqa: PLR0913 -- the facts of the form
    *,
    by: User,
    questionnaire: Questionnaire,
    revision: int,
    values: Mapping[str, Any],
    options: Sequence[OptionDraft] = (),
    conditions: Sequence[ConditionDraft] = (),
    question: Question | None = None,
) -> Question:
    """Add a question at the end, or change one. Once the survey is ready only its words change.

    Raises:
        NotAllowed: `by` does not write surveys.
        InvalidInput: something does not go together; `fields` says what.
        Conflict: somebody changed the survey since `revision`.
        WrongState: a question is added to what is ready, or the survey is retired.
    """
    survey = questionnaire.survey
    fixed = survey.state != SurveyState.DRAFT
    texts = _texts(values)
    hold_survey(by=by, survey=survey, revision=revision, wording=question is not None and fixed)
    if question is None:
        question = _new_question(questionnaire, texts, str(values.get("code", "")))
    for name in WORDS:
        setattr(question, name, texts[name])
    if fixed:
        question.save(update_fields=list(WORDS))
        _correct_options(question, options)
    else:
        _set_structure(question, texts, values)
        wanted = _conditions(question, conditions)
        question.save()
        _set_options(question, options)
        _set_conditions(question, wanted)
    record(by=by, verb="knowledge.survey_change", obj=survey, data={"question": question.code})
    return question


@transaction.atomic
def move_question(*, by: User, question: Question, revision: int, up: bool) -> None:
    """Let a question change places with the one before or after it.

    Conditions that would look ahead are refused when the survey is marked as ready.

    Raises:
        NotAllowed: `by` does not write surveys.
        Conflict: somebody changed the survey since `revision`.
        WrongState: the survey is no draft.
    """
    survey = question.questionnaire.survey
    hold_survey(by=by, survey=survey, revision=revision)
    order = list(question.questionnaire.questions.order_by("position", "pk"))
    at = next(n for n, one in enumerate(order) if one.pk == question.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        moved = order[to]
        if (
            moved.section_es != order[at].section_es
            and moved.is_anonymous == order[at].is_anonymous
        ):
            moved.section_es, moved.section_en = order[at].section_es, order[at].section_en
    for position, one in enumerate(order):
        one.position = position
    Question.objects.bulk_update(order, ["position", "section_es", "section_en"])
    record(by=by, verb="knowledge.survey_change", obj=survey, data={"question": question.code})


@transaction.atomic
def remove_question(*, by: User, question: Question, revision: int) -> None:
    """Take a question out of a draft.

    Raises:
        NotAllowed: `by` does not write surveys.
        InvalidInput: another question depends on it.
        Conflict: somebody changed the survey since `revision`.
        WrongState: the survey is no draft.
    """
    survey = question.questionnaire.survey
    hold_survey(by=by, survey=survey, revision=revision)
    if first := question.opens.select_related("question").first():
        raise InvalidInput(
            _("“%(question)s” depends on it. Change that one first.")
            % {"question": first.question.text_es}
        )
    code = question.code
    question.delete()
    record(by=by, verb="knowledge.survey_change", obj=survey, data={"question": code})


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    sizes = {**WORDS, **SECTIONS}
    texts = {name: " ".join(str(values.get(name) or "").split()) for name in sizes}
    faults = {
        name: _("This is too long.") for name, most in sizes.items() if len(texts[name]) > most
    }
    if not texts["text_es"]:
        faults["text_es"] = _("Write the question in Spanish.")
    if faults:
        raise InvalidInput(fields=faults)
    return texts


def _new_question(questionnaire: Questionnaire, texts: dict[str, str], code: str) -> Question:
    taken = set(questionnaire.questions.values_list("code", flat=True))
    if len(taken) >= QUESTIONS_AT_MOST:
        raise InvalidInput(_("A questionnaire has at most 200 questions."))
    if code and (slugify(code)[:32].replace("-", "_") in taken):
        raise InvalidInput(fields={"code": _("Another question has this short name.")})
    last = questionnaire.questions.aggregate(last=Max("position"))["last"]
    return Question(
        questionnaire=questionnaire,
        code=_free_code(code or texts["text_es"], taken),
        position=0 if last is None else last + 1,
    )


def _free_code(text: str, taken: set[str]) -> str:
    base = slugify(text).replace("-", "_")[:28].strip("_") or "x"
    code, n = base, 2
    while code in taken:
        code, n = f"{base}_{n}"[:32], n + 1
    return code


def _set_structure(question: Question, texts: dict[str, str], values: Mapping[str, Any]) -> None:
    kind = str(values.get("kind", ""))
    anonymous = bool(values.get("is_anonymous"))
    feeds = str(values.get("feeds") or "")
    least, most = values.get("least"), values.get("most")
    faults: dict[str, str] = {}
    if kind not in QuestionKind.values:
        faults["kind"] = _("Choose what kind of answer is wanted.")
    elif feeds and kind not in FEEDS.get(feeds, ()):
        faults["feeds"] = _("This kind of answer cannot fill that field.")
    if anonymous and feeds:
        faults["feeds"] = _("An anonymous answer fills no profile.")
    if anonymous and values.get("is_required"):
        faults["is_required"] = _("An anonymous question is never compulsory.")
    if least is not None and most is not None and least > most:
        faults["most"] = _("The largest is below the smallest.")
    if faults:
        raise InvalidInput(fields=faults)
    question.section_es, question.section_en = texts["section_es"], texts["section_en"]
    question.kind, question.feeds, question.is_anonymous = kind, feeds, anonymous
    question.is_required = bool(values.get("is_required"))
    question.unit = str(values.get("unit") or "").strip()[:24]
    bounded = kind in BOUNDED
    question.least, question.most = (least, most) if bounded else (None, None)


def _set_options(question: Question, drafts: Sequence[OptionDraft]) -> None:
    """Let the answers be as written, in that order; one that a condition looks at stays."""
    kept = list(drafts) if question.kind in CHOICE_KINDS else []
    if len(kept) > OPTIONS_AT_MOST:
        raise InvalidInput(fields={"options": _("At most 40 answers to choose from.")})
    if any(not one.text_es.strip() for one in kept):
        raise InvalidInput(fields={"options": _("Write every answer in Spanish.")})
    old = {one.code: one for one in question.options.all()} if question.pk else {}
    gone = set(old) - {one.code for one in kept}
    if gone and question.opens.filter(value__in=gone).exists():
        raise InvalidInput(
            fields={"options": _("Another question depends on an answer that you take out.")}
        )
    Option.objects.filter(question=question, code__in=gone).delete()
    taken = set(old) - gone
    for position, draft in enumerate(kept):
        option = old.get(draft.code) or Option(
            question=question, code=_free_code(draft.code or draft.text_es, taken)
        )
        taken.add(option.code)
        option.text_es, option.text_en = draft.text_es.strip()[:200], draft.text_en.strip()[:200]
        option.excludes_others = draft.excludes_others and question.kind == QuestionKind.SOME_OF
        option.position = position
        option.save()


def _correct_options(question: Question, drafts: Sequence[OptionDraft]) -> None:
    words = {one.code: one for one in drafts if one.code and one.text_es.strip()}
    for option in question.options.filter(code__in=words):
        draft = words[option.code]
        option.text_es, option.text_en = draft.text_es.strip()[:200], draft.text_en.strip()[:200]
        option.save(update_fields=["text_es", "text_en"])


def _conditions(
    question: Question, drafts: Sequence[ConditionDraft]
) -> list[tuple[Question, ConditionDraft]]:
    """Return the conditions with the questions they look at.

    Anonymous questions look at anonymous ones alone, and named at named: from who was asked
    nothing follows about what anybody answered.
    """
    if len(drafts) > CONDITIONS_AT_MOST:
        raise InvalidInput(fields={"conditions": _("At most five conditions.")})
    earlier = {
        one.code: one
        for one in question.questionnaire.questions.filter(position__lt=question.position)
    }
    found = []
    for draft in drafts:
        on = earlier.get(draft.on)
        if on is None or draft.test not in ConditionTest.values:
            raise InvalidInput(fields={"conditions": _("Choose an earlier question.")})
        if on.is_anonymous != question.is_anonymous:
            raise InvalidInput(
                fields={"conditions": _("Anonymous and named questions cannot open one another.")}
            )
        found.append((on, draft))
    if any(one.question.is_anonymous != question.is_anonymous for one in _opened(question)):
        raise InvalidInput(
            fields={"is_anonymous": _("A question that depends on this one is of the other kind.")}
        )
    return found


def _opened(question: Question) -> list[Condition]:
    return list(question.opens.select_related("question")) if question.pk else []


def _set_conditions(question: Question, wanted: list[tuple[Question, ConditionDraft]]) -> None:
    question.conditions.all().delete()
    Condition.objects.bulk_create(
        [
            Condition(question=question, on=on, test=one.test, value=one.value[:64])
            for on, one in wanted
        ]
    )
