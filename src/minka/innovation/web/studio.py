"""The shortlist studio: conditions in the address, the best set and its reasons on the page."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.studies import keep_study
from minka.innovation.forms.studio import ConditionsForm
from minka.innovation.models import Edition
from minka.innovation.queries.problems import current_edition
from minka.innovation.queries.shortlist import Ranking, ranking, severities
from minka.innovation.queries.studies import studies_of
from minka.innovation.queries.studio import places_left, study_inputs
from minka.innovation.sources.studio_words import clash
from minka.innovation.sources.study_view import study_view
from minka.methods.shortlist.study import Json, fingerprint, solved

VERSIONS = 12


@require_GET
def studio(request: SignedInRequest) -> HttpResponse:
    """The conditions beside the best set that they allow; solved anew for each address."""
    edition = _edition(request)
    if edition is None:
        return redirect("innovation:editions")
    found = ranking(viewer=request.user, edition=edition)
    if found is None:
        raise NotAllowed
    form = ConditionsForm(request.GET or None, ranking=found, edition=edition)
    return _page(request, edition, found, form)


@require_POST
def studio_keep(request: SignedInRequest) -> HttpResponse:
    """Freeze what was on the page; when the ratings have changed since, show it anew first."""
    edition = _edition(request)
    if edition is None:
        return redirect("innovation:editions")
    found = ranking(viewer=request.user, edition=edition)
    if found is None:
        raise NotAllowed
    address = request.POST.get("address", "")
    form = ConditionsForm(QueryDict(address), ranking=found, edition=edition)
    if not form.is_valid():
        return _page(request, edition, found, form, status=422)
    inputs = _inputs(request, found, form)
    if fingerprint(inputs) != request.POST.get("seen"):
        messages.warning(
            request, _("The ratings have changed while you looked. This is what they give now.")
        )
        return _page(request, edition, found, form, status=409)
    try:
        study = keep_study(by=request.user, edition=edition, inputs=inputs)
    except DomainError as error:
        messages.error(request, str(error))
        return _page(request, edition, found, form, status=error.status)
    messages.success(
        request, _("Version %(number)s is kept and will not change.") % {"number": study.number}
    )
    return redirect("innovation:study", study.pk)


def _page(
    request: SignedInRequest,
    edition: Edition,
    found: Ranking,
    form: ConditionsForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "edition": edition,
        "form": form,
        "candidates": form.rows,
        "unrated": len(found.rows) - len(form.rows),
        "places": places_left(edition),
        "ratings": found.ratings,
        "calibration": found.calibration,
        "severities": severities(viewer=request.user, ranking=found),
        "versions": studies_of(viewer=request.user, edition=edition)[:VERSIONS],
        "address": form.address,
    }
    valid = form.is_valid()
    inputs = _inputs(request, found, form) if valid else study_inputs(
        viewer=request.user, ranking=found, conditions={}, size=1
    )  # fmt: skip
    context["groups"] = form.groups(inputs["suppliers"])
    if valid and form.rows:
        result = solved(inputs)
        if result is None:
            context["clash"] = clash(inputs)
        else:
            context["study"] = study_view(inputs, result)
            context["seen"] = fingerprint(inputs)
    elif not valid:
        status = max(status, 422)
    return render(request, "innovation/studio/studio.html", context, status=status)


def _inputs(request: SignedInRequest, found: Ranking, form: ConditionsForm) -> Json:
    return study_inputs(
        viewer=request.user,
        ranking=found,
        conditions=form.conditions(),
        size=form.cleaned_data["size"],
    )


def _edition(request: SignedInRequest) -> Edition | None:
    if not request.user.has_perm("innovation.study_write"):
        raise NotAllowed
    return current_edition()
