"""The ranking of a challenge, its discussion and the release of its decisions, for the team."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.components import Tab
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.decisions import release_decisions
from minka.innovation.actions.discussions import open_discussion
from minka.innovation.forms.appeals import AppealDaysForm
from minka.innovation.models import Challenge, Criterion
from minka.innovation.queries.evaluations import criteria_of
from minka.innovation.queries.gates import is_gated
from minka.innovation.queries.panels import panel_of
from minka.innovation.queries.proposals import count_received, staff_challenges
from minka.innovation.queries.ranking import averages_shown, contested, criteria_in, ranking
from minka.innovation.queries.standings import standings, usual_top
from minka.innovation.sources.standing_view import StandingView, standing_view
from minka.innovation.states import CallPhase, ChallengeState, Gate


@require_GET
def results(request: SignedInRequest, slug: str) -> HttpResponse:
    """The ranking; before the call closes, only how many proposals there are."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    return _page(request, challenge)


@require_POST
def discuss(request: SignedInRequest, slug: str) -> HttpResponse:
    """Release the evaluations to discussion."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    try:
        open_discussion(by=request.user, challenge=challenge)
    except DomainError as error:
        return _page(request, challenge, error=error)
    messages.success(request, _("The averages are open to the team’s discussion."))
    return redirect("innovation:ranking", challenge.slug)


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
    every = criteria_of(challenge_id=challenge.pk)
    gate = _gate(request, every)
    rows = ranking(viewer=request.user, challenge=challenge, gate=gate) if closed else []
    criteria = criteria_in(every, gate)
    shown = bool(rows) and averages_shown(challenge=challenge)
    top = _top(request, len(rows))
    found = standings(rows=rows, criteria=criteria, top=top) if shown else None
    view: StandingView = standing_view(rows, criteria, found)
    context: dict[str, Any] = {
        "challenge": challenge,
        "closed": closed,
        "rows": rows,
        "view": view,
        "figures": found,
        "top": found.top if found else top,
        "gate": gate,
        "gates": _gate_tabs(request, gate) if is_gated(every) else [],
        "shown": shown,
        "contested": contested(rows) if shown else [],
        "criteria": criteria,
        "received": count_received(challenge=challenge),
        "scored": sum(row.summary.count for row in rows),
        "pending": sum(len(row.pending) for row in rows),
        "undecided": sum(row.decision is None for row in rows),
        "incomplete": sum(not row.complete for row in rows),
        "released": challenge.state == ChallengeState.DECIDED,
        "panel": panel_of(challenge=challenge),
        "appeal_days": challenge.appeal_days or challenge.edition.appeal_days,
        "appeal_form": AppealDaysForm(initial={"days": challenge.appeal_days}),
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "innovation/decisions/ranking.html", context, status=status)


def _gate(request: SignedInRequest, criteria: list[Criterion]) -> str:
    """Return which gate is looked at; empty for both together."""
    wanted = request.GET.get("gate", "")
    return wanted if wanted in Gate.values and is_gated(criteria) else ""


def _gate_tabs(request: SignedInRequest, gate: str) -> list[Tab]:
    tabs = [("", _("Both gates")), *((one.value, str(one.label)) for one in Gate)]
    return [
        Tab(label, f"{request.path}?gate={key}" if key else request.path, current=key == gate)
        for key, label in tabs
    ]


def _top(request: SignedInRequest, count: int) -> int:
    """Return how many are looked at as the top; it is in the address, so that it can be shared."""
    text = request.GET.get("k", "")
    wanted = int(text) if text.isdigit() and len(text) <= 4 else 0
    return min(wanted, max(count, 1)) or usual_top(count)
