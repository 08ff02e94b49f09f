"""Imports: choose a file, confirm its columns, watch, read the outcome."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError, WrongState
from minka.core.http import SignedInRequest
from minka.knowledge.actions.import_undo import undo_import
from minka.knowledge.actions.imports import (
    cancel_import,
    confirm_import,
    discard_import,
    retry_import,
)
from minka.knowledge.forms import UploadForm
from minka.knowledge.models import SheetImport
from minka.knowledge.queries.imports import (
    earlier_twin,
    import_summary,
    problem_counts,
    records_left,
    sheets_of_file,
    source_names,
    visible_imports,
)
from minka.knowledge.queries.likeness import already_here
from minka.knowledge.sources.difference import compare
from minka.knowledge.sources.examination import examine, tally_of
from minka.knowledge.sources.intake import opened, start_import
from minka.knowledge.states import ImportState
from minka.knowledge.web.mapping import MappingForm

SHOWN = 50
MEBIBYTE = 1024 * 1024
UNDOABLE = (ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED)
WORKING = (ImportState.QUEUED, ImportState.RUNNING, ImportState.UNDOING)


@require_GET
def imports(request: SignedInRequest) -> HttpResponse:
    """Every import and how it stands."""
    require(request.user, "knowledge.sheet_import")
    return render(
        request,
        "knowledge/imports.html",
        {"imports": visible_imports(viewer=request.user)[:SHOWN]},
    )


@require_http_methods(["GET", "POST"])
def import_new(request: SignedInRequest) -> HttpResponse:
    """Upload a table; each of its sheets becomes an import."""
    require(request.user, "knowledge.sheet_import")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened_imports = start_import(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.take(error) if error.fields else form.add_error("upload", str(error.message))
        else:
            if len(opened_imports) > 1:
                count = len(opened_imports)
                text = ngettext("%(count)s sheet", "%(count)s sheets", count) % {"count": count}
                messages.info(
                    request,
                    _("The workbook holds %(sheets)s; confirm the columns of each.")
                    % {"sheets": text},
                )
            return redirect("knowledge:import_mapping", opened_imports[0].pk)
    context = {
        "form": form,
        "sources": source_names(viewer=request.user),
        "limit_mb": settings.MINKA_UPLOAD_MAX_BYTES // MEBIBYTE,
    }
    return render(request, "knowledge/import_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def import_mapping(request: SignedInRequest, pk: int) -> HttpResponse:
    """What each column means, and a preview of what would be kept."""
    sheet_import = _find(request, pk)
    if sheet_import.state != ImportState.UPLOADED:
        return redirect("knowledge:import_progress", pk)
    with opened(sheet_import) as sheet:
        form = MappingForm(request.POST or None, sheet=sheet, sheet_import=sheet_import)
        if request.method == "POST" and form.is_valid() and "confirm" in request.POST:
            try:
                confirm_import(by=request.user, sheet_import=sheet_import, **form.settled)
            except DomainError as error:
                form.take(error)
            else:
                return redirect("knowledge:import_progress", pk)
        settings_now = form.current_settings
        found = examine(sheet, form.current_mapping, **settings_now)
        difference = compare(
            sheet,
            sheet_import,
            form.current_mapping,
            country=settings_now["country"],
            whole="whole" in request.GET,
        )
        form.expect(version=difference is not None and difference.looks_like_a_version)
        candidates = [
            one
            for one in found.candidates
            if difference is None or one.line in difference.new_lines
        ]
        context = {
            "form": form,
            "sheet": sheet,
            "sheet_import": sheet_import,
            "siblings": sheets_of_file(viewer=request.user, sheet_import=sheet_import),
            "twin": earlier_twin(viewer=request.user, sheet_import=sheet_import),
            "examination": found,
            "difference": difference,
            "likeness": already_here(viewer=request.user, candidates=candidates),
        }
        partial = "#preview" if request.htmx else ""
        status = 422 if form.errors and "confirm" in request.POST else 200
        return render(request, f"knowledge/import_mapping.html{partial}", context, status=status)


@require_GET
def import_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far an import is and, in the end, what became of the rows; htmx asks for the part."""
    sheet_import = _find(request, pk)
    if sheet_import.state == ImportState.UPLOADED:
        return redirect("knowledge:import_mapping", pk)
    context: dict[str, Any] = {
        "sheet_import": sheet_import,
        "is_working": sheet_import.state in WORKING and not sheet_import.error,
    }
    context["may_undo"] = sheet_import.state in UNDOABLE
    if sheet_import.state == ImportState.UNDOING:
        context["records_left"] = records_left(viewer=request.user, sheet_import=sheet_import)
    if sheet_import.state == ImportState.DONE:
        counted = problem_counts(viewer=request.user, sheet_import=sheet_import)
        context |= {
            "summary": import_summary(viewer=request.user, sheet_import=sheet_import),
            "problems": [(tally_of(code), count) for code, count in counted],
            "siblings": sheets_of_file(viewer=request.user, sheet_import=sheet_import),
        }
    partial = "#status" if request.htmx else ""
    return render(request, f"knowledge/import_progress.html{partial}", context)


@require_POST
def import_retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on where it stopped."""
    retry_import(by=request.user, sheet_import=_find(request, pk))
    return redirect("knowledge:import_progress", pk)


@require_POST
def import_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Stop it; what is kept stays."""
    sheet_import = _find(request, pk)
    with suppress(WrongState):  # it ended between the look and the click: the page tells
        cancel_import(by=request.user, sheet_import=sheet_import)
    return redirect("knowledge:import_progress", pk)


@require_POST
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it back."""
    try:
        undo_import(by=request.user, sheet_import=_find(request, pk))
    except WrongState as error:
        messages.error(request, str(error))
    return redirect("knowledge:import_progress", pk)


@require_POST
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put it aside."""
    discard_import(by=request.user, sheet_import=_find(request, pk))
    messages.success(request, _("The import is put aside. Nothing more of it will be read."))
    return redirect("knowledge:imports")


def _find(request: SignedInRequest, pk: int) -> SheetImport:
    return get_object_or_404(visible_imports(viewer=request.user), pk=pk)
