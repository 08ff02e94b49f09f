"""The session in which custodians give their shares: a rehearsal before, the openings after."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.opening import (
    open_economic_parts,
    open_proposals,
    rehearse_opening,
)
from minka.innovation.forms.sealing import OpeningForm
from minka.innovation.models import Call, CallKey, Challenge, OpeningSession
from minka.innovation.queries.challenges import call_of
from minka.innovation.queries.deadlines import promised_until
from minka.innovation.queries.envelopes import economic_waits
from minka.innovation.queries.openings import (
    economic_sealed,
    key_of,
    sealed_challenges,
    session_lines,
    sessions_of,
    still_sealed,
)
from minka.innovation.states import Envelope, KeyState


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
    form = OpeningForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        needed=key.needed,
        is_rehearsal=key.state == KeyState.MADE,
    )
    if request.method == "GET":
        return _page(request, found, key, form)
    if not form.is_valid():
        return _page(request, found, key, form, status=422)
    try:
        _say(request, _do(request, found, key, form))
    except DomainError as error:
        form.take(error)
        return _page(request, found, key, form, status=error.status)
    return redirect("innovation:opening", slug)


def _do(
    request: SignedInRequest, found: Challenge, key: CallKey, form: OpeningForm
) -> OpeningSession:
    given, present = form.given(), form.cleaned_data["present"]
    if key.state == KeyState.MADE:
        return rehearse_opening(by=request.user, challenge=found, given=given, present=present)
    is_economic = request.POST.get("envelope") == Envelope.ECONOMIC
    opens = open_economic_parts if is_economic else open_proposals
    minute = form.cleaned_data["minute"]
    return opens(by=request.user, challenge=found, given=given, present=present, minute=minute)


def _say(request: SignedInRequest, session: OpeningSession) -> None:
    if session.kind == "rehearsal":
        messages.success(request, _("The shares open what is sealed. The call can be published."))
    elif session.failures:
        messages.warning(request, _("Some proposals did not open; the session says which and why."))
    elif session.envelope == Envelope.TECHNICAL:
        messages.success(request, _("The technical parts were opened; the economic ones were not."))
    elif session.envelope == Envelope.ECONOMIC:
        messages.success(request, _("The economic parts were opened."))
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
    call = call_of(found)
    context = {
        "challenge": found,
        "call": call,
        "key": key,
        "form": form,
        "may_rehearse": key.state == KeyState.MADE
        and not key.holders().filter(confirmed_at__isnull=True).exists(),
        "sessions": [
            (session, session_lines(viewer=request.user, session=session))
            for session in sessions_of(viewer=request.user, challenge=found)
        ],
        **(_what_opens(found, call, key) if call else {}),
    }
    response = render(request, "innovation/sealing/opening.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _what_opens(found: Challenge, call: Call, key: CallKey) -> dict[str, Any]:
    """Return what may be opened now, and until when nothing may."""
    until = promised_until(challenge=found, call=call)
    in_force = key.state in {KeyState.IN_FORCE, KeyState.OPENED}
    in_time = in_force and timezone.now() >= until
    waiting = still_sealed(challenge=found).count()
    first = in_time and (key.state == KeyState.IN_FORCE or waiting > 0)
    later = call.has_envelopes and key.state == KeyState.OPENED and not first
    left = economic_sealed(challenge=found).exists()
    waits = economic_waits(challenge=found) if later and left else ""
    economic = later and left and in_time and not waits
    envelope = Envelope.TECHNICAL if call.has_envelopes else Envelope.WHOLE
    return {
        "until": until,
        "too_early": in_force and not in_time,
        "waiting": waiting,
        "economic_waits": waits,
        "may_open": first or economic,
        "envelope": Envelope.ECONOMIC if economic else envelope,
    }
