"""Which editions of the report on the ecosystem there are, for whoever looks."""

from typing import Any

from django.db.models import QuerySet

from minka.knowledge.models import EcosystemReport
from minka.knowledge.states import ReportAudience, ReportState


def visible_reports(*, viewer: Any) -> QuerySet[EcosystemReport]:
    """Return the editions that `viewer` may read, newest first.

    The team sees all; the committee those that are written; whoever has signed in those of them
    that are for anybody.
    """
    found = EcosystemReport.objects.select_related("by", "file")
    if not viewer.has_perm("knowledge.reports_view"):
        return found.none()
    if viewer.has_perm("knowledge.report_write"):
        return found
    found = found.filter(state=ReportState.READY)
    if viewer.has_perm("knowledge.report_view"):
        return found
    return found.filter(audience=ReportAudience.PUBLIC)
