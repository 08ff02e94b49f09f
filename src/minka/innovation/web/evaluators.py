"""The pool of evaluators: the team's list, and the page on which each says what they know."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError, NotFound
from minka.core.http import SignedInRequest
from minka.innovation.actions.evaluators import (
    describe_evaluator,
    side_of,
    state_interest,
    withdraw_interest,
)
from minka.innovation.forms.evaluators import EvaluatorForm, InterestForm
from minka.innovation.queries.evaluators import (
    evaluator_people,
    pool,
    profile_of,
    standing_interests,
)


@require_GET
def evaluators(request: SignedInRequest) -> HttpResponse:
    """The pool, for the team."""
    if not request.user.has_perm("innovation.evaluators_keep"):
        raise NotFound
    return render(request, "innovation/evaluations/list.html", {"pool": pool(viewer=request.user)})


@require_http_methods(["GET", "POST"])
def evaluator(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one evaluator can judge and bear, written by themselves or by the team."""
    person = get_object_or_404(evaluator_people(viewer=request.user), pk=pk)
    form = EvaluatorForm(
        request.POST if request.method == "POST" else None,
        profile=profile_of(person=person),
        side=side_of(person=person),
        by_team=request.user.has_perm("innovation.evaluators_keep"),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            describe_evaluator(
                by=request.user,
                person=person,
                competence=form.competence(),
                side=form.chosen_side(),
            )
        except DomainError as error:
            form.take(error)
            status = error.status
        else:
            messages.success(request, _("What this evaluator knows and may bear is saved."))
            return redirect("innovation:evaluator", person.pk)
    elif form.errors:
        status = 422
    return _page(request, person, form, InterestForm(viewer=request.user), status)


@require_POST
def interest_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Declare an organisation whose proposals this person cannot judge."""
    person = get_object_or_404(evaluator_people(viewer=request.user), pk=pk)
    form = InterestForm(request.POST, viewer=request.user)
    status = 422
    if form.is_valid():
        clean = form.cleaned_data
        try:
            state_interest(
                by=request.user, person=person, actor=clean["organisation"], reason=clean["reason"]
            )
        except DomainError as error:
            form.take(error)
            status = error.status
        else:
            messages.success(request, _("Declared. Its proposals are closed to this evaluator."))
            return redirect("innovation:evaluator", person.pk)
    profile = EvaluatorForm(
        profile=profile_of(person=person),
        side=side_of(person=person),
        by_team=request.user.has_perm("innovation.evaluators_keep"),
    )
    return _page(request, person, profile, form, status)


@require_POST
def interest_withdraw(request: SignedInRequest, pk: int, interest_pk: int) -> HttpResponse:
    """Take a declaration back."""
    person = get_object_or_404(evaluator_people(viewer=request.user), pk=pk)
    found = get_object_or_404(
        standing_interests(viewer=request.user, person=person), pk=interest_pk
    )
    withdraw_interest(by=request.user, interest=found)
    messages.success(request, _("The declaration is taken back."))
    return redirect("innovation:evaluator", person.pk)


def _page(
    request: SignedInRequest, person: Any, form: EvaluatorForm, interest: InterestForm, status: int
) -> HttpResponse:
    by_team = request.user.has_perm("innovation.evaluators_keep")
    context = {
        "person": person,
        "form": form,
        "interest_form": interest,
        "interests": standing_interests(viewer=request.user, person=person),
        "is_own": person.pk == request.user.pk,
        "by_team": by_team,
        "up": reverse("innovation:evaluators" if by_team else "innovation:evaluations"),
    }
    return render(request, "innovation/evaluations/edit.html", context, status=status)
