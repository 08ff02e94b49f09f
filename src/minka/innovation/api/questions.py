"""Published questions and answers, as other systems read them; no account is needed."""

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from minka.core.schemas import Problem
from minka.innovation.queries.challenges import published_challenges
from minka.innovation.queries.challenges_public import challenge_address
from minka.innovation.queries.questions import published_questions

router = Router(tags=["challenges"])


class QuestionOut(Schema):
    """A question with its answer, as it was published: who asked is not part of it."""

    number: int
    url: str
    published_at: datetime
    question_es: str
    question_en: str
    answer_es: str
    answer_en: str


@router.get(
    "/challenges/{slug}/questions", response={200: list[QuestionOut], 404: Problem}, auth=None
)
def challenge_questions(request: HttpRequest, slug: str) -> list[QuestionOut]:
    """List the published questions of one challenge, the first one first."""
    del request  # what is published is the same for everybody
    found = get_object_or_404(published_challenges(), slug=slug)
    page = challenge_address(found.slug)
    return [
        QuestionOut(
            number=one.number,
            url=f"{page}#pregunta-{one.number}",
            published_at=one.published_at,
            question_es=one.question_es,
            question_en=one.question_en,
            answer_es=one.answer_es,
            answer_en=one.answer_en,
        )
        for one in published_questions(challenge_id=found.pk)
    ]
