"""Ask whether profiles are still right, and the page that the link of the letter opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.freshness import answer_confirmation, start_campaign
from minka.knowledge.forms.claims import AnswerForm, CampaignForm
from minka.knowledge.notices.letters import confirmation_id_of
from minka.knowledge.queries.freshness import (
    answers_that_say_more,
    campaigns,
    confirmation_of,
    rates_by,
)
from minka.knowledge.states import ActorKind, Freshness
from minka.knowledge.web.rows import where


@require_http_methods(["GET", "POST"])
def campaign_list(request: SignedInRequest) -> HttpResponse:
    """The rounds with their answers, and a form to start one."""
    require(request.user, "knowledge.campaign_start")
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            started = start_campaign(by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The letters are on their way."))
            return redirect("knowledge:campaign", started.pk)
    context = {"form": form, "campaigns": campaigns(viewer=request.user)}
    status = 422 if form.errors else 200
    return render(request, "knowledge/freshness/campaigns.html", context, status=status)


@require_GET
def campaign(request: SignedInRequest, pk: int) -> HttpResponse:
    """One round: response rates by type and region, and who says that something has changed."""
    require(request.user, "knowledge.campaign_start")
    found = get_object_or_404(campaigns(viewer=request.user), pk=pk)
    kinds = {str(kind.value): str(kind.label) for kind in ActorKind}
    by_kind = rates_by(viewer=request.user, campaign=found, column="kind")
    context = {
        "campaign": found,
        "tables": [
            (_("Type of organisation"), [(kinds.get(one.label, "—"), one) for one in by_kind]),
            (
                _("Region"),
                [
                    (one.label or _("Not known"), one)
                    for one in rates_by(viewer=request.user, campaign=found, column="region__name")
                ],
            ),
        ],
        "notes": answers_that_say_more(viewer=request.user, campaign=found)[:100],
    }
    return render(request, "knowledge/freshness/campaign.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of a letter opens: looking changes nothing, only the button does."""
    pk = confirmation_id_of(token=token)
    found = confirmation_of(viewer=request.user, pk=pk) if pk else None
    if found is None:
        raise Http404
    says_more = request.POST.get("answer") == "changed"
    form = AnswerForm(request.POST if says_more else None)
    if request.method == "POST" and (not says_more or form.is_valid()):
        changed = form.cleaned_data["changed"] if says_more else ""
        answer_confirmation(confirmation=found, changed=changed)
        return redirect("knowledge:confirmation", token)
    context = {
        "confirmation": found,
        "actor": found.actor,
        "where": where(found.actor),
        "form": form,
        "waiting": found.state == Freshness.WAITING,
        "expired": found.expires_at <= timezone.now(),
    }
    response = render(
        request,
        "knowledge/freshness/confirmation.html",
        context,
        status=422 if form.errors else 200,
    )
    # “no-referrer” would take the origin from the form, which is then refused as a forgery
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
