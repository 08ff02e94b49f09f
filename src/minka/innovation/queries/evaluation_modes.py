"""Who knows whom in an evaluation, by when it is due, and under what name a proposal is shown."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from minka.core.models import User
from minka.innovation.models import Assignment, Challenge, EvaluationTerms
from minka.innovation.states import (
    ASSIGNMENT_OPEN,
    AssignmentState,
    BlindMode,
    ChallengeState,
)

TERMS = "proposal__challenge__evaluation_terms"  # to be joined by whoever asks for faces
COPY = "proposal__redacted_copy"


@dataclass(frozen=True)
class Face:
    """A proposal as its evaluator may know it: without its lead where that is hidden."""

    title: str
    lead: str
    is_hidden: bool
    is_ready: bool = True


def mode_of(challenge: Challenge) -> BlindMode:
    """Return who knows whom in a challenge; single-blind where nothing was said."""
    terms: EvaluationTerms | None = getattr(challenge, "evaluation_terms", None)
    return BlindMode(terms.mode) if terms else BlindMode.SINGLE


def due_on(challenge: Any) -> date | None:
    """Return by which day evaluations are due: as the team says, or as was promised to solvers."""
    terms: EvaluationTerms | None = getattr(challenge, "evaluation_terms", None)
    said: date | None = terms.due_on if terms else None
    call = getattr(challenge, "call", None)
    promised: date | None = call.evaluation_until if call else None
    return said or promised


def due_at(challenge: Any) -> datetime | None:
    """Return the instant at which that day is over, in the cluster's zone."""
    day = due_on(challenge)
    if day is None:
        return None
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def face_of(assignment: Assignment) -> Face:
    """Return how an evaluator sees a proposal; no SQL where `TERMS` and `COPY` were joined."""
    proposal = assignment.proposal
    if mode_of(proposal.challenge) != BlindMode.DOUBLE:
        return Face(str(proposal), proposal.lead.name, is_hidden=False)
    copy = getattr(proposal, "redacted_copy", None)
    shown = copy.shown if copy and copy.confirmed_at else {}
    return Face(shown.get("title", ""), "", is_hidden=True, is_ready=bool(shown))


def hidden_from(viewer: User, *, until_handed_in: bool = False) -> Q:
    """Match proposals that `viewer` reads as a redacted copy only.

    An evaluator always; whoever has to read them for another reason, of the team or the panel,
    until they have handed in.
    """
    duty = Assignment.objects.filter(proposal=OuterRef("pk"), evaluator=viewer)
    if until_handed_in or viewer.is_staff:
        duty = duty.filter(state__in=ASSIGNMENT_OPEN)
    return Q(challenge__evaluation_terms__mode=BlindMode.DOUBLE) & Q(Exists(duty))


def evaluators_told(*, viewer: User, proposal: Any) -> list[str]:
    """Return who evaluated a proposal, to its lead's people; nothing but in the open mode.

    Not before the release, and only of evaluations that count.
    """
    own = viewer.memberships.filter(state="active", actor=proposal.lead_id)
    if not own.exists() or mode_of(proposal.challenge) != BlindMode.OPEN:
        return []
    given = Assignment.objects.filter(proposal=proposal.pk, state=AssignmentState.SCORED)
    given = given.filter(proposal__challenge__state=ChallengeState.DECIDED)
    return [str(one.evaluator) for one in given.select_related("evaluator").order_by("pk")]
