"""Who could answer a challenge, inviting them, and what they find behind their link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.invitations import (
    decline_invitation,
    invite_outsider,
    invite_solvers,
    open_invitation,
)
from minka.innovation.forms.invitations import DeclineForm, InviteForm, OutsiderForm
from minka.innovation.models import Challenge, SolverInvitation
from minka.innovation.notices.invitations import invitation_id_of
from minka.innovation.queries.challenges import challenge_page
from minka.innovation.queries.solvers import (
    address_of,
    invitation_by_link,
    invitations_of,
    likely_solvers,
)
from minka.innovation.states import CallPhase, ChallengeState
from minka.knowledge.queries.directory import visible_actors


@require_http_methods(["GET", "POST"])
def solvers(request: SignedInRequest, slug: str) -> HttpResponse:
    """The ranked list with its reasons, the gaps, and who was invited; ticking invites."""
    found = _challenge(request, slug)
    form = InviteForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            ids = [int(pk) for pk in request.POST.getlist("actor") if pk.isdigit()]
            chosen = visible_actors(viewer=request.user).filter(pk__in=ids).select_related("owner")
            note = form.cleaned_data["note"]
            try:
                made = invite_solvers(by=request.user, challenge=found, actors=chosen, note=note)
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                _tell(request, len(made))
                return redirect("innovation:solvers", slug)
    return _page(request, found, form, OutsiderForm(), status)


@require_POST
def solver_outsider(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite somebody who is not on the map."""
    found = _challenge(request, slug)
    form = OutsiderForm(request.POST)
    status = 422
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            invite_outsider(by=request.user, challenge=found, whom=form.whom(), note=note)
        except DomainError as error:
            form.take(error)
            status = error.status
        else:
            _tell(request, 1)
            return redirect("innovation:solvers", slug)
    return _page(request, found, InviteForm(), form, status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def solver_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invited organisation finds: the challenge, how to answer, and a way to say no.

    Opening is noted by a visit alone, so that programs that look at links in letters count, too:
    the list of invitations says so.
    """
    number = invitation_id_of(token=token)
    invitation = None if number is None else invitation_by_link(invitation_id=number)
    if invitation is None:
        raise Http404
    open_invitation(invitation=invitation)
    form = DeclineForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decline_invitation(invitation=invitation, reason=form.cleaned_data["reason"])
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                return redirect("innovation:solver_invitation", token)
    context = {
        "invitation": invitation,
        "challenge": invitation.challenge,
        "call": invitation.challenge.call,
        "is_open": invitation.challenge.call.phase in {CallPhase.UPCOMING, CallPhase.OPEN},
        "form": form,
    }
    return render(request, "innovation/solvers/invitation.html", context, status=status)


def _challenge(request: SignedInRequest, slug: str) -> Challenge:
    if not request.user.has_perm("innovation.challenge_write"):
        raise NotAllowed
    return get_object_or_404(challenge_page(viewer=request.user), slug=slug)


def _page(
    request: SignedInRequest, found: Challenge, form: InviteForm, other: OutsiderForm, status: int
) -> HttpResponse:
    only_ripe = request.GET.get("ripe") == "1"
    solvers = likely_solvers(viewer=request.user, challenge=found, only_ripe=only_ripe)
    invitations: list[SolverInvitation] = list(invitations_of(viewer=request.user, challenge=found))
    call = getattr(found, "call", None)
    context = {
        "challenge": found,
        "solvers": solvers,
        "reachable": {one.actor.pk for one in solvers.listed if address_of(one.actor)},
        "invitations": invitations,
        "only_ripe": only_ripe,
        "may_invite": found.state == ChallengeState.PUBLISHED
        and call is not None
        and call.phase in {CallPhase.UPCOMING, CallPhase.OPEN},
        "form": form,
        "outsider": other,
    }
    return render(request, "innovation/solvers/list.html", context, status=status)


def _tell(request: SignedInRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nobody new was invited: tick organisations with an address."))
        return
    messages.success(
        request,
        ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count
        )
        % {"count": count},
    )
