"""“Do not ask again”: the page that a letter of a survey links to, and its one-click form."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from minka.knowledge.actions.wave_letters import ask_no_more
from minka.knowledge.notices.surveys import response_id_of
from minka.knowledge.queries.waves import response_for_silence


@csrf_exempt  # mail programs post here with one click and no page of ours (RFC 8058)
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def survey_silence(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing; the button, of the page or of the mail program, does."""
    pk = response_id_of(token=token)
    found = response_for_silence(viewer=request.user, pk=pk) if pk else None
    if found is None:
        raise Http404
    done = request.method == "POST"
    if done:
        ask_no_more(response=found)
    context = {"response": found, "done": done}
    page = render(request, "knowledge/waves/silence.html", context)
    page["Referrer-Policy"] = "no-referrer"
    page["X-Robots-Tag"] = "noindex"
    return page
