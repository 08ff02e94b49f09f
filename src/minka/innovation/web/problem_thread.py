"""What surrounds a problem: comments, versions, who reads what, the list as a sheet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.errors import InvalidInput, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.problem_thread import comment_problem
from minka.innovation.actions.problems import submit_problem
from minka.innovation.forms.problems import CommentForm
from minka.innovation.queries.problem_reading import (
    Audience,
    audience_of,
    reading_for,
    reading_of,
    readings,
)
from minka.innovation.queries.problem_sections import sections_of
from minka.innovation.queries.problem_versions import version_difference, versions_of
from minka.innovation.queries.problems import listed_problems, may_see_problems, problem_record
from minka.innovation.sources.problem_sheet import problems_csv
from minka.innovation.web.problems import asked_filters, record_page


@require_POST
def problem_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say something; to a question of triage, the company can answer and submit in one go."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return record_page(request, found, comment=form, status=InvalidInput.status)
    text = form.cleaned_data["text"]
    if request.POST.get("do") != "answer":
        comment_problem(by=request.user, problem=found, text=text)
        messages.success(request, _("Your comment is sent."))
        return redirect(f"{reverse('innovation:problem', args=[pk])}#conversacion")
    try:
        submit_problem(by=request.user, problem=found, answer=text)
    except InvalidInput as error:
        form.add_error(None, str(error))
        again = get_object_or_404(problem_record(viewer=request.user), pk=pk)
        return record_page(request, again, comment=form, status=error.status)
    messages.success(request, _("Your problem is submitted. The cluster team will answer you."))
    return redirect("innovation:problem", pk)


@require_GET
def problem_versions(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was submitted each time, and what changed, word by word."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    reading = reading_of(viewer=request.user, problem=found)
    versions = versions_of(viewer=request.user, problem=found)
    if reading is None or not versions:
        raise Http404
    newest = versions[0].number
    after = _number(request.GET.get("hasta"), newest)
    before = _number(request.GET.get("desde"), max(after - 1, 1))
    changes = version_difference(viewer=request.user, problem=found, before=before, after=after)
    context = {
        "problem": reading,
        "versions": versions,
        "before": before,
        "after": after,
        "changes": changes,
    }
    return render(request, "innovation/problems/versions.html", context)


@require_GET
def problem_readers(request: SignedInRequest, pk: int) -> HttpResponse:
    """What each audience reads of a problem; for its company."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    if audience_of(viewer=request.user, problem=found) != Audience.COMPANY:
        raise Http404
    shown = {
        "team": reading_for(Audience.TEAM, found),
        "solvers": reading_for(Audience.SOLVERS, found),
        "public": reading_for(Audience.PUBLIC, found),
    }
    wanted = request.GET.get("como", "team")
    reading = shown.get(wanted, shown["team"])
    context = {
        "problem": reading_of(viewer=request.user, problem=found),
        "reading": reading,
        "sections": sections_of(reading),
        "wanted": wanted if wanted in shown else "team",
    }
    return render(request, "innovation/problems/readers.html", context)


@require_GET
def problems_export(request: SignedInRequest) -> HttpResponse:
    """The list as a sheet, with the columns that the person may read."""
    if not may_see_problems(viewer=request.user):
        raise NotAllowed(
            _("Problems are between each mining company and the cluster team until published.")
        )
    found = listed_problems(viewer=request.user, filters=asked_filters(request))
    sheet = problems_csv(readings(viewer=request.user, problems=found))
    response = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="problemas.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else otherwise
