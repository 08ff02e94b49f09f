"""The team around an evaluation: its terms, its progress, questions to solvers, redacted copies."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError, NotFound
from minka.core.http import SignedInRequest
from minka.core.models import User
from minka.innovation.actions.evaluation_terms import set_due_date, settle_terms
from minka.innovation.actions.inquiries import decline_inquiry, forward_inquiry, show_answer
from minka.innovation.actions.reminders import remind
from minka.innovation.forms.scoring import (
    DueForm,
    ForwardForm,
    ModeForm,
    ShowForm,
    check_rows,
    checks_formset,
)
from minka.innovation.models import Challenge, Inquiry
from minka.innovation.queries.challenges import challenge_page
from minka.innovation.queries.evaluation_modes import mode_of
from minka.innovation.queries.inquiries import inquiries_to_handle
from minka.innovation.queries.progress import progress_of
from minka.innovation.queries.proposals import staff_challenges
from minka.innovation.queries.redactions import names_that_tell, suggestion
from minka.innovation.states import BlindMode, ChallengeState, InquiryState
from minka.innovation.web.expiry import keeps_words


@keeps_words
@require_http_methods(["GET", "POST"])
def evaluation_terms(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who knows whom, and the checks; settled while the challenge is a draft."""
    if not request.user.has_perm("innovation.challenge_write"):
        raise NotFound
    challenge = get_object_or_404(challenge_page(viewer=request.user), slug=slug)
    data = request.POST if request.method == "POST" else None
    form = ModeForm(data, initial={"mode": mode_of(challenge)})
    formset = checks_formset(list(challenge.checks.all()), data)
    status = 200
    if data is not None:
        status = 422
        if form.is_valid() and formset.is_valid():
            try:
                settle_terms(
                    by=request.user, challenge=challenge, mode=form.cleaned_data["mode"],
                    checks=check_rows(formset),
                )  # fmt: skip
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _("It is settled how this challenge is evaluated."))
                return redirect("innovation:challenge_edit", challenge.slug)
    context = {
        "challenge": challenge,
        "form": form,
        "formset": formset,
        "mode": mode_of(challenge),
        "is_draft": challenge.state == ChallengeState.DRAFT,
    }
    return render(request, "innovation/evaluations/terms.html", context, status=status)


@require_GET
def progress(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who has what, what is late, and since when."""
    return _progress_page(request, _challenge(request, slug))


@require_POST
def progress_remind(request: SignedInRequest, slug: str) -> HttpResponse:
    """Remind one person, or everybody who owes something."""
    challenge = _challenge(request, slug)
    people = {row.person.pk for row in progress_of(viewer=request.user, challenge=challenge).people}
    if (one := request.POST.get("person", "")).isdigit():
        people &= {int(one)}
    try:
        told = remind(
            by=request.user, challenge=challenge, people=list(User.objects.filter(pk__in=people))
        )
    except DomainError as error:
        return _progress_page(request, challenge, error=error)
    messages.success(
        request,
        ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", told)
        % {"count": told},
    )
    return redirect("innovation:progress", slug)


@require_POST
def progress_due(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say by which day evaluations are due."""
    challenge = _challenge(request, slug)
    form = DueForm(request.POST)
    if form.is_valid():
        try:
            set_due_date(by=request.user, challenge=challenge, due_on=form.cleaned_data["due_on"])
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The day is set."))
            return redirect("innovation:progress", slug)
    return _progress_page(request, challenge, form=form, status=422)


@require_GET
def inquiries(request: SignedInRequest, slug: str) -> HttpResponse:
    """Questions of evaluators that the team forwards, and answers that it redacts."""
    return _inquiries_page(request, _challenge(request, slug))


@keeps_words
@require_POST
def inquiry_handle(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Forward a question, decline it, or show its answer."""
    challenge = _challenge(request, slug)
    found = get_object_or_404(inquiries_to_handle(viewer=request.user, challenge=challenge), pk=pk)
    do = request.POST.get("do", "")
    form = _handling(found, request.POST, do)
    try:
        if do == "decline":
            reason = request.POST.get("reason", "")
            decline_inquiry(by=request.user, inquiry=found, reason=reason)
            messages.success(request, _("The question is not forwarded; who asked reads why."))
            return redirect("innovation:inquiries", slug)
        if form is not None and form.is_valid():
            _handle(request, found, form, do)
            return redirect("innovation:inquiries", slug)
    except DomainError as error:
        if form is None:
            return _inquiries_page(request, challenge, error=error, refused=found)
        form.take(error)
    return _inquiries_page(request, challenge, refused=found, form=form, status=422)


def _handle(request: SignedInRequest, found: Inquiry, form: Any, do: str) -> None:
    clean = form.cleaned_data
    if do == "show":
        show_answer(
            by=request.user, inquiry=found, words=clean["shown"], is_looked_over=clean["looked"]
        )
        messages.success(request, _("Evaluators read the answer now."))
        return
    forward_inquiry(by=request.user, inquiry=found, wording=clean["wording"], days=clean["days"])
    messages.success(request, _("The question is with the solver."))


def _handling(found: Inquiry, data: Any, do: str) -> Any:
    """Return the form of what waits to be done with a question."""
    auto_id = f"inquiry{found.pk}_%s"
    if do == "decline":
        return None
    if do == "show" or found.state == InquiryState.ANSWERED:
        words = suggestion(found.answer, names_that_tell(found.proposal))
        return ShowForm(data, initial={"shown": words}, auto_id=auto_id)
    return ForwardForm(data, initial={"wording": found.text, "days": 5}, auto_id=auto_id)


def _inquiries_page(  # noqa: PLR0913 -- what the page shows
    request: SignedInRequest,
    challenge: Challenge,
    *,
    error: DomainError | None = None,
    refused: Inquiry | None = None,
    form: Any = None,
    status: int = 200,
) -> HttpResponse:
    rows = []
    for one in inquiries_to_handle(viewer=request.user, challenge=challenge):
        waits = one.state in {InquiryState.ASKED, InquiryState.ANSWERED}
        is_refused = refused is not None and refused.pk == one.pk
        own = form if is_refused and form else _handling(one, None, "") if waits else None
        kept = request.POST.get("reason", "") if is_refused else ""
        rows.append((one, own if waits else None, kept))
    context = {
        "challenge": challenge,
        "rows": rows,
        "error": error,
        "is_double": mode_of(challenge) == BlindMode.DOUBLE,
    }
    status = error.status if error else status
    return render(request, "innovation/evaluations/inquiries.html", context, status=status)


def _progress_page(
    request: SignedInRequest,
    challenge: Challenge,
    *,
    form: DueForm | None = None,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    board = progress_of(viewer=request.user, challenge=challenge)
    context = {
        "challenge": challenge,
        "board": board,
        "form": form or DueForm(initial={"due_on": board.due_on}),
        "is_settled": challenge.state == ChallengeState.DECIDED,
        "error": error,
    }
    status = error.status if error else status
    return render(request, "innovation/evaluations/progress.html", context, status=status)


def _challenge(request: SignedInRequest, slug: str) -> Challenge:
    known = staff_challenges(viewer=request.user).select_related("evaluation_terms")
    return get_object_or_404(known, slug=slug)
