"""Pages on which the team begins an agreement, or registers one that was signed elsewhere."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError, InvalidInput, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.agreement_beginnings import (
    Parties,
    SignedElsewhere,
    register_agreement,
    start_agreement,
)
from minka.innovation.forms.agreements import RegisterForm, Sides, StartForm
from minka.innovation.models import Agreement, Decision
from minka.innovation.queries.agreements import agreements_to_follow, decisions_to_agree_on
from minka.innovation.queries.consortium import partners_that_count
from minka.innovation.states.agreements import AgreementKind, PartyRole
from minka.knowledge.models import Actor


@require_http_methods(["GET", "POST"])
def agreement_new(request: SignedInRequest) -> HttpResponse:
    """From which decision an agreement begins; the team alone."""
    if not request.user.is_staff:
        raise NotAllowed
    decisions = decisions_to_agree_on(viewer=request.user)
    chosen = request.POST.get("decision") or request.GET.get("decision")
    if not chosen:
        return render(request, "innovation/agreements/decisions.html", {"decisions": decisions})
    decision = get_object_or_404(decisions, proposal__public_id=chosen)
    form = _start_form(request, decision)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            made = start_agreement(
                by=request.user,
                decision=decision,
                facts=form.facts(),
                parties=Parties(said["companies"], said["partners"], said["with_cluster"]),
                follows=said["follows"],
            )
        except DomainError as error:
            form.take(error)
        else:
            return redirect("innovation:agreement_text", made.public_id)
    context = {"form": form, "decision": decision, "proposal": decision.proposal}
    status = InvalidInput.status if form.errors else 200
    return render(request, "innovation/agreements/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def agreement_register(request: SignedInRequest) -> HttpResponse:
    """An agreement that was signed elsewhere, with its document; the team alone."""
    if not request.user.is_staff:
        raise NotAllowed
    earlier = agreements_to_follow(viewer=request.user)
    if request.method == "GET" or request.POST.get("do") == "search":
        form = RegisterForm(initial=_begin(request, earlier), earlier=earlier)
        form.narrow()
        return render(request, "innovation/agreements/register.html", {"form": form})
    form = RegisterForm(request.POST, request.FILES, earlier=earlier)
    if form.is_valid():
        companies, solvers = form.actors("company"), form.actors("solver")
        said = form.cleaned_data
        if not form.errors:
            try:
                made = register_agreement(
                    by=request.user,
                    facts=form.facts(),
                    parties=Parties(companies, solvers),
                    signed=SignedElsewhere(
                        said["signed_on"], said["document"], follows=said["follows"]
                    ),
                )
            except DomainError as error:
                form.take(error)
            else:
                return redirect("innovation:agreement", made.public_id)
    status = InvalidInput.status
    return render(request, "innovation/agreements/register.html", {"form": form}, status=status)


def _start_form(request: SignedInRequest, decision: Decision) -> StartForm:
    """Return the form with whom the decision binds: companies, and partners of the proposal."""
    proposal = decision.proposal
    companies = Actor.objects.filter(
        Q(problems__challenges=proposal.challenge)
        | Q(pk__in=proposal.challenge.problems.values("partners"))
    ).distinct()
    partners = Actor.objects.filter(pk__in=[one.actor_id for one in partners_that_count(proposal)])
    near = Q(decision__proposal__challenge=proposal.challenge) | Q(parties__actor=proposal.lead)
    initial = {
        "title": proposal.title,
        "value_usd": proposal.requested_usd,
        "kind": AgreementKind.PILOT,
        "companies": [one.public_id for one in companies],
        "partners": [one.public_id for one in partners],
    }
    earlier = agreements_to_follow(viewer=request.user).filter(near).distinct()
    sides = Sides(companies, partners, earlier)
    posted = request.POST if request.method == "POST" else None
    return StartForm(posted, initial=initial, sides=sides)


def _begin(request: HttpRequest, earlier: Any) -> dict[str, Any]:
    """Return what registering starts from: what was typed, or the parties of what it follows."""
    if request.method == "POST":
        return request.POST.dict()
    chosen = request.GET.get("sigue", "")
    pilot = next((one for one in earlier if str(one.public_id) == chosen), None)
    if pilot is None:
        return {}
    return {
        "follows": pilot.public_id,
        "company": _codes(pilot, PartyRole.COMPANY),
        "solver": _codes(pilot, PartyRole.SOLVER),
    }


def _codes(agreement: Agreement, role: PartyRole) -> str:
    actors = [one.actor for one in agreement.parties.all() if one.role == role and one.actor]
    return " ".join(one.public_id for one in actors)
