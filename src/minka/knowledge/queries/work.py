"""What waits for a person in the ecosystem map."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import User
from minka.core.work import WorkItem
from minka.knowledge.queries.claims import claims_to_decide
from minka.knowledge.queries.fields import field_label
from minka.knowledge.queries.imports import visible_imports
from minka.knowledge.queries.memberships import requests_to_answer
from minka.knowledge.queries.profile import corrections_to_answer
from minka.knowledge.queries.questions import waiting_count
from minka.knowledge.states import ImportState

SHOWN = 10


def work_items(*, viewer: User) -> list[WorkItem]:
    """Return what waits for a person: requests, imports, pairs, claims, corrections.

    Six statements at most.
    """
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
    return [*items, *_pairs(viewer), *_claims(viewer), *_corrections(viewer)]


def _pairs(viewer: User) -> list[WorkItem]:
    count = waiting_count(viewer=viewer)
    if not count:
        return []
    title = ngettext(
        "%(count)s pair of organisations may be one",
        "%(count)s pairs of organisations may be one",
        count,
    )
    return [
        WorkItem(
            title=title % {"count": count},
            detail=_("Say whether they are the same."),
            url=reverse("knowledge:review"),
            icon="copy",
        )
    ]


def _claims(viewer: User) -> list[WorkItem]:
    return [
        WorkItem(
            title=_("%(person)s claims the profile of %(actor)s")
            % {"person": one.claimant.get_full_name(), "actor": one.actor.name},
            detail=one.get_state_display(),
            url=reverse("knowledge:claim", args=[one.pk]),
            icon="badge-check",
        )
        for one in claims_to_decide(viewer=viewer).prefetch_related(None)[:SHOWN]
    ]


def _corrections(viewer: User) -> list[WorkItem]:
    return [
        WorkItem(
            title=_("A correction for %(actor)s: %(field)s")
            % {"actor": one.actor.name, "field": field_label(one.field)},
            detail=one.why,
            url=reverse("knowledge:corrections", args=[one.actor.public_id]),
            icon="pencil",
        )
        for one in corrections_to_answer(viewer=viewer)[:SHOWN]
    ]
