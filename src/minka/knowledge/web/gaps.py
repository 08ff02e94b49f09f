"""What is missing: demand against supply as a ranking in words, a matrix, and what is behind it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from minka.core.components import Tab
from minka.core.templatetags.formats import number
from minka.knowledge.models import Place, Theme
from minka.knowledge.queries.demand import demand_label
from minka.knowledge.queries.directory import directory_counts
from minka.knowledge.queries.filter_address import address_of
from minka.knowledge.queries.gaps import (
    ENOUGH,
    Column,
    GapMatrix,
    GapQuestion,
    GapRow,
    gap_matrix,
    needs_of_cell,
)
from minka.knowledge.sources.survey_sheet import as_csv
from minka.knowledge.web.filters import theme_label
from minka.methods.gaps import WHOLE, Cell, Fit, Gap

GAPS_SHOWN = 25
ABLE = 6  # the readiness from which something was shown to work where it is needed
MOST_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it is drawn: figures, how they stand, and where each leads."""

    label: str
    cell: Cell
    fit: Fit
    needs_url: str
    offers_url: str


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap in words."""

    title: str
    sentence: str
    fit: Fit
    needs_url: str
    offers_url: str
    elsewhere_url: str


@login_not_required
@require_GET
def gaps_page(request: HttpRequest) -> HttpResponse:
    """The gaps in sentences, worst first, and the matrix they come from."""
    question, matrix = _told(request)
    if request.GET.get("formato") == "csv":
        return _download(matrix)
    columns = {one.key: one for one in matrix.columns}
    if question.by_stage:
        shown = _steps(matrix, columns)
    else:
        shown = [_gap(one, matrix, columns) for one in matrix.gaps]
    limit = len(shown) if request.GET.get("todas") else GAPS_SHOWN
    under = next((one for one in matrix.themes.values() if one.slug == question.under), None)
    context = {
        "question": question,
        "under": under,
        "tabs": [
            Tab(_("Themes and regions"), "?" + _address(replace(question, by_stage=False)),
                current=not question.by_stage),
            Tab(_("Value chain and types"), "?" + _address(replace(question, by_stage=True)),
                current=question.by_stage),
        ],
        "matrix": matrix,
        "columns": matrix.columns,
        "rows": [_row(one, matrix.columns, question) for one in matrix.rows],
        "unasked": [_row(one, matrix.columns, question) for one in matrix.unasked],
        "gaps": shown[:limit],
        "more": max(0, len(shown) - limit),
        "all_url": f"?{_address(question)}&todas=1",
        "csv_url": f"?{_address(question)}&formato=csv",
        "told": [(demand_label(name), count) for name, count in matrix.told.items()],
        "count": len(shown),
        "unmet": sum(one.fit == Fit.UNMET for one in shown),
        "trls": range(1, 10),
        "regions": _regions(request, question),
        "certifications": _certifications(request, question),
        "broad": _broad(matrix),
    }  # fmt: skip
    return render(request, "knowledge/gaps/gaps.html", context)


@login_not_required
@require_GET
def gap_needs(request: HttpRequest, slug: str) -> HttpResponse:
    """The needs that a cell counts, as many as it says."""
    theme = get_object_or_404(Theme, slug=slug)
    question = question_from(request.GET)
    code = request.GET.get("celda", "")
    region = Place.objects.filter(pk=int(code)).first() if code.isdecimal() else None
    found = needs_of_cell(
        viewer=request.user, question=question, theme=theme, region=region.pk if region else WHOLE
    )
    context = {
        "theme": theme,
        "label": theme_label(theme),
        "region": region,
        "groups": [(demand_label(name), several) for name, several in found.items() if several],
        "back": f"{reverse('knowledge:gaps')}?{_address(question)}",
        "offers": _offers_url(question, theme, region.pk if region else WHOLE),
    }
    return render(request, "knowledge/gaps/needs.html", context)


def _told(request: HttpRequest) -> tuple[GapQuestion, GapMatrix]:
    """Return what is asked or, where nothing is, the first question whose answer tells of a gap.

    Broad themes are what many offer; narrower ones, and those who can show that they are able to,
    tell more. What was chosen stands in the form.
    """
    question = question_from(request.GET)
    matrix = gap_matrix(viewer=request.user, question=question)
    if request.GET.keys() - {"lang"}:
        return question, matrix
    for closer in (replace(question, is_detailed=True), replace(question, trl=ABLE)):
        if matrix.gaps or not any(matrix.told.values()):
            break
        question, matrix = closer, gap_matrix(viewer=request.user, question=closer)
    return question, matrix


def question_from(query: QueryDict) -> GapQuestion:
    """Read what is asked from an address; what makes no sense is left out."""

    def digits(name: str, most: int, default: int) -> int:
        text = query.get(name, "")
        return max(0, min(int(text), most)) if text.isdecimal() and len(text) < 4 else default

    regions = {int(text) for text in query.getlist("region") if text.isdecimal() and len(text) < 10}
    return GapQuestion(
        by_stage=query.get("por") == "cadena",
        under=query.get("tema", "")[:80],
        is_detailed=query.get("detalle") == "1",
        enough=max(1, digits("suficiente", MOST_ENOUGH, ENOUGH)),
        trl=digits("trl", 9, 0),
        certifications=tuple(sorted({x[:120] for x in query.getlist("certificacion") if x})),
        verified=query.get("verificado") == "1",
        regions=tuple(sorted(regions))[:30],
        public_only=query.get("publico") == "1",
    )


def _address(question: GapQuestion) -> str:
    pairs = {
        "por": "cadena" if question.by_stage else "",
        "tema": question.under,
        "detalle": "1" if question.is_detailed else "",
        "suficiente": question.enough if question.enough != ENOUGH else "",
        "trl": question.trl or "",
        "certificacion": question.certifications,
        "verificado": "1" if question.verified else "",
        "region": question.regions,
        "publico": "1" if question.public_only else "",
    }
    return urlencode({name: value for name, value in pairs.items() if value}, doseq=True)


def _row(
    row: GapRow, columns: list[Column], question: GapQuestion
) -> tuple[Theme, str, str, list[ShownCell]]:
    whole = _cell(row.theme, WHOLE, _("In all"), row.whole, question)
    cells = [
        _cell(row.theme, column.key, column.label, cell, question)
        for column, cell in zip(columns, row.cells, strict=True)
    ]
    deeper = "?" + _address(replace(question, by_stage=False, under=row.theme.slug))
    return row.theme, theme_label(row.theme), deeper, [whole, *cells]


def _cell(theme: Theme, column: int, label: str, cell: Cell, question: GapQuestion) -> ShownCell:
    return ShownCell(
        label,
        cell,
        cell.fit(question.enough),
        _needs_url(question, theme, column),
        _offers_url(question, theme, column),
    )


def _needs_url(question: GapQuestion, theme: Theme, column: int) -> str:
    told = _address(question)
    if column != WHOLE and not question.by_stage:
        told = f"{told}&celda={column}" if told else f"celda={column}"
    return reverse("knowledge:gap_needs", args=[theme.slug]) + (f"?{told}" if told else "")


def _offers_url(question: GapQuestion, theme: Theme, column: int) -> str:
    return f"{reverse('knowledge:directory')}?{address_of(question.cell_filter(theme, column))}"


def _gap(gap: Gap, matrix: GapMatrix, columns: dict[int, Column]) -> ShownGap:
    theme, question = matrix.themes[gap.row], matrix.question
    where = columns[gap.column].label if gap.column in columns else ""
    if not gap.supply:
        offered = _("nobody offers it")
    else:
        offered = ngettext(
            "only %(n)s organisation offers it", "only %(n)s organisations offer it", gap.supply
        ) % {"n": number(gap.supply)}
    parts = [_("%(needed)s and %(offered)s") % {"needed": _needed(gap), "offered": offered}]
    if gap.column != WHOLE and gap.elsewhere:
        words = ngettext("%(n)s elsewhere does", "%(n)s elsewhere do", gap.elsewhere)
        parts.append(words % {"n": number(gap.elsewhere)})
    elif gap.column != WHOLE and not gap.supply:
        parts.append(_("and nobody elsewhere either"))
    return ShownGap(
        " · ".join(filter(None, (theme_label(theme), where))),
        "; ".join(parts) + ".",
        Fit.UNMET if not gap.supply else Fit.THIN,
        _needs_url(question, theme, gap.column),
        _offers_url(question, theme, gap.column) if gap.supply else "",
        _offers_url(question, theme, WHOLE) if gap.elsewhere else "",
    )


def _steps(matrix: GapMatrix, columns: dict[int, Column]) -> list[ShownGap]:
    """Return one gap for each step of the chain, with the types that lack: no list of repeats."""
    by_step: dict[int, list[Gap]] = {}
    for gap in matrix.gaps:
        by_step.setdefault(gap.row, []).append(gap)
    found = []
    for row, gaps in by_step.items():
        theme = matrix.themes[row]
        none = [columns[gap.column].label for gap in gaps if not gap.supply]
        few = [f"{columns[gap.column].label} ({gap.supply})" for gap in gaps if gap.supply]
        parts = [_needed(gaps[0])]
        if none:
            parts.append(_("offered by no: %(types)s") % {"types": ", ".join(none)})
        if few:
            parts.append(_("by few: %(types)s") % {"types": ", ".join(few)})
        anybody = max(gap.supply + gap.elsewhere for gap in gaps)
        found.append(
            ShownGap(
                theme_label(theme),
                "; ".join(parts) + ".",
                Fit.UNMET if none else Fit.THIN,
                _needs_url(matrix.question, theme, WHOLE),
                _offers_url(matrix.question, theme, WHOLE) if anybody else "",
                "",
            )
        )
    return found


def _needed(gap: Gap) -> str:
    return ngettext("%(n)s need", "%(n)s needs", gap.demand) % {"n": number(gap.demand)}


def _regions(request: HttpRequest, question: GapQuestion) -> list[tuple[int, str, bool]]:
    if question.by_stage:
        return []
    counts = directory_counts(viewer=request.user, wanted=question.supply_filter())
    return sorted(
        ((int(pk), str(name), int(pk) in question.regions) for pk, name, _n in counts.regions),
        key=lambda one: one[1],
    )


def _certifications(request: HttpRequest, question: GapQuestion) -> list[tuple[str, bool]]:
    wanted = replace(question.supply_filter(), certifications=())
    counts = directory_counts(viewer=request.user, wanted=wanted)
    known = {str(one[0]) for one in counts.certifications} | set(question.certifications)
    return [(name, name in question.certifications) for name in sorted(known)]


def _broad(matrix: GapMatrix) -> list[tuple[str, str]]:
    """Return the concepts that have narrower ones, as the rows can be narrowed to."""
    above = {one.broader_id for one in matrix.themes.values()}
    found = [one for pk, one in matrix.themes.items() if pk in above]
    return sorted(((one.slug, theme_label(one)) for one in found), key=lambda pair: pair[1])


def _download(matrix: GapMatrix) -> HttpResponse:
    head: list[Any] = [_("Theme"), _("Where"), _("Needs"), _("Offers"), _("How it stands")]
    rows = [head]
    for row in [*matrix.rows, *matrix.unasked]:
        labels = [_("In all"), *(one.label for one in matrix.columns)]
        for label, cell in zip(labels, [row.whole, *row.cells], strict=True):
            fit = cell.fit(matrix.question.enough)
            if fit != Fit.EMPTY:
                rows.append(
                    [theme_label(row.theme), label, cell.demand, cell.supply, FIT_WORDS[fit]()]
                )
    answer = HttpResponse(as_csv(rows), content_type="text/csv")
    answer["Content-Disposition"] = 'attachment; filename="brechas.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


FIT_WORDS = {
    Fit.UNMET: lambda: _("nobody offers it"),
    Fit.THIN: lambda: _("few offer it"),
    Fit.MET: lambda: _("offered"),
    Fit.UNASKED: lambda: _("offered, not asked for"),
}
