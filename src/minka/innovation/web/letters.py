"""The letter to a solver: page, PDF, and what its people ask about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions.appeals import ask
from minka.innovation.actions.letters import set_appeal_days
from minka.innovation.forms.appeals import AppealDaysForm, AskForm
from minka.innovation.models import DecisionLetter
from minka.innovation.models.panel_states import AppealKind
from minka.innovation.queries.appeals import own_appeals
from minka.innovation.queries.letters import visible_letters
from minka.innovation.queries.proposals import staff_challenges
from minka.innovation.queries.suggestions import suggestions_for
from minka.innovation.sources.letter_pages import print_letter
from minka.innovation.states import Outcome
from minka.innovation.web.expiry import keeps_words


@require_GET
def letter(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The letter, what was asked about it, and what could be done next."""
    return _page(request, _find(request, public_id))


@require_GET
def letter_pdf(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The same letter as PDF: the bytes are those of the first time, for ever."""
    found = _find(request, public_id)
    return stream_file(print_letter(letter_id=found.pk))


@keeps_words
@require_POST
def appeal_ask(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask for clarification, or appeal."""
    found = _find(request, public_id)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        ask(by=request.user, letter=found, **form.cleaned_data)
    except DomainError as error:
        form.take(error)
        return _page(request, found, form=form, status=error.status)
    messages.success(request, _("We have received it. You are told when there is an answer."))
    return redirect("innovation:letter", found.public_id)


@require_POST
def appeal_days(request: SignedInRequest, slug: str) -> HttpResponse:
    """How many days solvers of a challenge have."""
    challenge = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    form = AppealDaysForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a number from 1 to 60."))
        return redirect("innovation:ranking", slug)
    try:
        set_appeal_days(by=request.user, challenge=challenge, days=form.cleaned_data["days"])
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The days to ask or appeal are set."))
    return redirect("innovation:ranking", slug)


def _find(request: SignedInRequest, public_id: str) -> DecisionLetter:
    return get_object_or_404(visible_letters(viewer=request.user), public_id=public_id)


def _page(
    request: SignedInRequest,
    found: DecisionLetter,
    *,
    form: AskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = list(own_appeals(viewer=request.user).filter(letter=found))
    newest = found.proposal.letters.order_by("-version").first()
    is_newest = newest is not None and newest.pk == found.pk
    in_time = timezone.now() <= found.appeal_until
    left = [kind for kind in AppealKind.values if kind not in {one.kind for one in asked}]
    offered = found.content["outcome"] != Outcome.SELECTED and is_newest
    context: dict[str, Any] = {
        "letter": found,
        "content": found.content,
        "proposal": found.proposal,
        "challenge": found.proposal.challenge,
        "newest": newest,
        "is_newest": is_newest,
        "appeals": asked,
        "in_time": in_time,
        "may_ask": in_time and is_newest and bool(left),
        "form": form or AskForm(initial={"kind": left[0]} if len(left) == 1 else {}),
        "suggestions": suggestions_for(viewer=request.user, proposal=found.proposal)
        if offered
        else None,
    }
    return render(request, "innovation/letters/letter.html", context, status=status)
