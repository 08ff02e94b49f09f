"""What waits for a person between a problem and its challenge."""

from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minka.core.templatetags.formats import localized_text
from minka.core.work import WorkItem
from minka.innovation.models import Edition, Problem
from minka.innovation.queries.challenge_approvals import drafts_to_read, own_seats
from minka.innovation.queries.challenges import challenges_in_preparation
from minka.innovation.queries.merging import open_consents
from minka.innovation.queries.problems import (
    company_ids,
    current_edition,
    visible_problems,
)
from minka.innovation.queries.questions import unanswered
from minka.innovation.queries.ratings import rating_progress
from minka.innovation.queries.shortlist import shortlisted_problems
from minka.innovation.states import PROBLEM_EDITABLE, ProblemState


def work_items(*, viewer: Any) -> list[WorkItem]:
    """Return what `viewer` should do next, the oldest first; a constant number of statements."""
    if not viewer.is_authenticated:
        return []
    items = [
        *_to_approve(viewer),
        *_to_answer(viewer),
        *_questions(viewer),
        *_to_take_over(viewer),
        *_for_the_company(viewer),
    ]
    if viewer.is_staff:
        return [*items, *_to_triage(viewer), *_to_prepare(viewer), *_to_publish(viewer)]
    edition = current_edition()
    return items if edition is None else [*items, *_to_rate(viewer, edition)]


def _for_the_company(viewer: Any) -> list[WorkItem]:
    """Return questions of the cluster team, and the person's own unfinished drafts."""
    waiting = Problem.objects.filter(
        company__in=company_ids(viewer=viewer), state__in=PROBLEM_EDITABLE
    ).order_by(F("state").desc(), "updated_at")
    return [
        WorkItem(
            title=problem.title,
            detail=_("The cluster team asks for more information")
            if problem.state == ProblemState.NEEDS_INFORMATION
            else _("Your draft of a problem, not submitted yet"),
            url=reverse("innovation:problem", args=[problem.pk]),
            icon="circle-help" if problem.state == ProblemState.NEEDS_INFORMATION else "pencil",
        )
        for problem in waiting
        if problem.state == ProblemState.NEEDS_INFORMATION or problem.author_id == viewer.pk
    ]


def _to_approve(viewer: Any) -> list[WorkItem]:
    """Return the drafts of challenges that wait for a yes or a no of the person."""
    asked = drafts_to_read(viewer=viewer).filter(approval_asked_at__isnull=False)
    return [
        WorkItem(
            title=localized_text(challenge, "title")[0],
            detail=_("Challenge to approve before it is published"),
            url=reverse("innovation:challenge_approval", args=[challenge.slug]),
            icon="check",
        )
        for challenge in asked.order_by("approval_asked_at")
        if any(seat.given is None for seat in own_seats(viewer=viewer, challenge=challenge))
    ]


def _to_answer(viewer: Any) -> list[WorkItem]:
    """Return the questions about joining forces that wait for a representative."""
    return [
        WorkItem(
            title=consent.problem.title,
            detail=_("Would you join forces with others on this problem?"),
            url=reverse("innovation:problem", args=[consent.problem_id]) + "#unir",
            icon="handshake",
        )
        for consent in open_consents(viewer=viewer)
    ]


def _questions(viewer: Any) -> list[WorkItem]:
    """Return the challenges whose questions wait for the team, or for the user area."""
    return [
        WorkItem(
            title=localized_text(challenge, "title")[0],
            detail=ngettext(
                "%(count)s question without an answer",
                "%(count)s questions without an answer",
                count,
            )
            % {"count": count},
            url=reverse("innovation:questions", args=[challenge.slug]),
            icon="circle-help",
        )
        for challenge, count in unanswered(viewer=viewer)
    ]


def _to_take_over(viewer: Any) -> list[WorkItem]:
    """Return what invited people handed over, to those who may answer for it."""
    waiting = visible_problems(viewer=viewer).filter(author=None, handed_over_at__isnull=False)
    return [
        WorkItem(
            title=problem.title,
            detail=_("Written by invitation, to take over"),
            url=reverse("innovation:problem", args=[problem.pk]),
            icon="user-plus",
        )
        for problem in waiting.order_by("handed_over_at")
        if viewer.has_perm("innovation.problem_take_over", problem)
    ]


def _to_rate(viewer: Any, edition: Edition) -> list[WorkItem]:
    done, total = rating_progress(viewer=viewer, edition=edition)
    if done >= total:
        return []
    return [
        WorkItem(
            title=_("Rate the problems of the edition"),
            detail=_("%(done)s of %(total)s rated") % {"done": done, "total": total},
            url=reverse("innovation:ratings"),
            icon="star",
        )
    ]


def _to_triage(viewer: Any) -> list[WorkItem]:
    waiting = (
        Problem.objects.filter(state=ProblemState.SUBMITTED)
        .exclude(author=viewer)
        .select_related("company")
        .order_by("submitted_at")
    )
    return [
        WorkItem(
            title=problem.title,
            detail=_("Problem of %(company)s, to triage") % {"company": problem.company.name},
            url=reverse("innovation:problem", args=[problem.pk]),
            icon="inbox",
        )
        for problem in waiting
    ]


def _to_prepare(viewer: Any) -> list[WorkItem]:
    count = shortlisted_problems(viewer=viewer).count()
    if not count:
        return []
    text = ngettext(
        "%(count)s shortlisted problem has no challenge yet",
        "%(count)s shortlisted problems have no challenge yet",
        count,
    )
    return [
        WorkItem(
            title=_("Prepare the challenges"),
            detail=text % {"count": count},
            url=reverse("innovation:challenges_draft"),
            icon="target",
        )
    ]


def _to_publish(viewer: Any) -> list[WorkItem]:
    return [
        WorkItem(
            title=challenge.title_es,
            detail=_("Challenge in preparation"),
            url=reverse("innovation:challenge_edit", args=[challenge.slug]),
            icon="megaphone",
        )
        for challenge in challenges_in_preparation(viewer=viewer)
    ]
