"""A published challenge in forms that travel: the same bytes for everybody, without an account.

Nothing here looks at who asks. What is sent is made of `queries.challenges_public` alone.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_safe

from minka.core.http import absolute
from minka.innovation.queries.challenges import published_challenges
from minka.innovation.queries.challenges_public import (
    PublicChallenge,
    challenge_address,
    public_challenge,
    public_challenges,
)
from minka.innovation.sources.sharing.calendars import calendar_of, name_of_all
from minka.innovation.sources.sharing.codes import qr_svg
from minka.innovation.sources.sharing.feeds import challenge_feed, challenges_feed
from minka.innovation.sources.sharing.papers import Paper, challenge_brief, challenge_card

LANGUAGES = ("es", "en")
ATOM = "application/atom+xml; charset=utf-8"
ICAL = "text/calendar; charset=utf-8"


@login_not_required
@require_safe
def challenge_picture(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """The picture that goes with a shared link, 1200 × 630."""
    with _in(language):
        paper = challenge_card(_challenge(slug))
        return _paper(request, paper, "image/png", language)


@login_not_required
@require_safe
def challenge_pdf(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """The challenge on a few pages of paper."""
    with _in(language):
        paper = challenge_brief(_challenge(slug))
        response = _paper(request, paper, "application/pdf", language)
    response["Content-Disposition"] = f'inline; filename="{slug}-{language}.pdf"'
    return response


@login_not_required
@require_safe
def challenge_qr(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The code to scan that leads to the page."""
    if not published_challenges().filter(slug=slug).exists():
        raise Http404
    response = _answer(request, lambda: qr_svg(challenge_address(slug)), "image/svg+xml", "es")
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


@login_not_required
@require_safe
def challenge_news(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """What is new of one challenge, as Atom."""
    with _in(language):
        found = _challenge(slug)
        here = absolute(reverse("innovation:challenge_news", args=[slug, language]))
        return _answer(request, lambda: challenge_feed(found, here=here), ATOM, language)


@login_not_required
@require_safe
def challenges_news(request: HttpRequest, language: str) -> HttpResponseBase:
    """Published challenges, as Atom."""
    with _in(language):
        found = public_challenges()
        here = absolute(reverse("innovation:challenges_news", args=[language]))
        page = absolute(reverse("innovation:challenges"))
        make = partial(challenges_feed, found, here=here, page=page)
        return _answer(request, make, ATOM, language)


@login_not_required
@require_safe
def challenge_calendar(request: HttpRequest, slug: str, language: str) -> HttpResponseBase:
    """The dates of one challenge, as a calendar."""
    with _in(language):
        found = _challenge(slug)
        make = partial(calendar_of, [found], name=found.title)
        response = _answer(request, make, ICAL, language)
    response["Content-Disposition"] = f'inline; filename="{slug}-{language}.ics"'
    return response


@login_not_required
@require_safe
def challenges_calendar(request: HttpRequest, language: str) -> HttpResponseBase:
    """The dates of all calls that are open or open soon, as one calendar."""
    with _in(language):
        found = public_challenges(only_running=True)
        make = partial(calendar_of, found, name=name_of_all())
        response = _answer(request, make, ICAL, language)
    response["Content-Disposition"] = f'inline; filename="desafios-{language}.ics"'
    return response


@contextmanager
def _in(language: str) -> Iterator[None]:
    """Speak one language and the cluster's time, whatever the viewer's are."""
    if language not in LANGUAGES:
        raise Http404
    with override(language), timezone.override(settings.TIME_ZONE):
        yield


def _challenge(slug: str) -> PublicChallenge:
    found = public_challenge(slug=slug)
    if found is None:
        raise Http404
    return found


def _paper(request: HttpRequest, paper: Paper, media_type: str, language: str) -> HttpResponseBase:
    """Answer a drawn paper; whoever has it already does not make us draw it."""
    return _conditional(request, f'"{paper.etag[:32]}"', paper.content, media_type, language)


def _answer(
    request: HttpRequest, make: Callable[[], bytes], media_type: str, language: str
) -> HttpResponseBase:
    """Answer what is quickly made."""
    content = make()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return _conditional(request, etag, lambda: content, media_type, language)


def _conditional(
    request: HttpRequest,
    etag: str,
    make: Callable[[], bytes],
    media_type: str,
    language: str,
) -> HttpResponseBase:
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(make(), content_type=media_type)
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"  # kept by anybody, asked for each time
    response["Content-Language"] = language
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Content-Type-Options"] = "nosniff"
    return response
