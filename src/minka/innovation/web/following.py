"""Following a challenge, and the link of a letter that ends it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from minka.core.http import SignedInRequest
from minka.innovation.actions.followers import (
    follow_challenge,
    stop_letters,
    unfollow_challenge,
)
from minka.innovation.notices.followers import follower_of
from minka.innovation.queries.challenges import published_challenges


@require_http_methods(["GET", "POST"])
def follow(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin to follow; somebody who had to sign in first comes back here and is asked once more."""
    found = get_object_or_404(published_challenges(), slug=slug)
    if request.method == "GET":
        return render(request, "innovation/questions/follow.html", {"challenge": found})
    follow_challenge(by=request.user, challenge=found)
    messages.success(request, _("You follow this challenge: answers and changes are told to you."))
    return redirect("innovation:challenge", slug)


@require_POST
def unfollow(request: SignedInRequest, slug: str) -> HttpResponse:
    """Stop following."""
    found = get_object_or_404(published_challenges(), slug=slug)
    unfollow_challenge(by=request.user, challenge=found)
    messages.success(request, _("You no longer follow this challenge."))
    return redirect("innovation:challenge", slug)


@csrf_exempt  # the link of a letter needs no account and no page of ours before it
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def follow_silence(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters about a challenge: looking changes nothing, the button does."""
    who = follower_of(token=token)
    challenge = published_challenges().filter(pk=who[0]).first() if who else None
    if who is None or challenge is None:
        raise Http404
    done = request.method == "POST"
    if done:
        stop_letters(challenge_id=who[0], user_id=who[1])
    page = render(
        request, "innovation/questions/silence.html", {"challenge": challenge, "done": done}
    )
    page["Referrer-Policy"] = "no-referrer"
    page["X-Robots-Tag"] = "noindex"
    return page
