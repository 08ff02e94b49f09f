"""JSON face of evaluations and of the ranking."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from minka.core.http import SignedInRequest
from minka.core.schemas import Problem
from minka.innovation.queries.evaluations import (
    GivenScore,
    OtherEvaluation,
    others_evaluations,
    own_assignments,
    own_scores,
)
from minka.innovation.queries.proposals import staff_challenges
from minka.innovation.queries.ranking import RankedProposal, ranking
from minka.innovation.states import AssignmentState

router = Router(tags=["innovation"])


class EvaluationLine(Schema):
    """One evaluation of yours."""

    id: int
    proposal: UUID = Field(alias="proposal.public_id")
    title: str = Field(alias="proposal.title")
    lead: str = Field(alias="proposal.lead.name")
    challenge: str = Field(alias="proposal.challenge.slug")
    state: AssignmentState


class ScoreOut(Schema):
    """Points from 1 to 5 by one criterion."""

    criterion: str
    points: int | None
    reason: str


class OtherOut(Schema):
    """What somebody else gave, without a name; empty until your own is handed in."""

    number: int
    remark: str
    scores: list[ScoreOut]


class EvaluationOut(Schema):
    """One evaluation of yours with its scores."""

    id: int
    state: AssignmentState
    revision: int
    remark: str
    scores: list[ScoreOut]
    others: list[OtherOut]


class RankedOut(Schema):
    """One row of the ranking; means are points from 1 to 5."""

    place: int | None
    proposal: UUID
    title: str
    lead: str
    evaluations: int
    expected: int
    mean: float | None
    standard_error: float | None
    spread: float | None
    low: float | None
    high: float | None


@router.get("/evaluations", response=list[EvaluationLine])
def evaluations_mine(request: SignedInRequest) -> Any:
    """List what you were asked to evaluate."""
    return own_assignments(viewer=request.user)


@router.get("/evaluations/{int:pk}", response=EvaluationOut)
def evaluation(request: SignedInRequest, pk: int) -> dict[str, Any]:
    """Read one evaluation of yours, and the others' once yours is handed in."""
    found = get_object_or_404(own_assignments(viewer=request.user), pk=pk)
    own = own_scores(viewer=request.user, assignment=found)
    return {
        "id": found.pk,
        "state": found.state,
        "revision": found.revision,
        "remark": found.remark,
        "scores": [
            {"criterion": str(s.criterion), "points": s.points, "reason": s.reason}
            for s in own.values()
        ],
        "others": [
            _other(other) for other in others_evaluations(viewer=request.user, assignment=found)
        ],
    }


@router.get("/challenges/{slug:slug}/ranking", response={200: list[RankedOut], 403: Problem})
def challenge_ranking(request: SignedInRequest, slug: str) -> list[dict[str, Any]]:
    """Read the ranking of a closed challenge; for the team."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    return [_ranked(row) for row in ranking(viewer=request.user, challenge=challenge)]


def _other(other: OtherEvaluation) -> dict[str, Any]:
    def score(given: GivenScore) -> dict[str, Any]:
        return {"criterion": str(given.criterion), "points": given.points, "reason": given.reason}

    return {
        "number": other.number,
        "remark": other.remark,
        "scores": [score(given) for given in other.scores],
    }


def _ranked(row: RankedProposal) -> dict[str, Any]:
    found = row.summary
    return {
        "place": row.place,
        "proposal": row.proposal.public_id,
        "title": row.proposal.title,
        "lead": row.proposal.lead.name,
        "evaluations": found.count,
        "expected": row.expected,
        "mean": found.mean,
        "standard_error": found.standard_error,
        "spread": found.spread,
        "low": found.low,
        "high": found.high,
    }
