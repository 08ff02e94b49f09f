"""The sheet of a wave: take it along empty, bring it back filled, see what would be taken."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.errors import DomainError
from minka.core.files import store_upload
from minka.core.http import SignedInRequest
from minka.core.models import StoredFile
from minka.knowledge.actions.survey_sheets import take_sheet
from minka.knowledge.forms.waves import FilledSheetForm
from minka.knowledge.queries.survey_sheets import check_sheet, sheet_rows
from minka.knowledge.sources.survey_sheet import as_csv, as_workbook, filled_rows
from minka.knowledge.web.wave_results import WORKBOOK
from minka.knowledge.web.waves import found_wave

SHOWN = 200


@require_http_methods(["GET", "POST"])
def wave_sheet(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Download the sheet, or upload it filled."""
    found = found_wave(request, public_id, pk)
    form = FilledSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored = store_upload(
                by=request.user, upload=form.cleaned_data["upload"], kinds=("sheet",)
            )
            filled_rows(stored=stored)
        except DomainError as error:
            form.add_error("upload", str(error.message))
        else:
            return redirect("knowledge:wave_sheet_check", public_id, pk, stored.pk)
    context = {"survey": found.survey, "wave": found, "form": form}
    return render(
        request, "knowledge/waves/sheet.html", context, status=422 if form.errors else 200
    )


@require_GET
def wave_sheet_download(
    request: SignedInRequest, public_id: str, pk: int, language: str, kind: str
) -> HttpResponse:
    """The sheet with one row per invited organisation."""
    found = found_wave(request, public_id, pk)
    if language not in {"es", "en"} or kind not in {"xlsx", "csv"}:
        raise Http404
    rows = list(sheet_rows(viewer=request.user, wave=found, language=language))
    if kind == "xlsx":
        answer = HttpResponse(as_workbook([(found.name, rows)]), content_type=WORKBOOK)
    else:
        answer = HttpResponse(as_csv(rows), content_type="text/csv")
    name = f"{found.survey.public_id}-{found.pk}-{language}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "POST"])
def wave_sheet_check(request: SignedInRequest, public_id: str, pk: int, file: int) -> HttpResponse:
    """What would be taken of a filled sheet, row by row; the button takes it."""
    found = found_wave(request, public_id, pk)
    stored = get_object_or_404(StoredFile, pk=file, uploaded_by=request.user)
    rows = filled_rows(stored=stored)
    if request.method == "POST":
        replace = request.POST.get("replace") == "yes"
        taken = take_sheet(by=request.user, wave=found, rows=rows, replace=replace)
        text = ngettext(
            "Taken: the answers of %(rows)s organisation.",
            "Taken: the answers of %(rows)s organisations.",
            taken.rows,
        )
        messages.success(
            request,
            text % {"rows": taken.rows} if taken.rows else _("There was nothing new in the sheet."),
        )
        return redirect("knowledge:wave", public_id, pk)
    checks = check_sheet(viewer=request.user, wave=found, rows=rows)
    context = {
        "survey": found.survey,
        "wave": found,
        "file": stored,
        "checks": [one for one in checks if one.to_write(replace=True) or one.faults][:SHOWN],
        "rows": len(checks),
        "answers": sum(len(one.to_write(replace=False)) for one in checks),
        "taken": sum(bool(one.to_write(replace=False)) for one in checks),
        "kept": sum(len(one.kept) for one in checks),
        "faults": sum(len(one.faults) for one in checks),
        "unchanged": sum(not one.to_write(replace=True) and not one.faults for one in checks),
    }
    return render(request, "knowledge/waves/sheet_check.html", context)
