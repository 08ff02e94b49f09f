"""What pilots would cost: one problem for its company, all of an edition for the cluster team."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.pilot_costs import set_pilot_cost
from minka.innovation.forms.pilot_costs import PilotCostForm, PilotCostsForm
from minka.innovation.queries.problems import current_edition, visible_problems
from minka.innovation.queries.shortlist import ranking


@require_http_methods(["GET", "POST"])
def pilot_cost(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a pilot of one problem would cost, for its company and the team."""
    found = get_object_or_404(visible_problems(viewer=request.user), pk=pk)
    if not request.user.has_perm("innovation.pilot_cost_set", found):
        raise NotAllowed
    form = PilotCostForm(request.POST or None, initial={"amount_usd": found.pilot_usd})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                set_pilot_cost(by=request.user, problem=found, **form.cleaned_data)
            except DomainError as error:
                form.take(error)
            else:
                messages.success(request, _("The cost of a pilot is saved."))
                return redirect("innovation:problem", pk)
    context = {"problem": found, "form": form}
    return render(request, "innovation/studio/pilot_cost.html", context, status=status)


@require_http_methods(["GET", "POST"])
def pilot_costs(request: SignedInRequest) -> HttpResponse:
    """The costs of all problems that can be chosen, on one page for the team."""
    if not request.user.has_perm("innovation.study_write"):
        raise NotAllowed
    edition = current_edition()
    found = ranking(viewer=request.user, edition=edition) if edition else None
    if edition is None or found is None:
        return redirect("innovation:editions")
    form = PilotCostsForm(request.POST or None, rows=found.rows)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                for problem, amount in form.changed():
                    set_pilot_cost(by=request.user, problem=problem, amount_usd=amount)
            except DomainError as error:
                form.take(error)
            else:
                messages.success(request, _("The costs of the pilots are saved."))
                return redirect("innovation:studio")
    context = {"edition": edition, "form": form}
    return render(request, "innovation/studio/pilot_costs.html", context, status=status)
