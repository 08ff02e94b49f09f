"""Pages where the cluster team prepares, publishes and extends a challenge."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError, InvalidInput, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.challenges import (
    correct_challenge,
    discard_challenge,
    draft_challenge,
    save_challenge,
)
from minka.innovation.actions.challenges_publication import extend_call, publish_challenge
from minka.innovation.forms.challenges import ChallengeForm, ChallengeTextsForm, ExtendForm
from minka.innovation.forms.ratings import criteria_formset, criterion_rows
from minka.innovation.models import Challenge
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
    """Spanish and English side by side; after publication only corrections of the words."""
    _require(request)
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    if found.state == ChallengeState.DRAFT:
        return _edit_draft(request, found)
    return _correct(request, found)


@require_POST
def challenge_publish(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make it public, or go back to the editor with what is missing."""
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    try:
        published = publish_challenge(by=request.user, challenge=found)
    except InvalidInput as error:
        messages.error(request, str(error))
        return redirect("innovation:challenge_edit", slug)
    messages.success(request, _("The challenge is public."))
    return redirect("innovation:challenge", published.slug)


@require_http_methods(["GET", "POST"])
def challenge_extend(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give the call more time."""
    _require(request)
    found = get_object_or_404(
        challenge_page(viewer=request.user), slug=slug, state=ChallengeState.PUBLISHED
    )
    form = ExtendForm(request.POST or None, initial={"closes_at": found.call.closes_at})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                extend_call(by=request.user, challenge=found, **form.cleaned_data)
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(
                    request, _("The call has more time, and those who write are told.")
                )
                return redirect("innovation:challenge", slug)
    context = {"challenge": found, "call": found.call, "form": form}
    return render(request, "innovation/challenges/extend.html", context, status=status)


@require_POST
def challenge_discard(request: SignedInRequest, slug: str) -> HttpResponse:
    """Throw a draft away."""
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    discard_challenge(by=request.user, challenge=found)
    messages.success(request, _("The draft is discarded; its problems stay on the shortlist."))
    return redirect("innovation:challenges_draft")


def _edit_draft(request: SignedInRequest, found: Challenge) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ChallengeForm(data, challenge=found)
    formset = criteria_formset(found.criteria.all(), data)
    status = 200
    if data is not None:
        status = 422
        if form.is_valid() and formset.is_valid():
            try:
                content = form.content(criterion_rows(formset))
                save_challenge(
                    by=request.user, challenge=found, revision=_revision(request), content=content
                )
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _("The draft is saved; it is not public yet."))
                return redirect("innovation:challenge_edit", found.slug)
    checks = checklist(found)
    context = {
        "challenge": found,
        "form": form,
        "formset": formset,
        "problems": found.problems.select_related("company"),
        "checks": checks,
        "ready": all(check.is_done for check in checks),
        "revision": _shown_revision(request, found, status),
    }
    return render(request, "innovation/challenges/edit.html", context, status=status)


def _correct(request: SignedInRequest, found: Challenge) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ChallengeTextsForm(data, challenge=found)
    status = 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                correct_challenge(
                    by=request.user,
                    challenge=found,
                    revision=_revision(request),
                    texts=form.texts(),
                )
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _("The correction is public."))
                return redirect("innovation:challenge", found.slug)
    context = {
        "challenge": found,
        "call": call_of(found),
        "form": form,
        "revision": _shown_revision(request, found, status),
    }
    return render(request, "innovation/challenges/correct.html", context, status=status)


def _revision(request: SignedInRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdigit() else -1


def _shown_revision(request: SignedInRequest, found: Challenge, status: int) -> int:
    """Keep the revision that the person started from, so that a conflict is not saved over."""
    return _revision(request) if status not in {200, 409} else found.revision


def _require(request: SignedInRequest) -> None:
    if not request.user.has_perm("innovation.challenge_write"):
        raise NotAllowed
