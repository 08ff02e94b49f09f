"""The receipt of a submission, to read, print, keep and check."""

import json
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from minka.core.documents import render_pdf
from minka.core.errors import NotFound, WrongState
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.queries.proposals import visible_receipts
from minka.innovation.queries.receipts import (
    canonical_text,
    receipts_key,
    signed_matches,
    still_matches,
)
from minka.innovation.sources.receipt_words import part_name, receipt_document
from minka.methods.sealing.keys import fingerprint


@require_GET
def receipt(request: SignedInRequest, number: str) -> HttpResponse:
    """Who handed in what, when exactly, and the fingerprints that prove it."""
    found = get_object_or_404(visible_receipts(viewer=request.user), number=number)
    zone = ZoneInfo(settings.TIME_ZONE)
    sealed_revision = found.sealed_parts.values_list("revision", flat=True).first()
    is_sealed = sealed_revision is not None
    said = json.loads(found.signed)["receipt"] if found.signed else {}
    context = {
        "receipt": found,
        "proposal": found.proposal,
        "challenge": found.proposal.challenge,
        "received_exactly": found.received_at.astimezone(zone).isoformat(),
        "deadline_exactly": found.deadline_at.astimezone(zone).isoformat(),
        "parts": [
            {**part, "label": part_name(part["name"], is_sealed=is_sealed)} for part in found.parts
        ],
        "total_bytes": sum(part["size_bytes"] for part in found.parts),
        "exception": said.get("exception"),
        "entry_sha256": said.get("ledger", {}).get("sha256", ""),
        "differs": bool(found.signed and signed_matches(found)),
        "matches": still_matches(found),
        "newest": found.proposal.receipts.latest("pk"),
        "is_sealed": is_sealed,
        "sealed_revision": sealed_revision,
        "key_fingerprint": fingerprint(receipts_key()) if found.signed else "",
    }
    return render(request, "innovation/proposals/receipt.html", context)


@require_GET
def receipt_text(request: SignedInRequest, number: str) -> HttpResponse:
    """The exact bytes of the words that the receipt vouches for, as long as they are unchanged."""
    found = get_object_or_404(visible_receipts(viewer=request.user), number=number)
    if found.sealed_parts.exists() or not still_matches(found):
        raise WrongState
    response = HttpResponse(canonical_text(found.proposal), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def receipt_signed(request: SignedInRequest, number: str) -> HttpResponse:
    """The signed receipt, as a file that proves itself."""
    found = get_object_or_404(visible_receipts(viewer=request.user), number=number)
    if not found.signed:
        raise NotFound
    response = HttpResponse(found.signed, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.receipt.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def receipt_pdf(request: SignedInRequest, number: str) -> HttpResponse:
    """The receipt to print and file, in the language of its reader."""
    found = get_object_or_404(visible_receipts(viewer=request.user), number=number)
    if not found.signed:
        raise NotFound
    document = render_pdf(
        "innovation/receipt.typ", receipt_document(found), made_at=found.received_at
    )
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def receipt_part(request: SignedInRequest, number: str, position: int) -> FileResponse:
    """One sealed part as it lies here: its fingerprint is the one of the receipt."""
    found = get_object_or_404(visible_receipts(viewer=request.user), number=number)
    part = get_object_or_404(found.sealed_parts.select_related("file"), position=position)
    return stream_file(part.file)
