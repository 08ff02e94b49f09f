"""Propose a correction, and answer those that wait."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.core.throttle import place_of
from minka.knowledge.actions.corrections import (
    answer_correction,
    propose_correction,
    withdraw_correction,
)
from minka.knowledge.actions.visitor_corrections import propose_as_visitor
from minka.knowledge.forms.claims import CorrectionForm, FieldChoiceForm
from minka.knowledge.models import Actor, Correction
from minka.knowledge.queries.fields import (
    CORRECTABLE,
    HIDDEN_FROM_VISITORS,
    current_text,
    field_label,
    told,
)
from minka.knowledge.queries.profile import corrections_of, open_corrections
from minka.knowledge.states import CORRECTION_OPEN
from minka.knowledge.web.address import find_actor

PER_PAGE = 50


@login_not_required
@require_http_methods(["GET", "POST"])
def correction_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose what is wrong, then say what it should be; anybody may, a visitor with an e-mail."""
    actor = find_actor(request, public_id)
    field = request.GET.get("field", "")
    if field not in CORRECTABLE:
        context = {"actor": actor, "form": FieldChoiceForm()}
        return render(request, "knowledge/profile/correction_field.html", context)
    hidden = field in HIDDEN_FROM_VISITORS and not request.user.is_authenticated
    now = "" if hidden else current_text(actor, field)
    form = CorrectionForm(
        request.POST or None, viewer=request.user, field=field, initial={"after": now}
    )
    if request.method == "POST" and form.is_valid():
        try:
            where_to = _proposed(request, actor, field, form.cleaned_data)
        except DomainError as error:
            form.take(error)
        else:
            return redirect(where_to, actor.public_id)
    context = {
        "actor": actor,
        "form": form,
        "label": field_label(field),
        "now": told(field, now),
        "hidden": hidden,
    }
    status = 422 if form.errors else 200
    return render(request, "knowledge/profile/correction_new.html", context, status=status)


def _proposed(request: HttpRequest, actor: Actor, field: str, values: dict[str, Any]) -> str:
    """Keep what is proposed; return the page that comes next."""
    if not request.user.is_authenticated:
        place = place_of(request)
        propose_as_visitor(actor=actor, field=field, place=place, **values)
        return "knowledge:correction_sent"
    propose_correction(by=request.user, actor=actor, field=field, **values)
    messages.success(
        request, _("Thank you. Those who keep the profile will answer; you will be told.")
    )
    return "knowledge:corrections"


@require_GET
def corrections(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What was proposed: everything to those who answer, one's own to others."""
    actor = find_actor(request, public_id)
    found = corrections_of(viewer=request.user, actor=actor)[:100]
    context = {"actor": actor, "rows": [_row(request, one) for one in found]}
    return render(request, "knowledge/profile/corrections.html", context)


@require_GET
def corrections_waiting(request: SignedInRequest) -> HttpResponse:
    """Every correction that waits, also those whose address nobody confirmed. For the team."""
    require(request.user, "knowledge.corrections_view")
    found = Paginator(open_corrections(viewer=request.user), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(request, one) for one in page], "total": found.count}
    return render(request, "knowledge/profile/corrections_waiting.html", context)


def _row(request: SignedInRequest, one: Correction) -> dict[str, Any]:
    """Return what a row shows; the address of a visitor to the team alone."""
    is_open = one.state in CORRECTION_OPEN
    return {
        "correction": one,
        "label": field_label(one.field),
        "before": told(one.field, one.before),
        "after": told(one.field, one.after),
        "answers": is_open and request.user.has_perm("knowledge.correction_answer", one),
        "own": request.user.has_perm("knowledge.correction_withdraw", one) and is_open,
        "email": one.email if request.user.is_staff else "",
    }


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
        if found.by_visitor and found.confirmed_at is None:
            words = _("The answer is saved. No letter goes out: nobody confirmed the e-mail.")
        else:
            words = _("The answer is saved; the person has been told.")
        messages.success(request, words)
    if request.POST.get("from") == "waiting" and request.user.is_staff:
        return redirect("knowledge:corrections_waiting")
    return redirect("knowledge:corrections", public_id)
