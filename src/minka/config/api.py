"""The JSON API: the lines' routers under one door, with one form of error."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import django_auth

from minka.core.errors import DomainError
from minka.knowledge.api.actors import router as knowledge

api = NinjaAPI(title="Minka", version="1", auth=django_auth, docs_url=None)
api.add_router("/knowledge/", knowledge)


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
