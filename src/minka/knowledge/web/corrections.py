"""Propose a correction, and answer those that wait."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.corrections import (
    answer_correction,
    propose_correction,
    withdraw_correction,
)
from minka.knowledge.forms.claims import CorrectionForm, FieldChoiceForm
from minka.knowledge.queries.fields import CORRECTABLE, current_text, field_label, told
from minka.knowledge.queries.profile import corrections_of
from minka.knowledge.states import CorrectionState
from minka.knowledge.web.address import find_actor


@require_http_methods(["GET", "POST"])
def correction_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Choose what is wrong, then say what it should be."""
    actor = find_actor(request, public_id)
    field = request.GET.get("field", "")
    if field not in CORRECTABLE:
        context = {"actor": actor, "form": FieldChoiceForm()}
        return render(request, "knowledge/profile/correction_field.html", context)
    now = current_text(actor, field)
    form = CorrectionForm(
        request.POST or None, viewer=request.user, field=field, initial={"after": now}
    )
    if request.method == "POST" and form.is_valid():
        try:
            propose_correction(by=request.user, actor=actor, field=field, **form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            messages.success(
                request, _("Thank you. Those who keep the profile will answer; you will be told.")
            )
            return redirect("knowledge:corrections", public_id)
    context = {"actor": actor, "form": form, "label": field_label(field), "now": told(field, now)}
    status = 422 if form.errors else 200
    return render(request, "knowledge/profile/correction_new.html", context, status=status)


@require_GET
def corrections(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What was proposed: everything to those who answer, one's own to others."""
    actor = find_actor(request, public_id)
    rows = [
        {
            "correction": one,
            "label": field_label(one.field),
            "before": told(one.field, one.before),
            "after": told(one.field, one.after),
            "answers": one.state == CorrectionState.PROPOSED
            and request.user.has_perm("knowledge.correction_answer", one),
            "own": one.proposed_by_id == request.user.pk,
        }
        for one in corrections_of(viewer=request.user, actor=actor)[:100]
    ]
    return render(request, "knowledge/profile/corrections.html", {"actor": actor, "rows": rows})


@require_POST
def correction_answer(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Accept, refuse with a reason, or take one's own back."""
    actor = find_actor(request, public_id)
    found = get_object_or_404(corrections_of(viewer=request.user, actor=actor), pk=pk)
    answer = request.POST.get("answer", "")
    if answer == "withdraw":
        withdraw_correction(by=request.user, correction=found)
        messages.success(request, _("The proposal is withdrawn."))
    else:
        answer_correction(
            by=request.user,
            correction=found,
            accept=answer == "accept",
            answer=request.POST.get("reason", ""),
        )
        messages.success(request, _("The answer is saved; the person has been told."))
    return redirect("knowledge:corrections", public_id)
