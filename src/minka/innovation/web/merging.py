"""Likely common problems and their joining: the team proposes, each company answers for itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.merging import answer_merge, propose_merge, withdraw_merge
from minka.innovation.forms.merging import MergeForm
from minka.innovation.queries.merging import merge_proposals
from minka.innovation.queries.problem_pairs import likely_common
from minka.innovation.queries.problems import current_edition, problem_record, visible_problems

SHOWN = 12


@require_GET
def merging(request: SignedInRequest) -> HttpResponse:
    """Pairs that are alike, and the proposals with their answers."""
    require(request.user, "innovation.merge_propose")
    edition = current_edition()
    pairs = likely_common(viewer=request.user, edition=edition) if edition else []
    context = {
        "pairs": pairs[:SHOWN],
        "proposals": merge_proposals(viewer=request.user),
    }
    return render(request, "innovation/merging/list.html", context)


@require_http_methods(["GET", "POST"])
def merging_propose(request: SignedInRequest) -> HttpResponse:
    """Choose what is to be joined, and ask."""
    require(request.user, "innovation.merge_propose")
    edition = current_edition()
    if edition is None:
        raise Http404
    wanted = [int(one) for one in request.GET.getlist("p") if one.isdigit() and len(one) < 10]
    pairs = likely_common(viewer=request.user, edition=edition)
    form = MergeForm(
        request.POST or None, viewer=request.user, wanted=wanted, pairs=pairs, edition=edition
    )
    if request.method == "POST" and form.is_valid():
        chosen = visible_problems(viewer=request.user).filter(pk__in=form.cleaned_data["problems"])
        try:
            propose_merge(by=request.user, problems=chosen, title=form.cleaned_data["title"])
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("Each company is asked for itself."))
            return redirect("innovation:merging")
    status = 422 if form.errors else 200
    return render(request, "innovation/merging/propose.html", {"form": form}, status=status)


@require_POST
def merging_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a question back."""
    found = get_object_or_404(merge_proposals(viewer=request.user), pk=pk)
    withdraw_merge(by=request.user, proposal=found)
    messages.success(request, _("The question is taken back."))
    return redirect("innovation:merging")


@require_POST
def merging_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer for one's company."""
    found = get_object_or_404(problem_record(viewer=request.user), pk=pk)
    agrees = request.POST.get("answer") == "yes"
    answer_merge(by=request.user, problem=found, agrees=agrees)
    if agrees:
        messages.success(request, _("Thank you. The team knows that you would join forces."))
    else:
        messages.success(request, _("Thank you. The problem goes on as yours alone."))
    return redirect("innovation:problem", pk)
