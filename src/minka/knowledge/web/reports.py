"""The report on the ecosystem: ask for an edition, see how far it is, take it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest, stream_file
from minka.knowledge.actions.reports import ask_report, retry_report
from minka.knowledge.forms.reports import ReportForm
from minka.knowledge.queries.filter_address import filter_at
from minka.knowledge.queries.filter_words import filter_words, in_a_line
from minka.knowledge.queries.reports import visible_reports
from minka.knowledge.queries.waves import regions_to_choose
from minka.knowledge.states import ReportState

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
def reports(request: SignedInRequest) -> HttpResponse:
    """The editions there are, and for the team the form that asks for another."""
    may_write = request.user.has_perm("knowledge.report_write")
    form = ReportForm(
        request.POST or None,
        regions=regions_to_choose(viewer=request.user),
        initial={"language": (get_language() or "es")[:2]},
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            report = ask_report(
                by=request.user,
                audience=asked["audience"],
                language=asked["language"],
                address=form.address,
            )
        except DomainError as error:
            form.take(error)
        else:
            messages.success(
                request, _("The report is being written. We tell you when it is there.")
            )
            return redirect("knowledge:report", report.public_id)
    page = Paginator(visible_reports(viewer=request.user), PER_PAGE).get_page(
        request.GET.get("page")
    )
    words = filter_words([filter_at(one.address) for one in page])
    context = {
        "page": page,
        "rows": [(one, in_a_line(said)) for one, said in zip(page, words, strict=True)],
        "form": form if may_write else None,
    }
    return render(
        request, "knowledge/reports/list.html", context, status=422 if form.errors else 200
    )


@require_GET
def report(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """How far an edition is, and the way to it; asks again by itself while it is being written."""
    found = get_object_or_404(visible_reports(viewer=request.user), public_id=public_id)
    (words,) = filter_words([filter_at(found.address)])
    context = {
        "report": found,
        "covers": in_a_line(words),
        "waiting": found.state == ReportState.QUEUED,
        "may_retry": request.user.has_perm("knowledge.report_write"),
    }
    partial = "#state" if "HX-Request" in request.headers else ""
    return render(request, f"knowledge/reports/report.html{partial}", context)


@require_GET
def report_download(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The PDF, for whom its edition is."""
    found = get_object_or_404(visible_reports(viewer=request.user), public_id=public_id)
    if found.file is None:
        raise Http404
    return stream_file(found.file)


@require_POST
def report_retry(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Have an edition that could not be written tried again."""
    found = get_object_or_404(visible_reports(viewer=request.user), public_id=public_id)
    try:
        retry_report(by=request.user, report=found)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The report is being written. We tell you when it is there."))
    return redirect("knowledge:report", found.public_id)
