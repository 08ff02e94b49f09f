"""Pages of a company's problems."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.problems import save_problem, start_problem, submit_problem
from minka.innovation.forms.problems import AnswerForm, ProblemForm, StartProblemForm
from minka.innovation.forms.triage import TriageForm
from minka.innovation.models import Problem
from minka.innovation.queries.funnel import edition_funnel
from minka.innovation.queries.problems import (
    ProblemFilters,
    listed_problems,
    may_see_problems,
    missing_to_submit,
    own_companies,
    problem_record,
    visible_problems,
)
from minka.innovation.queries.problems_facets import problem_facets
from minka.innovation.queries.problems_steps import problem_history, problem_steps
from minka.innovation.states import PROBLEM_EDITABLE, ProblemState

ROWS = 25


@require_GET
def problems(request: SignedInRequest) -> HttpResponse:
    """The list: a company's own problems, or for the cluster team all that were submitted."""
    if not may_see_problems(viewer=request.user):
        raise NotAllowed(
            _("Problems are between each mining company and the cluster team until published.")
        )
    filters = ProblemFilters(
        search=request.GET.get("q", "").strip(),
        states=request.GET.getlist("state"),
        companies=request.GET.getlist("company"),
        themes=request.GET.getlist("theme"),
        stages=request.GET.getlist("stage"),
    )
    found = listed_problems(viewer=request.user, filters=filters)
    context = {
        "filters": filters,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "facets": problem_facets(viewer=request.user, filters=filters),
        "may_state": own_companies(viewer=request.user).exists(),
        "funnel": edition_funnel(viewer=request.user) if request.user.is_staff else None,
    }
    template = "innovation/problems/list.html" + ("#results" if request.htmx else "")
    return render(request, template, context)


@require_GET
def problem(request: SignedInRequest, pk: int) -> HttpResponse:
    """One problem: what was stated, where it is, who must act."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    return record_page(request, found)


@require_http_methods(["GET", "POST"])
def problem_new(request: SignedInRequest) -> HttpResponse:
    """Begin: one line and the company; the rest is written on the next page."""
    if not own_companies(viewer=request.user).exists():
        raise NotAllowed(_("Only people of a mining company's user areas can state a problem."))
    form = StartProblemForm(
        request.POST or None,
        viewer=request.user,
        initial={"company": own_companies(viewer=request.user).first()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            begun = start_problem(
                by=request.user, language=(get_language() or "es")[:2], **form.cleaned_data
            )
        except DomainError as error:
            form.take(error)
        else:
            return redirect("innovation:problem_edit", begun.pk)
    status = 422 if form.is_bound else 200
    return render(request, "innovation/problems/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def problem_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form in sections. It saves itself; the button leads to the checklist."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    if not _may_edit(request, found):
        return redirect("innovation:problem", pk)
    form = ProblemForm(request.POST or None, problem=found)
    status, is_conflict = 200, False
    if request.method == "POST":
        try:
            _save(request, found, form)
        except Conflict as error:
            form.take(error)
            status, is_conflict = error.status, True
        except InvalidInput as error:
            form.take(error)
            status = error.status
        else:
            messages.success(request, _("Your problem is saved; it is not submitted yet."))
            return redirect("innovation:problem", pk)
    context = {
        "problem": found,
        "form": form,
        "is_conflict": is_conflict,
        # After a conflict the newest one: saving again is then on purpose.
        "revision": request.POST.get("revision", found.revision)
        if status == 422
        else found.revision,
    }
    return render(request, "innovation/problems/edit.html", context, status=status)


@require_POST
def problem_autosave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what is being written. Answers JSON for the script that saves."""
    found = get_object_or_404(visible_problems(viewer=request.user), pk=pk)
    form = ProblemForm(request.POST, problem=found)
    try:
        saved = _save(request, found, form)
    except InvalidInput:
        wrong = {name: str(errors[0]) for name, errors in form.errors.items()}
        return JsonResponse({"fields": wrong}, status=422)
    except DomainError as error:
        answer = {"detail": str(error), "url": reverse("innovation:problem", args=[pk])}
        return JsonResponse(answer, status=error.status)
    return JsonResponse({"revision": saved.revision, "saved_at": saved.updated_at.isoformat()})


@require_POST
def problem_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand it to the cluster team, or say what is missing."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    form = AnswerForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    try:
        submit_problem(by=request.user, problem=found, answer=answer)
    except InvalidInput as error:
        messages.error(request, str(error))
        return record_page(request, _again(request, pk), answer=form, status=error.status)
    messages.success(request, _("Your problem is submitted. The cluster team will answer you."))
    return redirect("innovation:problem", pk)


def record_page(
    request: SignedInRequest,
    found: Problem,
    *,
    triage: TriageForm | None = None,
    answer: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page of one problem, with the form that the viewer may use on it."""
    user, state = request.user, ProblemState(found.state)
    may_edit = _may_edit(request, found)
    may_triage = state == ProblemState.SUBMITTED and user.has_perm(
        "innovation.problem_triage", found
    )
    context = {
        "problem": found,
        "steps": problem_steps(found),
        "history": problem_history(found),
        "may_edit": may_edit,
        "missing": missing_to_submit(found) if may_edit else {},
        "answer": (answer or AnswerForm()) if may_edit else None,
        "triage": (triage or TriageForm()) if may_triage else None,
        "is_own_draft_of_staff": user.is_staff
        and state == ProblemState.SUBMITTED
        and not may_triage,
        "published": [c for c in found.challenges.all() if c.state != "draft"],
    }
    return render(request, "innovation/problems/record.html", context, status=status)


def _save(request: SignedInRequest, found: Problem, form: ProblemForm) -> Problem:
    """Save what the form holds.

    Raises:
        InvalidInput: a field cannot be read; the form says which.
        DomainError: the action refused.
    """
    if not form.is_valid():
        raise InvalidInput
    try:
        revision = int(request.POST.get("revision", ""))
    except ValueError:
        raise InvalidInput from None
    try:
        return save_problem(
            by=request.user, problem=found, revision=revision, content=form.content()
        )
    except InvalidInput as error:
        form.take(error)
        raise


def _may_edit(request: SignedInRequest, found: Problem) -> bool:
    return found.state in PROBLEM_EDITABLE and request.user.has_perm(
        "innovation.problem_change", found
    )


def _again(request: SignedInRequest, pk: int) -> Problem:
    return get_object_or_404(problem_record(viewer=request.user), pk=pk)
