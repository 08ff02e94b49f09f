"""Clarifications and appeals as those who answer them see them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.core.models import User
from minka.innovation.actions.appeals import answer, decide_again, name_handler, reopen_decision
from minka.innovation.forms.appeals import AnswerForm, HandlerForm
from minka.innovation.forms.decisions import DecisionForm
from minka.innovation.models import Appeal, Decision
from minka.innovation.models.panel_states import REOPENS, AppealState
from minka.innovation.queries.appeals import (
    candidates_for,
    evaluations_without_names,
    handled_appeals,
    may_answer,
    reopened_appeal,
)
from minka.innovation.queries.proposals import visible_proposals
from minka.innovation.web.expiry import keeps_words


@require_GET
def appeals(request: SignedInRequest) -> HttpResponse:
    """What was asked, the first due first."""
    found = handled_appeals(viewer=request.user).order_by("answered_at", "due_at", "pk")
    return render(request, "innovation/letters/appeals.html", {"appeals": found})


@require_GET
def appeal_handle(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One of them: who may answer, and for whoever does, what it is about."""
    return _page(request, _find(request, public_id))


@require_POST
def appeal_take(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take it oneself, or name who answers."""
    found = _find(request, public_id)
    handler = request.user
    if "handler" in request.POST:
        form = HandlerForm(request.POST, people=_able(found))
        if not form.is_valid():
            return _page(request, found, status=422)
        handler = form.cleaned_data["handler"]
    try:
        name_handler(by=request.user, appeal=found, handler=handler)
    except DomainError as error:
        return _page(request, found, error=error, status=error.status)
    return redirect("innovation:appeal_handle", found.public_id)


@keeps_words
@require_POST
def appeal_answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say what was found, and why."""
    found = _find(request, public_id)
    form = AnswerForm(request.POST, appeal=found)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        answer(by=request.user, appeal=found, **form.cleaned_data)
    except DomainError as error:
        form.take(error)
        return _page(request, found, form=form, status=error.status)
    messages.success(request, _("The answer is given, and the solver is told."))
    return redirect("innovation:appeals")


@require_POST
def appeal_reopen(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Open the decision on this proposal again."""
    found = _find(request, public_id)
    try:
        reopen_decision(by=request.user, appeal=found)
    except DomainError as error:
        return _page(request, found, error=error, status=error.status)
    if found.handler_id == request.user.pk:  # somebody else of the team decides
        return redirect("innovation:appeal_handle", found.public_id)
    return redirect("innovation:decision_again", found.letter.proposal.public_id)


@keeps_words
@require_http_methods(["GET", "POST"])
def decision_again(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take the decision on one proposal again, after its appeal."""
    found = get_object_or_404(visible_proposals(viewer=request.user), public_id=public_id)
    appeal = reopened_appeal(proposal=found)
    if not request.user.has_perm("innovation.decision_write", found):
        raise NotAllowed
    current = get_object_or_404(Decision.objects.select_related("decided_by"), proposal=found)
    form = DecisionForm(request.POST or None, initial=DecisionForm.of(current))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            decide_again(by=request.user, proposal=found, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
            status = error.status
            if isinstance(error, Conflict):
                current.refresh_from_db()
                form.start_from(current.revision)
        else:
            messages.success(request, _("The new decision is told, with a new letter."))
            return redirect("innovation:appeals")
    answered_it = appeal is not None and appeal.handler_id == request.user.pk
    context = {"proposal": found, "challenge": found.challenge, "appeal": appeal,
               "current": current, "form": form, "answered_it": answered_it}  # fmt: skip
    return render(request, "innovation/letters/decision_again.html", context, status=status)


def _find(request: SignedInRequest, public_id: str) -> Appeal:
    return get_object_or_404(handled_appeals(viewer=request.user), public_id=public_id)


def _able(found: Appeal) -> Any:
    able = [one.person.pk for one in candidates_for(appeal=found) if one.may]
    return User.objects.filter(pk__in=able).order_by("full_name", "pk")


def _page(
    request: SignedInRequest,
    found: Appeal,
    *,
    form: AnswerForm | None = None,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    me = request.user
    names = me.has_perm("innovation.appeal_assign", found.letter.proposal.challenge)
    may = may_answer(appeal=found, person=me)
    is_mine = found.handler_id == me.pk and may
    is_done = found.state == AppealState.ANSWERED
    context: dict[str, Any] = {
        "appeal": found,
        "letter": found.letter,
        "proposal": found.letter.proposal,
        "challenge": found.letter.proposal.challenge,
        "reads": may or (is_done and names),
        "is_mine": is_mine,
        "is_done": is_done,
        "may_take": may and not is_done and found.handler_id != me.pk,
        "candidates": candidates_for(appeal=found) if names and not is_done else [],
        "handler_form": HandlerForm(people=_able(found)) if names and not is_done else None,
        "form": form
        or (AnswerForm(appeal=found, initial={"revision": found.revision}) if is_mine else None),
        "evaluations": evaluations_without_names(viewer=me, appeal=found),
        "decision": Decision.objects.filter(proposal=found.letter.proposal).first()
        if is_mine
        else None,
        "may_reopen": names and found.finding in REOPENS and found.reopened_at is None,
        "error": error,
    }
    return render(request, "innovation/letters/appeal.html", context, status=status)
