"""Answering a questionnaire: welcome, one page per part, review, the anonymous part, thanks.

Every page exists twice, with the same view: by the personal link, and for an interviewer.
Looking changes nothing; each page saves, with or without scripts.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput
from minka.knowledge.actions.survey_answers import (
    begin_interview,
    finish_response,
    refuse_response,
    save_answers,
    take_up_again,
)
from minka.knowledge.forms.survey_pages import PREFIX, AnswerPage, shown_codes
from minka.knowledge.models import Question
from minka.knowledge.queries.survey_words import answer_words, minutes_words
from minka.knowledge.queries.surveys import Part, themes_by_slug
from minka.knowledge.states import ResponseState
from minka.knowledge.web.survey_showing import (
    page_rows,
    questions_of_page,
    remember_language,
    seen_revision,
    show_page,
    told_answers,
    wanted_language,
    where_to_go_on,
)
from minka.knowledge.web.survey_sitting import Sitting, View, by_interviewer, by_link
from minka.methods.questionnaire import asked, is_answered


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """What this is, for whom and until when; the way in."""
    if not sitting.is_open:
        return _closed(request, sitting)
    if sitting.response.state == ResponseState.FINISHED and sitting.by is None:
        return redirect(sitting.url("_thanks"))
    error = None
    if request.method == "POST" and sitting.by is not None:
        try:
            respondent = request.POST.get("respondent", "")
            begin_interview(by=sitting.by, response=sitting.response, respondent=respondent)
        except DomainError as found:
            error = found
        else:
            return redirect(where_to_go_on(sitting))
    context = {
        "go_on": where_to_go_on(sitting),
        "minutes": minutes_words(sitting.total + len(sitting.layout.anonymous)),
        "error": error,
    }
    status = error.status if error else 200
    return show_page(request, sitting, "welcome", status=status, **context)


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, sitting: Sitting, number: int) -> HttpResponse:
    """One part: its questions, saved as they are answered and by every button."""
    if elsewhere := _elsewhere(request, sitting):
        return elsewhere
    here = next((one for one in sitting.layout.parts if one.number == number), None)
    if here is None:
        raise Http404
    if request.method == "GET":
        if here not in sitting.parts:
            return redirect(where_to_go_on(sitting))
        form = AnswerPage(questions=questions_of_page(sitting, here), answers=sitting.answers)
        return _part_page(request, sitting, here, form)
    form = AnswerPage(request.POST, questions=here.questions)
    language = wanted_language(request)
    with translation.override(language or translation.get_language()):
        answer = _save_part(request, sitting, here, form, language)
    if language:
        remember_language(answer, language, secure=request.is_secure())
    return answer


def _save_part(
    request: HttpRequest, sitting: Sitting, here: Part, form: AnswerPage, language: str
) -> HttpResponse:
    try:
        saved = save_answers(
            by=sitting.by,
            response=sitting.response,
            revision=seen_revision(request),
            raw=form.raw(),
        )
    except Conflict as error:
        return _both(request, sitting, here, error)
    if saved.fields or language:
        sitting.refresh()
        again = AnswerPage(request.POST, questions=questions_of_page(sitting, here))
        again.show_faults(saved.fields)
        status = 422 if saved.fields else 200
        return _part_page(request, sitting, here, again, status=status)
    before = shown_codes(request.POST, here.questions)
    sitting.refresh()
    return redirect(_next(request, sitting, here, before))


def _next(request: HttpRequest, sitting: Sitting, here: Part, before: set[str]) -> str:
    """Return where the button leads; back to this page when an answer opened more of it."""
    if request.POST.get("do") == "back":
        earlier = [one for one in sitting.parts if one.number < here.number]
        return sitting.url("_part", earlier[-1].number) if earlier else sitting.url("")
    opened = [
        one.code
        for one in here.questions
        if one.code in sitting.asked_codes and one.code not in before
    ]
    if opened:
        return f"{sitting.url('_part', here.number)}#{PREFIX}{opened[0]}"
    if request.POST.get("do") == "review":
        return sitting.url("_review")
    later = [one for one in sitting.parts if one.number > here.number]
    return sitting.url("_part", later[0].number) if later else sitting.url("_review")


@require_POST
def autosave(request: HttpRequest, sitting: Sitting, number: int) -> JsonResponse:
    """Save what the page's script sends; the answer is for the script."""
    here = next((one for one in sitting.layout.parts if one.number == number), None)
    if here is None or not _may_write(sitting):
        return JsonResponse({"detail": _("This page does not exist")}, status=404)
    form = AnswerPage(request.POST, questions=here.questions)
    try:
        saved = save_answers(
            by=sitting.by,
            response=sitting.response,
            revision=seen_revision(request),
            raw=form.raw(),
        )
    except Conflict as error:
        facts = {"revision": sitting.response.revision, "url": sitting.url("_part", number)}
        answer = {"detail": str(error), "code": error.code, **facts}
        return JsonResponse(answer, status=error.status)
    except DomainError as error:
        return JsonResponse({"detail": str(error), "code": error.code}, status=error.status)
    fields = {PREFIX + code: [words] for code, words in saved.fields.items()}
    return JsonResponse(
        {"revision": saved.revision, "saved_at": saved.saved_at.isoformat(), "fields": fields}
    )


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Everything once more, with what is missing, before it is handed in."""
    if elsewhere := _elsewhere(request, sitting):
        return elsewhere
    if request.method == "POST":
        if sitting.asks_anonymous:
            return redirect(sitting.url("_last"))
        try:
            finish_response(by=sitting.by, response=sitting.response)
        except InvalidInput as error:
            return _review_page(request, sitting, error=error)
        return redirect(sitting.url("_thanks"))
    return _review_page(request, sitting)


@require_http_methods(["GET", "POST"])
def last(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The anonymous part: nothing of it is kept until the questionnaire is handed in with it."""
    if elsewhere := _elsewhere(request, sitting):
        return elsewhere
    if not sitting.asks_anonymous or sitting.lacking:
        return redirect(sitting.url("_review"))
    language = wanted_language(request)
    with translation.override(language or translation.get_language()):
        answer = _last(request, sitting, stay=bool(language))
    if language:
        remember_language(answer, language, secure=request.is_secure())
    return answer


def _last(request: HttpRequest, sitting: Sitting, *, stay: bool) -> HttpResponse:
    questions = sitting.layout.anonymous
    data = request.POST if request.method == "POST" else None
    form = AnswerPage(data, questions=questions)
    raw = form.raw() if data is not None else {}
    codes = {one.code for one in asked(sitting.layout.anonymous_items, raw)}
    more = data is not None and not codes <= shown_codes(data, questions)
    if data is None or stay or (more and data.get("do") != "skip"):
        return _last_page(request, sitting, form, codes, more=more and not stay)
    try:
        given = {} if data.get("do") == "skip" else raw
        finish_response(by=sitting.by, response=sitting.response, anonymous=given)
    except InvalidInput as error:
        form.show_faults(error.fields)
        return _last_page(request, sitting, form, codes, status=error.status)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": sitting.url("_thanks")})
    return redirect(sitting.url("_thanks"))


def _last_page(  # noqa: PLR0913 -- the facts of the page
    request: HttpRequest,
    sitting: Sitting,
    form: AnswerPage,
    codes: set[str],
    *,
    status: int = 200,
    more: bool = False,
) -> HttpResponse:
    """Render the page; for its script the form alone, so that a lost connection keeps the page."""
    fragment = getattr(request, "htmx", False) and not wanted_language(request)
    rows = page_rows(sitting, form, asked_now=codes)
    name = "last_form" if fragment else "last"
    return show_page(request, sitting, name, status=status, form=form, rows=rows, more=more)


@require_GET
def thanks(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Thanks, and a copy of one's own answers; of the anonymous ones there is none."""
    if sitting.response.state != ResponseState.FINISHED:
        return redirect(sitting.url(""))
    if sitting.by is not None and sitting.response.interviewer_id != sitting.by.pk:
        return redirect(sitting.url(""))
    return show_page(
        request, sitting, "thanks", parts=told_answers(sitting), is_open=sitting.is_open
    )


@require_POST
def again(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Take a finished questionnaire up again while the wave is open."""
    if not sitting.is_open:
        return _closed(request, sitting)
    take_up_again(by=sitting.by, response=sitting.response)
    return redirect(
        sitting.url("_part", sitting.parts[0].number) if sitting.parts else sitting.url("")
    )


@require_POST
def refuse(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Say that the organisation does not want to answer, or take back what it answered."""
    if not sitting.is_open and not sitting.gave:
        return _closed(request, sitting)
    keep = request.POST.get("profile") == "keep"
    refuse_response(by=sitting.by, response=sitting.response, from_profile=not keep)
    return redirect(sitting.url(""))


def _may_write(sitting: Sitting) -> bool:
    """Whether the pages with answers open: an interviewer has to have come in by the door."""
    return sitting.by is None or sitting.response.interviewer_id == sitting.by.pk


def _elsewhere(request: HttpRequest, sitting: Sitting) -> HttpResponse | None:
    """Return what is shown instead when nothing can be answered here."""
    if not sitting.is_open:
        return _closed(request, sitting)
    if not _may_write(sitting):
        return redirect(sitting.url(""))
    if sitting.response.state == ResponseState.FINISHED:
        return redirect(sitting.url("_thanks"))
    return None


def _closed(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    status = 409 if request.method == "POST" else 200
    return show_page(request, sitting, "closed", status=status)


def _part_page(  # noqa: PLR0913 -- the facts of the page
    request: HttpRequest,
    sitting: Sitting,
    here: Part,
    form: AnswerPage,
    *,
    status: int = 200,
    theirs: Any = None,
) -> HttpResponse:
    numbers = [one.number for one in sitting.parts]
    context = {
        "part": here,
        "place": numbers.index(here.number) + 1 if here.number in numbers else 1,
        "form": form,
        "rows": page_rows(sitting, form),
        "theirs": theirs,
        "is_last": here.number >= max(numbers, default=0),
        "save_url": sitting.url("_save", here.number),
    }
    return show_page(request, sitting, "part", status=status, **context)


def _both(request: HttpRequest, sitting: Sitting, here: Part, error: Conflict) -> HttpResponse:
    """Show what the other device saved beside what was typed here; saving again keeps this."""
    sitting.refresh()
    form = AnswerPage(request.POST, questions=questions_of_page(sitting, here))
    form.is_valid()
    form.take(error)
    themes = themes_by_slug(here.questions)
    theirs = [
        {"question": one, "saved": answer_words(one, sitting.answers.get(one.code), themes=themes)}
        for one in here.questions
        if is_answered(sitting.answers.get(one.code))
    ]
    return _part_page(request, sitting, here, form, status=error.status, theirs=theirs)


def _review_page(
    request: HttpRequest, sitting: Sitting, *, error: InvalidInput | None = None
) -> HttpResponse:
    lacking = [{"question": one, "url": _at(sitting, one)} for one in sitting.lacking]
    status = error.status if error else 200
    context = {"parts": told_answers(sitting), "lacking": lacking, "error": error}
    return show_page(request, sitting, "review", status=status, **context)


def _at(sitting: Sitting, question: Question) -> str:
    number = sitting.part_of(question.code).number
    return f"{sitting.url('_part', number)}#{PREFIX}{question.code}"


PAGES: dict[str, View] = {
    "": welcome,
    "_part": part,
    "_save": autosave,
    "_review": review,
    "_last": last,
    "_thanks": thanks,
    "_again": again,
    "_refuse": refuse,
}
LINK_PAGES = {name: by_link(view) for name, view in PAGES.items()}
INTERVIEW_PAGES = {name: by_interviewer(view) for name, view in PAGES.items()}
