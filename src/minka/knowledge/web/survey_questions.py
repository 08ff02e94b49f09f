"""The desk of a questionnaire: its questions in order, and one of them in hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import Conflict, DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.survey_questions import (
    move_question,
    remove_question,
    save_question,
)
from minka.knowledge.forms.surveys import QuestionForm, QuestionRows
from minka.knowledge.models import Condition, Question, Questionnaire
from minka.knowledge.queries.survey_faults import lacks_english
from minka.knowledge.queries.survey_words import text_of
from minka.knowledge.queries.surveys import layout_of
from minka.knowledge.states import CHOICE_KINDS, ConditionTest, QuestionKind, SurveyState
from minka.knowledge.web.surveys import find_questionnaire, find_survey, kinds_words, seen, told

MORE_OPTIONS = 5


@require_GET
def questionnaire_page(
    request: SignedInRequest, public_id: str, questionnaire: int
) -> HttpResponse:
    """The questions in their parts, with what opens them."""
    own = _own(request, public_id, questionnaire)
    return _desk(request, own)


def _own(request: SignedInRequest, public_id: str, pk: int) -> Questionnaire:
    return find_questionnaire(request, find_survey(request, public_id), pk)


def _desk(
    request: SignedInRequest, own: Questionnaire, *, error: DomainError | None = None
) -> HttpResponse:
    layout = layout_of(own)
    for one in layout.questions:
        one.opened_by = [_condition_words(c) for c in one.conditions.all()]  # type: ignore[attr-defined]  # what the page reads of it
    context = {
        "survey": own.survey,
        "questionnaire": own,
        "layout": layout,
        "for_words": kinds_words(own.kinds),
        "lacks_english": len(lacks_english(layout)),
        "is_draft": own.survey.state == SurveyState.DRAFT,
        "may_write": request.user.has_perm("knowledge.survey_design"),
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "knowledge/surveys/questionnaire.html", context, status=status)


def _condition_words(condition: Condition) -> str:
    on, test = condition.on, ConditionTest(condition.test)
    value = condition.value
    if on.kind in CHOICE_KINDS:
        words = {one.code: text_of(one) for one in on.options.all()}
        value = f"“{words.get(value, value)}”"
    elif on.kind == QuestionKind.YES_NO:
        value = f"“{_('Yes') if value == 'yes' else _('No')}”"
    return " ".join(filter(None, (f"“{text_of(on)}”", str(test.label), value)))


@require_http_methods(["GET", "POST"])
def question_edit(
    request: SignedInRequest, public_id: str, questionnaire: int, pk: int | None = None
) -> HttpResponse:
    """One question: words, kind of answer, answers to choose from, conditions."""
    require(request.user, "knowledge.survey_design")
    own = _own(request, public_id, questionnaire)
    question = _question(own, pk) if pk else None
    earlier = _earlier(own, question)
    fixed = own.survey.state != SurveyState.DRAFT
    data = request.POST if request.method == "POST" else None
    initial = QuestionForm.of(question) if question else _first_values(own)
    initial["revision"] = own.survey.revision
    form = QuestionForm(data, question=question, fixed=fixed, initial=initial)
    more = MORE_OPTIONS if data is not None and data.get("do") == "more" else 0
    rows = QuestionRows(data, question=question, earlier=earlier, more=more)
    if data is not None and not more and form.is_valid() and rows.is_valid():
        try:
            saved = _save(request, own, question, form, rows)
        except DomainError as error:
            told(form, own.survey, error)
            if isinstance(error, Conflict) and question is not None:
                question.refresh_from_db()
        else:
            return _after(request, own, saved)
    status = 422 if data is not None and not more else 200
    return _question_page(request, own, question, form, rows, status=status)


def _save(
    request: SignedInRequest,
    own: Questionnaire,
    question: Question | None,
    form: QuestionForm,
    rows: QuestionRows,
) -> Question:
    return save_question(
        by=request.user,
        questionnaire=own,
        revision=form.seen(),
        values=form.words(),
        options=rows.option_drafts(),
        conditions=rows.condition_drafts(),
        question=question,
    )


def _after(request: SignedInRequest, own: Questionnaire, saved: Question) -> HttpResponse:
    address = [own.survey.public_id, own.pk]
    if request.POST.get("do") == "another":
        messages.success(request, _("The question is saved. Here is the next one."))
        return redirect("knowledge:question_new", *address)
    return redirect(f"{reverse('knowledge:questionnaire', args=address)}#q-{saved.code}")


def _question_page(  # noqa: PLR0913 -- the facts of the page
    request: SignedInRequest,
    own: Questionnaire,
    question: Question | None,
    form: QuestionForm,
    rows: QuestionRows,
    *,
    status: int,
) -> HttpResponse:
    sections = own.questions.exclude(section_es="").values_list("section_es", flat=True)
    context: dict[str, Any] = {
        "survey": own.survey,
        "questionnaire": own,
        "question": question,
        "form": form,
        "rows": rows,
        "sections": list(dict.fromkeys(sections.order_by("position"))),
        "fixed": own.survey.state != SurveyState.DRAFT,
    }
    return render(request, "knowledge/surveys/question_edit.html", context, status=status)


def _first_values(own: Questionnaire) -> dict[str, Any]:
    """Begin in the part where the last question stands."""
    last = own.questions.order_by("-position").first()
    if last is None:
        return {}
    return {
        "section_es": last.section_es,
        "section_en": last.section_en,
        "is_anonymous": last.is_anonymous,
    }


def _earlier(own: Questionnaire, question: Question | None) -> list[Question]:
    found = own.questions.prefetch_related("options").order_by("position", "pk")
    return list(found if question is None else found.filter(position__lt=question.position))


def _question(own: Questionnaire, pk: int) -> Question:
    question = get_object_or_404(own.questions, pk=pk)
    question.questionnaire = own
    return question


@require_POST
def question_move(
    request: SignedInRequest, public_id: str, questionnaire: int, pk: int
) -> HttpResponse:
    """One place up or down."""
    own = _own(request, public_id, questionnaire)
    question = _question(own, pk)
    up = request.POST.get("to") == "up"
    try:
        move_question(by=request.user, question=question, revision=seen(request), up=up)
    except DomainError as error:
        own.survey.refresh_from_db()
        return _desk(request, own, error=error)
    address = reverse("knowledge:questionnaire", args=[public_id, questionnaire])
    return redirect(f"{address}#q-{question.code}")


@require_POST
def question_remove(
    request: SignedInRequest, public_id: str, questionnaire: int, pk: int
) -> HttpResponse:
    """Take a question out of a draft."""
    own = _own(request, public_id, questionnaire)
    question = _question(own, pk)
    try:
        remove_question(by=request.user, question=question, revision=seen(request))
    except DomainError as error:
        own.survey.refresh_from_db()
        return _desk(request, own, error=error)
    messages.success(request, _("The question is taken out."))
    return redirect("knowledge:questionnaire", public_id, questionnaire)
