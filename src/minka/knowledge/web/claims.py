"""Claim a profile, prove it, decide, hand over."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest, stream_file
from minka.knowledge.actions.claims import (
    claim_by_document,
    claim_by_email,
    prove_claim,
    send_code_again,
)
from minka.knowledge.actions.ownership import (
    choose_editor,
    decide_claim,
    transfer_profile,
    withdraw_claim,
)
from minka.knowledge.forms.claims import (
    ClaimByDocumentForm,
    ClaimByEmailForm,
    CodeForm,
    DecisionForm,
    HeirForm,
)
from minka.knowledge.models import Claim
from minka.knowledge.queries.claims import (
    claims_to_decide,
    own_claim,
    possible_heirs,
    visible_claims,
)
from minka.knowledge.queries.memberships import members_of
from minka.knowledge.states import ClaimState
from minka.knowledge.web.address import find_actor
from minka.methods.domains import domain_of_website, is_free_mail


@require_http_methods(["GET", "POST"])
def claim_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Say “this profile is my organisation's”, and choose how to prove it."""
    actor = find_actor(request, public_id)
    if request.method == "GET" and (known := own_claim(viewer=request.user, actor=actor)):
        return redirect("knowledge:claim", known.pk)
    by_email = request.POST.get("method") == "email"
    first = ClaimByEmailForm(request.POST if by_email else None)
    second_data = request.POST if request.method == "POST" and not by_email else None
    second = ClaimByDocumentForm(second_data, request.FILES or None)
    form: Any = first if by_email else second
    if request.method == "POST" and form.is_valid():
        act = claim_by_email if by_email else claim_by_document
        try:
            claim = act(by=request.user, actor=actor, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            return redirect("knowledge:claim", claim.pk)
    domain = domain_of_website(actor.website)
    context = {
        "actor": actor,
        "email_form": first,
        "document_form": second,
        "domain": "" if is_free_mail(domain) else domain,
    }
    status = 422 if first.errors or second.errors else 200
    return render(request, "knowledge/claims/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def claim(request: SignedInRequest, pk: int) -> HttpResponse:
    """One claim: where it stands, what to do next, its history; the code is given here."""
    found = _find(request, pk)
    own = found.claimant_id == request.user.pk
    proving = own and found.state == ClaimState.PROVING
    form = CodeForm(request.POST or None) if proving else None
    if form is not None and form.is_valid():
        try:
            found = prove_claim(by=request.user, claim=found, code=form.cleaned_data["code"])
        except DomainError as error:
            form.take(error)
        else:
            if found.state == ClaimState.GRANTED:
                messages.success(request, _("The profile is yours. Keep it up to date."))
                return redirect("knowledge:actor", found.actor.public_id)
            return redirect("knowledge:claim", pk)
    decides = request.user.has_perm("knowledge.claim_decide", found)
    waiting = found.state in {ClaimState.REQUESTED, ClaimState.DISPUTED}
    context = {
        "claim": found,
        "own": own,
        "form": form,
        "decision_form": DecisionForm() if decides and waiting else None,
        "may_withdraw": own and found.state not in {ClaimState.REFUSED, ClaimState.WITHDRAWN},
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "knowledge/claims/claim.html", context, status=status)


@require_POST
def claim_code(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send another code."""
    send_code_again(by=request.user, claim=_find(request, pk))
    messages.success(request, _("Another code is on its way."))
    return redirect("knowledge:claim", pk)


@require_POST
def claim_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it back, or give the profile up."""
    withdraw_claim(by=request.user, claim=_find(request, pk))
    messages.success(request, _("The claim is withdrawn."))
    return redirect("knowledge:claim", pk)


@require_POST
def claim_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Grant or refuse, with a reason."""
    found, form = _find(request, pk), DecisionForm(request.POST)
    if form.is_valid():
        grant = request.POST.get("answer") == "grant"
        decide_claim(by=request.user, claim=found, grant=grant, **form.cleaned_data)
        messages.success(request, _("The claim is decided; the claimant has been told."))
        return redirect("knowledge:claims")
    context = {"claim": found, "own": False, "decision_form": form}
    return render(request, "knowledge/claims/claim.html", context, status=422)


@require_GET
def claim_document(request: SignedInRequest, pk: int) -> FileResponse:
    """The document, for the claimant and the team: not for whoever owns the profile."""
    found = _find(request, pk)
    if found.document is None or not (
        request.user.is_staff or found.claimant_id == request.user.pk
    ):
        raise Http404
    return stream_file(found.document)


@require_GET
def claims(request: SignedInRequest) -> HttpResponse:
    """What waits for the team."""
    require(request.user, "knowledge.claim_decide")
    context = {"claims": claims_to_decide(viewer=request.user)}
    return render(request, "knowledge/claims/list.html", context)


@require_http_methods(["GET", "POST"])
def profile_people(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who edits a claimed profile, and to whom it is handed over."""
    actor = find_actor(request, public_id)
    require(request.user, "knowledge.profile_transfer", actor)
    form = HeirForm(request.POST or None, people=possible_heirs(viewer=request.user, actor=actor))
    if request.method == "POST" and form.is_valid():
        try:
            transfer_profile(by=request.user, actor=actor, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The profile has a new owner."))
            return redirect("knowledge:actor", public_id)
    context = {
        "actor": actor,
        "form": form,
        "members": members_of(viewer=request.user, actor=actor),
    }
    status = 422 if form.errors else 200
    return render(request, "knowledge/claims/people.html", context, status=status)


@require_POST
def editor_choose(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Let a member edit, or no longer."""
    actor = find_actor(request, public_id)
    membership = get_object_or_404(members_of(viewer=request.user, actor=actor), pk=pk)
    choose_editor(by=request.user, membership=membership, edits=request.POST.get("edits") == "yes")
    return redirect("knowledge:profile_people", public_id)


def _find(request: SignedInRequest, pk: int) -> Claim:
    return get_object_or_404(visible_claims(viewer=request.user), pk=pk)
