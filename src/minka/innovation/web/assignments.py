"""The team asks evaluators: who looks at which proposal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.assignments import assign_evaluators, remove_assignment
from minka.innovation.forms.evaluations import AssignForm
from minka.innovation.models import Challenge
from minka.innovation.queries.assignments import assignment_table, team_assignments
from minka.innovation.queries.proposals import count_received, staff_challenges


@require_http_methods(["GET", "POST"])
def assignments(request: SignedInRequest, slug: str) -> HttpResponse:
    """The table of evaluators and proposals; before the call closes, only how many there are."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    table = assignment_table(viewer=request.user, challenge=challenge)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        proposals=[proposal.pk for proposal in table.proposals],
        people=[row.person.pk for row in table.rows if not row.competes],
    )
    if request.method == "POST" and form.is_valid():
        try:
            fresh = assign_evaluators(by=request.user, challenge=challenge, pairs=form.pairs())
        except DomainError as error:
            form.take(error)
            return _page(request, challenge, table, form, status=error.status)
        messages.success(request, _assigned_words(len(fresh)))
        return redirect("innovation:assignments", challenge.slug)
    return _page(request, challenge, table, form, status=422 if form.errors else 200)


@require_POST
def assignment_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one back while nothing was declared."""
    found = get_object_or_404(team_assignments(viewer=request.user), pk=pk)
    remove_assignment(by=request.user, assignment=found)
    messages.success(request, _("%(name)s is no longer asked.") % {"name": found.evaluator})
    return redirect("innovation:assignments", found.proposal.challenge.slug)


def _page(
    request: SignedInRequest, challenge: Challenge, table: Any, form: AssignForm, *, status: int
) -> HttpResponse:
    context = {
        "challenge": challenge,
        "table": table,
        "form": form,
        "received": count_received(challenge=challenge),
    }
    return render(request, "innovation/evaluations/assignments.html", context, status=status)


def _assigned_words(count: int) -> str:
    if not count:
        return _("Nothing new was ticked.")
    return ngettext(
        "%(count)s evaluation assigned; the evaluator has been told.",
        "%(count)s evaluations assigned; the evaluators have been told.",
        count,
    ) % {"count": count}
