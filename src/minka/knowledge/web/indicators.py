"""Indicators of regions and activities, and the tables they are reckoned from."""

from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.components import Bar, Tab
from minka.core.errors import DomainError, NotAllowed
from minka.core.files import store_upload
from minka.core.http import SignedInRequest
from minka.knowledge.actions.indicators import (
    TableFacts,
    check_table,
    in_force_of,
    map_table,
    take_table,
    undo_table,
)
from minka.knowledge.forms.indicators import IndicatorColumnsForm, IndicatorTableForm
from minka.knowledge.models import IndicatorTable
from minka.knowledge.models.indicator import TableState
from minka.knowledge.queries.activities import activity_label
from minka.knowledge.queries.indicators import Cube, cube_of, tables_in_force, visible_tables
from minka.knowledge.sources.indicator_table import (
    FAULTS,
    OpenedTable,
    ReadTable,
    check_mapping,
    open_stored,
    read_stored,
)
from minka.knowledge.sources.survey_sheet import as_csv, as_workbook
from minka.knowledge.web.indicator_view import Chosen, about, all_rows, figures_of, view_of
from minka.knowledge.web.wave_results import WORKBOOK


@require_GET
def indicators_page(request: SignedInRequest) -> HttpResponse:
    """One table in force, by region or by activity: shares, quotients, growth, concentration."""
    tables = tables_in_force(viewer=request.user)
    cube = _cube(request, tables)
    if cube is None:
        return render(request, "knowledge/indicators/empty.html")
    chosen = _chosen(request, cube)
    view = view_of(cube, chosen)
    base: dict[str, Any] = {
        "tabla": cube.table.pk,
        "nivel": cube.level,
        "anio": chosen.year,
        "desde": chosen.since,
    }
    region, activity = cube.regions[chosen.region][0], cube.activities[chosen.activity]
    base |= {"region": region, "actividad": activity}
    context = {
        "tables": tables,
        "table": cube.table,
        "is_in_force": cube.table.pk in {one.pk for one in tables},
        "cube": cube,
        "chosen": chosen,
        "region": cube.regions[chosen.region],
        "activity": (activity, activity_label(activity)),
        "activities": [(code, activity_label(code)) for code in cube.activities],
        "view": view,
        "figures": figures_of(cube, chosen, view),
        "table_rows": view.series,
        "by_year": [
            (year, [values[at] for _label, values in view.series])
            for at, year in enumerate(y for y in cube.years if chosen.since <= y <= chosen.year)
        ],
        "specialised": [
            Bar(name, round(100 * value, 1)) for name, value in view.specialised
            if value is not None
        ],
        "tabs": [
            Tab(_("A region"), "?" + urlencode(base), current=not chosen.by_activity),
            Tab(_("An activity"), "?" + urlencode(base | {"ver": "actividad"}),
                current=chosen.by_activity),
        ],
        "download": "?" + urlencode(base | ({"ver": "actividad"} if chosen.by_activity else {})),
        "may_import": request.user.has_perm("knowledge.indicators_import"),
    }  # fmt: skip
    return render(request, "knowledge/indicators/indicators.html", context)


@require_GET
def indicators_download(request: SignedInRequest) -> HttpResponse:
    """Every indicator of a table and year, one row per activity and region."""
    cube = _cube(request, tables_in_force(viewer=request.user))
    if cube is None:
        raise Http404
    chosen = _chosen(request, cube)
    rows = all_rows(cube, chosen.year)
    stem = f"indicadores-{cube.table.measure}-{chosen.year}"
    if request.GET.get("formato") == "xlsx":
        body = as_workbook([(_("Indicators"), rows), (_("About"), about(cube, chosen.year))])
        answer, name = HttpResponse(body, content_type=WORKBOOK), f"{stem}.xlsx"
    else:
        answer, name = HttpResponse(as_csv(rows), content_type="text/csv"), f"{stem}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
def tables_page(request: SignedInRequest) -> HttpResponse:
    """Every table and version, newest first."""
    tables = list(visible_tables(viewer=request.user))
    in_force = {one.pk for one in tables_in_force(viewer=request.user)}
    context = {
        "rows": [(one, one.pk in in_force) for one in tables],
        "may_import": request.user.has_perm("knowledge.indicators_import"),
    }
    return render(request, "knowledge/indicators/tables.html", context)


@require_http_methods(["GET", "POST"])
def table_new(request: SignedInRequest) -> HttpResponse:
    """Upload a table; what it would become is shown next."""
    require(request.user, "knowledge.indicators_import")
    form = IndicatorTableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            stored = store_upload(by=request.user, upload=said.pop("upload"), kinds=("sheet",))
            opened = open_stored(stored=stored)
            table = check_table(
                by=request.user,
                stored=stored,
                sheet=opened.name,
                mapping=opened.mapping,
                facts=TableFacts(**said),
            )
        except NotAllowed:
            raise
        except DomainError as error:
            form.take(error)
        else:
            return redirect("knowledge:indicator_table", table.pk)
    return render(
        request,
        "knowledge/indicators/new.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def table_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """A table: what its columns are and what would be taken, or what was."""
    table = get_object_or_404(visible_tables(viewer=request.user), pk=pk)
    if table.state != TableState.CHECKED:
        newest = in_force_of(source=table.source, measure=table.measure)
        context: dict[str, Any] = {
            "table": table,
            "is_in_force": newest is not None and newest.pk == table.pk,
            "faults": _fault_words(table.faults),
            "may_import": request.user.has_perm("knowledge.indicators_import"),
        }
        return render(request, "knowledge/indicators/table.html", context)
    opened = open_stored(stored=table.file)
    form = IndicatorColumnsForm(request.POST or None, headers=opened.headers, mapping=table.mapping)
    if request.method == "POST" and form.is_valid():
        map_table(by=request.user, table=table, mapping=form.mapping())
        return redirect("knowledge:indicator_table", table.pk)
    context = {"table": table, "form": form, "opened": opened, "fields": _columns(form, opened)}
    try:
        read = read_stored(stored=table.file, mapping=table.mapping, measure=table.measure)
    except DomainError as error:
        context["problem"] = error.message
    else:
        context |= _preview(table, read)
    return render(request, "knowledge/indicators/check.html", context)


@require_POST
def table_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take what the preview showed."""
    table = get_object_or_404(visible_tables(viewer=request.user), pk=pk)
    try:
        check_mapping(table.mapping)
        read = read_stored(stored=table.file, mapping=table.mapping, measure=table.measure)
        take_table(
            by=request.user,
            table=table,
            figures=read.figures.values(),
            faults=read.faults,
            faults_count=read.faults_count,
        )
    except NotAllowed:
        raise
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect("knowledge:indicator_table", pk)
    messages.success(request, _("The table is in force."))
    return redirect(f"{reverse('knowledge:indicators')}?tabla={pk}")


@require_POST
def table_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a table back."""
    table = get_object_or_404(visible_tables(viewer=request.user), pk=pk)
    undo_table(by=request.user, table=table)
    messages.success(request, _("The table is taken back. What was in force before is so again."))
    return redirect("knowledge:indicator_tables")


def _cube(request: HttpRequest, tables: list[IndicatorTable]) -> Cube | None:
    code, digits = request.GET.get("tabla", ""), request.GET.get("nivel", "")
    table = None
    if code.isdecimal():
        taken = visible_tables(viewer=request.user).exclude(state=TableState.CHECKED)
        table = taken.filter(pk=int(code[:18])).first()
    table = table or next(iter(tables), None)
    level = int(digits) if digits in {"1", "2", "3", "4"} else 0
    return cube_of(viewer=request.user, table=table, level=level) if table else None


def _chosen(request: HttpRequest, cube: Cube) -> Chosen:
    def year(name: str, default: int) -> int:
        text = request.GET.get(name, "")
        return int(text) if text.isdecimal() and int(text[:4]) in cube.years else default

    last = year("anio", cube.years[-1])
    first = min(year("desde", cube.years[0]), last)
    regions = {str(pk): place for place, (pk, _name) in enumerate(cube.regions)}
    activities = {code: place for place, code in enumerate(cube.activities)}
    mining = next((at for code, at in activities.items() if code in {"B", "07", "072"}), 0)
    activity = activities.get(request.GET.get("actividad", ""), mining)
    now = cube.of_year(last)
    whole = cube.year_totals(last).columns
    here = now[activity] / np.where(whole > 0, whole, np.nan)  # where it weighs most
    largest = int(np.nanargmax(here)) if not np.isnan(here).all() else 0
    return Chosen(
        request.GET.get("ver") == "actividad",
        regions.get(request.GET.get("region", ""), largest),
        activity,
        last,
        first,
    )


def _preview(table: IndicatorTable, read: ReadTable) -> dict[str, Any]:
    newest = in_force_of(source=table.source, measure=table.measure)
    before = {
        (row.activity, row.region_id, row.year): row.value
        for row in (newest.rows.all() if newest else ())
    }
    figures = read.figures
    return {
        "read": read,
        "faults": _fault_words(read.faults),
        "years": sorted({one.year for one in figures.values()}),
        "regions": len({one.region for one in figures.values()} - {None}),
        "activities": len({one.activity for one in figures.values()} - {""}),
        "newest": newest,
        "new": sum(key not in before for key in figures),
        "changed": sum(key in before and before[key] != one.value for key, one in figures.items()),
        "gone": sum(key not in figures for key in before),
    }


def _columns(form: IndicatorColumnsForm, opened: OpenedTable) -> list[tuple[Any, str]]:
    samples = [
        " · ".join(row[at] for row in opened.samples if at < len(row) and row[at].strip())
        for at in range(len(opened.headers))
    ]
    return list(zip(form, samples, strict=True))


def _fault_words(faults: Any) -> list[tuple[int, str, str]]:
    return [(line, str(FAULTS[code]), cell) for line, code, cell in faults]
