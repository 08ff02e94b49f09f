"""What happens around every request: compression, language, time zone, errors of the domain."""

import zoneinfo
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from minka.core.errors import DomainError

GetResponse = Callable[[HttpRequest], HttpResponse]


class PageCompressionMiddleware(GZipMiddleware):
    """Compress pages and data for browsers that can read it; files are streamed as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress what is not streamed. Its length varies at random, against guessing by size."""
        return response if response.streaming else super().process_response(request, response)


class LanguageMiddleware:
    """Choose the language: `?lang=` in a shared link, then the cookie, then the browser's wish."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        known = dict(settings.LANGUAGES)
        language = asked if asked in known else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if asked in known:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=31_536_000,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response


class ViewerTimeZoneMiddleware:
    """Activate the viewer's zone, so that forms read and pages show their own clock."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            try:
                zone = zoneinfo.ZoneInfo(request.user.time_zone)
            except (zoneinfo.ZoneInfoNotFoundError, ValueError):
                zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
            with timezone.override(zone):
                return self.get_response(request)
        return self.get_response(request)


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask for a sign-in; whoever pressed a button meanwhile comes back to the page it was on.

    What a button sends cannot be asked for again by its address: the way back leads to its page,
    which says that nothing was done.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Return the way to the sign-in, and from there to where somebody was."""
        is_script = "X-Requested-With" in request.headers or "HX-Request" in request.headers
        if request.method in {"GET", "HEAD"} or is_script:
            return super().handle_no_permission(request, view_func)
        came_from = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(
            came_from, {request.get_host()}, request.is_secure()
        )
        parts = urlsplit(came_from)
        back = urlunsplit(("", "", parts.path, parts.query, "")) if is_ours else "/"
        messages.warning(
            request, _("Your session had ended: what you pressed was not done. Do it again.")
        )
        return redirect_to_login(back or "/", self.get_login_url(view_func))


class PrivatePagesMiddleware:
    """Keep pages of people who have signed in out of every cache that is not asked each time.

    After signing out, the back button shows nothing of them: the browser forgets what it kept.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        if was_signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache"'
        return response


class DomainErrorMiddleware:
    """Turn an error of the domain that no view caught into a page, or fragment, with its words."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render a DomainError; leave every other exception to Django."""
        if not isinstance(error, DomainError):
            return None
        template = "core/_problem.html" if getattr(request, "htmx", False) else "core/problem.html"
        return render(request, template, {"error": error}, status=error.status)
