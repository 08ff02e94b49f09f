"""Pages of a solver's proposals: the list, beginning one, reading one, handing it in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput, WrongState
from minka.core.http import SignedInRequest
from minka.innovation.actions.handing_in import submit_proposal
from minka.innovation.actions.own_name import start_in_own_name
from minka.innovation.actions.proposals import (
    reopen_proposal,
    start_proposal,
    stop_replacing,
    withdraw_proposal,
)
from minka.innovation.forms.proposals import LeadForm, ProposalForm, WithdrawForm
from minka.innovation.models import Challenge, Proposal
from minka.innovation.queries.consortium import (
    asked_of,
    lead_share,
    partners_in,
    partners_that_count,
)
from minka.innovation.queries.decisions import released_decision
from minka.innovation.queries.evaluation_modes import evaluators_told
from minka.innovation.queries.inquiries import asked_of_solver
from minka.innovation.queries.letters import visible_letters
from minka.innovation.queries.proposal_figures import changes_by_proposal, changes_not_submitted
from minka.innovation.queries.proposals import (
    answerable_challenges,
    deadline_of,
    is_open_until,
    latest_deadline,
    own_organisations,
    own_proposals,
    still_open,
    visible_proposals,
)
from minka.innovation.queries.proposals_completeness import missing_for_submission
from minka.innovation.queries.proposals_steps import proposal_steps
from minka.innovation.states import ProposalState
from minka.knowledge.queries.memberships import own_name_entries


@require_GET
def proposals(request: SignedInRequest) -> HttpResponse:
    """The proposals of my organisations."""
    mine = list(own_proposals(viewer=request.user))
    changes = changes_by_proposal(mine)
    for proposal in mine:
        proposal.unsubmitted = changes.get(proposal.pk)  # type: ignore[attr-defined]  # what the page reads of it
        proposal.in_time = still_open(proposal)  # type: ignore[attr-defined]  # what the page reads of it
        proposal.deadline = deadline_of(proposal)  # type: ignore[attr-defined]  # what the page reads of it
    context = {"proposals": mine, "asked": asked_of(viewer=request.user)}
    return render(request, "innovation/proposals/proposals.html", context)


@require_http_methods(["GET", "POST"])
def proposal_start(request: SignedInRequest, slug: str) -> HttpResponse:
    """In whose name to answer a challenge; one click when there is only one organisation."""
    challenge = get_object_or_404(answerable_challenges(), slug=slug)
    organisations = own_organisations(viewer=request.user)
    form = LeadForm(request.POST if request.method == "POST" else None, organisations=organisations)
    if len(organisations) == 1:
        form.fields["lead"].initial = organisations[0].public_id
    is_own_name = request.POST.get("do") == "own-name"
    if request.method == "POST" and (form.is_valid() or is_own_name):
        try:
            proposal = _start(request, challenge, None if is_own_name else form)
        except DomainError as error:
            form.take(error)
            return _start_page(request, form, challenge, organisations, status=error.status)
        return redirect("innovation:proposal_edit", proposal.public_id)
    status = 422 if form.errors else 200
    return _start_page(request, form, challenge, organisations, status=status)


def _start(request: SignedInRequest, challenge: Challenge, form: LeadForm | None) -> Proposal:
    """Begin in the name of what was chosen, or in the person's own."""
    if form is None:
        return start_in_own_name(by=request.user, challenge=challenge)
    return start_proposal(by=request.user, challenge=challenge, lead=form.cleaned_data["lead"])


def _start_page(
    request: SignedInRequest, form: LeadForm, challenge: Any, organisations: Any, *, status: int
) -> HttpResponse:
    deadline = latest_deadline(viewer=request.user, call=challenge.call)
    context = {
        "form": form,
        "challenge": challenge,
        "organisations": organisations,
        "deadline": deadline,
        "is_open": is_open_until(challenge.call, deadline),
        "live": own_proposals(viewer=request.user)
        .filter(challenge=challenge)
        .exclude(state=ProposalState.WITHDRAWN),
        "shows_own_name": not own_name_entries(viewer=request.user).exists(),
        "organisation_links": _organisation_links(request.path),
    }
    return render(request, "innovation/proposals/proposal_start.html", context, status=status)


def _organisation_links(back: str) -> dict[str, str]:
    """Return where to join or create an organisation, with the way back here."""
    pages = ("organisation_new", "my_organisations")
    return {name: f"{reverse(f'knowledge:{name}')}?next={back}" for name in pages}


@require_GET
def proposal(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One proposal as it will be, or was, handed in."""
    found = get_object_or_404(visible_proposals(viewer=request.user), public_id=public_id)
    return proposal_page(request, found)


def proposal_page(
    request: SignedInRequest,
    found: Proposal,
    *,
    error: DomainError | None = None,
    withdraw_form: WithdrawForm | None = None,
) -> HttpResponse:
    """Render the record page; an error of an action shows on it, with its status."""
    is_own = own_proposals(viewer=request.user).filter(pk=found.pk).exists()
    draft = found.is_writable
    context = {
        "deadline": deadline_of(found),
        "is_draft": draft,
        "proposal": found,
        "challenge": found.challenge,
        "is_own": is_own,
        "in_time": still_open(found),
        "files": found.attachments.select_related("file"),
        "asked": asked_of_solver(viewer=request.user, proposal=found),
        "evaluators_told": evaluators_told(viewer=request.user, proposal=found),
        "receipts": list(found.receipts.order_by("-pk")) if is_own else [],
        "missing": _missing(found) if draft else [],
        "steps": proposal_steps(found) if is_own else [],
        "is_lead": request.user.has_perm("innovation.consortium_lead", found),
        "partners": partners_in(found) if is_own else partners_that_count(found),
        "lead_share": lead_share(found),
        "unsubmitted": changes_not_submitted(found) if is_own else None,
        "released": released_decision(viewer=request.user, proposal=found),
        "letter": visible_letters(viewer=request.user).filter(proposal=found).last(),
        "error": error,
        "withdraw_form": withdraw_form or WithdrawForm(),
    }
    status = error.status if error else 200
    return render(request, "innovation/proposals/proposal.html", context, status=status)


def _missing(found: Proposal) -> list[dict[str, Any]]:
    """Return what a draft lacks, each with the field of the editor that it belongs to."""
    form = ProposalForm.for_draft(found)
    editor = reverse("innovation:proposal_edit", args=[found.public_id])
    return [
        {
            "label": form.fields[name].label,
            "message": message,
            "url": f"{editor}#id_{name}",
        }
        for name, message in missing_for_submission(found).items()
    ]


@require_POST
def proposal_submit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Hand in; a second click lands on the receipt of the first."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    try:
        receipt = submit_proposal(
            by=request.user,
            proposal=found,
            revision=_revision(request),
            keep_copy="keep_copy" in request.POST,
        )
    except WrongState as error:
        found.refresh_from_db()
        if found.state == ProposalState.SUBMITTED and not found.is_being_replaced:
            messages.info(request, _("This proposal was already submitted; this is its receipt."))
            return redirect("innovation:receipt", found.receipts.latest("pk").number)
        return proposal_page(request, found, error=error)
    except (Conflict, InvalidInput) as error:
        found.refresh_from_db()
        return proposal_page(request, found, error=error)
    messages.success(request, _("Your proposal is submitted. Keep the receipt."))
    return redirect("innovation:receipt", receipt.number)


@require_POST
def proposal_reopen(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Back to draft, until the call closes."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    try:
        reopen_proposal(by=request.user, proposal=found)
    except DomainError as error:
        found.refresh_from_db()
        return proposal_page(request, found, error=error)
    messages.warning(
        request,
        _("What is sealed goes on counting until you submit another text in its place.")
        if found.is_sealed
        else _("The proposal is a draft again. It does not count until you submit it once more."),
    )
    return redirect("innovation:proposal_edit", found.public_id)


@require_POST
def proposal_keep(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Stop writing another text: what was sealed stays as it is."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    try:
        stop_replacing(by=request.user, proposal=found)
    except DomainError as error:
        found.refresh_from_db()
        return proposal_page(request, found, error=error)
    messages.success(request, _("The sealed proposal stays as it was submitted."))
    return redirect("innovation:proposal", found.public_id)


@require_POST
def proposal_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Withdraw for good; the name of the organisation confirms it."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    typed = request.POST.get("confirmation", "")
    try:
        withdraw_proposal(by=request.user, proposal=found, confirmation=typed)
    except DomainError as error:
        found.refresh_from_db()
        return proposal_page(request, found, error=error)
    messages.success(request, _("Your proposal is withdrawn."))
    return redirect("innovation:proposals")


def _revision(request: SignedInRequest) -> int:
    """Return the revision that the page showed; -1, which never matches, when it is missing."""
    value = request.POST.get("revision", "")
    return int(value) if value.isdecimal() and len(value) < 10 else -1
