"""The results of a wave, as a page and to take along. For the cluster team."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.audit import record
from minka.core.components import Tab
from minka.core.http import SignedInRequest
from minka.knowledge.queries.survey_export import export_rows
from minka.knowledge.queries.survey_results import FEWEST, earlier_waves, wave_results
from minka.knowledge.sources.survey_sheet import as_csv, as_workbook
from minka.knowledge.states import ActorKind
from minka.knowledge.web.wave_chart import drawn
from minka.knowledge.web.waves import found_wave

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GROUPS = ("", "group", "region_name")


@require_GET
def wave_results_page(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Question by question, a chart that is a table; by group and beside an earlier wave."""
    found = found_wave(request, public_id, pk)
    by = request.GET.get("by", "")
    by = by if by in GROUPS else ""
    others = list(earlier_waves(viewer=request.user, wave=found))
    chosen = request.GET.get("with", "")
    earlier = next((one for one in others if str(one.pk) == chosen), None)
    results = wave_results(viewer=request.user, wave=found, by=by, earlier=earlier)
    labels = dict(ActorKind.choices) if by == "group" else {}
    words = {"": _("Everybody"), "group": _("By type"), "region_name": _("By region")}
    keep = f"&with={earlier.pk}" if earlier else ""
    context = {
        "survey": found.survey,
        "wave": found,
        "by": by,
        "tabs": [Tab(words[one], f"?by={one}{keep}", current=one == by) for one in GROUPS],
        "earlier": earlier,
        "others": others,
        "parts": [(one, drawn(one, labels)) for one in results],
        "fewest": FEWEST,
    }
    return render(request, "knowledge/waves/results.html", context)


@require_POST
def wave_export(request: SignedInRequest, public_id: str, pk: int, kind: str) -> HttpResponse:
    """The answers as a workbook of two sheets, or one of the two as text. The ledger keeps who."""
    found = found_wave(request, public_id, pk)
    named, apart = export_rows(viewer=request.user, wave=found)
    stem = f"{found.survey.public_id}-{found.pk}"
    if kind == "xlsx":
        body = as_workbook([(_("Answers"), named), (_("Anonymous"), apart)])
        answer = HttpResponse(body, content_type=WORKBOOK)
        name = f"{stem}.xlsx"
    elif kind in {"csv", "anonimas"}:
        answer = HttpResponse(as_csv(named if kind == "csv" else apart), content_type="text/csv")
        name = f"{stem}.csv" if kind == "csv" else f"{stem}-anonimas.csv"
    else:
        raise Http404
    record(by=request.user, verb="knowledge.wave_export", obj=found, data={"kind": kind})
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
