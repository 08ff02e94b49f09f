"""The decision on one proposal, beside what the evaluators gave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minka.core.errors import Conflict, DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.decisions import save_decision
from minka.innovation.forms.decisions import DecisionForm
from minka.innovation.models import Decision
from minka.innovation.queries.proposals import visible_proposals
from minka.innovation.queries.ranking import evaluations_of
from minka.innovation.states import ChallengeState, ProposalState
from minka.innovation.web.expiry import keeps_words


@keeps_words
@require_http_methods(["GET", "POST"])
def decision(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write down what was resolved; only for the team, once the call has closed."""
    found = get_object_or_404(
        visible_proposals(viewer=request.user), public_id=public_id, state=ProposalState.SUBMITTED
    )
    evaluations = evaluations_of(viewer=request.user, proposal=found)
    current = Decision.objects.filter(proposal=found).select_related("decided_by").first()
    form = DecisionForm(
        request.POST if request.method == "POST" else None, initial=DecisionForm.of(current)
    )
    status, theirs = 200, None
    if request.method == "POST" and form.is_valid():
        try:
            save_decision(
                by=request.user,
                proposal=found,
                revision=form.cleaned_data["revision"],
                outcome=form.cleaned_data["outcome"],
                reason=form.cleaned_data["reason"],
                feedback=form.cleaned_data["feedback"],
                strengths=form.cleaned_data["strengths"],
            )
        except DomainError as error:
            form.take(error)
            status = error.status
            if isinstance(error, Conflict):
                theirs = Decision.objects.select_related("decided_by").get(proposal=found)
                form.start_from(theirs.revision)
        else:
            messages.success(
                request, _("The decision is saved. Nobody outside the team knows it yet.")
            )
            return redirect("innovation:ranking", found.challenge.slug)
    context = {
        "proposal": found,
        "challenge": found.challenge,
        "evaluations": evaluations,
        "form": form,
        "current": current,
        "theirs": theirs,
        "released": found.challenge.state == ChallengeState.DECIDED,
        "files": found.attachments.select_related("file"),
    }
    return render(request, "innovation/decisions/decision.html", context, status=status)
