"""A person's own data, and what the cluster does with it."""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.actions.personal import answer_erasure, export_own_data, request_erasure
from minka.core.http import SignedInRequest
from minka.core.queries.personal import erasures_to_answer, own_erasure


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Which data of people is kept, what for, and what they can ask."""
    return render(request, "core/privacy.html")


@require_http_methods(["GET", "POST"])
def my_data(request: SignedInRequest) -> HttpResponse:
    """Take one's data along, or ask to be forgotten."""
    if request.method == "POST":
        request_erasure(by=request.user, message=request.POST.get("message", ""))
        messages.success(request, _("Your request is on its way to the cluster team."))
        return redirect("core:my_data")
    return render(request, "core/my_data.html", {"erasure": own_erasure(viewer=request.user)})


@require_POST
def my_data_download(request: SignedInRequest) -> HttpResponse:
    """Everything that concerns the person, as JSON in an archive."""
    data = export_own_data(by=request.user)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("datos.json", json.dumps(data, ensure_ascii=False, indent=2))
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="mis-datos.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def erasures(request: SignedInRequest) -> HttpResponse:
    """Who asks to be forgotten."""
    require(request.user, "core.person_erase")
    context = {"erasures": erasures_to_answer(viewer=request.user)}
    return render(request, "core/erasures.html", context)


@require_POST
def erasure_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget, or refuse with a reason."""
    found = get_object_or_404(erasures_to_answer(viewer=request.user), pk=pk)
    carry_out = request.POST.get("answer") == "erase"
    reason = request.POST.get("reason", "")
    answer_erasure(by=request.user, request=found, carry_out=carry_out, reason=reason)
    messages.success(request, _("The request is answered."))
    return redirect("core:erasures")
