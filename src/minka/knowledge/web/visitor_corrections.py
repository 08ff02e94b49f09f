"""What a visitor sees of a correction they proposed: that a letter went out, and its link."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from minka.knowledge.actions.visitor_corrections import confirm_as_visitor, leave_as_visitor
from minka.knowledge.notices.letters import correction_id_of
from minka.knowledge.queries.fields import field_label, told
from minka.knowledge.queries.profile import correction_by_link
from minka.knowledge.states import CORRECTION_OPEN, CorrectionState
from minka.knowledge.web.address import find_actor


@login_not_required
@require_GET
def correction_sent(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that a letter is on its way; the same for every address."""
    context = {"actor": find_actor(request, public_id)}
    return render(request, "knowledge/profile/correction_sent.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def correction_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of the letter opens: looking changes nothing, only the buttons do."""
    pk = correction_id_of(token=token)
    if pk is None:
        raise Http404
    found = correction_by_link(viewer=request.user, pk=pk)
    if request.method == "POST" and found is not None:
        if request.POST.get("do") == "leave":
            leave_as_visitor(correction=found)
        elif found.state == CorrectionState.UNCHECKED:  # a second click confirms nothing twice
            confirm_as_visitor(correction=found)
        return redirect("knowledge:correction_link", token)
    context = {
        "correction": found,
        "label": field_label(found.field) if found else "",
        "after": told(found.field, found.after) if found else "",
        "unchecked": found is not None and found.state == CorrectionState.UNCHECKED,
        "waits": found is not None and found.state in CORRECTION_OPEN,
    }
    answer = render(
        request,
        "knowledge/profile/correction_link.html",
        context,
        status=200 if found else 410,
    )
    answer["Referrer-Policy"] = "same-origin"  # “no-referrer” would send forms with no origin
    answer["X-Robots-Tag"] = "noindex"
    return answer
