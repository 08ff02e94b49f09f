"""The page where the cluster team says what the proposals to a challenge are asked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.challenge_form import set_form_parts
from minka.innovation.forms.challenge_form import parts_formset, written_parts
from minka.innovation.queries.challenges import challenge_page
from minka.innovation.states import ChallengeState


@require_http_methods(["GET", "POST"])
def challenge_form(request: SignedInRequest, slug: str) -> HttpResponse:
    """The parts in their order; after publication they can only be read."""
    if not request.user.has_perm("innovation.challenge_write"):
        raise NotAllowed
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    formset = parts_formset(found.parts, request.POST or None)
    error, status = None, 200
    revision = request.POST.get("revision", str(found.revision))
    if request.method == "POST":
        status = 422
        if formset.is_valid():
            usual = request.POST.get("do") == "usual"
            try:
                set_form_parts(
                    by=request.user,
                    challenge=found,
                    revision=int(revision) if revision.isdecimal() and len(revision) < 10 else -1,
                    parts=None if usual else written_parts(formset),
                )
            except DomainError as caught:
                error, status = caught, caught.status
            else:
                messages.success(request, _("The form of the proposals is saved."))
                return redirect("innovation:challenge_form", slug)
    context = {
        "challenge": found,
        "formset": formset,
        "error": error,
        "wrong": list(dict.fromkeys(error.fields.values())) if error else [],
        "may_change": found.state == ChallengeState.DRAFT,
        "is_usual": found.form_parts is None,
        "revision": found.revision if status == 409 else revision,
    }
    return render(request, "innovation/challenges/form.html", context, status=status)
