"""The order in which sources are believed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from minka.core.access import require
from minka.core.http import SignedInRequest
from minka.knowledge.actions.survivorship import order_sources
from minka.knowledge.queries.survivorship import sources_in_order


@require_http_methods(["GET", "POST"])
def sources(request: SignedInRequest) -> HttpResponse:
    """See whose word counts, and move a source up or down."""
    require(request.user, "knowledge.source_order")
    found = list(sources_in_order(viewer=request.user))
    if request.method == "POST":
        order = [source.pk for source in found]
        up, down = request.POST.get("up", ""), request.POST.get("down", "")
        chosen = up or down
        if chosen.isdigit() and int(chosen) in order:
            at = order.index(int(chosen))
            to = max(at - 1, 0) if up else min(at + 1, len(order) - 1)
            order.insert(to, order.pop(at))
            order_sources(by=request.user, order=order)
            messages.success(request, _("The facts of the map follow the new order."))
        return redirect("knowledge:sources")
    return render(request, "knowledge/sources.html", {"sources": found})
