"""The page where the cluster team chooses the problems that become challenges."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minka.core.errors import DomainError, NotAllowed
from minka.core.http import SignedInRequest
from minka.innovation.actions.shortlist import choose_shortlist
from minka.innovation.forms.shortlist import ShortlistForm
from minka.innovation.queries.problems import current_edition
from minka.innovation.queries.shortlist import (
    FEW_RATERS,
    last_choice,
    places_taken,
    ranking,
    severities,
)


@require_http_methods(["GET", "POST"])
def shortlist(request: SignedInRequest) -> HttpResponse:
    """The ranked table, with a tick for each problem and the reason of the choice."""
    if not request.user.has_perm("innovation.shortlist_choose"):
        raise NotAllowed
    edition = current_edition()
    if edition is None:
        return redirect("innovation:editions")
    found = ranking(viewer=request.user, edition=edition)
    if found is None:
        raise NotAllowed
    table = found.rows
    last = last_choice(viewer=request.user, edition=edition)
    form = ShortlistForm(
        request.POST or None,
        problems=[row.problem.pk for row in table],
        initial={"seen": last.pk if last else None},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                choose_shortlist(by=request.user, edition=edition, **form.cleaned_data)
            except DomainError as error:
                form.take(error)
                status = error.status
            else:
                messages.success(request, _("The shortlist is saved, and the companies are told."))
                return redirect("innovation:shortlist")
    ticked = (
        {int(pk) for pk in request.POST.getlist("chosen") if pk.isdigit()}
        if request.method == "POST"
        else {row.problem.pk for row in table if row.is_chosen}
    )
    taken = places_taken(edition)
    context = {
        "edition": edition,
        "criteria": found.criteria,
        "table": table,
        "calibration": found.calibration,
        "severities": severities(viewer=request.user, ranking=found),
        "ticked": ticked,
        "form": form,
        "last": last,
        "taken": taken,
        "places": max(edition.shortlist_size - taken, 0),
        "few": FEW_RATERS,
    }
    return render(request, "innovation/shortlist/table.html", context, status=status)
