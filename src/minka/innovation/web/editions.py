"""The small page of editions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.editions import (
    EditionTerms,
    change_edition,
    create_edition,
    select_edition,
)
from minka.innovation.forms.editions import EditionForm
from minka.innovation.models import Edition
from minka.innovation.queries.editions import editions_with_counts


@require_http_methods(["GET", "POST"])
def editions(request: SignedInRequest) -> HttpResponse:
    """All editions, and a form for a new one."""
    _require(request)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            create_edition(by=request.user, terms=EditionTerms(**form.cleaned_data))
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The edition is created."))
            return redirect("innovation:editions")
    context = {"editions": editions_with_counts(viewer=request.user), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "innovation/editions/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edition_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Names and places of one edition."""
    _require(request)
    edition = get_object_or_404(Edition, pk=pk)
    names = (
        "name_es", "name_en", "shortlist_size", "change_notice_days", "appeal_days",
        "appeal_answer_days",
    )  # fmt: skip
    initial = {name: getattr(edition, name) for name in names}
    form = EditionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_edition(
                by=request.user, edition=edition, terms=EditionTerms(**form.cleaned_data)
            )
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The edition is saved."))
            return redirect("innovation:editions")
    context = {"edition": edition, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "innovation/editions/edit.html", context, status=status)


@require_POST
def edition_select(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make it the current one."""
    edition = get_object_or_404(editions_with_counts(viewer=request.user), pk=pk)
    select_edition(by=request.user, edition=edition)
    messages.success(request, _("New problems now belong to this edition."))
    return redirect("innovation:editions")


def _require(request: SignedInRequest) -> None:
    if not request.user.has_perm("innovation.edition_write"):
        raise NotAllowed
