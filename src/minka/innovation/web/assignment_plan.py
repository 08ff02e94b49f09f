"""Who would evaluate what: proposed, looked at, and then assigned at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.assignments import apply_plan
from minka.innovation.forms.evaluators import WishesForm
from minka.innovation.queries.assignment_plan import Plan, Wishes, plan_assignment
from minka.innovation.queries.proposals import count_received, staff_challenges
from minka.innovation.sources.assignment_words import clash_sentences


@require_http_methods(["GET", "POST"])
def assignment_plan(request: SignedInRequest, slug: str) -> HttpResponse:
    """Propose an assignment for what the address asks; assign it when it is sent back."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    wishes = WishesForm(request.POST if request.method == "POST" else request.GET).wishes()
    error: DomainError | None = None
    if request.method == "POST":
        try:
            done = apply_plan(
                by=request.user,
                challenge=challenge,
                wishes=wishes,
                fingerprint=request.POST.get("fingerprint", ""),
            )
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _done_words(done))
            return redirect("innovation:assignments", challenge.slug)
    plan = plan_assignment(viewer=request.user, challenge=challenge, wishes=wishes)
    context = {
        "challenge": challenge,
        "wishes": wishes,
        "form": WishesForm(initial=_initial(wishes)),
        "plan": plan,
        "why_not": clash_sentences(plan.clashes, plan.items, plan.people),
        "received": count_received(challenge=challenge),
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "innovation/evaluations/plan.html", context, status=status)


def _initial(wishes: Wishes) -> dict[str, Any]:
    return {
        "per": wishes.per_proposal,
        "both": wishes.both_kinds,
        "keep": wishes.keep_asked,
        "sent": True,
    }


def _done_words(plan: Plan) -> str:
    count = len(plan.fresh)
    if not count:
        return _("Nothing was missing: everything stays as it is.")
    return ngettext(
        "%(count)s evaluation assigned; the evaluator has been told.",
        "%(count)s evaluations assigned; the evaluators have been told.",
        count,
    ) % {"count": count}
