"""Problems as other systems read them: what the person behind the session may read, no more."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from minka.core.http import SignedInRequest
from minka.core.schemas import Problem as Refusal
from minka.innovation.queries.problem_reading import Reading, reading_of, readings
from minka.innovation.queries.problems import (
    ProblemFilters,
    listed_problems,
    loaded,
    visible_problems,
)

router = Router(tags=["problems"])
MOST = 500


class ProblemOut(Schema):
    """A problem as its reader sees it; a part that is not for them is not among `fields`."""

    id: int
    title: str
    state: str
    companies: list[str]
    edition: str
    updated_at: datetime
    yearly_cost_usd: Decimal | None
    fields: dict[str, str]


@router.get("/problems", response=list[ProblemOut])
def problems(request: SignedInRequest, q: str = "", state: str = "") -> list[dict[str, Any]]:
    """List the problems that you may know of, the latest change first; at most 500."""
    filters = ProblemFilters(search=q.strip(), states=[state] if state else [])
    found = listed_problems(viewer=request.user, filters=filters)[:MOST]
    return [_out(one) for one in readings(viewer=request.user, problems=found)]


@router.get("/problems/{int:pk}", response={200: ProblemOut, 404: Refusal})
def problem(request: SignedInRequest, pk: int) -> dict[str, Any]:
    """Read one problem that you may know of."""
    found = get_object_or_404(loaded(visible_problems(viewer=request.user)), pk=pk)
    reading = reading_of(viewer=request.user, problem=found)
    if reading is None:
        raise Http404
    return _out(reading)


def _out(reading: Reading) -> dict[str, Any]:
    return {
        "id": reading.pk,
        "title": reading.title,
        "state": reading.state,
        "companies": [reading.company, *reading.partners],
        "edition": reading.edition,
        "updated_at": reading.updated_at,
        "yearly_cost_usd": reading.yearly_cost_usd,
        "fields": {name: line.text for name, line in reading.lines.items() if line.text},
    }
