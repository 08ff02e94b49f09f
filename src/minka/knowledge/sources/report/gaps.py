"""What is needed and hardly offered, of the needs that anybody may know."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.templatetags.formats import number
from minka.knowledge.models import Theme
from minka.knowledge.queries.demand import demand_label
from minka.knowledge.queries.gaps import Column, GapMatrix, GapQuestion, gap_matrix
from minka.knowledge.sources.report.blocks import (
    Block,
    Chapter,
    Edition,
    Table,
    capital,
    heading,
    note,
    text,
)
from minka.methods.gaps import WHOLE, Cell, Fit, Gap

ROWS = 12
COLUMNS = 8
WORDED = 5


def missing(edition: Edition) -> Chapter:
    """Themes × regions, and steps of the value chain × types: demand against supply."""
    chapter = Chapter("gaps", _("What is missing"))
    regions = edition.wanted.regions
    by_theme = gap_matrix(
        viewer=edition.viewer, question=GapQuestion(regions=regions, public_only=True)
    )
    by_stage = gap_matrix(
        viewer=edition.viewer, question=GapQuestion(by_stage=True, public_only=True)
    )
    told = [(demand_label(name), count) for name, count in by_theme.told.items() if count]
    needs = sum(count for _label, count in told)
    if not needs:
        chapter.blocks = [
            note(
                _("No need is public yet"),
                _("Needs become public with the challenges that are published."),
            )
        ]
        return chapter
    source = _("public needs (%(needs)s) and the map of the ecosystem") % {
        "needs": ", ".join(f"{label}: {number(count)}" for label, count in told)
    }
    chapter.lead = _read(by_theme, needs)
    worst = _worst(by_theme if by_theme.gaps else by_stage, edition)
    chapter.sentences = [chapter.lead, *_read_stages(by_stage)]
    if worst:
        place, sentence = worst[1]["sentences"][0]
        chapter.sentences.append(
            _("The widest gap is %(place)s: %(sentence)s") % {"place": place, "sentence": sentence}
        )
    chapter.figures = [(number(needs), ngettext("public need", "public needs", needs))]
    chapter.blocks = [
        text(
            _(
                "Demand is what challenges and organisations say publicly that they need; supply "
                "are suppliers, universities, centres and incubators that bear the theme. What "
                "somebody needs and nobody offers comes first; up to %(enough)s offers count as "
                "few."
            )
            % {"enough": by_theme.question.enough - 1}
        ),
        *worst,
        _matrix(by_theme, edition, _("By theme and region"), source),
    ]
    if by_stage.rows:
        chapter.blocks.append(
            _matrix(by_stage, edition, _("By step of the value chain and type"), source)
        )
    return chapter


def _read(matrix: GapMatrix, needs: int) -> str:
    gaps, unmet = len(matrix.gaps), sum(one.supply == 0 for one in matrix.gaps)
    words = ngettext("%(needs)s public need", "%(needs)s public needs", needs) % {
        "needs": number(needs)
    }
    if not gaps:
        return _("%(needs)s: each finds at least %(enough)s who offer its theme where it is.") % {
            "needs": words,
            "enough": matrix.question.enough,
        }
    return _(
        "%(needs)s: in %(gaps)s pairs of theme and region fewer than %(enough)s offer what is "
        "needed, in %(unmet)s of them nobody."
    ) % {
        "needs": words,
        "gaps": number(gaps),
        "enough": matrix.question.enough,
        "unmet": number(unmet),
    }


def _read_stages(matrix: GapMatrix) -> list[str]:
    unmet = sum(one.supply == 0 for one in matrix.gaps)
    if not unmet:
        return []
    words = ngettext(
        "In the value chain, %(n)s type of solver is missing at a step where something is needed.",
        "In the value chain, %(n)s types of solver are missing at steps where something is needed.",
        unmet,
    )
    return [words % {"n": number(unmet)}]


def _worst(matrix: GapMatrix, edition: Edition) -> list[Block]:
    columns = {one.key: one for one in matrix.columns}
    sentences = [_sentence(one, matrix, columns, edition) for one in matrix.gaps[:WORDED]]
    if not sentences:
        return []
    return [heading(_("The widest gaps")), {"kind": "list", "sentences": sentences}]


def _sentence(gap: Gap, matrix: GapMatrix, columns: dict[int, Column], edition: Edition) -> Any:
    name = _label(matrix.themes[gap.row], edition)
    where = columns[gap.column].label if gap.column in columns else ""
    needed = ngettext("%(n)s need", "%(n)s needs", gap.demand) % {"n": number(gap.demand)}
    offered = (
        ngettext(
            "only %(n)s organisation offers it", "only %(n)s organisations offer it", gap.supply
        )
        % {"n": number(gap.supply)}
        if gap.supply
        else _("nobody offers it")
    )
    words = _("%(needed)s and %(offered)s") % {"needed": needed, "offered": offered}
    if gap.column != WHOLE and gap.elsewhere:
        more = (
            ngettext("%(n)s of another type does", "%(n)s of other types do", gap.elsewhere)
            if matrix.question.by_stage
            else ngettext("%(n)s elsewhere does", "%(n)s elsewhere do", gap.elsewhere)
        )
        words += "; " + more % {"n": number(gap.elsewhere)}
    return [" · ".join(filter(None, (name, where))), words + "."]


def _matrix(matrix: GapMatrix, edition: Edition, title: str, source: str) -> Block:
    columns = matrix.columns[:COLUMNS]
    enough = matrix.question.enough
    head = [_("In all"), *(one.label for one in columns)]
    rows = [
        [
            _label(row.theme, edition),
            *(_cell(cell, enough) for cell in (row.whole, *row.cells[:COLUMNS])),
        ]
        for row in matrix.rows[:ROWS]
    ]
    fits = {
        Fit.UNMET: _("nobody offers it"),
        Fit.THIN: _("few offer it"),
        Fit.MET: _("offered"),
        Fit.UNASKED: _("offered, not asked for"),
    }
    table = Table(
        title,
        [_("Theme"), _("Where"), _("Needs"), _("Offers"), _("How it stands")],
        [
            [_label(row.theme, edition), where, number(cell.demand), number(cell.supply),
             fits[cell.fit(enough)]]
            for row in matrix.rows
            for where, cell in zip(
                [_("In all"), *(one.label for one in matrix.columns)],
                [row.whole, *row.cells], strict=True,
            )
            if cell.demand
        ],
        "llrrl",
        source,
    )  # fmt: skip
    return {
        "kind": "matrix",
        "title": title,
        "reading": _("In each cell: needs / organisations that offer it."),
        "source": source,
        "corner": _("Step") if matrix.question.by_stage else _("Theme"),
        "head": head,
        "rows": rows,
        "legend": [
            [fit.value, words]
            for fit, words in fits.items()
            if any(fit.value == cell[1] for row in rows for cell in row[1:])
        ],
        "table": table,
    }


def _cell(cell: Cell, enough: int) -> list[str]:
    fit = cell.fit(enough)
    if fit == Fit.EMPTY:
        return ["", fit.value]
    return [f"{number(cell.demand)} / {number(cell.supply)}", fit.value]


def _label(theme: Theme, edition: Edition) -> str:
    return capital((theme.label_en if edition.in_english else "") or theme.label_es)
