"""Pages of a company's problems: the list, one problem, its beginning and its submission."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError, InvalidInput, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.problems import start_problem, submit_problem
from minka.innovation.forms.problems import AnswerForm, CommentForm, StartProblemForm
from minka.innovation.forms.triage import TriageForm
from minka.innovation.models import Problem
from minka.innovation.queries.funnel import edition_funnel
from minka.innovation.queries.intake import companies_to_invite_for
from minka.innovation.queries.merging import joined_with, merge_question
from minka.innovation.queries.problem_parts import STEP_OF
from minka.innovation.queries.problem_reading import Audience, reading_of, readings
from minka.innovation.queries.problem_sections import sections_of
from minka.innovation.queries.problem_thread import thread_of
from minka.innovation.queries.problem_versions import versions_of
from minka.innovation.queries.problems import (
    ProblemFilters,
    listed_problems,
    may_see_problems,
    missing_to_submit,
    own_companies,
    problem_record,
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
    filters = asked_filters(request)
    found = listed_problems(viewer=request.user, filters=filters)
    page: Any = Paginator(found, ROWS).get_page(request.GET.get("page"))
    page.object_list = readings(viewer=request.user, problems=page.object_list)
    context = {
        "filters": filters,
        "page": page,
        "facets": problem_facets(viewer=request.user, filters=filters),
        "may_invite": companies_to_invite_for(viewer=request.user).exists(),
        "may_state": own_companies(viewer=request.user).exists(),
        "funnel": edition_funnel(viewer=request.user) if request.user.is_staff else None,
    }
    template = "innovation/problems/list.html" + ("#results" if request.htmx else "")
    return render(request, template, context)


def asked_filters(request: SignedInRequest) -> ProblemFilters:
    """Return what the address of a list narrows it to."""
    return ProblemFilters(
        search=request.GET.get("q", "").strip(),
        states=request.GET.getlist("state"),
        companies=request.GET.getlist("company"),
        themes=request.GET.getlist("theme"),
        stages=request.GET.getlist("stage"),
    )


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
            return redirect("innovation:problem_step", begun.pk, 1)
    status = 422 if form.is_bound else 200
    return render(request, "innovation/problems/new.html", {"form": form}, status=status)


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


def record_page(  # noqa: PLR0913 -- one for each form of the page
    request: SignedInRequest,
    found: Problem,
    *,
    triage: TriageForm | None = None,
    answer: AnswerForm | None = None,
    comment: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Draw the page of one problem, with the forms that the viewer may use on it."""
    user, state = request.user, ProblemState(found.state)
    reading = reading_of(viewer=user, problem=found)
    if reading is None:
        raise Http404
    edits = may_edit(request, found)
    may_triage = state == ProblemState.SUBMITTED and user.has_perm(
        "innovation.problem_triage", found
    )
    may_comment = user.has_perm("innovation.problem_comment", found)
    context = {
        "problem": reading,
        "is_company": reading.audience == Audience.COMPANY,
        "sections": sections_of(reading),
        "triage_reason": found.triage_reason,
        "steps": problem_steps(found),
        "history": problem_history(found),
        "thread": thread_of(viewer=user, problem=found),
        "versions": versions_of(viewer=user, problem=found),
        "may_edit": edits,
        "may_take_over": user.has_perm("innovation.problem_take_over", found),
        "is_with_guest": found.author_id is None,
        "question": merge_question(viewer=user, problem=found),
        "joined": joined_with(viewer=user, problem=found),
        "missing": _missing_with_steps(found) if edits else [],
        "answer": (answer or AnswerForm()) if edits else None,
        "comment": (comment or CommentForm()) if may_comment else None,
        "triage": (triage or TriageForm()) if may_triage else None,
        "is_own_draft_of_staff": user.is_staff
        and state == ProblemState.SUBMITTED
        and not may_triage,
        "published": [c for c in found.challenges.all() if c.state != "draft"],
    }
    return render(request, "innovation/problems/record.html", context, status=status)


def may_edit(request: SignedInRequest, found: Problem) -> bool:
    """Whether the person may write this problem now."""
    return found.state in PROBLEM_EDITABLE and request.user.has_perm(
        "innovation.problem_change", found
    )


def _missing_with_steps(found: Problem) -> list[tuple[str, int, str]]:
    return [(name, STEP_OF[name], text) for name, text in missing_to_submit(found).items()]


def _again(request: SignedInRequest, pk: int) -> Problem:
    return get_object_or_404(problem_record(viewer=request.user), pk=pk)
