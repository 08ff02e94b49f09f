"""The editor of a proposal: words, figures and files in one form, which also saves itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput, WrongState
from minka.core.http import SignedInRequest
from minka.innovation.actions.attachments import MOST_FILES, attach_file, remove_attachment
from minka.innovation.actions.proposals import Saved, save_draft
from minka.innovation.forms.proposals import ProposalForm
from minka.innovation.models import Attachment, Proposal
from minka.innovation.queries.proposals import deadline_of, own_proposals, still_open
from minka.innovation.queries.proposals_completeness import missing_for_submission
from minka.innovation.web.expiry import keeps_words

SECTIONS = {
    "summary": ("title", "summary", "language"),
    "solution": ("approach", "evidence"),
    "team": ("team",),
    "terms": ("requested_usd", "duration_months", "trl_now", "trl_after"),
}


@keeps_words
@require_http_methods(["GET", "POST"])
def proposal_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write a draft. Every button saves the words first; then it does what it says."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    if not found.is_writable and request.method == "GET":
        return redirect("innovation:proposal", found.public_id)
    if request.method == "GET":
        return editor_page(request, found, ProposalForm(initial=ProposalForm.of(found)))
    form = ProposalForm(request.POST, request.FILES)
    form.is_valid()
    try:
        saved = _save(request, found, form)
    except Conflict as error:
        found.refresh_from_db()
        return _both_versions(request, found, form, error)
    except WrongState as error:
        form.take(error)
        return editor_page(request, found, form, status=error.status)
    _take(form, saved)
    _change_files(request, found, form)
    if form.errors:
        return editor_page(request, found, form.start_from(saved.revision), status=422)
    return _go_on(request, found)


@keeps_words
@require_POST
def proposal_autosave(request: SignedInRequest, public_id: str) -> JsonResponse:
    """Save what the page's script sends; the answer is for the script."""
    found = get_object_or_404(own_proposals(viewer=request.user), public_id=public_id)
    form = ProposalForm(request.POST)
    form.is_valid()
    try:
        saved = _save(request, found, form)
    except Conflict as error:
        found.refresh_from_db()
        answer = {
            "detail": str(error),
            "code": error.code,
            "revision": found.revision,
            "url": reverse("innovation:proposal", args=[found.public_id]),
        }
        return JsonResponse(answer, status=error.status)
    except DomainError as error:
        return JsonResponse({"detail": str(error), "code": error.code}, status=error.status)
    _take(form, saved)
    fields = {name: [str(e) for e in errors] for name, errors in form.errors.items()}
    return JsonResponse(
        {"revision": saved.revision, "saved_at": saved.saved_at.isoformat(), "fields": fields}
    )


def editor_page(
    request: SignedInRequest,
    found: Proposal,
    form: ProposalForm,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render the editor with the form as it stands."""
    missing = missing_for_submission(found)
    context |= {
        "form": form,
        "proposal": found,
        "challenge": found.challenge,
        "in_time": still_open(found),
        "files": found.attachments.select_related("file"),
        "most_files": MOST_FILES,
        "missing": missing,
        "done": {
            section: not any(name in missing for name in names)
            for section, names in SECTIONS.items()
        },
        "criteria": found.challenge.criteria.all(),
        "was_submitted": found.receipts.exists(),
        "deadline": deadline_of(found),
    }
    return render(request, "innovation/proposals/proposal_edit.html", context, status=status)


def _save(request: SignedInRequest, found: Proposal, form: ProposalForm) -> Saved:
    return save_draft(
        by=request.user,
        proposal=found,
        revision=form.cleaned_data.get("revision") or 0,
        values=form.values(),
    )


def _take(form: ProposalForm, saved: Saved) -> None:
    if saved.fields:
        form.take(InvalidInput(fields=saved.fields))


def _change_files(request: SignedInRequest, found: Proposal, form: ProposalForm) -> None:
    """Attach what was chosen and remove what was asked; what goes wrong shows by the field."""
    if uid := request.POST.get("remove", ""):
        gone = Attachment.objects.filter(proposal=found, file__uid=uid).select_related(
            "file", "proposal__lead"
        )
        for attachment in gone:
            remove_attachment(by=request.user, attachment=attachment)
    for upload in form.cleaned_data.get("uploads") or []:
        try:
            attach_file(by=request.user, proposal=found, upload=upload)
        except DomainError as error:
            form.add_error("uploads", str(error))


def _go_on(request: SignedInRequest, found: Proposal) -> HttpResponse:
    """Go where the button says; the place of the files when they changed."""
    do = request.POST.get("do", "")
    if do == "review":
        return redirect("innovation:proposal", found.public_id)
    editor = reverse("innovation:proposal_edit", args=[found.public_id])
    if do == "attach" or request.POST.get("remove") or request.FILES:
        return redirect(f"{editor}#archivos")
    messages.success(request, _("Your draft is saved. It is not submitted yet."))
    return redirect(editor)


def _both_versions(
    request: SignedInRequest, found: Proposal, form: ProposalForm, error: Conflict
) -> HttpResponse:
    """Show the typed words in the form and the saved ones beside; saving again keeps the typed."""
    form.take(error)
    values = form.values()
    theirs = [
        {"label": form.fields[name].label, "saved": getattr(found, name)}
        for name in values
        if getattr(found, name) != values[name]
    ]
    form.start_from(found.revision)
    return editor_page(request, found, form, status=error.status, theirs=theirs)
