"""The report on the ecosystem: asked for once, written once, told of once."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import InvalidInput, WrongState
from minka.core.jobs import enqueue
from minka.core.models import StoredFile, User
from minka.knowledge.models import EcosystemReport
from minka.knowledge.notices.reports import tell_report_done
from minka.knowledge.states import REPORT_REACHED_FROM, ReportAudience, ReportState

WRITE = "minka.knowledge.tasks.write_report"
LANGUAGES = ("es", "en")
PDF = "application/pdf"


@transaction.atomic
def ask_report(*, by: User, audience: str, language: str, address: str) -> EcosystemReport:
    """Have an edition written in the background; one that is being written is not begun twice.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        InvalidInput: there is no such audience or language.
    """
    require(by, "knowledge.report_write")
    if audience not in ReportAudience.values or language not in LANGUAGES:
        raise InvalidInput(_("Choose for whom the report is, and its language."))
    wanted = {"audience": audience, "language": language, "address": address}
    try:
        with transaction.atomic():
            report = EcosystemReport.objects.create(by=by, **wanted)
    except IntegrityError:
        return EcosystemReport.objects.get(state=ReportState.QUEUED, **wanted)
    record(by=by, verb="knowledge.report_ask", obj=report, data=wanted)
    enqueue(WRITE, report.pk)
    return report


@transaction.atomic
def retry_report(*, by: User, report: EcosystemReport) -> EcosystemReport:
    """Have an edition that could not be written tried again.

    Raises:
        NotAllowed: `by` is not of the cluster team.
        WrongState: it did not fail, or the same edition is being written already.
    """
    require(by, "knowledge.report_write")
    try:
        with transaction.atomic():
            moved = _move(
                report.pk, ReportState.QUEUED, finished_at=None, parts_done=0, failed_parts=[]
            )
    except IntegrityError:
        moved = False
    if not moved:
        raise WrongState(_("This report is being written or is there already; reload the page."))
    record(by=by, verb="knowledge.report_retry", obj=report)
    enqueue(WRITE, report.pk)
    report.refresh_from_db()
    return report


def note_progress(*, report_id: int, done: int, parts: int) -> None:
    """Keep how many parts are written, for whoever waits.

    No person: the job that writes calls this.
    """
    waiting = EcosystemReport.objects.filter(pk=report_id, state=ReportState.QUEUED)
    waiting.update(parts_done=done, parts=parts)


@transaction.atomic
def finish_report(  # noqa: PLR0913 -- the facts of the file
    *,
    report_id: int,
    content: bytes,
    name: str,
    figures: list[Any],
    failed_parts: list[str],
    made_at: datetime,
) -> str:
    """Keep what was written and tell whoever asked, once; who comes second changes nothing.

    No person: the job that wrote it calls this.
    """
    waiting = EcosystemReport.objects.select_for_update().filter(
        pk=report_id, state=ReportState.QUEUED
    )
    report = waiting.select_related("by").first()
    if report is None:
        return "written before"
    stored = StoredFile(
        name=name,
        media_type=PDF,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=report.by,
    )
    stored.content.save(name, ContentFile(content), save=True)
    moved = _move(
        report.pk,
        ReportState.READY,
        file=stored,
        figures=figures,
        failed_parts=failed_parts,
        finished_at=made_at,
    )
    if not moved:  # another worker was faster between the two statements
        stored.content.delete(save=False)
        stored.delete()
        return "written before"
    report.refresh_from_db()
    data = {"sha256": stored.sha256, "left_out": failed_parts}
    record(by=None, verb="knowledge.report_done", obj=report, data=data)
    tell_report_done(report=report)
    return "written"


@transaction.atomic
def fail_report(*, report_id: int) -> str:
    """Say that an edition could not be written.

    No person: the job that could not write it calls this.
    """
    if _move(report_id, ReportState.FAILED, finished_at=timezone.now()):
        report = EcosystemReport.objects.select_related("by").get(pk=report_id)
        tell_report_done(report=report)
    return "failed"


def _move(report_id: int, target: ReportState, **fields: Any) -> bool:
    """Compare-and-swap the state; False when somebody else did before."""
    movable = EcosystemReport.objects.filter(pk=report_id, state__in=REPORT_REACHED_FROM[target])
    return bool(movable.update(state=target, **fields))
