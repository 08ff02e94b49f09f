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
from minka.innovation.actions.assignments import (
    assign_evaluators,
    come_back,
    drop_out,
    remove_assignment,
)
from minka.innovation.actions.conflicts import end_waiver, set_aside, waive_conflict
from minka.innovation.forms.evaluations import AssignForm
from minka.innovation.models import Challenge
from minka.innovation.queries.assignments import (
    assignment_table,
    team_assignments,
    team_waivers,
)
from minka.innovation.queries.evaluators import evaluator_people
from minka.innovation.queries.proposals import count_received, staff_challenges, submitted_to
from minka.innovation.queries.redactions import copies_of


@require_http_methods(["GET", "POST"])
def assignments(request: SignedInRequest, slug: str) -> HttpResponse:
    """The table of evaluators and proposals; before the call closes, only how many there are."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    table = assignment_table(viewer=request.user, challenge=challenge)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        proposals=[proposal.pk for proposal in table.proposals],
        people=[row.person.pk for row in table.rows if not row.competes and not row.absence],
        barred=table.barred,
        adjusts=any(cell.assignment for row in table.rows for cell in row.cells),
    )
    if request.method == "POST" and form.is_valid():
        try:
            fresh = assign_evaluators(
                by=request.user,
                challenge=challenge,
                pairs=form.pairs(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            form.take(error)
            return _page(request, challenge, table, form, status=error.status)
        messages.success(request, _assigned_words(len(fresh)))
        return redirect("innovation:assignments", challenge.slug)
    return _page(request, challenge, table, form, status=422 if form.errors else 200)


@require_POST
def assignment_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one back, with a reason, while nothing was written."""
    found = get_object_or_404(team_assignments(viewer=request.user), pk=pk)
    try:
        remove_assignment(by=request.user, assignment=found, reason=request.POST.get("reason", ""))
    except DomainError as error:
        return _refused(request, found.proposal.challenge, error, ("remove", found.pk))
    messages.success(request, _("%(name)s is no longer asked.") % {"name": found.evaluator})
    return redirect("innovation:assignments", found.proposal.challenge.slug)


@require_POST
def assignment_set_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an evaluator off a proposal for a conflict that was found."""
    found = get_object_or_404(team_assignments(viewer=request.user), pk=pk)
    try:
        set_aside(by=request.user, assignment=found, reason=request.POST.get("reason", ""))
    except DomainError as error:
        return _refused(request, found.proposal.challenge, error, ("aside", found.pk))
    messages.success(
        request, _("%(name)s no longer evaluates this proposal.") % {"name": found.evaluator}
    )
    return redirect("innovation:assignments", found.proposal.challenge.slug)


@require_POST
def evaluator_absence(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Note that somebody drops out, or is back."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    person = get_object_or_404(evaluator_people(viewer=request.user), pk=pk)
    try:
        if request.POST.get("do") == "back":
            come_back(by=request.user, challenge=challenge, person=person)
            messages.success(request, _("%(name)s can be asked again.") % {"name": person})
            return redirect("innovation:assignments", challenge.slug)
        reason = request.POST.get("reason", "")
        released = drop_out(by=request.user, challenge=challenge, person=person, reason=reason)
    except DomainError as error:
        return _refused(request, challenge, error, ("out", person.pk))
    messages.success(
        request,
        ngettext(
            "%(name)s drops out; %(count)s evaluation has to be given to somebody else.",
            "%(name)s drops out; %(count)s evaluations have to be given to somebody else.",
            len(released),
        )
        % {"name": person, "count": len(released)},
    )
    return redirect("innovation:assignment_plan", challenge.slug)


@require_POST
def conflict_waive(request: SignedInRequest, slug: str, proposal_pk: int, pk: int) -> HttpResponse:
    """Lift what was computed between one proposal and one evaluator."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    shown = submitted_to(viewer=request.user, challenge=challenge).select_related("challenge")
    proposal = get_object_or_404(shown, pk=proposal_pk)
    person = get_object_or_404(evaluator_people(viewer=request.user), pk=pk)
    reason = request.POST.get("reason", "")
    try:
        waive_conflict(by=request.user, proposal=proposal, evaluator=person, reason=reason)
    except DomainError as error:
        return _refused(request, challenge, error, ("waive", proposal.pk, person.pk))
    messages.success(request, _("The conflict is lifted, with your name and reason on record."))
    return redirect("innovation:assignments", challenge.slug)


@require_POST
def conflict_waive_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a conflict hold again."""
    found = get_object_or_404(team_waivers(viewer=request.user), pk=pk)
    slug = found.proposal.challenge.slug
    end_waiver(by=request.user, waiver=found)
    messages.success(request, _("The conflict holds again."))
    return redirect("innovation:assignments", slug)


def _refused(
    request: SignedInRequest, challenge: Challenge, error: DomainError, act: tuple[str | int, ...]
) -> HttpResponse:
    """The page again, with what was wrong above it and the reason where it was typed."""
    table = assignment_table(viewer=request.user, challenge=challenge)
    form = AssignForm(proposals=[], people=[])
    typed = {"act": "-".join(map(str, act)), "reason": request.POST.get("reason", "")}
    return _page(request, challenge, table, form, status=error.status, error=error, typed=typed)


def _page(  # noqa: PLR0913 -- what the page shows
    request: SignedInRequest,
    challenge: Challenge,
    table: Any,
    form: AssignForm,
    *,
    status: int,
    error: DomainError | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    context = {
        "challenge": challenge,
        "table": table,
        "form": form,
        "received": count_received(challenge=challenge),
        "error": error,
        "typed": typed or {},
        "copies": copies_of(viewer=request.user, challenge=challenge),
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
