"""Reports on milestones: written with autosave, handed in once, answered by the user area."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, NotAllowed
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions.agreement_reports import (
    answer_report,
    attach_deliverable,
    remove_deliverable,
    save_report,
    start_report,
    submit_report,
)
from minka.innovation.forms.agreement_plan import ReportAnswerForm, ReportForm
from minka.innovation.models import MilestoneReport
from minka.innovation.queries.agreement_record import visible_deliverables, visible_reports
from minka.innovation.queries.agreements import visible_agreements
from minka.innovation.states.agreements import ReportState
from minka.innovation.web.expiry import keeps_words


@require_POST
def report_start(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Begin the report on a milestone, or go on with it."""
    found = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    milestone = get_object_or_404(found.milestones.select_related("agreement"), pk=pk)
    report = start_report(by=request.user, milestone=milestone)
    return redirect("innovation:report", report.public_id)


@keeps_words
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write a draft, or read what was handed in and answer it."""
    found = get_object_or_404(visible_reports(viewer=request.user), public_id=public_id)
    if found.state == ReportState.DRAFT:
        if request.method == "GET":
            return _editor(request, found, ReportForm(initial=ReportForm.of(found)))
        return _write(request, found)
    if request.method == "GET":
        return _record(request, found, ReportAnswerForm())
    form = ReportAnswerForm(request.POST)
    form.is_valid()
    accepts = request.POST.get("do") == "accept"
    try:
        answer = form.cleaned_data.get("answer", "")
        answer_report(by=request.user, report=found, accepts=accepts, answer=answer)
    except DomainError as error:
        form.take(error)
        return _record(request, found, form, status=error.status)
    said = _("The milestone is accepted.") if accepts else _("The supplier has your answer.")
    messages.success(request, said)
    return redirect("innovation:agreement_plan", found.milestone.agreement.public_id)


@keeps_words
@require_POST
def report_autosave(request: SignedInRequest, public_id: str) -> JsonResponse:
    """Save what the page's script sends; the answer is for the script."""
    found = get_object_or_404(visible_reports(viewer=request.user), public_id=public_id)
    form = ReportForm(request.POST)
    form.is_valid()
    try:
        saved = _save(request, found, form)
    except DomainError as error:
        body: dict[str, object] = {"detail": str(error), "code": error.code}
        if isinstance(error, Conflict):
            found.refresh_from_db()
            body |= {
                "revision": found.revision,
                "url": reverse("innovation:report", args=[found.public_id]),
            }
        return JsonResponse(body, status=error.status)
    return JsonResponse(
        {"revision": saved.revision, "saved_at": saved.saved_at.isoformat(), "fields": {}}
    )


@require_GET
def deliverable(request: SignedInRequest, public_id: str, uid: str) -> FileResponse:
    """A file of a report."""
    files = visible_deliverables(viewer=request.user).filter(report__public_id=public_id)
    return stream_file(get_object_or_404(files, file__uid=uid).file)


def _write(request: SignedInRequest, found: MilestoneReport) -> HttpResponse:
    form = ReportForm(request.POST, request.FILES)
    form.is_valid()
    try:
        saved = _save(request, found, form)
        if uid := request.POST.get("remove", ""):
            gone = visible_deliverables(viewer=request.user).filter(report=found, file__uid=uid)
            for one in gone:
                remove_deliverable(by=request.user, deliverable=one)
        for upload in form.cleaned_data.get("uploads") or []:
            attach_deliverable(by=request.user, report=found, upload=upload)
        if request.POST.get("do") == "submit":
            submit_report(by=request.user, report=found, revision=saved.revision)
            messages.success(request, _("Your report is handed in; the user area answers it."))
            return redirect("innovation:agreement_plan", found.milestone.agreement.public_id)
    except Conflict as error:
        found.refresh_from_db()
        form.take(error)
        theirs = [
            (form.fields[name].label, getattr(found, name))
            for name, typed in form.values().items()
            if getattr(found, name) != typed
        ]
        form.start_from(found.revision)
        return _editor(request, found, form, status=error.status, theirs=theirs)
    except DomainError as error:
        found.refresh_from_db()
        form.take(error)
        form.start_from(found.revision)
        return _editor(request, found, form, status=error.status)
    messages.success(request, _("Your report is saved. It is not handed in yet."))
    return redirect("innovation:report", found.public_id)


def _save(request: SignedInRequest, found: MilestoneReport, form: ReportForm) -> MilestoneReport:
    return save_report(
        by=request.user,
        report=found,
        revision=form.cleaned_data.get("revision") or 0,
        values=form.values(),
    )


def _editor(
    request: SignedInRequest,
    found: MilestoneReport,
    form: ReportForm,
    *,
    status: int = 200,
    theirs: object = (),
) -> HttpResponse:
    if not request.user.has_perm("innovation.report_write", found.milestone.agreement):
        raise NotAllowed
    earlier = found.milestone.reports.filter(state=ReportState.RETURNED).last()
    context = {
        "report": found,
        "form": form,
        "files": found.files.select_related("file"),
        "theirs": theirs,
        "earlier": earlier,
    }
    return render(request, "innovation/agreements/report_edit.html", context, status=status)


def _record(
    request: SignedInRequest,
    found: MilestoneReport,
    form: ReportAnswerForm,
    *,
    status: int = 200,
) -> HttpResponse:
    answers = request.user.has_perm("innovation.report_answer", found.milestone.agreement)
    context = {
        "report": found,
        "form": form,
        "answers": answers and found.state == ReportState.SUBMITTED,
    }
    return render(request, "innovation/agreements/report.html", context, status=status)
