"""A session that ends while somebody writes: nothing typed may be lost on the way to signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from minka.core.http import SignedInRequest

View = Callable[..., HttpResponse]
NOT_WORDS = {"csrfmiddlewaretoken", "revision", "do", "remove"}
SHORTEST_WORDS = 4  # characters: less is a choice or a figure, quickly made again
LONGEST_ECHO = 200_000  # characters


def keeps_words(view: View) -> Callable[..., HttpResponse]:
    """Guard a form as LoginRequiredMiddleware would, but never drop what was sent.

    The page's script gets 401 and keeps its copy. Without a script, the words come straight back
    to the browser that sent them, to be copied; nothing of a stranger's is stored.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        if wants_json(request):
            return JsonResponse({"code": "signed_out", "detail": _("Please sign in.")}, status=401)
        return _given_back(request)

    return login_not_required(guarded)


@csrf_protect  # a view that is exempt, to check for itself, has not done so yet
def _given_back(request: HttpRequest) -> HttpResponse:
    return render(request, "innovation/session_over.html", _echo(request), status=401)


def wants_json(request: HttpRequest | SignedInRequest) -> bool:
    """True for the requests of the script that saves forms."""
    return request.headers.get("X-Requested-With") == "fetch"


def _echo(request: HttpRequest) -> dict[str, Any]:
    texts = [
        text[:LONGEST_ECHO]
        for name, values in request.POST.lists()
        if name not in NOT_WORDS
        for text in values
        if len(text.strip()) >= SHORTEST_WORDS
    ]
    return {"texts": texts, "back": request.get_full_path()}
