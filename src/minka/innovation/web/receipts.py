"""The receipt of a submission, to read, print and check."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from minka.core.errors import WrongState
from minka.core.http import SignedInRequest
from minka.innovation.queries.proposals import visible_receipts
from minka.innovation.queries.receipts import canonical_text, still_matches


@require_GET
def receipt(request: SignedInRequest, number: str) -> HttpResponse:
    """Who handed in what, when exactly, and the fingerprints that prove it."""
    found = get_object_or_404(visible_receipts(viewer=request.user), number=number)
    zone = ZoneInfo(settings.TIME_ZONE)
    context = {
        "receipt": found,
        "proposal": found.proposal,
        "challenge": found.proposal.challenge,
        "received_exactly": found.received_at.astimezone(zone).isoformat(),
        "deadline_exactly": found.deadline_at.astimezone(zone).isoformat(),
        "total_bytes": sum(part["size_bytes"] for part in found.parts),
        "matches": still_matches(found),
        "newest": found.proposal.receipts.latest("pk"),
    }
    return render(request, "innovation/proposals/receipt.html", context)


@require_GET
def receipt_text(request: SignedInRequest, number: str) -> HttpResponse:
    """The exact bytes of the words that the receipt vouches for, as long as they are unchanged."""
    found = get_object_or_404(visible_receipts(viewer=request.user), number=number)
    if not still_matches(found):
        raise WrongState
    response = HttpResponse(canonical_text(found.proposal), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    response["Cache-Control"] = "private, no-store"
    return response
