"""Put the report together: chapter after chapter, then the first page, the annex and the PDF."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from minka.core.documents import DocumentError, render_pdf
from minka.core.templatetags.formats import number
from minka.knowledge.actions.reports import fail_report, finish_report, note_progress
from minka.knowledge.models import EcosystemReport
from minka.knowledge.queries.filter_address import filter_at
from minka.knowledge.queries.filter_words import filter_words, in_a_line
from minka.knowledge.sources.report import (
    composition,
    gaps,
    growth,
    indicators,
    method,
    network,
    survey,
)
from minka.knowledge.sources.report.blocks import (
    Block,
    Chapter,
    Edition,
    Maker,
    Table,
    long_date,
    note,
)
from minka.knowledge.states import ReportAudience

logger = logging.getLogger(__name__)
TEMPLATE = "knowledge/ecosystem.typ"
CHAPTERS: tuple[tuple[str, str | Promise, Maker], ...] = (
    ("composition", gettext_lazy("Who they are"), composition.composed),
    ("map", gettext_lazy("Where they are"), composition.located),
    ("growth", gettext_lazy("What has changed"), growth.grown),
    ("network", gettext_lazy("Who is tied to whom"), network.tied),
    ("gaps", gettext_lazy("What is missing"), gaps.missing),
    ("indicators", gettext_lazy("What official figures say"), indicators.indicated),
    ("survey", gettext_lazy("What organisations answered"), survey.answered),
)
SETTING = 1  # step more: setting the pages
FIGURES_SHOWN = 4


def write_report(*, report_id: int) -> str:
    """Write an edition that somebody waits for; returns what became of it.

    No person: the job of a report. Begun again after its worker died, it writes the whole anew;
    what was written is kept in one act, so that nobody gets two.
    """
    report = EcosystemReport.objects.select_related("by").filter(pk=report_id).first()
    if report is None:
        return "gone"
    try:
        with override(report.language):
            return _write(report)
    except Exception:
        logger.exception("report %s", report_id)
        return fail_report(report_id=report_id)


def _write(report: EcosystemReport) -> str:
    edition = edition_of(report, made_at=timezone.now())
    steps = len(CHAPTERS) + SETTING
    chapters: list[Chapter] = []
    failed: list[str] = []
    for at, (key, title, make) in enumerate(CHAPTERS):
        note_progress(report_id=report.pk, done=at, parts=steps)
        chapters.append(_made(key, str(title), make, edition, failed))
    note_progress(report_id=report.pk, done=len(CHAPTERS), parts=steps)
    content = _printed(edition, chapters, failed)
    name = _("state-of-the-ecosystem") + f"-{report.audience}-{edition.made_at:%Y-%m-%d}.pdf"
    return finish_report(
        report_id=report.pk,
        content=content,
        name=name,
        figures=[list(pair) for pair in _figures(chapters)],
        failed_parts=failed,
        made_at=edition.made_at,
    )


def edition_of(report: EcosystemReport, *, made_at: datetime) -> Edition:
    """Return what an edition may hold, by whom it is for.

    No person: whoever asked is in the report.
    """
    is_board = report.audience == ReportAudience.BOARD
    wanted = filter_at(report.address)
    stranger = AnonymousUser()
    return Edition(
        viewer=stranger,
        reader=report.by if is_board else stranger,
        is_board=is_board,
        wanted=wanted,
        chosen=filter_words([wanted])[0],
        made_at=timezone.localtime(made_at),
    )


def _made(key: str, title: str, make: Maker, edition: Edition, failed: list[str]) -> Chapter:
    """Return a chapter, or one that says that it could not be written."""
    try:
        with transaction.atomic():
            return make(edition)
    except Exception:
        logger.exception("chapter %s", key)
        failed.append(key)
        return _lost(key, title)


def _lost(key: str, title: str) -> Chapter:
    chapter = Chapter(key, title)
    chapter.blocks = [
        note(
            _("This part could not be written"),
            _(
                "A fault kept it from being written for this edition. The other parts are whole; "
                "the cluster team can have the report written again."
            ),
        )
    ]
    return chapter


def _printed(edition: Edition, chapters: list[Chapter], failed: list[str]) -> bytes:
    """Set the pages; where one chapter cannot be set, the others still are."""
    try:
        return _set(edition, chapters)
    except DocumentError:
        logger.exception("setting the report")
    titles = {key: str(title) for key, title, _make in CHAPTERS}
    for at, one in enumerate(chapters):
        try:
            _set(edition, [one])
        except DocumentError:
            failed.append(one.key)
            chapters[at] = _lost(one.key, titles[one.key])
    return _set(edition, chapters)


def _set(edition: Edition, chapters: Sequence[Chapter]) -> bytes:
    data = report_data(edition, chapters)
    pictures: dict[str, bytes] = {}
    for one in chapters:
        pictures |= one.pictures
    return render_pdf(TEMPLATE, data, made_at=edition.made_at, pictures=pictures)


def report_data(edition: Edition, chapters: Sequence[Chapter]) -> Mapping[str, Any]:
    """Return what the template sets, pictures and tables numbered.

    No person: everything in it was read for the edition.
    """
    told = [one for one in chapters if not one.is_brief]
    every = [*told, method.noted(edition, chapters)]
    annex: list[Table] = []
    numbered = [
        {
            "title": one.title,
            "lead": one.lead,
            "blocks": [_numbered(block, annex) for block in one.blocks],
        }
        for one in every
    ]
    day = long_date(edition.made_at)
    audience = _("For the board") if edition.is_board else _("For anybody")
    figures = _figures(chapters)
    return {
        "title": _("State of the ecosystem"),
        "eyebrow": audience,
        "lead": in_a_line(edition.chosen)
        if edition.chosen
        else _("Who is there, who works with whom, and what is missing."),
        "figures": [list(pair) for pair in figures],
        "facts": [
            [_("Date"), day],
            [_("For whom"), audience],
            [_("Whom it covers"), in_a_line(edition.chosen)],
            [_("Made by"), settings.MINKA_CLUSTER_NAME],
        ],
        "words": {
            "summary": _("On one page"),
            "contents": _("Contents"),
            "annex": _("Annex: the tables behind the pictures"),
            "figure": _("Fig."),
            "table": _("Table"),
            "source": _("Source"),
            "page": _("page"),
            "about": _("About this edition"),
        },
        "summary": [
            {"title": one.title, "sentences": one.sentences} for one in chapters if one.sentences
        ],
        "about": _about(edition, day),
        "chapters": numbered,
        "annex": [
            {
                "title": one.title,
                "head": one.head,
                "rows": _grouped(one),
                "align": one.align,
                "source": one.source,
                "note": one.note,
            }
            for one in annex
        ],
    }


def _grouped(table: Table) -> list[list[str]]:
    """Return the rows; what a row has in common with the one above is not repeated."""
    if not table.align.startswith("ll"):
        return table.rows
    above = [None, *(row[0] for row in table.rows)]
    return [
        [" " if row[0] == before else row[0], *row[1:]]
        for row, before in zip(table.rows, above, strict=False)
    ]


def _numbered(block: Block, annex: list[Table]) -> Block:
    """Give a picture its number; the table behind it has the same."""
    if block["kind"] == "columns":
        left = [_numbered(one, annex) for one in block["left"]]
        return block | {"left": left, "right": [_numbered(one, annex) for one in block["right"]]}
    table = block.get("table")
    if not isinstance(table, Table):
        return block
    annex.append(table)
    return block | {"table": len(annex)}


def _figures(chapters: Sequence[Chapter]) -> list[tuple[str, str]]:
    return [pair for one in chapters for pair in one.figures][:FIGURES_SHOWN]


def _about(edition: Edition, day: str) -> list[str]:
    whole = _("All figures are those of %(day)s.") % {"day": day}
    if not edition.chosen:
        return [whole]
    covered = _(
        "The map and its composition are of %(count)s organisations: %(chosen)s. The network and "
        "what changed are of the whole map."
    ) % {
        "count": number(composition.organisations(edition)),
        "chosen": in_a_line(edition.chosen),
    }
    return [whole, covered]
