"""Eligibility of opened proposals: the team's list, and the page of one, for team and solver."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from minka.core.errors import DomainError
from minka.core.forms import DomainForm
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions.corrections import (
    answer_correction,
    ask_correction,
    decide_correction,
)
from minka.innovation.actions.eligibility import (
    answer_refusal,
    check_eligibility,
    review_refusal,
)
from minka.innovation.forms.eligibility import (
    YES,
    CorrectionForm,
    EligibilityForm,
    MendedForm,
    MendForm,
    RefusalAnswerForm,
    ReviewForm,
)
from minka.innovation.models import CorrectionRequest, EligibilityCheck, Proposal
from minka.innovation.queries.eligibility import (
    conditions_of,
    correction_file,
    may_see,
    own_opened,
    to_check,
)
from minka.innovation.queries.proposals import staff_challenges
from minka.innovation.web.expiry import keeps_words

Act = tuple[DomainForm, Callable[[], object], str]


@require_GET
def eligibility(request: SignedInRequest, slug: str) -> HttpResponse:
    """Which proposals of a call were checked, and which wait."""
    found = get_object_or_404(staff_challenges(viewer=request.user), slug=slug)
    context = {
        "challenge": found,
        "conditions": conditions_of(found),
        "proposals": to_check(viewer=request.user, challenge=found),
    }
    return render(request, "innovation/eligibility/list.html", context)


@keeps_words
@require_http_methods(["GET", "POST"])
def proposal_eligibility(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What was found on one proposal, what may be mended, and what each side does next."""
    found = get_object_or_404(may_see(viewer=request.user), public_id=public_id)
    if request.method == "GET":
        return _page(request, found)
    do = request.POST.get("do", "")
    form, act, done = _act(request, found, do)
    status = 422
    if form.is_valid():
        try:
            act()
        except DomainError as error:
            form.take(error)
            status = error.status
        else:
            messages.success(request, done)
            return redirect("innovation:proposal_eligibility", public_id)
    found.refresh_from_db()
    return _page(request, found, wrong={do: form}, status=status)


@require_GET
def correction_download(request: SignedInRequest, public_id: str, uid: str) -> FileResponse:
    """A file that mended a formal defect."""
    found = correction_file(viewer=request.user, proposal_id=public_id, uid=uid)
    if found is None:
        raise Http404
    return stream_file(found)


def _act(request: SignedInRequest, found: Proposal, do: str) -> Act:
    """Return the form of what was asked for, what does it, and what is said afterwards."""
    by, data = request.user, request.POST
    if do == "check":
        checked = EligibilityForm(data, conditions=conditions_of(found.challenge))
        return (
            checked,
            lambda: check_eligibility(
                by=by,
                proposal=found,
                revision=checked.cleaned_data["revision"],
                answers=checked.answers(),
                reason=checked.cleaned_data["reason"],
            ),
            _("The check is saved."),
        )
    if do == "ask":
        asked = CorrectionForm(data)
        return (
            asked,
            lambda: ask_correction(by=by, proposal=found, **asked.cleaned_data),
            _("The solver was told what is missing and until when."),
        )
    return _answers(request, found, do)


def _answers(request: SignedInRequest, found: Proposal, do: str) -> Act:
    by, data = request.user, request.POST
    if do == "mend":
        mended = MendForm(data, request.FILES)
        correction = _open_correction(found)
        return (
            mended,
            lambda: answer_correction(by=by, request=correction, **mended.cleaned_data),
            _("Your answer was received in time. What is evaluated has not changed."),
        )
    if do == "mended":
        settled = MendedForm(data)
        correction = _open_correction(found)
        return (
            settled,
            lambda: decide_correction(
                by=by,
                request=correction,
                outcome=settled.cleaned_data["outcome"],
                reason=settled.cleaned_data["outcome_reason"],
            ),
            _("The solver was told what came of it."),
        )
    check = get_object_or_404(EligibilityCheck.objects.select_related("proposal"), proposal=found)
    if do == "answer":
        answered = RefusalAnswerForm(data)
        return (
            answered,
            lambda: answer_refusal(by=by, check=check, answer=answered.cleaned_data["answer"]),
            _("Your answer was received. You are told what is resolved, and why."),
        )
    reviewed = ReviewForm(data)
    return (
        reviewed,
        lambda: review_refusal(
            by=by,
            check=check,
            is_lifted=reviewed.cleaned_data["is_lifted"] == YES,
            reason=reviewed.cleaned_data["review_reason"],
        ),
        _("The solver was told what is resolved."),
    )


def _open_correction(found: Proposal) -> CorrectionRequest:
    waiting = CorrectionRequest.objects.select_related("proposal__lead", "proposal__challenge")
    correction: CorrectionRequest = get_object_or_404(
        waiting.filter(decided_at__isnull=True), proposal=found
    )
    return correction


def _page(
    request: SignedInRequest,
    found: Proposal,
    *,
    wrong: dict[str, DomainForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = wrong or {}
    check = EligibilityCheck.objects.filter(proposal=found).select_related("checked_by").first()
    corrections = list(found.correction_requests.prefetch_related("files__file").order_by("-pk"))
    conditions = conditions_of(found.challenge)
    context: dict[str, Any] = {
        "proposal": found,
        "challenge": found.challenge,
        "is_own": own_opened(viewer=request.user).filter(pk=found.pk).exists(),
        "check": check,
        "conditions": conditions,
        "corrections": corrections,
        "waiting": next((one for one in corrections if one.decided_at is None), None),
        "now_open": found.challenge.state == "published",
        "now": timezone.now(),
        "check_form": forms.get("check")
        or EligibilityForm(initial=EligibilityForm.of(check), conditions=conditions),
        "ask_form": forms.get("ask") or CorrectionForm(),
        "mend_form": forms.get("mend") or MendForm(),
        "mended_form": forms.get("mended") or MendedForm(),
        "answer_form": forms.get("answer") or RefusalAnswerForm(),
        "review_form": forms.get("review") or ReviewForm(),
    }
    response = render(request, "innovation/eligibility/proposal.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
