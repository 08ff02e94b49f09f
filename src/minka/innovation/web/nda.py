"""The confidential part of a challenge: what one accepts, what opens then, and who opened it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.errors import DomainError, InvalidInput
from minka.core.http import SignedInRequest
from minka.innovation.actions.nda import accept_nda, open_nda
from minka.innovation.models import Challenge
from minka.innovation.queries.challenge_content import record_of
from minka.innovation.queries.challenges import challenge_page
from minka.innovation.queries.nda import (
    Standing,
    acceptances_of,
    openings_of,
    standing_of,
)
from minka.innovation.states import ChallengeState


@never_cache
@require_http_methods(["GET", "POST"])
def nda(request: SignedInRequest, slug: str) -> HttpResponse:
    """Read the agreement and accept it; who has accepted reads the confidential part."""
    found = _published(request, slug)
    standing = standing_of(viewer=request.user, challenge=found)
    if standing.text is None:
        raise Http404
    if request.method == "POST":
        return _accept(request, found, standing)
    if not standing.may_read:
        return _agreement(request, found, standing)
    open_nda(by=request.user, challenge=found)
    context = {"challenge": found, "record": record_of(found), "standing": standing}
    context["may_see_openings"] = request.user.has_perm("innovation.nda_log_view", found)
    return render(request, "innovation/challenges/nda.html", context)


@never_cache
@require_GET
def nda_openings(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who accepted, and who opened what and when: for representatives and the team."""
    found = _published(request, slug)
    if not request.user.has_perm("innovation.nda_log_view", found):
        raise Http404
    context = {
        "challenge": found,
        "openings": openings_of(viewer=request.user, challenge=found)[:500],
        "acceptances": acceptances_of(viewer=request.user, challenge=found),
    }
    return render(request, "innovation/challenges/nda_openings.html", context)


def _accept(request: SignedInRequest, found: Challenge, standing: Standing) -> HttpResponse:
    chosen = request.POST.get("actor", "")
    actor = next((one for one in standing.may_act_for if str(one.pk) == chosen), None)
    if actor is None or not request.POST.get("accept"):
        wrong = _("Choose your organisation and say that you accept.")
        return _agreement(request, found, standing, wrong=wrong, status=InvalidInput.status)
    try:
        accept_nda(
            by=request.user,
            challenge=found,
            actor=actor,
            sha256=request.POST.get("sha256", ""),
        )
    except DomainError as error:
        again = standing_of(viewer=request.user, challenge=found)
        return _agreement(request, found, again, wrong=str(error), status=error.status)
    messages.success(request, _("Your acceptance is on record. The confidential part is open."))
    return redirect("innovation:nda", found.slug)


def _agreement(
    request: SignedInRequest, found: Challenge, standing: Standing, **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    context = {"challenge": found, "standing": standing, **more}
    return render(request, "innovation/challenges/nda_agreement.html", context, status=status)


def _published(request: SignedInRequest, slug: str) -> Challenge:
    public = challenge_page(viewer=request.user).exclude(state=ChallengeState.DRAFT)
    return get_object_or_404(public, slug=slug)
