"""Sets of proposals to fund under conditions; the address holds the conditions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.scenarios import keep_scenario
from minka.innovation.forms.scenarios import ScenarioForm
from minka.innovation.models import Challenge, FundingScenario
from minka.innovation.queries.proposals import staff_challenges
from minka.innovation.queries.ranking import averages_shown
from minka.innovation.queries.scenarios import (
    BAR,
    reckoned,
    scenario_challenges,
    scenario_inputs,
    scenarios_of,
    still_same,
)
from minka.innovation.sources.scenario_view import scenario_view
from minka.innovation.states import ChallengeState
from minka.methods.shortlist.funding import QUALITY, Json


@require_GET
def scenarios(request: SignedInRequest, slug: str) -> HttpResponse:
    """Conditions, the best set under them, the next-best, and what was kept."""
    challenge = _challenge(request, slug)
    form, inputs = _asked(request, challenge, request.GET)
    return _page(request, challenge, form, inputs)


@require_POST
def scenario_keep(request: SignedInRequest, slug: str) -> HttpResponse:
    """Keep a set with all that it follows from."""
    challenge = _challenge(request, slug)
    conditions = QueryDict(request.POST.get("conditions", ""))
    form, inputs = _asked(request, challenge, conditions)
    try:
        kept = keep_scenario(
            by=request.user, challenge=challenge, inputs=inputs,
            note=request.POST.get("note", ""),
        )  # fmt: skip
    except DomainError as error:
        return _page(request, challenge, form, inputs, error=error)
    messages.success(request, _("The set is kept with all that it follows from."))
    return redirect("innovation:scenario", kept.pk)


@require_GET
def scenario(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was kept, as it was; and whether reckoning anew gives the same."""
    found = get_object_or_404(FundingScenario.objects.select_related("challenge", "by"), pk=pk)
    user: Any = request.user
    mine = scenarios_of(viewer=user, challenge=found.challenge)
    get_object_or_404(mine, pk=pk)
    context = {
        "scenario": found,
        "challenge": found.challenge,
        "view": scenario_view(found.inputs, found.result),
        "is_same": still_same(found) if "comprobar" in request.GET else None,
    }
    return render(request, "innovation/scenarios/scenario.html", context)


def _challenge(request: SignedInRequest, slug: str) -> Challenge:
    found = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    if not request.user.has_perm("innovation.scenario_write", found):
        raise NotAllowed
    return found


def _asked(
    request: SignedInRequest, challenge: Challenge, data: QueryDict
) -> tuple[ScenarioForm, Json]:
    """Return the form and what it asks for; wrong fields are left out of it."""
    if not averages_shown(challenge=challenge):
        return ScenarioForm(None, others=Challenge.objects.none(), proposals=[]), {
            "proposals": [], "apart": [],
        }  # fmt: skip
    able = scenario_challenges(viewer=request.user, challenge=challenge)
    others = able.exclude(pk=challenge.pk)
    chosen = [one for one in others if str(one.pk) in data.getlist("also")]
    together = [challenge, *chosen]
    plain = scenario_inputs(
        viewer=request.user, challenges=together, conditions={}, measure=QUALITY, bar=BAR
    )
    form = ScenarioForm(data or None, others=others, proposals=plain["proposals"])
    if not data or not form.is_valid():
        return form, plain
    inputs = {
        **plain,
        "conditions": form.conditions(),
        "measure": form.cleaned_data["measure"] or QUALITY,
        "bar": float(form.cleaned_data["bar"] or BAR),
    }
    return form, inputs


def _page(
    request: SignedInRequest,
    challenge: Challenge,
    form: ScenarioForm,
    inputs: Json,
    *,
    error: DomainError | None = None,
) -> HttpResponse:
    result = reckoned(inputs) if inputs["proposals"] else None
    context = {
        "challenge": challenge,
        "form": form,
        "view": scenario_view(inputs, result) if result else None,
        "conditions": request.GET.urlencode() or request.POST.get("conditions", ""),
        "kept": scenarios_of(viewer=request.user, challenge=challenge),
        "released": challenge.state == ChallengeState.DECIDED,
        "shown": averages_shown(challenge=challenge),
        "error": error,
    }
    status = error.status if error else 422 if form.errors else 200
    return render(request, "innovation/scenarios/scenarios.html", context, status=status)
