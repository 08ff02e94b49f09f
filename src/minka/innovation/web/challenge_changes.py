"""Pages of a published challenge that changes: more time, the versions, and one as it was."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.challenge_changes import extend_call
from minka.innovation.forms.challenges import ExtendForm
from minka.innovation.models import Challenge
from minka.innovation.queries.challenge_content import record_as_it_was
from minka.innovation.queries.challenge_versions import difference_of, versions_of
from minka.innovation.queries.challenges import challenge_page, named_companies
from minka.innovation.queries.nda import is_nda_reader
from minka.innovation.states import ChallengeState


@require_http_methods(["GET", "POST"])
def challenge_extend(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give the call more time."""
    if not request.user.has_perm("innovation.challenge_write"):
        raise NotAllowed
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


@login_not_required
@require_GET
def challenge_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed since it was published, field by field."""
    found = _published(request, slug)
    versions = versions_of(found)
    by_number = {one.number: one for one in versions}
    newest = versions[0].number if versions else 0
    after = _number(request.GET.get("hasta"), newest)
    before = _number(request.GET.get("desde"), max(after - 1, 1))
    reads_nda = is_nda_reader(request.user, found)
    changes = None
    if before in by_number and after in by_number and before != after:
        changes = difference_of(
            by_number[before].content, by_number[after].content, reads_nda=reads_nda
        )
    context = {
        "challenge": found,
        "versions": versions,
        "before": before,
        "after": after,
        "changes": changes,
    }
    return _answer(request, "innovation/challenges/versions.html", context, reads_nda=reads_nda)


@login_not_required
@require_GET
def challenge_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it was; its confidential part only to whoever may read that."""
    found = _published(request, slug)
    version = get_object_or_404(found.versions, number=number)
    newest = found.versions.order_by("-number").values_list("number", flat=True).first()
    reads_nda = is_nda_reader(request.user, found)
    context = {
        "challenge": found,
        "record": record_as_it_was(found, version.content),
        "companies": named_companies(found),
        "version": version,
        "is_newest": version.number == newest,
        "reads_nda": reads_nda,
    }
    return _answer(request, "innovation/challenges/version.html", context, reads_nda=reads_nda)


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, reads_nda: bool
) -> HttpResponse:
    """Draw the page; one that shows what is confidential is kept by no browser."""
    response = render(request, template, context)
    if reads_nda:
        add_never_cache_headers(response)
    return response


def _published(request: HttpRequest, slug: str) -> Challenge:
    found = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    if found.state == ChallengeState.DRAFT:
        raise Http404
    return found


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else otherwise
