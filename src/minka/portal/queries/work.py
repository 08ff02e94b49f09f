"""What waits for a person, gathered from every line."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minka.core.models import User
from minka.core.work import WorkItem
from minka.innovation.queries.agreement_steps import agreement_items
from minka.innovation.queries.work_problems import work_items as problem_items
from minka.innovation.queries.work_proposals import work_items as proposal_items
from minka.knowledge.queries.work import work_items as knowledge_items

NO_DATE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class WorkGroup:
    """The waiting things of one part of the house."""

    label: str | Promise
    items: list[WorkItem]


def everything_waiting(*, viewer: User) -> list[WorkGroup]:
    """Return what `viewer` should do next by line, the nearest date first; no empty groups."""
    groups = [
        WorkGroup(_("Proposals and evaluations"), proposal_items(viewer=viewer)),
        WorkGroup(_("Problems and challenges"), problem_items(viewer=viewer)),
        WorkGroup(_("Agreements"), agreement_items(viewer=viewer)),
        WorkGroup(_("Organisations"), knowledge_items(viewer=viewer)),
    ]
    for group in groups:
        group.items.sort(key=lambda item: item.due_at or NO_DATE)
    return [group for group in groups if group.items]


def count_waiting(*, viewer: Any) -> int:
    """Return how many things wait for `viewer`; nothing waits for somebody who is not signed in."""
    if not viewer.is_authenticated:
        return 0
    return sum(len(group.items) for group in everything_waiting(viewer=viewer))
