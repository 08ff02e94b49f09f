"""What waits for a person in proposals, evaluations and decisions."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.models import User
from minka.core.templatetags.formats import localized_text
from minka.core.work import WorkItem
from minka.innovation.models import Assignment, Challenge
from minka.innovation.queries.evaluation_modes import due_at, face_of
from minka.innovation.queries.evaluations import own_assignments
from minka.innovation.queries.proposals import staff_challenges
from minka.innovation.queries.stale_copies import copy_items
from minka.innovation.queries.work_drafts import draft_items
from minka.innovation.queries.work_eligibility import mending_items, settling_items
from minka.innovation.queries.work_panels import panel_items
from minka.innovation.queries.work_sealing import opening_items, share_items
from minka.innovation.states import (
    AssignmentState,
    ChallengeState,
    KeyState,
    ProposalState,
    Protection,
)


def work_items(*, viewer: User) -> list[WorkItem]:
    """Return what `viewer` should do next, the nearest deadline first; constant in SQL."""
    if not viewer.is_authenticated:
        return []
    items = [*draft_items(viewer=viewer), *_evaluations(viewer), *share_items(viewer=viewer)]
    items += panel_items(viewer=viewer)
    items += mending_items(viewer=viewer)
    if viewer.is_staff:
        items += [*_team(viewer), *opening_items(viewer=viewer), *settling_items(viewer=viewer)]
        items += copy_items(viewer=viewer)
    return sorted(items, key=lambda item: (item.due_at is None, item.due_at or timezone.now()))


def _evaluations(viewer: User) -> Iterator[WorkItem]:
    waiting = own_assignments(viewer=viewer).filter(
        state__in=[AssignmentState.ASSIGNED, AssignmentState.CLEARED],
        proposal__challenge__state=ChallengeState.PUBLISHED,
    )
    for assignment in waiting:
        declared = assignment.state == AssignmentState.CLEARED
        face = face_of(assignment)
        yield WorkItem(
            title=(
                _("Score the proposal of %(lead)s")
                if declared
                else _("Declare your interests about %(lead)s")
            )
            % {"lead": face.lead or face.title or _("an author whom you must not know")},
            detail=localized_text(assignment.proposal.challenge, "title")[0],
            url=reverse("innovation:evaluation", args=[assignment.pk]),
            icon="clipboard-check" if declared else "scale",
            due_at=due_at(assignment.proposal.challenge),
        )


def _team(viewer: User) -> Iterator[WorkItem]:
    for challenge in _to_decide(viewer):
        counts = challenge.received, challenge.decided, challenge.unassigned  # type: ignore[attr-defined]  # annotated by the query
        received, decided, unassigned = counts
        title = localized_text(challenge, "title")[0]
        if unassigned:
            yield WorkItem(
                title=_("Assign evaluators: “%(challenge)s”") % {"challenge": title},
                detail=ngettext(
                    "%(count)s proposal has nobody to evaluate it",
                    "%(count)s proposals have nobody to evaluate them",
                    unassigned,
                )
                % {"count": unassigned},
                url=reverse("innovation:assignments", args=[challenge.slug]),
                icon="users",
            )
        elif decided < received:
            yield WorkItem(
                title=_("Decide: “%(challenge)s”") % {"challenge": title},
                detail=ngettext(
                    "%(decided)s of %(received)s proposal decided",
                    "%(decided)s of %(received)s proposals decided",
                    received,
                )
                % {"decided": decided, "received": received},
                url=reverse("innovation:ranking", args=[challenge.slug]),
                icon="gavel",
            )
        else:
            yield WorkItem(
                title=_("Release the decisions: “%(challenge)s”") % {"challenge": title},
                detail=_("Every proposal has its decision; nobody knows them yet"),
                url=reverse("innovation:ranking", args=[challenge.slug]),
                icon="megaphone",
            )


def _to_decide(viewer: User) -> list[Challenge]:
    """Return closed challenges without released decisions that received something."""
    standing = Q(proposals__state=ProposalState.SUBMITTED, proposals__ineligible_at__isnull=True)
    assigned = (
        Assignment.objects.exclude(state=AssignmentState.CONFLICTED)
        .filter(
            proposal__challenge=OuterRef("pk"),
            proposal__state=ProposalState.SUBMITTED,
            proposal__ineligible_at__isnull=True,
        )
        .order_by()
        .values("proposal__challenge")
        .annotate(n=Count("proposal", distinct=True))
        .values("n")
    )
    return list(
        staff_challenges(viewer=viewer)
        .filter(
            Q(call__protection=Protection.ACCESS) | Q(key__state=KeyState.OPENED),
            state=ChallengeState.PUBLISHED,
            call__closes_at__lte=timezone.now(),
        )
        .annotate(
            received=Count("proposals", filter=standing),
            decided=Count("proposals__decision", filter=standing),
            unassigned=F("received") - Coalesce(Subquery(assigned), 0),
        )
        .filter(received__gt=0)
        .order_by("call__closes_at", "pk")
    )
