"""The JSON API: the lines' routers under one door, with one form of error."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import django_auth

from minka.core.errors import DomainError, NotFound
from minka.innovation.api.agreements import router as agreements
from minka.innovation.api.challenges import router as challenges
from minka.innovation.api.evaluations import router as evaluations
from minka.innovation.api.problems import router as problems
from minka.innovation.api.proposals import router as proposals
from minka.innovation.api.questions import router as questions
from minka.knowledge.api.actors import router as knowledge

api = NinjaAPI(title="Minka", version="1", auth=django_auth, docs_url=None)
api.add_router("/knowledge/", knowledge)
api.add_router("/innovation/", challenges)

api.add_router("/innovation", problems)
api.add_router("/innovation", proposals)
api.add_router("/innovation", evaluations)
api.add_router("/innovation", questions)
api.add_router("/innovation", agreements)


@api.exception_handler(DomainError)
def problem(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer RFC 9457 problem+json."""
    body = {
        "type": "about:blank",
        "title": type(error).__name__,
        "status": error.status,
        "code": error.code,
        "detail": str(error.message),
        "fields": {name: str(message) for name, message in error.fields.items()},
    }
    response = api.create_response(request, body, status=error.status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Any) -> HttpResponse:
    """Say that there is nothing here, in the same form and without naming what is looked for."""
    return problem(request, NotFound())


def addresses() -> tuple[Any, ...]:
    """Return the API's addresses, out of reach of the redirect to the sign-in page.

    The API asks for a session itself: a stranger gets 401, or what is public.
    """
    patterns, *names = api.urls
    for pattern in patterns:
        if pattern.callback:
            login_not_required(pattern.callback)
    return (patterns, *names)
