"""The ranking of a challenge and the release of its decisions, for the team."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.decisions import release_decisions
from minka.innovation.models import Challenge
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.proposals import count_received, staff_challenges
from minka.innovation.queries.ranking import SCALE_HIGH, SCALE_LOW, RankedProposal, ranking
from minka.innovation.states import CallPhase, ChallengeState

BAR_WIDTH = 100  # of the drawing's own units


@require_GET
def results(request: SignedInRequest, slug: str) -> HttpResponse:
    """The ranking; before the call closes, only how many proposals there are."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    return _page(request, challenge)


@require_POST
def release(request: SignedInRequest, slug: str) -> HttpResponse:
    """Release every decision at once."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    try:
        release_decisions(by=request.user, challenge=challenge)
    except DomainError as error:
        challenge.refresh_from_db()
        return _page(request, challenge, error=error)
    messages.success(request, _("The decisions are released and every supplier has been told."))
    return redirect("innovation:ranking", challenge.slug)


def _page(
    request: SignedInRequest, challenge: Challenge, *, error: DomainError | None = None
) -> HttpResponse:
    phase = challenge.call.phase
    closed = phase in {CallPhase.CLOSED, CallPhase.DECIDED}
    rows = ranking(viewer=request.user, challenge=challenge) if closed else []
    for row in rows:
        row.bar = interval_bar(row)  # type: ignore[attr-defined]
    context = {
        "challenge": challenge,
        "closed": closed,
        "rows": rows,
        "criteria": criteria_of(challenge_id=challenge.pk),
        "received": count_received(challenge=challenge),
        "undecided": sum(row.decision is None for row in rows),
        "incomplete": sum(not row.complete for row in rows),
        "released": challenge.state == ChallengeState.DECIDED,
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "innovation/decisions/ranking.html", context, status=status)


def interval_bar(row: RankedProposal) -> dict[str, float] | None:
    """Return where the drawing of lowest, mean and highest lies, from 0 to 100."""
    found = row.summary
    if found.mean is None or found.low is None or found.high is None:
        return None

    def place(points: float) -> float:
        return round(BAR_WIDTH * (points - SCALE_LOW) / (SCALE_HIGH - SCALE_LOW), 2)

    low, high = place(found.low), place(found.high)
    return {"low": low, "width": max(high - low, 1), "mean": place(found.mean)}
