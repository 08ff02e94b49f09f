"""The team redacts the proposals of a double-blind challenge, one page each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, NotFound
from minka.core.http import SignedInRequest
from minka.innovation.actions.redactions import add_redacted_file, confirm_copy, save_copy
from minka.innovation.forms.scoring import RedactionForm
from minka.innovation.models import Challenge, Proposal
from minka.innovation.queries.evaluation_modes import mode_of
from minka.innovation.queries.proposals import staff_challenges, submitted_to
from minka.innovation.queries.redactions import RedactionDesk, copies_of, redaction_desk
from minka.innovation.states import BlindMode
from minka.innovation.web.expiry import keeps_words


@require_GET
def copies(request: SignedInRequest, slug: str) -> HttpResponse:
    """How far the copies of a challenge are."""
    challenge = _challenge(request, slug)
    rows = copies_of(viewer=request.user, challenge=challenge)
    context = {"challenge": challenge, "rows": rows}
    return render(request, "innovation/evaluations/copies.html", context)


@keeps_words
@require_http_methods(["GET", "POST"])
def redaction(request: SignedInRequest, slug: str, public_id: str) -> HttpResponse:
    """One proposal beside its copy, with what may give its authors away highlighted."""
    found = _proposal(request, slug, public_id)
    desk = redaction_desk(viewer=request.user, proposal=found)
    start = desk.copy.revision if desk.copy else 0
    if request.method != "POST":
        form = RedactionForm(parts=desk.parts, initial={"revision": start})
        return _page(request, found, desk, form)
    form = RedactionForm(request.POST, parts=desk.parts)
    form.is_valid()
    try:
        copy = save_copy(
            by=request.user, proposal=found, words=form.words(),
            revision=form.cleaned_data.get("revision") or 0,
        )  # fmt: skip
        if request.POST.get("do") == "confirm":
            confirm_copy(
                by=request.user, proposal=found, revision=copy.revision,
                is_looked_over=form.cleaned_data["looked"],
            )  # fmt: skip
            messages.success(request, _("Evaluators read this copy from now on."))
            return redirect("innovation:copies", slug)
    except DomainError as error:
        form.take(error)
        desk = redaction_desk(viewer=request.user, proposal=found)
        if desk.copy and (isinstance(error, Conflict) or error.status == 422):
            form.start_from(desk.copy.revision)
        return _page(request, found, desk, form, status=error.status)
    messages.success(request, _("The copy is saved; evaluators do not read it yet."))
    return redirect("innovation:redaction", slug, public_id)


@require_POST
def redaction_file(request: SignedInRequest, slug: str, public_id: str, uid: str) -> HttpResponse:
    """Put a redacted file in place of one that is withheld."""
    found = _proposal(request, slug, public_id)
    attachment = get_object_or_404(found.attachments.select_related("proposal"), file__uid=uid)
    upload = request.FILES.get("upload")
    if upload is None:
        messages.error(request, _("Choose a file."))
        return redirect("innovation:redaction", slug, public_id)
    try:
        add_redacted_file(by=request.user, attachment=attachment, upload=upload)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Evaluators read this file in place of the other."))
    return redirect("innovation:redaction", slug, public_id)


def _page(
    request: SignedInRequest,
    found: Proposal,
    desk: RedactionDesk,
    form: RedactionForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "challenge": found.challenge, "proposal": found, "desk": desk, "form": form,
    }  # fmt: skip
    return render(request, "innovation/evaluations/redaction.html", context, status=status)


def _challenge(request: SignedInRequest, slug: str) -> Challenge:
    known = staff_challenges(viewer=request.user).select_related("evaluation_terms")
    found = get_object_or_404(known, slug=slug)
    if mode_of(found) != BlindMode.DOUBLE:
        raise NotFound
    return found


def _proposal(request: SignedInRequest, slug: str, public_id: str) -> Proposal:
    challenge = _challenge(request, slug)
    known = submitted_to(viewer=request.user, challenge=challenge)
    known = known.select_related("challenge__evaluation_terms", "lead")
    return get_object_or_404(known, public_id=public_id)
