"""What whoever asked for a report is told."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.notices import Message, notify
from minka.knowledge.models import EcosystemReport
from minka.knowledge.states import ReportState


def tell_report_done(*, report: EcosystemReport) -> None:
    """Tell whoever asked that the report is there, or could not be written."""

    def compose(_person: User) -> Message:
        url = reverse("knowledge:report", args=[report.public_id])
        if report.state != ReportState.READY:
            subject = _("The report on the ecosystem could not be written")
            return Message(subject, _("Nothing is lost: it can be tried again."), url)
        body = _("It can be downloaded.")
        if report.failed_parts:
            body = _(
                "It can be downloaded. Some parts could not be written; the report says which."
            )
        return Message(_("The report on the ecosystem is ready"), body, url)

    stamp = report.finished_at.isoformat() if report.finished_at else ""
    notify(
        recipients=[report.by],
        kind="knowledge.report_done",
        key=f"report:{report.pk}:{stamp}",
        compose=compose,
    )
