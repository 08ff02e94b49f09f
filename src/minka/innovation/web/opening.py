"""The session in which custodians give their shares: a rehearsal before, the opening after."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.opening import open_proposals, rehearse_opening
from minka.innovation.forms.sealing import OpeningForm
from minka.innovation.models import CallKey, Challenge, OpeningSession
from minka.innovation.queries.deadlines import promised_until
from minka.innovation.queries.openings import (
    key_of,
    sealed_challenges,
    session_lines,
    sessions_of,
    still_sealed,
)
from minka.innovation.states import KeyState


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def opening(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give k shares: before publication to try, after the deadline to open."""
    found = get_object_or_404(sealed_challenges(viewer=request.user), slug=slug)
    key = key_of(found)
    if not request.user.has_perm("innovation.seal_open", found):
        raise NotAllowed
    if key is None:
        raise Http404
    is_rehearsal = key.state == KeyState.MADE
    form = OpeningForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        needed=key.needed,
        is_rehearsal=is_rehearsal,
    )
    if request.method == "GET":
        return _page(request, found, key, form)
    if not form.is_valid():
        return _page(request, found, key, form, status=422)
    try:
        _say(request, _do(request, found, form, is_rehearsal=is_rehearsal))
    except DomainError as error:
        form.take(error)
        return _page(request, found, key, form, status=error.status)
    return redirect("innovation:opening", slug)


def _do(
    request: SignedInRequest, found: Challenge, form: OpeningForm, *, is_rehearsal: bool
) -> OpeningSession:
    given, present = form.given(), form.cleaned_data["present"]
    if is_rehearsal:
        return rehearse_opening(by=request.user, challenge=found, given=given, present=present)
    minute = form.cleaned_data["minute"]
    return open_proposals(
        by=request.user, challenge=found, given=given, present=present, minute=minute
    )


def _say(request: SignedInRequest, session: OpeningSession) -> None:
    if session.kind == "rehearsal":
        messages.success(request, _("The shares open what is sealed. The call can be published."))
    elif session.failures:
        messages.warning(request, _("Some proposals did not open; the session says which and why."))
    else:
        messages.success(request, _("Every proposal was opened."))


def _page(
    request: SignedInRequest,
    found: Challenge,
    key: CallKey,
    form: OpeningForm,
    *,
    status: int = 200,
) -> HttpResponse:
    call = found.call
    until = promised_until(challenge=found, call=call)
    waiting = still_sealed(challenge=found).count()
    in_force = key.state in {KeyState.IN_FORCE, KeyState.OPENED}
    unconfirmed = key.custodians.filter(confirmed_at__isnull=True)
    context = {
        "challenge": found,
        "call": call,
        "key": key,
        "form": form,
        "until": until,
        "too_early": in_force and timezone.now() < until,
        "may_open": in_force
        and timezone.now() >= until
        and (key.state == KeyState.IN_FORCE or waiting > 0),
        "may_rehearse": key.state == KeyState.MADE and not unconfirmed.exists(),
        "waiting": waiting,
        "custodians": key.custodians.select_related("user", "organisation"),
        "sessions": [
            (session, session_lines(viewer=request.user, session=session))
            for session in sessions_of(viewer=request.user, challenge=found)
        ],
    }
    response = render(request, "innovation/sealing/opening.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
