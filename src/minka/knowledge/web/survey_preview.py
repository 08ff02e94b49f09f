"""A questionnaire as respondents will see it: in both languages, on a phone, branches included.

Nothing is saved: what is tried out travels in the address.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from minka.core.http import SignedInRequest
from minka.knowledge.forms.survey_pages import PREFIX, SHOWN, AnswerPage
from minka.knowledge.models import Actor, Question, Questionnaire, Response, Wave
from minka.knowledge.queries.surveys import Layout, Part, known_words
from minka.knowledge.web.survey_showing import page_rows, questions_of_page
from minka.knowledge.web.survey_sitting import Sitting
from minka.knowledge.web.surveys import find_questionnaire, find_survey
from minka.methods.questionnaire import UnfitError, asked, fit

OWN_NAMES = {"parte", "do", "revision"}


@require_GET
def questionnaire_preview(
    request: SignedInRequest, public_id: str, questionnaire: int
) -> HttpResponse:
    """One part after the other, with the answers tried out so far."""
    own = find_questionnaire(request, find_survey(request, public_id), questionnaire)
    language = request.GET.get("idioma", "")
    if language not in {"es", "en"}:
        language = translation.get_language() or "es"
    with translation.override(language):
        return _page(request, own, language)


def _page(request: SignedInRequest, own: Questionnaire, language: str) -> HttpResponse:
    sitting = _sitting(own, request.GET)
    layout = sitting.layout
    if not layout.questions:
        raise Http404
    pages: list[Part] = [*sitting.parts]
    if layout.anonymous:
        pages.append(Part(len(layout.parts) + 1, "", "", layout.anonymous))
    here = _turn(request.GET, pages) or pages[0]
    is_anonymous = here.questions is layout.anonymous
    shown = here.questions if is_anonymous else questions_of_page(sitting, here)
    form = AnswerPage(questions=shown, answers=sitting.answers)
    codes = {one.code for one in asked(layout.items, sitting.answers)}
    context = {
        "preview": True,
        "survey": own.survey,
        "questionnaire": own,
        "sitting": sitting,
        "response": sitting.response,
        "part": here,
        "place": pages.index(here) + 1,
        "is_last": here is pages[-1],
        "is_anonymous": is_anonymous,
        "form": form,
        "rows": page_rows(sitting, form, asked_now=codes),
        "carried": _carried(request.GET, shown),
        "language": language,
        "narrow": request.GET.get("ancho") == "telefono",
        "switches": _switches(request.GET, language),
    }
    return render(request, "knowledge/surveys/preview.html", context)


def _sitting(own: Questionnaire, typed: QueryDict) -> Sitting:
    wave = Wave(survey=own.survey, name="", closes_at=timezone.now() + timedelta(days=30))
    response = Response(wave=wave, questionnaire=own, actor=Actor(name=""), revision=0)
    sitting = Sitting(response, "", ())
    sitting.answers = _answers(sitting.layout, typed)
    return sitting


def _answers(layout: Layout, typed: QueryDict) -> dict[str, Any]:
    form = AnswerPage(questions=layout.questions)
    known, answers = known_words(layout.questions), {}
    for one in layout.questions:
        name = PREFIX + one.code
        raw = form.fields[name].widget.value_from_datadict(typed, form.files, name)
        try:
            answers[one.code] = fit(layout.item_of[one.code], raw, known=known.get(one.kind))
        except UnfitError:
            continue
    return answers


def _turn(typed: QueryDict, pages: list[Part]) -> Part | None:
    """Return the page that a button leads to."""
    number = typed.get("parte", "")
    at = int(number) if number.isdecimal() and len(number) < 4 else 0
    if typed.get("do") == "back":
        return next((one for one in reversed(pages) if one.number < at), None)
    if typed.get("do") == "next":
        return next((one for one in pages if one.number > at), pages[-1])
    return next((one for one in pages if one.number == at), None)


def _carried(typed: QueryDict, shown: Iterable[Question]) -> list[tuple[str, str]]:
    """Return what was tried out on other pages, to be sent along."""
    here = {start + one.code for one in shown for start in (PREFIX, SHOWN)} | OWN_NAMES
    return [(n, value) for n, values in typed.lists() if n not in here for value in values]


def _switches(typed: QueryDict, language: str) -> dict[str, str]:
    """Return the addresses of the other language and the other width."""

    def with_(**changes: str) -> str:
        copy = typed.copy()
        for name, value in changes.items():
            copy[name] = value
        return f"?{copy.urlencode()}"

    return {
        "es": with_(idioma="es"),
        "en": with_(idioma="en"),
        "phone": with_(ancho="telefono", idioma=language),
        "wide": with_(ancho="", idioma=language),
    }
