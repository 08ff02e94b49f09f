"""The page that seals a proposal in the browser, and where the sealed parts arrive."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from minka.core.arrivals import Arrival, files_arriving
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.innovation.actions.attachments import MOST_FILES
from minka.innovation.actions.browser_sealing import submit_sealed
from minka.innovation.actions.sealed_arrivals import ReceivedArrival
from minka.innovation.forms.browser_sealed import sealing_form
from minka.innovation.models import Proposal
from minka.innovation.models.locked_words import ECONOMIC
from minka.innovation.queries.openings import key_in_force
from minka.innovation.queries.proposals import deadline_of, own_proposals, still_open
from minka.innovation.states import ProposalState
from minka.innovation.web.expiry import keeps_words
from minka.innovation.web.proposal_sections import sections_of
from minka.methods.sealing.keys import fingerprint


@require_GET
def browser_seal(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write and seal without sending a word; whoever cannot do it here goes to the editor."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    key = key_in_force(proposal=found)
    may = found.is_writable and found.is_sealed and still_open(found)
    if not may or key is None:
        return redirect("innovation:proposal", found.public_id)
    form = sealing_form(found)
    context = {
        "proposal": found,
        "challenge": found.challenge,
        "deadline": deadline_of(found),
        "form": form,
        "sections": sections_of(form, {}, found),
        "most_files": MOST_FILES,
        "economic": " ".join(sorted(ECONOMIC)) if found.challenge.call.has_envelopes else "",
        "key": key,
        "fingerprint": fingerprint(bytes.fromhex(key.public_key)),
    }
    return render(request, "innovation/proposals/browser_seal.html", context)


@csrf_exempt  # the check reads the form: `_received` does it, once it is known where files go
@keeps_words
@require_POST
def browser_sealed(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take the sealed parts; the answer, for the page's script, says what was received."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)

    def begin(field: str, _name: str, _head: bytes) -> Arrival | None:
        return ReceivedArrival(by=request.user) if field == "part" else None

    with files_arriving(request, begin):
        return _received(request, found)


@csrf_protect
def _received(request: SignedInRequest, found: Proposal) -> JsonResponse:
    revision = request.POST.get("revision", "")
    try:
        receipt = submit_sealed(
            by=request.user,
            proposal=found,
            revision=int(revision) if revision.isdecimal() and len(revision) < 10 else -1,
            parts=request.FILES.getlist("part"),
        )
    except DomainError as error:
        answer = {"detail": str(error), "code": error.code, **_receipt_of(found)}
        return JsonResponse(answer, status=error.status)
    url = reverse("innovation:receipt", args=[receipt.number])
    return JsonResponse({"url": url, "sha256": [part["sha256"] for part in receipt.parts]})


def _receipt_of(found: Proposal) -> dict[str, str]:
    """Return where the receipt is when it was handed in already: an answer may have been lost."""
    found.refresh_from_db()
    if found.state != ProposalState.SUBMITTED or found.is_being_replaced:
        return {}
    return {"url": reverse("innovation:receipt", args=[found.receipts.latest("pk").number])}
