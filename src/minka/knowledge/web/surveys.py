"""Surveys of the cluster team: the list, one survey, its questionnaires, its life."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import Conflict, DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.survey_design import (
    back_to_draft,
    change_survey,
    copy_survey,
    create_survey,
    mark_ready,
    remove_questionnaire,
    retire_survey,
    save_questionnaire,
)
from minka.knowledge.forms.surveys import QuestionnaireForm, RevisionForm, SurveyForm
from minka.knowledge.models import Questionnaire, Survey
from minka.knowledge.queries.survey_faults import survey_faults
from minka.knowledge.queries.surveys import (
    is_asked,
    questionnaires_of,
    surveys_with_counts,
    visible_surveys,
)
from minka.knowledge.sources.mapping_survey import create_mapping_survey
from minka.knowledge.states import ActorKind, SurveyState

MOVES = {"ready": mark_ready, "draft": back_to_draft, "retired": retire_survey}


@require_GET
def surveys(request: SignedInRequest) -> HttpResponse:
    """The surveys, newest first."""
    _enter(request)
    context = {
        "surveys": surveys_with_counts(viewer=request.user),
        "may_write": request.user.has_perm("knowledge.survey_design"),
    }
    return render(request, "knowledge/surveys/surveys.html", context)


@require_http_methods(["GET", "POST"])
def survey_new(request: SignedInRequest) -> HttpResponse:
    """Begin a survey."""
    require(request.user, "knowledge.survey_design")
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_survey(by=request.user, values=form.words())
        except DomainError as error:
            form.take(error)
        else:
            return redirect("knowledge:survey", made.public_id)
    status = 422 if form.errors else 200
    return render(request, "knowledge/surveys/survey_edit.html", {"form": form}, status=status)


@require_POST
def survey_template(request: SignedInRequest) -> HttpResponse:
    """Begin with the mapping questionnaire."""
    made = create_mapping_survey(by=request.user)
    messages.success(
        request, _("The mapping questionnaire is yours now. Change what does not fit.")
    )
    return redirect("knowledge:survey", made.public_id)


@require_GET
def survey(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One survey: what it asks of whom, what it lacks, what can be done with it."""
    _enter(request)
    found = _find(request, public_id)
    return survey_page(request, found)


def survey_page(
    request: SignedInRequest, found: Survey, *, error: DomainError | None = None
) -> HttpResponse:
    """Render the page of a survey; an error of an action shows on it, with its status."""
    questionnaires = list(questionnaires_of(viewer=request.user, survey=found))
    for one in questionnaires:
        one.for_words = kinds_words(one.kinds)  # type: ignore[attr-defined]  # what the page reads of it
    context = {
        "survey": found,
        "questionnaires": questionnaires,
        "faults": survey_faults(found) if found.state == SurveyState.DRAFT else [],
        "asked": is_asked(found),
        "may_write": request.user.has_perm("knowledge.survey_design"),
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "knowledge/surveys/survey.html", context, status=status)


@require_http_methods(["GET", "POST"])
def survey_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Correct title, welcome and purpose."""
    require(request.user, "knowledge.survey_design")
    found = _find(request, public_id)
    initial = {name: getattr(found, name) for name in SurveyForm.base_fields}
    form = SurveyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_survey(by=request.user, survey=found, revision=form.seen(), values=form.words())
        except DomainError as error:
            told(form, found, error)
        else:
            messages.success(request, _("The survey is saved."))
            return redirect("knowledge:survey", public_id)
    context = {"form": form, "survey": found}
    status = 422 if form.errors else 200
    return render(request, "knowledge/surveys/survey_edit.html", context, status=status)


@require_POST
def survey_copy(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Begin with what another survey asks."""
    made = copy_survey(by=request.user, survey=_find(request, public_id))
    messages.success(request, _("This is the copy. It is a draft of its own."))
    return redirect("knowledge:survey", made.public_id)


@require_POST
def survey_move(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ready, back to draft, or no longer asked."""
    found = _find(request, public_id)
    move = MOVES.get(request.POST.get("to", ""))
    if move is None:
        return redirect("knowledge:survey", public_id)
    try:
        move(by=request.user, survey=found)
    except DomainError as error:
        found.refresh_from_db()
        return survey_page(request, found, error=error)
    return redirect("knowledge:survey", public_id)


@require_http_methods(["GET", "POST"])
def questionnaire_edit(
    request: SignedInRequest, public_id: str, questionnaire: int | None = None
) -> HttpResponse:
    """A questionnaire's title and whom it is for."""
    require(request.user, "knowledge.survey_design")
    found = _find(request, public_id)
    own = find_questionnaire(request, found, questionnaire) if questionnaire else None
    initial: dict[str, Any] = {"revision": found.revision}
    if own is not None:
        initial |= {"title_es": own.title_es, "title_en": own.title_en, "kinds": own.kinds}
    form = QuestionnaireForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_questionnaire(
                by=request.user,
                survey=found,
                revision=form.seen(),
                values=form.words(),
                questionnaire=own,
            )
        except DomainError as error:
            told(form, found, error)
        else:
            return redirect("knowledge:questionnaire", public_id, saved.pk)
    context = {"form": form, "survey": found, "questionnaire": own}
    status = 422 if form.errors else 200
    return render(request, "knowledge/surveys/questionnaire_edit.html", context, status=status)


@require_POST
def questionnaire_remove(
    request: SignedInRequest, public_id: str, questionnaire: int
) -> HttpResponse:
    """Take a questionnaire out of a draft."""
    found = _find(request, public_id)
    own = find_questionnaire(request, found, questionnaire)
    try:
        remove_questionnaire(by=request.user, questionnaire=own, revision=seen(request))
    except DomainError as error:
        found.refresh_from_db()
        return survey_page(request, found, error=error)
    messages.success(request, _("The questionnaire is taken out."))
    return redirect("knowledge:survey", public_id)


def find_questionnaire(request: SignedInRequest, found: Survey, pk: int) -> Questionnaire:
    """Return a questionnaire of a survey that the viewer sees, or answer 404."""
    own = get_object_or_404(questionnaires_of(viewer=request.user, survey=found), pk=pk)
    own.survey = found
    return own


def find_survey(request: SignedInRequest, public_id: str) -> Survey:
    """Return a survey that the viewer sees, or answer 404."""
    return _find(request, public_id)


def told(form: RevisionForm, found: Survey, error: DomainError) -> None:
    """Show an error in the form; after a conflict, saving again keeps what the form says."""
    form.take(error)
    if isinstance(error, Conflict):
        found.refresh_from_db()
        form.start_from(found.revision)


def seen(request: SignedInRequest) -> int:
    """Return the revision that the page showed; -1, which never matches, when missing."""
    value = request.POST.get("revision", "")
    return int(value) if value.isdecimal() and len(value) < 10 else -1


def kinds_words(kinds: list[str]) -> str:
    """Return whom a questionnaire is for."""
    if not kinds:
        return _("All that no other questionnaire names")
    labels = dict(ActorKind.choices)
    return ", ".join(str(labels[one]) for one in kinds if one in labels)


def _enter(request: SignedInRequest) -> None:
    permissions = ("survey_design", "survey_run", "survey_interview")
    if not any(request.user.has_perm(f"knowledge.{one}") for one in permissions):
        require(request.user, "knowledge.survey_design")


def _find(request: SignedInRequest, public_id: str) -> Survey:
    return get_object_or_404(visible_surveys(viewer=request.user), public_id=public_id)
