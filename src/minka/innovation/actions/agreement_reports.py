"""Reports on milestones: written and handed in by the supplier, answered by the user area."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.access import require
from minka.core.audit import record
from minka.core.errors import Conflict, InvalidInput, WrongState
from minka.core.files import KINDS, store_upload
from minka.core.models import User
from minka.innovation.actions.agreement_plan import move_state, open_agreement
from minka.innovation.models import Milestone, MilestoneReport, ReportFile
from minka.innovation.notices.agreements import tell_report
from minka.innovation.states.agreements import (
    MILESTONE_OPEN,
    REPORT_REACHED_FROM,
    MilestoneState,
    ReportState,
)

WORDS = ("done", "results", "difficulties")
SHORTEST, LONGEST = 20, 20_000  # characters
MOST_FILES = 10


@transaction.atomic
def start_report(*, by: User, milestone: Milestone) -> MilestoneReport:
    """Begin the report on a milestone, or return the one that is being written.

    After a return the revision begins with the words of the report that was returned.

    Raises:
        NotAllowed: `by` is not of the supplier.
        WrongState: the agreement is not in force, or the milestone is not open.
    """
    require(by, "innovation.report_write", milestone.agreement)
    open_agreement(milestone.agreement, in_force=True)
    held = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if found := held.reports.filter(state=ReportState.DRAFT).first():
        return found
    if held.state not in MILESTONE_OPEN:
        raise WrongState(_("This milestone waits for an answer, or has had it."))
    last = held.reports.order_by("-number").first()
    words = {name: getattr(last, name) for name in WORDS} if last else {}
    made = MilestoneReport.objects.create(
        milestone=held, number=last.number + 1 if last else 1, author=by, **words
    )
    record(by=by, verb="innovation.report_start", obj=held.agreement, data={"report": made.pk})
    return made


@transaction.atomic
def save_report(
    *, by: User, report: MilestoneReport, revision: int, values: dict[str, Any]
) -> MilestoneReport:
    """Keep the words of a draft; not in the ledger, for the form saves itself.

    Raises:
        NotAllowed: `by` is not of the supplier.
        WrongState: it was handed in.
        Conflict: a colleague saved since `revision`.
    """
    require(by, "innovation.report_write", report.milestone.agreement)
    held = MilestoneReport.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.DRAFT:
        raise WrongState(_("This report was handed in; it does not change now."))
    words = {name: str(values[name] or "")[:LONGEST] for name in WORDS if name in values}
    saved = MilestoneReport.objects.filter(pk=held.pk, revision=revision).update(
        **words, author=by, saved_at=timezone.now(), revision=F("revision") + 1
    )
    if not saved:
        raise Conflict
    held.refresh_from_db()
    return held


@transaction.atomic
def submit_report(*, by: User, report: MilestoneReport, revision: int) -> MilestoneReport:
    """Hand a report in, once; from then on it stays as it is.

    Raises:
        NotAllowed: `by` is not of the supplier.
        WrongState: it was handed in, or the agreement is not in force.
        Conflict: a colleague saved since `revision`.
        InvalidInput: what was done or the results are not said.
    """
    agreement = report.milestone.agreement
    require(by, "innovation.report_write", agreement)
    open_agreement(agreement, in_force=True)
    held = MilestoneReport.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.DRAFT:
        raise WrongState(_("This report was handed in; it does not change now."))
    if held.revision != revision:
        raise Conflict
    short = [name for name in ("done", "results") if len(getattr(held, name).strip()) < SHORTEST]
    if short:
        least = _("Write at least %(least)s characters.") % {"least": SHORTEST}
        raise InvalidInput(fields=dict.fromkeys(short, least))
    _move(held, ReportState.SUBMITTED, submitted_at=timezone.now())
    move_state(held.milestone, MilestoneState.REPORTED)
    data = {"report": held.pk, "milestone": held.milestone_id}
    record(by=by, verb="innovation.report_submit", obj=agreement, data=data)
    tell_report(report=held, agreement=agreement, what="submitted")
    return held


@transaction.atomic
def answer_report(
    *, by: User, report: MilestoneReport, accepts: bool, answer: str = ""
) -> MilestoneReport:
    """Accept a report, and with it its milestone, or return it with what is missing.

    Raises:
        NotAllowed: `by` is not of the company's user area.
        WrongState: it was answered, or is a draft.
        InvalidInput: it is returned without saying why.
    """
    agreement = report.milestone.agreement
    require(by, "innovation.report_answer", agreement)
    open_agreement(agreement, in_force=True)
    words = answer.strip()
    if not accepts and len(words) < SHORTEST:
        least = _("Write at least %(least)s characters.") % {"least": SHORTEST}
        raise InvalidInput(fields={"answer": least})
    held = MilestoneReport.objects.select_for_update().get(pk=report.pk)
    now = timezone.now()
    target = ReportState.ACCEPTED if accepts else ReportState.RETURNED
    _move(held, target, answered_by=by, answered_at=now, answer=words)
    if accepts:
        move_state(held.milestone, MilestoneState.ACCEPTED, accepted_at=now)
    else:
        move_state(held.milestone, MilestoneState.RETURNED)
    data = {"report": held.pk, "milestone": held.milestone_id}
    record(by=by, verb=f"innovation.report_{target}", obj=agreement, data=data)
    tell_report(report=held, agreement=agreement, what=str(target))
    return held


@transaction.atomic
def attach_deliverable(
    *, by: User, report: MilestoneReport, upload: UploadedFile[Any]
) -> ReportFile:
    """Add a file to a draft.

    Raises:
        NotAllowed: `by` is not of the supplier.
        WrongState: it was handed in.
        InvalidInput: it has ten files, or the file is of no accepted kind.
        TooLarge: the file is.
    """
    require(by, "innovation.report_write", report.milestone.agreement)
    held = _draft(report)
    if held.files.count() >= MOST_FILES:
        raise InvalidInput(_("A report has at most %(most)s files.") % {"most": MOST_FILES})
    stored = store_upload(by=by, upload=upload, kinds=list(KINDS))
    made = ReportFile.objects.create(report=held, file=stored)
    data = {"report": held.pk, "sha256": stored.sha256}
    record(by=by, verb="innovation.report_attach", obj=held.milestone.agreement, data=data)
    return made


@transaction.atomic
def remove_deliverable(*, by: User, deliverable: ReportFile) -> None:
    """Take a file off a draft.

    Raises:
        NotAllowed: `by` is not of the supplier.
        WrongState: the report was handed in.
    """
    agreement = deliverable.report.milestone.agreement
    require(by, "innovation.report_write", agreement)
    _draft(deliverable.report)
    stored, data = deliverable.file, {"report": deliverable.report_id}
    storage, name = stored.content.storage, str(stored.content.name)
    deliverable.delete()
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name))
    record(by=by, verb="innovation.report_detach", obj=agreement, data=data)


def _draft(report: MilestoneReport) -> MilestoneReport:
    held = MilestoneReport.objects.select_for_update().get(pk=report.pk)
    if held.state != ReportState.DRAFT:
        raise WrongState(_("This report was handed in; it does not change now."))
    return held


def _move(held: MilestoneReport, target: ReportState, **values: Any) -> None:
    movable = MilestoneReport.objects.filter(pk=held.pk, state__in=REPORT_REACHED_FROM[target])
    if not movable.update(state=target, **values):
        raise WrongState(_("This report has moved on; reload the page."))
    held.refresh_from_db()
