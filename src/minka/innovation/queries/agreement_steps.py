"""Where an agreement stands, as a stepper says it, and what waits for whom."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from minka.core.components import Step, StepState
from minka.core.work import WorkItem
from minka.innovation.models import Agreement, Milestone
from minka.innovation.queries.agreement_seats import holds, seats_of, signatures_of
from minka.innovation.queries.agreements import own_agreements, represented_parties
from minka.innovation.rules import is_user_area_of, stands_for_solver
from minka.innovation.states.agreements import (
    MILESTONE_OPEN,
    AgreementState,
    MilestoneState,
    TextState,
)

ORDER = (TextState.WRITING, TextState.APPROVING, TextState.SIGNING)


def agreement_steps(agreement: Agreement) -> list[Step]:
    """Return the way from the draft to the outcome."""
    labels = (_("The text is written"), _("The parties approve it"), _("The parties sign it"))
    signed = agreement.state in {AgreementState.IN_FORCE, AgreementState.CLOSED}
    here = len(ORDER) if signed else ORDER.index(TextState(agreement.text_state))
    stopped = agreement.state == AgreementState.CANCELLED
    steps = [
        Step(label, _state(number, here, stopped=stopped)) for number, label in enumerate(labels)
    ]
    running = StepState.DONE if agreement.state == AgreementState.CLOSED else StepState.CURRENT
    steps.append(
        Step(
            _("In force"),
            running if signed else StepState.NEXT,
            at=agreement.in_force_at,
        )
    )
    closed = agreement.state == AgreementState.CLOSED
    steps.append(
        Step(
            agreement.get_outcome_display() if closed else _("Outcome"),
            StepState.DONE if closed else StepState.NEXT,
            at=agreement.closed_at,
        )
    )
    return steps


def agreement_items(*, viewer: Any) -> list[WorkItem]:
    """Return what waits for `viewer` in their agreements: approvals, signatures, reports."""
    if not viewer.is_authenticated:
        return []
    open_ones = list(own_agreements(viewer=viewer).filter(_waits()))
    return [item for one in open_ones for item in (*_texts(viewer, one), *_milestones(viewer, one))]


def _waits() -> Q:
    asked = Q(text_state__in=[TextState.APPROVING, TextState.SIGNING])
    return Q(state=AgreementState.IN_FORCE) | Q(state=AgreementState.DRAFT) & asked


def _texts(viewer: Any, agreement: Agreement) -> Iterator[WorkItem]:
    url = reverse("innovation:agreement", args=[agreement.public_id])
    if agreement.text_state == TextState.APPROVING:
        mine = [one for one in seats_of(agreement) if holds(viewer, one) and one.given is None]
        if mine:
            title = _("Approve the agreement “%(title)s”") % {"title": agreement.title}
            yield WorkItem(title, mine[0].party.name, url, "handshake")
    if agreement.text_state == TextState.SIGNING:
        signed = signatures_of(agreement)
        own = represented_parties(viewer=viewer, agreement=agreement)
        for party in [one for one in own if one.pk not in signed]:
            title = _("Sign the agreement “%(title)s”") % {"title": agreement.title}
            yield WorkItem(title, party.name, url, "pencil")


def _milestones(viewer: Any, agreement: Agreement) -> Iterator[WorkItem]:
    if agreement.state != AgreementState.IN_FORCE:
        return
    url = reverse("innovation:agreement_plan", args=[agreement.public_id])
    wanted: list[str] = []
    if stands_for_solver(viewer, agreement):
        wanted += MILESTONE_OPEN
    if is_user_area_of(viewer, agreement):
        wanted.append(MilestoneState.REPORTED)
    for one in _of(agreement, wanted):
        answers = one.state == MilestoneState.REPORTED
        words = _("Answer the report on “%(title)s”") if answers else _("Report on “%(title)s”")
        yield WorkItem(
            words % {"title": one.title},
            agreement.title,
            url,
            "clipboard-check" if answers else "file-text",
            due_at=timezone.make_aware(datetime.combine(one.due_on, time(23, 59))),
        )


def _of(agreement: Agreement, states: list[str]) -> QuerySet[Milestone]:
    """Return milestones in some states; the caller has found the agreement."""
    return agreement.milestones.filter(state__in=states)


def _state(number: int, here: int, *, stopped: bool) -> StepState:
    if number < here:
        return StepState.DONE
    if number > here:
        return StepState.NEXT
    return StepState.STOPPED if stopped else StepState.CURRENT
