"""Pages where the text of an agreement is written, approved, and compared with what it was."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.agreement_versions import AgreementText
from minka.innovation.actions.agreements_drafting import save_text
from minka.innovation.actions.agreements_signing import answer_agreement
from minka.innovation.forms.agreements import AnswerForm, FactsForm, TextForm
from minka.innovation.models import Agreement
from minka.innovation.queries.agreement_content import (
    Clause,
    clauses_of,
    content_of,
    differences,
    facts_of,
)
from minka.innovation.queries.agreements import parties_of, visible_agreements
from minka.innovation.states.agreements import TextState
from minka.innovation.web.agreements import agreement_tabs
from minka.innovation.web.expiry import keeps_words

OPEN = {TextState.WRITING, TextState.APPROVING}


@keeps_words
@never_cache
@require_http_methods(["GET", "POST"])
def agreement_text(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Write the facts and the clauses; every save is a version."""
    found = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    if not request.user.has_perm("innovation.agreement_write", found):
        raise NotAllowed
    if request.method == "GET":
        return _begin(request, found)
    form, clauses = TextForm(request.POST), TextForm.clauses(request.POST)
    if not form.is_valid():
        return _editor(request, found, form, clauses, status=InvalidInput.status)
    try:
        save_text(
            by=request.user,
            agreement=found,
            revision=form.cleaned_data["revision"],
            text=AgreementText(form.facts(), clauses, form.cleaned_data["reason"]),
        )
    except Conflict as error:
        return _both_texts(request, public_id, form, clauses, error)
    except DomainError as error:
        form.take(error)
        return _editor(request, found, form, clauses, status=error.status)
    messages.success(request, _("The text is saved as a new version."))
    stays = request.POST.get("do") == "stay"
    return redirect(f"innovation:agreement{'_text' if stays else ''}", found.public_id)


@keeps_words
@require_POST
def agreement_answer(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Approve the text in the name of a seat, or ask for changes."""
    found = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    form = AnswerForm(request.POST)
    approves = request.POST.get("do") == "approve"
    if not form.is_valid():
        raise InvalidInput
    try:
        answer_agreement(by=request.user, agreement=found, approves=approves, **form.cleaned_data)
    except DomainError as error:
        form.take(error)
        context = {"agreement": found, "form": form, "tabs": agreement_tabs(found, "agreement")}
        return render(request, "innovation/agreements/answer.html", context, status=error.status)
    said = _("You have approved it.") if approves else _("The parties have your reason.")
    messages.success(request, said)
    return redirect("innovation:agreement", found.public_id)


@require_GET
def agreement_versions(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Every version of the text, and how two of them differ."""
    found = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    versions = list(found.versions.select_related("by", "pdf").order_by("-number"))
    numbers = [one.number for one in versions]
    after = _number(request.GET.get("hasta"), numbers, numbers[0])
    earlier = [one for one in numbers if one < after]
    before = _number(request.GET.get("desde"), numbers, earlier[0] if earlier else after)
    by_number = {one.number: one for one in versions}
    context = {
        "agreement": found,
        "tabs": agreement_tabs(found, "agreement_versions"),
        "versions": versions,
        "before": before,
        "after": after,
        "language": found.language,
        "changes": differences(by_number[before].content, by_number[after].content),
    }
    return render(request, "innovation/agreements/versions.html", context)


def _begin(request: SignedInRequest, found: Agreement) -> HttpResponse:
    if found.text_state not in OPEN or found.text is None:
        return redirect("innovation:agreement", found.public_id)
    values = {**FactsForm.of(facts_of(found)), "revision": found.revision}
    return _editor(request, found, TextForm(initial=values), clauses_of(found.text))


def _editor(
    request: SignedInRequest,
    found: Agreement,
    form: TextForm,
    clauses: list[Clause],
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {"agreement": found, "form": form, "clauses": [*clauses, Clause("", "")]}
    return render(request, "innovation/agreements/text.html", context, status=status)


def _both_texts(
    request: SignedInRequest, public_id: str, form: TextForm, clauses: list[Clause], error: Conflict
) -> HttpResponse:
    """Show what a colleague saved beside what was typed; saving again keeps the typed."""
    now = get_object_or_404(visible_agreements(viewer=request.user), public_id=public_id)
    typed = content_of(facts=form.facts(), parties=parties_of(now), clauses=clauses)
    theirs = differences(now.text.content, typed) if now.text else []
    form.take(error)
    form.say_now(revision=now.revision)
    return _editor(request, now, form, clauses, status=error.status, theirs=theirs)


def _number(text: str | None, known: list[int], default: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) in known else default
