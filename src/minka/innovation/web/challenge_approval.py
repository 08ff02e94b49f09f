"""Pages where a challenge is read and approved before everybody may read it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError, InvalidInput
from minka.core.http import SignedInRequest
from minka.innovation.actions.challenge_approvals import answer_approval, ask_approval
from minka.innovation.forms.challenges import ApprovalForm
from minka.innovation.models import Challenge
from minka.innovation.queries.challenge_approvals import (
    drafts_to_read,
    own_seats,
    visible_seats,
)
from minka.innovation.queries.challenge_content import (
    content_of,
    fingerprint,
    has_nda,
    record_of,
)
from minka.innovation.queries.challenges import named_companies


@never_cache
@require_http_methods(["GET", "POST"])
def challenge_approval(request: SignedInRequest, slug: str) -> HttpResponse:
    """What everybody will read, what only solvers under confidentiality will, and the answer."""
    found = get_object_or_404(drafts_to_read(viewer=request.user), slug=slug)
    if request.method == "GET":
        return _page(request, found)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=InvalidInput.status)
    approves = request.POST.get("do") == "approve"
    try:
        answer_approval(by=request.user, challenge=found, approves=approves, **form.cleaned_data)
    except DomainError as error:
        form.take(error)
        again = get_object_or_404(drafts_to_read(viewer=request.user), slug=slug)
        return _page(request, again, form=form, status=error.status)
    said = _("You have approved it.") if approves else _("The cluster team has your reason.")
    messages.success(request, said)
    return redirect("innovation:challenge_approval", slug)


@require_POST
def challenge_ask_approval(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let the companies read the draft and ask them."""
    found = get_object_or_404(drafts_to_read(viewer=request.user), slug=slug)
    try:
        ask_approval(by=request.user, challenge=found)
    except InvalidInput as error:
        listed = " ".join(str(one) for one in error.fields.values())
        messages.error(request, f"{error} {listed}")
    else:
        messages.success(request, _("Everybody who has to approve it has been asked."))
    return redirect("innovation:challenge_edit", slug)


def _page(
    request: SignedInRequest,
    found: Challenge,
    *,
    form: ApprovalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    content = content_of(found)
    mine = own_seats(viewer=request.user, challenge=found)
    sha256 = fingerprint(content)
    context = {
        "challenge": found,
        "record": record_of(found),
        "companies": named_companies(found),
        "has_nda": has_nda(content),
        "sha256": sha256,
        "seats": visible_seats(viewer=request.user, challenge=found),
        "mine": mine,
        "is_asked": found.approval_asked_at is not None,
        "form": form or ApprovalForm(),
        "asked_seat": request.POST.get("seat", ""),
    }
    return render(request, "innovation/challenges/approval.html", context, status=status)
