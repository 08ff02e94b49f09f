"""Waves of a survey: plan, invite, watch, call, close. For the cluster team."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minka.core.access import require
from minka.core.errors import DomainError
from minka.core.http import SignedInRequest
from minka.knowledge.actions.survey_profiles import take_back_response
from minka.knowledge.actions.waves import (
    close_wave,
    invite_more,
    mark_unreached,
    open_wave,
    plan_wave,
    reopen_wave,
    want_groups,
)
from minka.knowledge.forms.waves import (
    ChoiceForm,
    QuotaRows,
    ReopenForm,
    WaveForm,
    end_of,
    quota_rows,
    wanted_groups,
)
from minka.knowledge.models import Survey, Wave
from minka.knowledge.queries.surveys import visible_surveys
from minka.knowledge.queries.waves import (
    invitable_actors,
    quotas_of,
    rates_by,
    responses_of,
    to_call,
    visible_waves,
)
from minka.knowledge.states import ActorKind, ResponseState, WaveState
from minka.knowledge.web.wave_words import stepper_of

RUN = "knowledge.survey_run"
SHOWN, PAGE = 8, 50


def found_survey(request: SignedInRequest, public_id: str) -> Survey:
    """Return the survey of an address, to whoever runs surveys."""
    require(request.user, RUN)
    return get_object_or_404(visible_surveys(viewer=request.user), public_id=public_id)


def found_wave(request: SignedInRequest, public_id: str, pk: int) -> Wave:
    """Return the wave of an address, to whoever runs surveys."""
    require(request.user, RUN)
    waves = visible_waves(viewer=request.user).filter(survey__public_id=public_id)
    return get_object_or_404(waves, pk=pk)


@require_GET
def survey_waves(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The waves of a survey, the newest first."""
    survey = found_survey(request, public_id)
    waves = visible_waves(viewer=request.user).filter(survey=survey)
    return render(request, "knowledge/waves/list.html", {"survey": survey, "waves": waves})


@require_http_methods(["GET", "POST"])
def wave_new(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Plan a wave."""
    survey = found_survey(request, public_id)
    form = WaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            wave = plan_wave(by=request.user, survey=survey, **form.values())
        except DomainError as error:
            form.take(error)
        else:
            messages.success(request, _("The wave is planned; nobody was written to yet."))
            return redirect("knowledge:wave", public_id, wave.pk)
    context = {"survey": survey, "form": form}
    return render(request, "knowledge/waves/new.html", context, status=422 if form.errors else 200)


@require_GET
def wave(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """How a wave goes: its state, response rates by group, quotas, whom to call next."""
    found = found_wave(request, public_id, pk)
    kinds = {str(one.value): str(one.label) for one in ActorKind}
    by_kind = rates_by(viewer=request.user, wave=found, column="group")
    by_region = rates_by(viewer=request.user, wave=found, column="region_name")
    calls = to_call(viewer=request.user, wave=found)
    context = {
        "survey": found.survey,
        "wave": found,
        "steps": stepper_of(found),
        "whole": _total(by_kind),
        "tables": [
            (_("Type of organisation"), [(kinds.get(one.label, "—"), one) for one in by_kind]),
            (_("Region"), [(one.label or _("Not known"), one) for one in by_region]),
        ],
        "quotas": quotas_of(viewer=request.user, wave=found),
        "calls": calls[:SHOWN],
        "calls_in_all": calls.count(),
        "reopen": ReopenForm(),
    }
    return render(request, "knowledge/waves/wave.html", context)


@require_http_methods(["GET", "POST"])
def wave_invite(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Choose whom to invite, see how many that are, and only then write to them."""
    found = found_wave(request, public_id, pk)
    data = request.POST if request.method == "POST" else (request.GET or None)
    form = ChoiceForm(data)
    context: dict[str, Any] = {"survey": found.survey, "wave": found, "form": form}
    status = 200
    if data is not None and form.is_valid():
        if request.method == "POST":
            act = open_wave if found.state == WaveState.PLANNED else invite_more
            try:
                count = act(by=request.user, wave=found, choice=form.choice())
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _invited(count))
                return redirect("knowledge:wave", public_id, pk)
        fits = invitable_actors(viewer=request.user, wave=found, choice=form.choice())
        context |= {"count": fits.count(), "some": fits[:SHOWN]}
    return render(request, "knowledge/waves/invite.html", context, status=status)


@require_http_methods(["GET", "POST"])
def wave_quotas(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """How many answers are wanted of which group."""
    found = found_wave(request, public_id, pk)
    rows = QuotaRows(request.POST or None, initial=quota_rows(found))
    fault = ""
    if request.method == "POST" and rows.is_valid():
        try:
            want_groups(by=request.user, wave=found, quotas=wanted_groups(rows))
        except DomainError as error:
            fault = str(error.fields.get("quotas", error.message))
        else:
            messages.success(request, _("The quotas are saved."))
            return redirect("knowledge:wave", public_id, pk)
    context = {"survey": found.survey, "wave": found, "rows": rows, "fault": fault}
    wrong = fault or (rows.is_bound and not rows.is_valid())
    return render(request, "knowledge/waves/quotas.html", context, status=422 if wrong else 200)


@require_GET
def wave_calls(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Whom an interviewer calls next."""
    found = found_wave(request, public_id, pk)
    calls = to_call(viewer=request.user, wave=found)
    page = Paginator(calls, PAGE).get_page(request.GET.get("page"))
    context = {"survey": found.survey, "wave": found, "page": page}
    return render(request, "knowledge/waves/calls.html", context)


@require_GET
def wave_responses(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Everybody who was invited and how far they have come."""
    found = found_wave(request, public_id, pk)
    state = request.GET.get("state", "")
    rows = responses_of(viewer=request.user, wave=found).select_related("actor")
    if state in ResponseState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("actor__name_key", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "survey": found.survey,
        "wave": found,
        "page": page,
        "state": state,
        "states": ResponseState.choices,
    }
    return render(request, "knowledge/waves/responses.html", context)


@require_POST
def wave_close(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Take no more answers."""
    close_wave(by=request.user, wave=found_wave(request, public_id, pk))
    messages.success(request, _("The wave is closed; no more answers are taken."))
    return redirect("knowledge:wave", public_id, pk)


@require_POST
def wave_reopen(request: SignedInRequest, public_id: str, pk: int) -> HttpResponse:
    """Take answers again."""
    found = found_wave(request, public_id, pk)
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            day = end_of(form.cleaned_data["closes_at"])
            reopen_wave(by=request.user, wave=found, closes_at=day)
        except DomainError as error:
            form.take(error)
    if form.errors:
        words = [str(one) for errors in form.errors.values() for one in errors]
        messages.error(request, " ".join(words))
    else:
        messages.success(request, _("The wave is open again."))
    return redirect("knowledge:wave", public_id, pk)


@require_POST
def response_unreached(
    request: SignedInRequest, public_id: str, pk: int, response: int
) -> HttpResponse:
    """Note that an organisation could not be reached."""
    found = found_wave(request, public_id, pk)
    rows = responses_of(viewer=request.user, wave=found)
    mark_unreached(by=request.user, response=get_object_or_404(rows, pk=response))
    messages.success(request, _("Noted: it could not be reached."))
    return redirect("knowledge:wave_calls", public_id, pk)


@require_POST
def response_take_back(
    request: SignedInRequest, public_id: str, pk: int, response: int
) -> HttpResponse:
    """Take what an organisation answered out of its profile."""
    found = found_wave(request, public_id, pk)
    rows = responses_of(viewer=request.user, wave=found)
    take_back_response(by=request.user, response=get_object_or_404(rows, pk=response))
    messages.success(request, _("The profile holds again what it held without these answers."))
    return redirect("knowledge:wave_responses", public_id, pk)


def _invited(count: int) -> str:
    return ngettext(
        "%(count)s organisation is invited; letters are on their way.",
        "%(count)s organisations are invited; letters are on their way.",
        count,
    ) % {"count": count}


def _total(rates: list[Any]) -> Any:
    """Return the rate of everybody, out of those of the groups."""
    if not rates:
        return None
    names = ("invited", "finished", "begun", "refused", "unreached")
    return type(rates[0])("", *(sum(getattr(one, name) for one in rates) for name in names))
