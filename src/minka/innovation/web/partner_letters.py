"""What somebody finds behind the link of a letter that asks for a partner, and the lead's side."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.core.throttle import place_of, within_limit
from minka.innovation.actions.partner_letters import (
    answer_letter,
    has_address,
    refuse_letter,
    take_letter_back,
)
from minka.innovation.forms.consortium import BringForm
from minka.innovation.models import PartnerLetter
from minka.innovation.notices.partner_letters import letter_id_of
from minka.innovation.queries.consortium import letter_by_link, letters_of
from minka.innovation.queries.deadlines import deadline_for
from minka.innovation.queries.proposals import own_organisations, own_proposals

TRIES_A_MINUTE = 30  # of links that nobody made, from one place; of answers to one letter


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def partner_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, for which challenge, and the answer; accepting needs the address written to."""
    number = letter_id_of(token=token)
    letter = None if number is None else letter_by_link(letter_id=number)
    is_try = letter is None or request.method == "POST"
    whose = place_of(request) if letter is None else str(letter.pk)
    key = f"partner_letter:{whose}"
    if is_try and not within_limit(key=key, most=TRIES_A_MINUTE, seconds=60):
        return _guarded(render(request, "innovation/intake/too_often.html", status=429))
    if letter is None:
        raise Http404
    if not letter.is_open():
        return _guarded(_closed(request, letter))
    form = BringForm(request.POST or None, organisations=_organisations(request))
    if request.method == "GET":
        return _guarded(_page(request, letter, form))
    return _guarded(_answered(request, letter, form))


def _answered(request: HttpRequest, letter: PartnerLetter, form: BringForm) -> HttpResponse:
    """Do what the button says."""
    try:
        if request.POST.get("do") == "refuse":
            refuse_letter(letter=letter)
            return _closed(request, letter, status=200)
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        if not form.is_valid():
            return _page(request, letter, form, status=422)
        partner = answer_letter(
            by=request.user, letter=letter, actor=form.cleaned_data["organisation"]
        )
    except DomainError as error:
        form.take(error)
        return _page(request, letter, form, status=error.status)
    messages.success(request, _("You are in the consortium: you read and write the draft."))
    return redirect("innovation:proposal", partner.proposal.public_id)


@require_POST
def partner_letter_back(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Close the link before its time."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    letter = get_object_or_404(letters_of(viewer=request.user, proposal=found), pk=pk)
    try:
        take_letter_back(by=request.user, letter=letter)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The link is closed, and the address forgotten."))
    return redirect("innovation:consortium", found.public_id)


def _page(
    request: HttpRequest, letter: PartnerLetter, form: BringForm, *, status: int = 200
) -> HttpResponse:
    proposal = letter.proposal
    call = proposal.challenge.call
    user = request.user
    context: dict[str, Any] = {
        "letter": letter,
        "lead": proposal.lead,
        "challenge": proposal.challenge,
        "deadline": deadline_for(call=call, lead_id=proposal.lead_id).at,
        "is_addressee": user.is_authenticated and has_address(user, letter.email),
        "address": _veiled(letter.email),
        "form": form,
        "organisations": _organisations(request),
        "next": request.path,
        "register_url": f"{reverse('knowledge:organisation_new')}?next={request.path}",
    }
    return render(request, "innovation/proposals/partner_letter.html", context, status=status)


def _closed(request: HttpRequest, letter: PartnerLetter, *, status: int = 410) -> HttpResponse:
    context = {"ending": letter.ending}
    return render(
        request, "innovation/proposals/partner_letter_closed.html", context, status=status
    )


def _guarded(answer: HttpResponse) -> HttpResponse:
    answer["Referrer-Policy"] = "same-origin"  # “no-referrer” would send forms with no origin
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _organisations(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        return BringForm.nobody()
    return own_organisations(viewer=request.user)


def _veiled(email: str) -> str:
    """Return an address as its owner knows it again, and nobody else."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"
