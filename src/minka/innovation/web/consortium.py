"""Pages of a consortium: the lead asks and shares out, the partner answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.consortium import (
    Share,
    answer_as_partner,
    ask_partner,
    leave_consortium,
    part_with,
    set_shares,
)
from minka.innovation.actions.partner_letters import ask_by_letter
from minka.innovation.forms.consortium import LetterForm, PartnerForm
from minka.innovation.models import Partner, Proposal
from minka.innovation.notices.consortium import members_of
from minka.innovation.queries.consortium import (
    lead_share,
    letters_of,
    own_partnerships,
    partners_in,
    past_partnerships,
)
from minka.innovation.queries.deadlines import deadline_for
from minka.innovation.queries.proposals import own_proposals, still_open


@require_http_methods(["GET", "POST"])
def consortium(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who proposes together; whoever leads asks, shares out and parts with."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    do = request.POST.get("do", "")
    forms = PartnerForm(), LetterForm(prefix="letter")
    if request.method == "GET":
        return _page(request, found, forms)
    if do == "ask":
        forms = PartnerForm(request.POST), forms[1]
    elif do == "write":
        forms = forms[0], LetterForm(request.POST, prefix="letter")
    bound = next((form for form in forms if form.is_bound), None)
    try:
        done = _act(request, found, bound)
    except DomainError as error:
        if bound is not None:
            bound.take(error)
            return _page(request, found, forms, status=error.status)
        return _page(request, found, forms, error=error, status=error.status)
    if done:
        messages.success(request, done)
        return redirect("innovation:consortium", found.public_id)
    return _page(request, found, forms, status=422)


def _act(request: SignedInRequest, found: Proposal, form: PartnerForm | LetterForm | None) -> str:
    """Do what the button says; return what was done, empty when the form is not right."""
    by, do = request.user, request.POST.get("do", "")
    if do == "shares":
        set_shares(by=by, proposal=found, shares=_shares(request))
        return _("The work is shared out.")
    if do.startswith("part-"):
        pk = do.removeprefix("part-")
        mine = found.partners.filter(pk=int(pk) if pk.isdecimal() and len(pk) < 10 else -1)
        part_with(by=by, partner=get_object_or_404(mine))
        return _("The organisation is not in the consortium any more, and was told.")
    if form is None or not form.is_valid():
        return ""
    share = Share(form.cleaned_data["share"], form.cleaned_data["does"])
    if isinstance(form, LetterForm):
        ask_by_letter(by=by, proposal=found, whom=form.whom(), share=share)
        return _("The letter is on its way. The organisation is in once somebody of it accepts.")
    actor = form.cleaned_data["organisation"]
    ask_partner(by=by, proposal=found, actor=actor, share=share)
    if not members_of(actor):
        return _(
            "The organisation was asked, but nobody of it has an account here yet: ask somebody "
            "of it by e-mail, too."
        )
    return _("The organisation was asked. It is in the consortium once it accepts.")


def _shares(request: SignedInRequest) -> dict[int, Share]:
    found = {}
    for name, value in request.POST.items():
        pk = name.removeprefix("share-")
        if name.startswith("share-") and pk.isdecimal() and len(pk) < 10:
            percent = str(value).strip()
            is_number = percent.isdecimal() and len(percent) < 4
            found[int(pk)] = Share(
                int(percent) if is_number else 0, str(request.POST.get(f"does-{pk}", ""))
            )
    return found


def _page(
    request: SignedInRequest,
    found: Proposal,
    forms: tuple[PartnerForm, LetterForm],
    *,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "proposal": found,
        "challenge": found.challenge,
        "partners": partners_in(found),
        "lead_share": lead_share(found),
        "is_lead": request.user.has_perm("innovation.consortium_lead", found),
        "may_change": found.is_writable and still_open(found),
        "form": forms[0],
        "letter_form": forms[1],
        "letters": letters_of(viewer=request.user, proposal=found),
        "error": error,
    }
    return render(request, "innovation/proposals/consortium.html", context, status=status)


@require_http_methods(["GET", "POST"])
def partner(request: SignedInRequest, pk: int) -> HttpResponse:
    """What an organisation was asked, and its answer."""
    found: Partner | None = own_partnerships(viewer=request.user).filter(pk=pk).first()
    if found is None:
        get_object_or_404(past_partnerships(viewer=request.user), pk=pk)
        return render(request, "innovation/proposals/partner_over.html", status=410)
    error = None
    if request.method == "POST":
        do = request.POST.get("do", "")
        try:
            if do == "leave":
                leave_consortium(by=request.user, partner=found)
                messages.success(request, _("Your organisation is not in the consortium any more."))
                return redirect("innovation:proposals")
            answer_as_partner(by=request.user, partner=found, accept=do == "accept")
        except DomainError as caught:
            error = caught
            found.refresh_from_db()
        else:
            if do != "accept":
                messages.success(request, _("Your answer was sent."))
                return redirect("innovation:proposals")
            messages.success(request, _("You are in the consortium: you read and write the draft."))
            return redirect("innovation:proposal", found.proposal.public_id)
    call = found.proposal.challenge.call
    context = {
        "partner": found,
        "challenge": found.proposal.challenge,
        "deadline": deadline_for(call=call, lead_id=found.proposal.lead_id).at,
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "innovation/proposals/partner.html", context, status=status)
