"""How anybody checks a receipt: the public key, the words about it, and a page for offline use."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from minka.core.http import SignedInRequest
from minka.innovation.queries.receipts import receipts_key
from minka.methods.sealing.keys import fingerprint
from minka.methods.sealing.receipts import key_text

CHECKER = Path(__file__).resolve().parents[1] / "data" / "receipt_checker.html"


@login_not_required
@require_GET
def receipt_check(request: SignedInRequest) -> HttpResponse:
    """What a receipt proves, the key it is checked with, and how."""
    key = receipts_key()
    context = {"key": key_text(key), "fingerprint": fingerprint(key)}
    return render(request, "innovation/sealing/receipt_check.html", context)


@login_not_required
@require_GET
def receipt_key(_request: SignedInRequest) -> HttpResponse:
    """The public key of receipts, in base 64, and nothing else."""
    return HttpResponse(key_text(receipts_key()) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
def receipt_checker(_request: SignedInRequest) -> HttpResponse:
    """The page for offline use, with the key of this installation in it, as a download."""
    page = CHECKER.read_text(encoding="utf-8").replace("__KEY__", key_text(receipts_key()))
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="minka-constancia.html"'
    return response
