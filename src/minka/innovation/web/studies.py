"""Kept versions of the study: their page, other sets, adoption, recomputing, decision pack."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.errors import DomainError
from minka.core.http import SignedInRequest, stream_file
from minka.innovation.actions.packs import ask_pack
from minka.innovation.actions.studies import (
    adopt_study,
    ask_verification,
    overrule_study,
    retry_draws,
)
from minka.innovation.forms.studies import AdoptionForm, OtherSetForm
from minka.innovation.forms.studio import address_of
from minka.innovation.models import ShortlistStudy
from minka.innovation.queries.shortlist import last_choice, ranking
from minka.innovation.queries.studies import pack_states, study_record, visible_packs
from minka.innovation.queries.studio import places_left
from minka.innovation.sources.studio_words import condition_words, names_of, text_of
from minka.innovation.sources.study_view import study_view
from minka.innovation.states import StudyState
from minka.methods.shortlist.study import overruled, wishes_of


@require_GET
def study(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version: what was chosen and why, how firm it is, what people made of it."""
    found = _find(request, pk)
    if "HX-Request" in request.headers:
        return render(request, "innovation/studio/study.html#work", _work(found))
    return _page(request, found)


@require_http_methods(["GET", "POST"])
def study_other(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick another set, see what it costs and breaks, and record it with a reason."""
    found = _find(request, pk)
    form = OtherSetForm(request.POST or None, study=found)
    status, told = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status, wanted = 200, form.cleaned_data["chosen"]
            told = overruled(found.inputs, found.result, wanted) if wanted else None
            if "keep" in request.POST:
                try:
                    overrule_study(
                        by=request.user, study=found, chosen=wanted,
                        reason=form.cleaned_data["reason"],
                    )  # fmt: skip
                except DomainError as error:
                    form.take(error)
                    status = error.status
                else:
                    messages.success(request, _("The set and its reason are recorded."))
                    return redirect("innovation:study", pk)
    context = {
        "study": found,
        "view": study_view(found.inputs, found.result, found.robustness),
        "form": form,
        "told": told and _cost(found, told),
        "is_best": told is not None and not told["comes_in"] and not told["goes_out"],
        "ticked": form.ticked,
    }
    return render(request, "innovation/studio/other.html", context, status=status)


@require_POST
def study_adopt(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make the shortlist what the version says, or what people want instead."""
    found = _find(request, pk)
    form = AdoptionForm(request.POST, study=found)
    status = 422
    if form.is_valid():
        try:
            adopt_study(by=request.user, study=found, **form.taken())
        except DomainError as error:
            form.take(error)
            status = error.status
        else:
            messages.success(request, _("The shortlist is saved, and the companies are told."))
            return redirect("innovation:shortlist")
    return _page(request, found, adoption=form, status=status)


@require_POST
def study_verify(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the version recomputed from what it holds."""
    found = _find(request, pk)
    try:
        ask_verification(by=request.user, study=found)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("innovation:study", pk)


@require_POST
def study_retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have draws that could not be made tried again."""
    found = _find(request, pk)
    try:
        retry_draws(by=request.user, study=found)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("innovation:study", pk)


@require_POST
def pack_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """Have the decision pack printed."""
    found = _find(request, pk)
    try:
        ask_pack(by=request.user, study=found, language=request.POST.get("language", ""))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The decision pack is being made. We tell you when it is there.")
        )
    return redirect("innovation:study", pk)


@require_GET
def pack_download(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The decision pack as PDF."""
    found = get_object_or_404(visible_packs(viewer=request.user), pk=pk)
    if found.file is None:
        raise Http404
    return stream_file(found.file)


def _find(request: SignedInRequest, pk: int) -> ShortlistStudy:
    return get_object_or_404(study_record(viewer=request.user), pk=pk)


def _page(
    request: SignedInRequest,
    found: ShortlistStudy,
    *,
    adoption: AdoptionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    last = last_choice(viewer=request.user, edition=found.edition)
    say, names = condition_words(found.inputs), names_of(found.inputs)
    now = ranking(viewer=request.user, edition=found.edition)
    bonuses = found.inputs["conditions"].get("bonuses", ())
    context: dict[str, Any] = {
        **_work(found),
        "view": study_view(found.inputs, found.result, found.robustness),
        "criteria": [(text_of(one), one["weight"]) for one in found.inputs["criteria"]],
        "address": address_of(found.inputs),
        "conditions": [say(one.name) for one in wishes_of(found.inputs).constraints],
        "bonuses": [(names[one], names[other], value) for one, other, value in bonuses],
        "overrulings": [(one, _cost(found, one.cost)) for one in found.overrulings.all()],
        "adoption": adoption
        or AdoptionForm(study=found, initial={"seen": last.pk if last else None}),
        "adopted": list(found.choices.all()),
        "is_in_force": last is not None and last.study_id == found.pk,
        "ratings_changed": now is not None
        and now.ratings.sha256 != found.inputs["ratings"]["sha256"],
        "places": places_left(found.edition),
    }
    return render(request, "innovation/studio/study.html", context, status=status)


def _work(found: ShortlistStudy) -> dict[str, Any]:
    """What is being made in the background, and how far it is."""
    packs = pack_states(found)
    waits = found.state == StudyState.WAITING or found.check_asked_at is not None
    return {
        "study": found,
        "packs": packs,
        "draws": found.inputs["draws"],
        "is_waiting": waits or any(pack.is_waiting for pack in packs),
    }


def _cost(found: ShortlistStudy, told: dict[str, Any]) -> dict[str, Any]:
    """Return what another set costs, in words."""
    say, names = condition_words(found.inputs), names_of(found.inputs)
    return {
        **told,
        "gain": max(-told["loss"], 0.0),
        "broken": [say(name) for name in told["broken"]],
        "comes_in": [names[pk] for pk in told["comes_in"]],
        "goes_out": [names[pk] for pk in told["goes_out"]],
        "is_other_size": told["size"] != found.inputs["size"],
    }
