"""What helps to write a draft: who else is in it, and what one has said before."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.core.templatetags.formats import in_zone
from minka.innovation.actions.presence import note_presence
from minka.innovation.actions.proposal_reuse import take_piece
from minka.innovation.forms.proposals import ProposalForm
from minka.innovation.models import Proposal
from minka.innovation.queries.presence import Present, present_in
from minka.innovation.queries.proposal_reuse import pieces_for
from minka.innovation.queries.proposals import deadline_of, own_proposals


@require_POST
def proposal_presence(request: SignedInRequest, public_id: str) -> JsonResponse:
    """Say that one is in the draft, and learn who else is; for the page's script."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    form = ProposalForm.for_draft(found)
    place = request.POST.get("place", "")
    note_presence(by=request.user, proposal=found, place=place if place in form.fields else "")
    others = present_in(viewer=request.user, proposal=found)
    said = [_sentence(one, form) for one in others]
    return JsonResponse({"revision": found.revision, "people": said, **clock_of(found)})


def clock_of(found: Proposal) -> dict[str, str]:
    """Return what the clocks of an open page go by: the server's, and the deadline in force now."""
    deadline = deadline_of(found)
    return {
        "now": timezone.now().isoformat(),
        "closes_at": deadline.isoformat(),
        "closes": in_zone(deadline, ZoneInfo(settings.TIME_ZONE)),
    }


def _sentence(one: Present, form: ProposalForm) -> str:
    table = one.place.partition("-")[0]
    titles = {part.key: part.title for part in form.parts}
    if table in titles:
        label = titles[table]
    elif one.place in form.fields:
        label = str(form.fields[one.place].label)
    else:
        return _("%(name)s has this draft open.") % {"name": one.name}
    return _("%(name)s is writing in “%(part)s”.") % {"name": one.name, "part": label}


@require_http_methods(["GET", "POST"])
def proposal_reuse(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What may be taken over from the profile and from earlier proposals, piece by piece."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    error = None
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        try:
            take_piece(
                by=request.user,
                proposal=found,
                revision=int(revision) if revision.isdecimal() and len(revision) < 10 else -1,
                key=request.POST.get("piece", ""),
            )
        except DomainError as caught:
            error = caught
            found.refresh_from_db()
        else:
            messages.success(request, _("Taken over; adapt it to this challenge."))
            return redirect("innovation:proposal_reuse", found.public_id)
    context = {
        "proposal": found,
        "challenge": found.challenge,
        "pieces": pieces_for(viewer=request.user, proposal=found),
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "innovation/proposals/reuse.html", context, status=status)
