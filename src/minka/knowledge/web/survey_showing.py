"""What the pages of a questionnaire share: which questions they draw, and how they are shown."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minka.knowledge.forms.survey_pages import PREFIX, AnswerPage
from minka.knowledge.models import Question
from minka.knowledge.queries.survey_words import answer_words
from minka.knowledge.queries.surveys import Part, themes_by_slug
from minka.knowledge.web.survey_sitting import Sitting
from minka.methods.questionnaire import is_answered


def questions_of_page(sitting: Sitting, here: Part) -> list[Question]:
    """Return what a page draws: what is asked, and what an answer on the page itself may open.

    The second kind is hidden until a script or the next page opens it.
    """
    on_page = {one.code for one in here.questions}
    codes, items = sitting.asked_codes, sitting.layout.item_of
    return [
        one
        for one in here.questions
        if one.code in codes or any(when.on in on_page for when in items[one.code].when)
    ]


def page_rows(
    sitting: Sitting, form: AnswerPage, *, asked_now: set[str] | None = None
) -> list[dict[str, Any]]:
    """Return the questions for the template, each with what opens it on this very page.

    `asked_now` are the short names of what is asked, where it is not what the sitting says.
    """
    codes = sitting.asked_codes if asked_now is None else asked_now
    on_page = {one.code for one in form.questions}
    items = sitting.layout.item_of
    rows = []
    for one in form.questions:
        when = [w for w in items[one.code].when if w.on in on_page]
        tests = [[PREFIX + w.on, w.test, w.value] for w in when]
        rows.append(
            {
                "question": one,
                "field": form[PREFIX + one.code],
                "when": json.dumps(tests) if tests else "",
                "closed": one.code not in codes,
            }
        )
    return rows


def told_answers(sitting: Sitting) -> list[dict[str, Any]]:
    """Return the answers that count, part by part, in words."""
    codes = sitting.asked_codes
    themes = themes_by_slug(sitting.layout.questions)
    return [
        {
            "part": one,
            "url": sitting.url("_part", one.number),
            "answers": [
                {
                    "question": q,
                    "words": answer_words(q, sitting.answers.get(q.code), themes=themes),
                }
                for q in one.questions
                if q.code in codes
            ],
        }
        for one in sitting.parts
    ]


def show_page(
    request: HttpRequest, sitting: Sitting, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {
        "sitting": sitting,
        "response": sitting.response,
        "survey": sitting.response.wave.survey,
        "links": sitting.links,
    }
    template = "_anonymous" if name == "last_form" else f"answer_{name}"
    return render(request, f"knowledge/surveys/{template}.html", context, status=status)


def wanted_language(request: HttpRequest) -> str:
    wanted = request.POST.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else ""


def remember_language(answer: HttpResponse, language: str, *, secure: bool) -> None:
    name = settings.LANGUAGE_COOKIE_NAME
    answer.set_cookie(name, language, max_age=31_536_000, samesite="Lax", secure=secure)
    answer["Content-Language"] = language


def seen_revision(request: HttpRequest) -> int:
    """Return the revision that the page showed; -1, which is older than all, when missing."""
    value = request.POST.get("revision", "")
    return int(value) if value.isdecimal() and len(value) < 10 else -1


def where_to_go_on(sitting: Sitting) -> str:
    """Return the first part with an unanswered question, else the review."""
    if not sitting.parts:
        return sitting.url("_last" if sitting.asks_anonymous else "_review")
    for one in sitting.parts:
        codes = [q.code for q in one.questions if q.code in sitting.asked_codes]
        if not all(is_answered(sitting.answers.get(code)) for code in codes):
            return sitting.url("_part", one.number)
    return sitting.url("_review")
