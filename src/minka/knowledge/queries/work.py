"""What waits for a person in the ecosystem map."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import User
from minka.core.work import WorkItem
from minka.knowledge.queries.imports import visible_imports
from minka.knowledge.queries.memberships import requests_to_answer
from minka.knowledge.states import ImportState

SHOWN = 10


def work_items(*, viewer: User) -> list[WorkItem]:
    """Return requests to answer and imports that wait for a person. Two SQL statements."""
    items = [
        WorkItem(
            title=_("%(person)s asks to join %(actor)s")
            % {"person": one.user.get_full_name(), "actor": one.actor.name},
            detail=one.message or _("Say whether this person belongs to the organisation."),
            url=reverse("knowledge:my_organisations"),
            icon="user-plus",
        )
        for one in requests_to_answer(viewer=viewer)[:SHOWN]
    ]
    waiting = visible_imports(viewer=viewer).filter(
        state__in=[ImportState.UPLOADED, ImportState.FAILED]
    )
    for one in waiting[:SHOWN]:
        stopped = one.state == ImportState.FAILED
        rows = ngettext("%(count)s row", "%(count)s rows", one.rows_total)
        detail = _("The import stopped.") if stopped else _("The columns wait to be confirmed.")
        items.append(
            WorkItem(
                title=one.source.name,
                detail=f"{detail} {rows % {'count': one.rows_total}}",
                url=reverse(
                    "knowledge:import_progress" if stopped else "knowledge:import_mapping",
                    args=[one.pk],
                ),
                icon="file-spreadsheet",
            )
        )
    return items
