"""Write surveys: create, copy, correct, say that one is ready.

The questions are written in `actions.survey_questions`. A draft changes freely. What is ready or
was asked keeps its structure, so that answers of all waves can be compared; its wording can be
corrected.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.models import User
from minka.knowledge.models import Condition, Option, Question, Questionnaire, Survey
from minka.knowledge.models.actor import new_public_id
from minka.knowledge.queries.survey_faults import survey_faults
from minka.knowledge.queries.surveys import is_asked
from minka.knowledge.states import SURVEY_REACHED_FROM, ActorKind, SurveyState

TEXTS = {
    "title_es": 160,
    "title_en": 160,
    "welcome_es": 2000,
    "welcome_en": 2000,
    "purpose_es": 1000,
    "purpose_en": 1000,
}


@transaction.atomic
def create_survey(*, by: User, values: Mapping[str, str]) -> Survey:
    """Begin a survey, as a draft without questions.

    Raises:
        NotAllowed: `by` does not write surveys.
        InvalidInput: the title or what it is for is missing.
    """
    require(by, "knowledge.survey_design")
    survey = Survey(public_id=new_public_id(), created_by=by, **_survey_texts(values))
    survey.save()
    record(by=by, verb="knowledge.survey_create", obj=survey)
    return survey


@transaction.atomic
def change_survey(*, by: User, survey: Survey, revision: int, values: Mapping[str, str]) -> Survey:
    """Correct title, welcome and purpose, in any state but retired.

    Raises:
        NotAllowed: `by` does not write surveys.
        InvalidInput: the title or what it is for is missing.
        Conflict: somebody changed the survey since `revision`.
        WrongState: it is no longer asked.
    """
    texts = _survey_texts(values)
    hold_survey(by=by, survey=survey, revision=revision, wording=True)
    Survey.objects.filter(pk=survey.pk).update(**texts)
    survey.refresh_from_db()
    record(by=by, verb="knowledge.survey_change", obj=survey)
    return survey


@transaction.atomic
def copy_survey(*, by: User, survey: Survey) -> Survey:
    """Return a new draft with the same questionnaires; no wave and no answer goes along.

    Raises:
        NotAllowed: `by` does not write surveys.
    """
    require(by, "knowledge.survey_design")
    texts: dict[str, str] = {name: getattr(survey, name) for name in TEXTS}
    texts["title_es"] = (_("Copy of %(title)s") % {"title": survey.title_es})[:160]
    made = Survey.objects.create(public_id=new_public_id(), created_by=by, **texts)
    for questionnaire in survey.questionnaires.order_by("position", "pk"):
        _copy_questionnaire(questionnaire, made)
    record(by=by, verb="knowledge.survey_create", obj=made, data={"copy_of": survey.public_id})
    return made


@transaction.atomic
def save_questionnaire(
    *,
    by: User,
    survey: Survey,
    revision: int,
    values: Mapping[str, Any],
    questionnaire: Questionnaire | None = None,
) -> Questionnaire:
    """Add a questionnaire, or change its title and the types of actors it is for.

    Once the survey is ready only the titles change.

    Raises:
        NotAllowed: `by` does not write surveys.
        InvalidInput: there is no title, or a type is asked by another questionnaire.
        Conflict: somebody changed the survey since `revision`.
        WrongState: a questionnaire is added to what is ready, or its types are changed.
    """
    texts = {name: str(values.get(name, "")).strip()[:160] for name in ("title_es", "title_en")}
    if not texts["title_es"]:
        raise InvalidInput(fields={"title_es": _("Write a title in Spanish.")})
    kinds = [str(one) for one in ActorKind.values if one in values.get("kinds", ())]
    wording = questionnaire is not None and questionnaire.kinds == kinds
    hold_survey(by=by, survey=survey, revision=revision, wording=wording)
    _check_kinds(survey, questionnaire, kinds)
    if questionnaire is None:
        position = survey.questionnaires.count()
        questionnaire = Questionnaire(survey=survey, position=position)
    for name, text in texts.items():
        setattr(questionnaire, name, text)
    questionnaire.kinds = kinds
    questionnaire.save()
    record(by=by, verb="knowledge.survey_change", obj=survey)
    return questionnaire


@transaction.atomic
def remove_questionnaire(*, by: User, questionnaire: Questionnaire, revision: int) -> None:
    """Take a questionnaire with its questions out of a draft.

    Raises:
        NotAllowed: `by` does not write surveys.
        Conflict: somebody changed the survey since `revision`.
        WrongState: the survey is no draft.
    """
    survey = questionnaire.survey
    hold_survey(by=by, survey=survey, revision=revision)
    Condition.objects.filter(question__questionnaire=questionnaire).delete()
    questionnaire.delete()
    record(by=by, verb="knowledge.survey_change", obj=survey)


@transaction.atomic
def mark_ready(*, by: User, survey: Survey) -> Survey:
    """Fix the questions, so that waves can ask them.

    Raises:
        NotAllowed: `by` does not write surveys.
        InvalidInput: something is missing; the message says what.
        WrongState: it is ready already.
    """
    require(by, "knowledge.survey_design")
    if faults := survey_faults(survey):
        raise InvalidInput(" ".join(str(one.words) for one in faults[:5]))
    _move(survey, SurveyState.READY)
    record(by=by, verb="knowledge.survey_ready", obj=survey)
    return survey


@transaction.atomic
def back_to_draft(*, by: User, survey: Survey) -> Survey:
    """Write on, while nobody was asked.

    Raises:
        NotAllowed: `by` does not write surveys.
        WrongState: it is no longer ready, or somebody was asked.
    """
    require(by, "knowledge.survey_design")
    Survey.objects.select_for_update().get(pk=survey.pk)
    if is_asked(survey):
        raise WrongState(
            _("Organisations were invited: the questions stay as they are. Copy the survey.")
        )
    _move(survey, SurveyState.DRAFT)
    record(by=by, verb="knowledge.survey_draft", obj=survey)
    return survey


@transaction.atomic
def retire_survey(*, by: User, survey: Survey) -> Survey:
    """Ask it no more; its answers stay. `mark_ready` takes it up again.

    Raises:
        NotAllowed: `by` does not write surveys.
        WrongState: it is not ready.
    """
    require(by, "knowledge.survey_design")
    _move(survey, SurveyState.RETIRED)
    record(by=by, verb="knowledge.survey_retire", obj=survey)
    return survey


def hold_survey(*, by: User, survey: Survey, revision: int, wording: bool = False) -> Survey:
    """Take a survey in hand for a change, and number it; the caller holds the transaction.

    Raises:
        NotAllowed: `by` does not write surveys.
        Conflict: somebody changed the survey since `revision`.
        WrongState: it is retired, or more than its wording would change and it is no draft.
    """
    require(by, "knowledge.survey_design")
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    if held.state == SurveyState.RETIRED:
        raise WrongState(_("This survey is no longer asked, so it does not change."))
    if not wording and held.state != SurveyState.DRAFT:
        raise WrongState(
            _("The questions are fixed now. Their wording can be corrected, nothing else.")
        )
    if held.revision != revision:
        survey.revision = held.revision
        raise Conflict(
            _("Somebody changed this survey while you were writing. Your words are in the form.")
        )
    Survey.objects.filter(pk=held.pk).update(revision=F("revision") + 1)
    survey.revision = revision + 1
    return held


def _survey_texts(values: Mapping[str, str]) -> dict[str, str]:
    texts = {name: str(values.get(name, "")).strip() for name in TEXTS}
    faults = {
        name: _("This is too long.") for name, most in TEXTS.items() if len(texts[name]) > most
    }
    if not texts["title_es"]:
        faults["title_es"] = _("Write a title in Spanish.")
    if not texts["purpose_es"]:
        faults["purpose_es"] = _("Say what the answers are for: whoever answers reads it first.")
    if faults:
        raise InvalidInput(fields=faults)
    return texts


def _check_kinds(survey: Survey, own: Questionnaire | None, kinds: list[str]) -> None:
    others = (
        survey.questionnaires.all() if own is None else survey.questionnaires.exclude(pk=own.pk)
    )
    for other in others:
        if not kinds and not other.kinds:
            raise InvalidInput(
                fields={
                    "kinds": _("“%(title)s” is for all others already: choose types here.")
                    % {"title": other.title_es}
                }
            )
        if both := set(kinds) & set(other.kinds):
            words = ", ".join(str(ActorKind(one).label) for one in sorted(both))
            raise InvalidInput(
                fields={
                    "kinds": _("“%(title)s” is already for: %(kinds)s.")
                    % {"title": other.title_es, "kinds": words}
                }
            )


def _copy_questionnaire(source: Questionnaire, survey: Survey) -> None:
    made = Questionnaire.objects.create(
        survey=survey,
        title_es=source.title_es,
        title_en=source.title_en,
        kinds=source.kinds,
        position=source.position,
    )
    twins: dict[int, Question] = {}
    for question in source.questions.order_by("position", "pk"):
        old, options = question.pk, list(question.options.all())
        question.pk, question._state.adding, question.questionnaire = None, True, made
        question.save()
        twins[old] = question
        for option in options:
            option.pk, option._state.adding, option.question = None, True, question
        Option.objects.bulk_create(options)
    conditions = Condition.objects.filter(question__in=list(twins)).order_by("pk")
    Condition.objects.bulk_create(
        [
            Condition(question=twins[c.question_id], on=twins[c.on_id], test=c.test, value=c.value)
            for c in conditions
        ]
    )


def _move(survey: Survey, target: SurveyState) -> None:
    """Compare-and-swap the state: when two people click at once, one gets WrongState."""
    movable = Survey.objects.filter(pk=survey.pk, state__in=SURVEY_REACHED_FROM[target])
    if not movable.update(state=target, revision=F("revision") + 1):
        raise WrongState(_("This survey has moved on; reload the page."))
    survey.refresh_from_db(fields=["state", "revision"])
