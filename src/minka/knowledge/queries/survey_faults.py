"""What a survey lacks before it can be asked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from minka.knowledge.models import Question, Questionnaire, Survey
from minka.knowledge.queries.surveys import Layout, layout_of
from minka.knowledge.states import CHOICE_KINDS


@dataclass(frozen=True, slots=True)
class SurveyFault:
    """One thing to mend, where it is, and whether it forbids to ask."""

    words: str
    questionnaire: Questionnaire | None = None
    question: Question | None = None


def survey_faults(survey: Survey) -> list[SurveyFault]:
    """Return what has to be mended before a survey is ready."""
    found = list(survey.questionnaires.order_by("position", "pk"))
    if not found:
        return [SurveyFault(_("There is no questionnaire yet."))]
    return [fault for one in found for fault in _faults(layout_of(one))]


def _faults(layout: Layout) -> list[SurveyFault]:
    own = layout.questionnaire
    if not layout.questions:
        return [SurveyFault(_("“%(title)s” has no question yet.") % {"title": own.title_es}, own)]
    return [
        SurveyFault(words, own, question)
        for question in layout.questions
        for words in _question_faults(layout, question)
    ]


def _question_faults(layout: Layout, question: Question) -> list[str]:
    faults, name = [], {"question": question.text_es}
    if question.kind in CHOICE_KINDS and len(question.options.all()) < 2:
        faults.append(_("“%(question)s” needs at least two answers to choose from.") % name)
    place = {one.pk: at for at, one in enumerate(layout.questions)}
    for one in question.conditions.all():
        if place[one.on_id] > place[question.pk]:
            faults.append(_("“%(question)s” depends on a question that comes later.") % name)
        elif one.on.is_anonymous != question.is_anonymous:
            faults.append(_("“%(question)s” mixes anonymous and named questions.") % name)
    return faults


def lacks_english(layout: Layout) -> list[Question]:
    """Return the questions that have no English wording, of their own or of an answer."""
    return [
        one
        for one in layout.questions
        if not one.text_en or any(not option.text_en for option in one.options.all())
    ]
