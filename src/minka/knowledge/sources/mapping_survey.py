"""The mapping questionnaire that the team can start from, as data: `data/mapping_survey.json`."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from minka.core.models import User
from minka.knowledge.actions.survey_design import create_survey, save_questionnaire
from minka.knowledge.actions.survey_questions import (
    ConditionDraft,
    OptionDraft,
    save_question,
)
from minka.knowledge.models import Questionnaire, Survey

FILE = Path(__file__).parents[1] / "data" / "mapping_survey.json"


@transaction.atomic
def create_mapping_survey(*, by: User) -> Survey:
    """Return a new draft with a questionnaire for each main type of actor, in both languages.

    Blocks of questions that several questionnaires share are written once in the file.

    Raises:
        NotAllowed: `by` does not write surveys.
    """
    content = json.loads(FILE.read_text(encoding="utf-8"))
    survey = create_survey(by=by, values=content["survey"])
    for one in content["questionnaires"]:
        made = save_questionnaire(by=by, survey=survey, revision=survey.revision, values=one)
        made.survey = survey
        for name in one["blocks"]:
            block = content["blocks"][name]
            for question in block["questions"]:
                _add(by, made, {**question, **_section(block)})
    return survey


def _section(block: dict[str, Any]) -> dict[str, Any]:
    names = ("section_es", "section_en", "is_anonymous")
    return {name: block[name] for name in names if name in block}


def _add(by: User, questionnaire: Questionnaire, question: dict[str, Any]) -> None:
    bounds = {name: Decimal(str(question[name])) for name in ("least", "most") if name in question}
    save_question(
        by=by,
        questionnaire=questionnaire,
        revision=questionnaire.survey.revision,
        values=question | bounds,
        options=[OptionDraft(**one) for one in question.get("options", [])],
        conditions=[ConditionDraft(**one) for one in question.get("when", [])],
    )
