"""Pages where the cluster team prepares, publishes and changes a challenge."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.challenge_changes import change_challenge
from minka.innovation.actions.challenge_writing import ChallengeContent, plain_content
from minka.innovation.actions.challenges import (
    discard_challenge,
    draft_challenge,
    save_challenge,
    use_terms,
)
from minka.innovation.actions.challenges_publication import publish_challenge
from minka.innovation.forms.challenges import ChallengeChangeForm, ChallengeForm, DocumentForm
from minka.innovation.forms.ratings import criteria_formset, criterion_rows
from minka.innovation.models import Challenge
from minka.innovation.queries.challenge_approvals import seats_of
from minka.innovation.queries.challenge_content import fresh_content, record_of
from minka.innovation.queries.challenge_terms import terms_templates
from minka.innovation.queries.challenge_versions import Difference, difference_of
from minka.innovation.queries.challenges import (
    call_of,
    challenge_page,
    challenges_in_preparation,
)
from minka.innovation.queries.challenges_checklist import checklist
from minka.innovation.queries.shortlist import shortlisted_problems
from minka.innovation.states import ChallengeState


@require_http_methods(["GET", "POST"])
def challenges_draft(request: SignedInRequest) -> HttpResponse:
    """Shortlisted problems without a challenge, and the challenges in preparation."""
    _require(request)
    waiting = shortlisted_problems(viewer=request.user)
    wrong = ""
    if request.method == "POST":
        ids = [int(pk) for pk in request.POST.getlist("problem") if pk.isdigit()]
        try:
            begun = draft_challenge(by=request.user, problems=waiting.filter(pk__in=ids))
        except DomainError as error:
            wrong = str(error)
        else:
            return redirect("innovation:challenge_edit", begun.slug)
    context = {
        "waiting": waiting,
        "drafts": [
            (
                draft,
                sorted({problem.company.name for problem in draft.problems.all()}),
                [check for check in checklist(draft) if not check.is_done],
            )
            for draft in challenges_in_preparation(viewer=request.user)
        ],
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "innovation/challenges/drafts.html", context, status=status)


@require_http_methods(["GET", "POST"])
def challenge_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Spanish and English side by side; after publication every save is a version."""
    _require(request)
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    return editor(request, found)


def editor(
    request: SignedInRequest, found: Challenge, refused: DocumentForm | None = None
) -> HttpResponse:
    """Answer with the editor: what was posted to it, or a document that was refused, as it is."""
    if found.state == ChallengeState.DRAFT:
        return _edit_draft(request, found, refused)
    return _change(request, found, refused)


@require_POST
def challenge_publish(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make it public, or go back to the editor with what is missing."""
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    try:
        published = publish_challenge(by=request.user, challenge=found)
    except InvalidInput as error:
        listed = " ".join(str(one) for one in error.fields.values())
        messages.error(request, f"{error} {listed}")
        return redirect("innovation:challenge_edit", slug)
    messages.success(request, _("The challenge is public."))
    return redirect("innovation:challenge", published.slug)


@require_POST
def challenge_terms(request: SignedInRequest, slug: str) -> HttpResponse:
    """Put a prepared wording in its place."""
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    try:
        use_terms(by=request.user, challenge=found, key=request.POST.get("terms", ""))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The text is in its place; adapt it to this challenge."))
    return redirect("innovation:challenge_edit", slug)


@require_POST
def challenge_discard(request: SignedInRequest, slug: str) -> HttpResponse:
    """Throw a draft away."""
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    discard_challenge(by=request.user, challenge=found)
    messages.success(request, _("The draft is discarded; its problems stay on the shortlist."))
    return redirect("innovation:challenges_draft")


@dataclass
class _Sent:
    """What was typed of a challenge, and how far it came: one way for drafts and for changes."""

    found: Challenge
    form: ChallengeForm
    formset: Any
    revision: int
    status: int = 200
    theirs: list[Difference] = field(default_factory=list)

    def is_saved(self, save: Callable[[dict[str, Any]], object]) -> bool:
        """Whether something was sent and could be kept; else the form says why not."""
        if not self.form.is_bound:
            return False
        self.status = 422
        if not (self.form.is_valid() and self.formset.is_valid()):
            return False
        content = self.form.content(criterion_rows(self.formset))
        try:
            save({"revision": self.revision, "content": content})
        except DomainError as error:
            self.form.take(error)
            self.status = error.status
            self.theirs = _saved_meanwhile(error, self.found, content)
            return False
        return True


def _sent(
    request: SignedInRequest,
    found: Challenge,
    refused: DocumentForm | None,
    kind: type[ChallengeForm],
) -> _Sent:
    data = request.POST if request.method == "POST" and refused is None else None
    formset = criteria_formset(found.criteria.all(), data, with_scales=True)
    revision = _revision(request) if data is not None else 0
    form = kind(data, challenge=found)
    return _Sent(found, form, formset, revision, status=422 if refused else 200)


def _edit_draft(
    request: SignedInRequest, found: Challenge, refused: DocumentForm | None
) -> HttpResponse:
    sent = _sent(request, found, refused, ChallengeForm)
    form, formset = sent.form, sent.formset
    if sent.is_saved(lambda said: save_challenge(by=request.user, challenge=found, **said)):
        messages.success(request, _("The draft is saved; it is not public yet."))
        return redirect("innovation:challenge_edit", found.slug)
    status, theirs = sent.status, sent.theirs
    checks = checklist(found)
    context = {
        "challenge": found,
        "form": form,
        "formset": formset,
        "problems": found.problems.select_related("company"),
        "checks": checks,
        "ready": all(check.is_done for check in checks),
        "ready_to_ask": all(
            check.is_done for check in checks if check.anchor not in {"approvals", "sealing"}
        ),
        "seats": seats_of(found),
        "terms": terms_templates().values(),
        "plain_anchors": ("criteria", "documents", "approvals", "problems"),
        "status_line": _("In preparation: only the cluster team and those who approve it see it")
        if found.approval_asked_at
        else _("In preparation: nobody outside the cluster team sees it"),
        "record": record_of(found),
        "document_form": refused or DocumentForm(is_public=False),
        "revision": _shown_revision(request, found, status),
        "theirs": theirs,
    }
    return render(request, "innovation/challenges/edit.html", context, status=status)


def _change(
    request: SignedInRequest, found: Challenge, refused: DocumentForm | None
) -> HttpResponse:
    sent = _sent(request, found, refused, ChallengeChangeForm)
    form, formset = sent.form, sent.formset
    if sent.is_saved(
        lambda said: change_challenge(
            by=request.user, challenge=found, reason=form.cleaned_data["reason"], **said
        )
    ):
        messages.success(request, _("The new version is public, and followers are told."))
        return redirect("innovation:challenge_versions", found.slug)
    status, theirs = sent.status, sent.theirs
    context = {
        "challenge": found,
        "call": call_of(found),
        "form": form,
        "formset": formset,
        "record": record_of(found),
        "document_form": refused or DocumentForm(is_public=True),
        "revision": _shown_revision(request, found, status),
        "theirs": theirs,
    }
    return render(request, "innovation/challenges/change.html", context, status=status)


def _revision(request: SignedInRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdigit() else -1


def _shown_revision(request: SignedInRequest, found: Challenge, status: int) -> int:
    """Keep the revision that the person started from, until they have seen what differs."""
    was_refused = status not in {200, 409} and "revision" in request.POST
    return _revision(request) if was_refused else found.revision


def _saved_meanwhile(
    error: DomainError, found: Challenge, content: ChallengeContent
) -> list[Difference]:
    """Return what a colleague saved otherwise than this form says, when that is what is wrong."""
    if not isinstance(error, Conflict):
        return []
    saved, mine = fresh_content(found), plain_content(content)
    public = {**saved["public"], **mine["public"], "documents": saved["public"]["documents"]}
    nda = {**mine["nda"], "documents": saved["nda"]["documents"]}
    return difference_of({"public": public, "nda": nda}, saved, reads_nda=True)


def _require(request: SignedInRequest) -> None:
    if not request.user.has_perm("innovation.challenge_write"):
        raise NotAllowed
