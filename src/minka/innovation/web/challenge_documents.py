"""Documents of a challenge: added and taken out by the team, read by whom their part is for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions.challenge_documents import NewDocument, add_document, remove_document
from minka.innovation.actions.nda import open_nda
from minka.innovation.forms.challenges import DocumentForm
from minka.innovation.models import Challenge
from minka.innovation.queries.challenge_approvals import drafts_to_read
from minka.innovation.queries.challenges import challenge_page
from minka.innovation.queries.nda import is_nda_reader
from minka.innovation.states import ChallengePart, ChallengeState
from minka.innovation.web.challenges_writing import editor


@login_not_required
@require_GET
def document(request: HttpRequest, slug: str, uid: str) -> FileResponse:
    """Stream a public document to anybody, a confidential one to whoever accepted confidentiality.

    What was taken out can still be had by whoever reads the version that has it.
    """
    found = _readable(request, slug)
    one = get_object_or_404(found.documents.select_related("file"), file__uid=uid)
    if one.part == ChallengePart.NDA:
        if not is_nda_reader(request.user, found):
            raise Http404
        open_nda(by=request.user, challenge=found, document=one)  # type: ignore[arg-type]  # a reader is signed in
    return stream_file(one.file)


@require_POST
def document_add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a document; of a published challenge with the reason."""
    found = _written(request, slug)
    is_public = found.state != ChallengeState.DRAFT
    form = DocumentForm(request.POST, request.FILES, is_public=is_public)
    if not form.is_valid():
        return editor(request, found, form)
    clean = dict(form.cleaned_data)
    reason = clean.pop("reason", "")
    try:
        add_document(by=request.user, challenge=found, document=NewDocument(**clean), reason=reason)
    except DomainError as error:
        form.take(error)
        return editor(request, found, form)
    messages.success(request, _("The document is in its part."))
    return _back(request, found)


@require_POST
def document_remove(request: SignedInRequest, slug: str, uid: str) -> HttpResponse:
    """Take a document out; of a published challenge with the reason."""
    found = _written(request, slug)
    present = found.documents.filter(removed_at__isnull=True).select_related("file")
    one = get_object_or_404(present, file__uid=uid)
    reason = request.POST.get("reason", "")
    try:
        remove_document(by=request.user, challenge=found, document=one, reason=reason)
    except DomainError as error:
        return _back(request, found, " ".join(map(str, error.fields.values())) or str(error))
    messages.success(request, _("The document is taken out."))
    return _back(request, found)


def _readable(request: HttpRequest, slug: str) -> Challenge:
    """Return the challenge if it is public, or a draft that the person was asked to approve."""
    public = challenge_page(viewer=request.user).filter(slug=slug).first()
    if public is not None:
        return public
    return get_object_or_404(drafts_to_read(viewer=request.user), slug=slug)


def _written(request: SignedInRequest, slug: str) -> Challenge:
    if not request.user.has_perm("innovation.challenge_write"):
        raise NotAllowed
    return get_object_or_404(challenge_page(viewer=request.user), slug=slug)


def _back(request: SignedInRequest, challenge: Challenge, wrong: str = "") -> HttpResponse:
    if wrong:
        messages.error(request, wrong)
    address = reverse("innovation:challenge_edit", args=[challenge.slug])
    return redirect(f"{address}#documents")
